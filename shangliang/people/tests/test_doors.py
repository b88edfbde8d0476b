"""Doors of the instance: what was typed when the sign-in ran out, odd numbers, the example's shared accounts."""

import pytest
from django.test import Client
from django.urls import reverse

from shangliang.foundation.codes import link_digest
from shangliang.foundation.refusals import Refusal
from shangliang.people import actions, queries
from shangliang.people.models import Person
from shangliang.people.tests.factories import MORNING, district

pytestmark = pytest.mark.django_db
TOO_LONG = "9" * 5000
TOO_BIG = "9" * 25


@pytest.fixture
def place():
    return district()


def leader(place):
    client = Client()
    client.force_login(place.appointments["leader"].person)
    return client


def test_what_was_typed_when_the_sign_in_ran_out_is_given_back(client, place):
    typed = {"text": "桂园街道：滨河社区\n 一下午才理出来的", "csrfmiddlewaretoken": "x" * 64}
    answer = client.post(reverse("people:places"), typed)
    page = answer.content.decode()
    assert answer.status_code == 403 and "一下午才理出来的" in page and "x" * 64 not in page
    assert f'href="{reverse("people:places")}"' in page and "no-store" in answer["Cache-Control"]
    assert not queries.areas_of(place.committee.pk).filter(name="桂园街道").exists()


def test_a_button_pressed_when_the_sign_in_ran_out_leads_to_signing_in(client, place):
    answer = client.post(reverse("people:end_appointment"), {"appointment": "12"})
    assert answer.status_code == 302 and answer["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("number", [TOO_LONG, TOO_BIG, "0", "²"])
@pytest.mark.parametrize(("name", "field"), [
    ("act_as", "appointment"), ("inbox", "message"), ("link_again", "appointment"), ("end_appointment", "appointment"),
    ("unit", "unit"), ("background", "what"),
])  # fmt: skip
def test_a_number_no_row_can_have_finds_nothing(place, name, field, number):
    sent = f"message:{number}" if field == "what" else number
    assert leader(place).post(reverse(f"people:{name}"), {field: sent}).status_code in (302, 404)


@pytest.mark.parametrize("year", ["0", "10000", TOO_BIG])
def test_a_year_outside_the_calendar_is_no_page(place, year):
    assert leader(place).post(f"/office/days/{year}/confirm/").status_code == 404
    assert leader(place).get(f"/office/days/?year={TOO_LONG}").status_code == 200


@pytest.mark.parametrize("address", ["/r/%00/", "/yunchuan/?q=%00", "/u/a%00b/", "/desk/%00/"])
def test_a_nul_in_an_address_leads_nowhere_on_any_database(client, place, address):
    assert client.get(address).status_code == 404


def test_every_answer_tells_browsers_what_they_may_run(client, place):
    for address in ("/", "/nowhere-at-all/x/", "/r/%00/", "/yunchuan/", "/sign-in/", "/receipt/"):
        assert "default-src 'self'" in client.get(address)["Content-Security-Policy"], address
    assert (
        "default-src 'self'"
        in client.post("/sign-in/", HTTP_HOST="elsewhere.example")["Content-Security-Policy"]
    )


def test_the_page_of_a_one_time_link_lies_in_no_cache(client, place):
    person = place.appointments["member"].person
    token = actions.invite(person=person, committee=place.committee, by=place.leader, at=MORNING)
    assert queries.get_invitation(token).token_digest == link_digest(token)
    assert "no-store" in client.get(reverse("people:invite", args=[token]))["Cache-Control"]


def example():
    """A district marked as the example, its accounts with the password everybody knows."""
    place = district("shili", "SL", "示例区政协")
    place.committee.is_example = True
    place.committee.save()
    for one in Person.unscoped.all():
        one.set_password("shangliang-example")
        one.save()
    return place


def test_nobody_locks_the_others_out_of_the_examples_shared_accounts_by_a_new_link():
    place = example()
    with pytest.raises(Refusal, match="大家一起用"):
        actions.invite(
            person=Person.unscoped.get(login="shili-clerk"),
            committee=place.committee,
            by=place.leader,
            at=MORNING,
        )
    new = actions.appoint(
        committee=place.committee,
        login="试用的人",
        name="试用的人",
        role="member",
        by=place.leader,
        at=MORNING,
    )
    assert actions.invite(person=new.person, committee=place.committee, by=place.leader, at=MORNING)


def test_nobody_sends_our_mail_from_the_example():
    place = example()
    held = actions.appoint(committee=place.committee, login="收信人", name="收信人", role="unit", email="anyone@example.org",
                           organisation=place.lead_unit, by=place.clerk, at=MORNING)  # fmt: skip
    assert held.person.email == ""


@pytest.mark.parametrize("name", ["云川区政协办公室", "政协云川区委员会", "中国人民政治协商会议云川区委员会"])
def test_the_committee_itself_is_never_one_who_issues_assignments(place, name):
    said = {
        "committee": place.committee,
        "kind": "authority",
        "name": name,
        "by": place.leader,
        "at": MORNING,
    }
    with pytest.raises(Refusal, match="政协不是交办主体"):
        actions.add_organisation(**said, is_issuing_authority=True)
    row = actions.add_organisation(**said)
    with pytest.raises(Refusal, match="政协不是交办主体"):
        actions.describe_organisation(
            row, kind="authority", is_issuing_authority=True, by_letter=False, by=place.clerk, at=MORNING
        )
    assert not queries.issuing_authorities_of(place.committee.pk).filter(name=name).exists()
