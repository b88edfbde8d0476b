"""Who sees and does what: person × assignment."""

import pytest
from django.urls import reverse

from shangliang.delivery import actions
from shangliang.delivery.queries import (
    assignments_seen_by,
    consultations_with_lists,
    evidence_for,
    follow_ups_seen_by,
    get_assignment_for,
    get_link,
    holder_of_link,
    lists_of,
    moves_for,
    suggestions_to_assign,
)
from shangliang.delivery.states import A
from shangliang.delivery.tests import factories as make
from shangliang.delivery.tests.factories import LATER, MORNING
from shangliang.foundation.models import StoredFile
from shangliang.foundation.viewer import NOBODY, Public, ReceiptHolder
from shangliang.people.tests.factories import district
from shangliang.reports.tests.factories import gathered_matter, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return make.district()


@pytest.mark.parametrize(
    ("person", "sees"),
    [("clerk", True), ("leader", True), ("unit", True), ("other_unit", True), ("authority_clerk", True),
     ("member", False), ("keeper", False), ("reviewer", False), ("officer", False), ("admin", False)],
)  # fmt: skip
def test_an_assignment_is_seen_by_the_office_its_units_and_its_authority(place, person, sees):
    one = make.assigned(place)
    assert (get_assignment_for(getattr(place, person), one.code) is not None) == sees


def test_a_unit_sees_nothing_of_another_unit_s_assignment(place, client):
    one = make.assigned(place, co_units=[])
    assert get_assignment_for(place.other_unit, one.code) is None
    make.sign_in(client, place, "other_unit")
    addresses = (
        reverse("delivery:assignment", args=[one.code]),
        reverse("delivery:step", args=[one.code, "accept"]),
    )
    assert [client.get(url).status_code for url in addresses] == [404, 404]
    assert client.post(addresses[1], {}).status_code == 404
    assert one.code not in client.get(reverse("delivery:assignments")).content.decode()


def test_another_district_and_the_public_see_nothing(place):
    make.assigned(place)
    other = district("beiyuan", "BY", "北原区政协")
    strangers = (
        other.clerk,
        other.unit,
        other.authority_clerk,
        NOBODY,
        Public(place.committee.pk),
        ReceiptHolder(1),
    )
    for viewer in strangers:
        assert not assignments_seen_by(viewer).exists()
        assert not suggestions_to_assign(viewer).exists()
        assert not consultations_with_lists(viewer).exists()
        assert not follow_ups_seen_by(viewer).exists()


def test_buttons_are_those_of_one_s_own_side(place):
    names = {key: {one.name for one in moves_for(getattr(place, key), make_one)} for key, make_one in (
        ("unit", make.assigned(place)), ("other_unit", make.assigned(place)), ("authority_clerk", make.assigned(place)),
    )}  # fmt: skip
    assert names == {
        "unit": {"assignment.accept", "assignment.object"},
        "other_unit": set(),
        "authority_clerk": set(),
    }
    objected = make.assignment_at(A.OBJECTED, place)
    assert moves_for(place.unit, objected) == []
    assert {one.name for one in moves_for(place.authority_clerk, objected)} == {
        "assignment.uphold",
        "assignment.reassign",
    }
    claimed = make.assignment_at(A.CLAIMED, place)
    assert moves_for(place.authority_clerk, claimed) == []
    assert {one.name for one in moves_for(place.clerk, claimed)} == {
        "assignment.verify",
        "assignment.send_back",
    }


@pytest.mark.parametrize(("key", "step"), [("unit", "verify"), ("unit", "uphold"), ("other_unit", "claim"),
                                           ("authority_clerk", "accept"), ("authority_clerk", "verify")])  # fmt: skip
def test_a_step_of_another_side_does_not_exist(place, client, key, step):
    one = make.assigned(place)
    make.sign_in(client, place, key)
    assert client.get(reverse("delivery:step", args=[one.code, step])).status_code == 404


@pytest.mark.parametrize("name", ["assignments", "awaiting", "follow_ups", "look_backs", "lists", "micro"])
def test_pages_open_for_the_office_and_not_for_who_has_no_business_there(place, client, name):
    url = reverse(f"delivery:{name}")
    assert client.get(url).status_code == 302  # to sign-in
    shut = {"assignments": ("member", "keeper", "admin"), "awaiting": ("unit", "member"), "lists": ("unit", "keeper"),
            "follow_ups": ("unit", "authority_clerk"), "look_backs": ("unit",), "micro": ("unit", "member", "authority_clerk"),
            }[name]  # fmt: skip
    for key in shut:
        assert make.sign_in(client, place, key).get(url).status_code == 404, key
    assert make.sign_in(client, place, "clerk").get(url).status_code == 200


def test_a_link_shows_the_task_and_never_a_report(place, client):
    matter = gathered_matter(place, title="小学门口放学时车多人挤")
    one = make.assigned(place, suggestion=make.adopted_suggestion(place, matters=(matter,)))
    token = actions.make_link(one, by=place.clerk, at=make.datetime.now(MORNING.tzinfo))
    page = client.get(reverse("delivery:by_link", args=[token])).content.decode()
    for shown in (one.task, one.basis, one.document_no, "小学门口放学时车多人挤"):
        assert shown in page
    report = matter.reports.get()
    for hidden in (make.WORDS, report.code, "柳岸社区直报点"):
        assert hidden not in page
    assert client.get(reverse("delivery:by_link", args=["x" * 43])).status_code == 404


def test_a_link_opens_only_its_own_assignment(place):
    one, other = make.assigned(place), make.assigned(place)
    holder = holder_of_link(get_link(actions.make_link(one, by=place.clerk, at=MORNING)), MORNING)
    assert get_assignment_for(holder, one.code) is not None
    assert get_assignment_for(holder, other.code) is None


def test_a_picture_is_seen_with_its_assignment_and_by_a_reporter_once_it_was_checked(
    place, settings, tmp_path
):
    settings.FILES_ROOT = tmp_path
    one = make.assignment_at(A.ACCEPTED, place)
    make.claimed(one, place, pictures=actions.draw_pictures([picture()], LATER))
    name = StoredFile.unscoped.get().name
    holder = make.holders_of(make.matter_of(one))[0]
    stranger = make.holders_of(gathered_matter(place))[0]
    seen = [
        evidence_for(viewer, name) is not None for viewer in (place.clerk, place.unit, place.member, holder)
    ]
    assert seen == [True, True, False, False]
    actions.verify(one, verified_by="提案委副主任", by=place.clerk, at=LATER)
    assert evidence_for(holder, name) is not None
    assert evidence_for(stranger, name) is None


def test_units_get_no_lists(place):
    one = make.assigned(place)
    row = one.suggestion.consultation
    assert [
        len(lists_of(getattr(place, key), row)) for key in ("clerk", "member", "authority_clerk", "unit")
    ] == [3, 3, 3, 0]
