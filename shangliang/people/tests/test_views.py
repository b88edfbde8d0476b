"""The office's pages through the browser's door: who gets in, what is shown, what is kept when refused."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from shangliang.foundation import outbox, roles
from shangliang.foundation.day_table import DAYS
from shangliang.foundation.models import LedgerEntry, Message
from shangliang.people import actions, queries
from shangliang.people.models import Appointment, Area, Committee, Organisation, Person, Setting
from shangliang.people.tests.factories import MORNING, SETUP, district

pytestmark = pytest.mark.django_db
GOOD = "qinghe-liuan-2026"
PAGES = ("office", "places", "units", "settings", "days", "background", "ledger")
INSIDE = ("clerk", "leader", "admin")
OUTSIDE = ("reviewer", "officer", "keeper", "member", "unit", "authority_clerk")


@pytest.fixture
def place(clock):
    clock.set("2026-09-08 10:00")
    return district()


def signed_in(place, key):
    client = Client()
    client.force_login(place.appointments[key].person)
    return client


def words(response):
    return response.content.decode()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("key", INSIDE)
def test_the_office_opens_its_pages(place, name, key):
    response = signed_in(place, key).get(reverse(f"people:{name}"))
    assert response.status_code == 200
    assert "本办公室" in words(response)


@pytest.mark.parametrize("name", PAGES)
def test_the_offices_pages_do_not_exist_for_other_roles(place, name):
    for key in OUTSIDE:
        assert signed_in(place, key).get(reverse(f"people:{name}")).status_code == 404


@pytest.mark.parametrize("name", [*PAGES, "inbox", "password"])
def test_without_an_account_every_page_of_staff_leads_to_signing_in(place, client, name):
    response = client.get(reverse(f"people:{name}"))
    assert response.status_code == 302
    assert response["Location"] == f"/sign-in/?next={reverse(f'people:{name}')}"


@pytest.mark.parametrize("name", ["link_again", "end_appointment", "unit", "drop_day", "sign_out", "act_as"])
def test_buttons_answer_to_a_post_alone(place, name):
    assert signed_in(place, "leader").get(reverse(f"people:{name}")).status_code == 405


def test_every_page_of_staff_needs_few_queries(place, django_assert_max_num_queries):
    client = signed_in(place, "leader")
    for name in (*PAGES, "inbox"):
        with django_assert_max_num_queries(12):
            client.get(reverse(f"people:{name}"))


# --- Getting in and out ---------------------------------------------------------------------------------


def with_password(place, key):
    person = place.appointments[key].person
    actions.set_password(person, GOOD)
    return person.login


def test_signing_in_leads_to_the_first_page_of_the_role(place, client):
    response = client.post("/sign-in/", {"username": with_password(place, "admin"), "password": GOOD})
    assert response["Location"] == reverse("people:office")
    assert client.get(reverse("people:office")).status_code == 200


@pytest.mark.parametrize(
    ("there", "leads"),
    [
        ("/ledger/", "/ledger/"),
        ("https://bad.invalid/", "/office/"),
        ("//bad.invalid", "/office/"),
        ("javascript:x", "/office/"),
    ],
)
def test_signing_in_leads_on_only_to_our_own_pages(place, client, there, leads):
    sent = {"username": with_password(place, "admin"), "password": GOOD, "next": there}
    assert client.post("/sign-in/", sent)["Location"] == leads


def test_a_wrong_password_keeps_the_name_and_not_the_password(place, client):
    response = client.post("/sign-in/", {"username": with_password(place, "admin"), "password": "wrong-word"})
    assert response.status_code == 200
    assert "登录名或密码不对" in words(response) and "yunchuan-admin" in words(response)
    assert "wrong-word" not in words(response)


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(place, client):
    login = with_password(place, "admin")
    answers = [words(client.post("/sign-in/", {"username": name, "password": "no"})).replace(name, "").split("<main")[1]
               for name in (login, "nobody-at-all")]  # fmt: skip
    token = re.compile(r'csrfmiddlewaretoken" value="[^"]+"')
    assert token.sub("", answers[0]) == token.sub("", answers[1])


def test_after_five_wrong_tries_the_account_rests_for_fifteen_minutes(place, client, clock, monkeypatch):
    monkeypatch.setattr("axes.handlers.proxy.now", clock.now)
    login = with_password(place, "admin")
    answers = [client.post("/sign-in/", {"username": login, "password": "wrong"}) for _ in range(5)]
    assert "试错太多次，15 分钟后再试" in words(answers[-1]) and answers[-1].status_code == 429
    assert "15 分钟" not in words(answers[0])
    assert client.post("/sign-in/", {"username": login, "password": GOOD}).status_code == 429
    clock.forward(minutes=16)
    assert client.post("/sign-in/", {"username": login, "password": GOOD}).status_code == 302


def test_somebody_without_a_standing_appointment_gets_nowhere(place, client):
    login = with_password(place, "clerk")
    actions.end_appointment(place.appointments["clerk"], by=place.leader, at=MORNING)
    response = client.post("/sign-in/", {"username": login, "password": GOOD}, follow=True)
    assert "没有在任的身份" in words(response)
    assert client.get(reverse("people:office")).status_code == 404


def test_ending_an_appointment_shuts_a_browser_that_is_signed_in(place):
    client = signed_in(place, "clerk")
    assert client.get(reverse("people:office")).status_code == 200
    actions.end_appointment(place.appointments["clerk"], by=place.leader, at=MORNING)
    assert client.get(reverse("people:office")).status_code == 404


def test_signing_out_needs_a_post_and_ends_the_session(place):
    client = signed_in(place, "clerk")
    assert client.post("/sign-out/").status_code == 302
    assert client.get(reverse("people:office")).status_code == 302


def test_one_person_acts_in_one_appointment_at_a_time(place):
    second = actions.appoint(committee=place.committee, login=place.appointments["member"].person.login, name="", at=MORNING,
                             role=roles.CLERK, by=place.leader)  # fmt: skip
    client = signed_in(place, "member")
    assert client.get(reverse("people:office")).status_code == 404
    client.post("/act-as/", {"appointment": second.pk, "next": "/inbox/"})
    assert client.get(reverse("people:office")).status_code == 200
    assert "委员 · 云川区" in words(client.get("/inbox/"))


def test_nobody_acts_in_somebody_elses_appointment(place):
    client = signed_in(place, "member")
    assert client.post("/act-as/", {"appointment": place.appointments["leader"].pk}).status_code == 404
    assert client.post("/act-as/", {"appointment": "x"}).status_code == 404
    assert client.get(reverse("people:office")).status_code == 404


def test_a_one_time_link_sets_a_password_and_then_says_that_it_is_used(place, client):
    person = place.appointments["keeper"].person
    token = actions.invite(person=person, committee=place.committee, by=SETUP, at=MORNING)
    address = reverse("people:invite", args=[token])
    assert person.login in words(client.get(address))
    unequal = client.post(address, {"password": GOOD, "again": GOOD + "x"})
    assert "两遍写得不一样" in words(unequal)
    weak = client.post(address, {"password": "1234567890", "again": "1234567890"})
    assert weak.status_code == 200 and not Person.unscoped.get(pk=person.pk).password
    done = client.post(address, {"password": GOOD, "again": GOOD}, follow=True)
    assert "密码设好了" in words(done)
    assert client.post("/sign-in/", {"username": person.login, "password": GOOD}).status_code == 302
    assert "用过、过期" in words(client.get(address)) and client.get(address).status_code == 410


@pytest.mark.parametrize("token", ["x", "长" * 60, "a" * 43])
def test_an_unknown_link_gets_the_same_words_as_a_used_one(place, client, token):
    response = client.get(reverse("people:invite", args=[token]))
    assert response.status_code == 410 and "用过、过期" in words(response)


def test_a_get_of_a_link_does_not_use_it_up(place, client, clock):
    token = actions.invite(
        person=place.appointments["keeper"].person, committee=place.committee, by=SETUP, at=clock.now()
    )
    for _ in range(2):
        assert client.get(reverse("people:invite", args=[token])).status_code == 200
    clock.forward(days=8)
    assert client.get(reverse("people:invite", args=[token])).status_code == 410


def test_the_password_page_keeps_this_browser_signed_in(place):
    login, client = with_password(place, "clerk"), Client()
    client.post("/sign-in/", {"username": login, "password": GOOD})
    new = "another-" + GOOD
    assert "原来的密码不对" in words(
        client.post("/account/password/", {"old": "x", "password": new, "again": new})
    )
    assert client.post("/account/password/", {"old": GOOD, "password": new, "again": new}).status_code == 302
    assert client.get("/inbox/").status_code == 200


def test_the_inbox_shows_ones_own_messages_and_marks_them_read(place):
    for key, subject in (("clerk", "有新线索"), ("leader", "有新议题")):
        outbox.hand_over(effect=key, appointment=place.appointments[key].pk, subject=subject, body="<b>看</b>", at=MORNING,
                         link="/office/")  # fmt: skip
    client = signed_in(place, "clerk")
    page = words(client.get("/inbox/"))
    assert "有新线索" in page and "有新议题" not in page
    assert "<b>看" not in page and 'class="count num">1<' in page
    client.post("/inbox/", {"message": Message.unscoped.get(subject="有新线索").pk})
    assert 'class="count num"' not in words(client.get("/inbox/"))
    client.get("/inbox/")
    assert Message.unscoped.get(subject="有新议题").read_at is None


# --- The office -----------------------------------------------------------------------------------------


def test_giving_a_role_shows_the_link_once(place):
    client = signed_in(place, "leader")
    response = client.post("/office/", {"name": "孟小满", "role": "member"})
    link = re.search(r"http://testserver(/invite/[^<]+)</code>", words(response))[1]
    assert client.get(link).status_code == 200
    assert "/invite/" not in words(client.get("/office/"))
    assert Appointment.unscoped.get(person__name="孟小满").role == "member"


def test_a_refused_appointment_keeps_what_was_typed(place):
    sent = {
        "name": "孟小满",
        "role": "unit",
        "organisation": "没有这个局",
        "title": "科长",
        "email": "m@example.org",
    }
    page = words(signed_in(place, "leader").post("/office/", sent))
    assert "还没有“没有这个局”这个单位" in page
    assert all(f'value="{sent[name]}"' in page for name in ("name", "organisation", "title", "email"))
    assert not Person.unscoped.filter(name="孟小满").exists()


def test_a_clerk_is_told_that_the_offices_own_roles_are_not_his_to_give(place):
    page = words(signed_in(place, "clerk").post("/office/", {"name": "孟小满", "role": "admin"}))
    assert "要由办公室负责人或管理员来定" in page


def test_rows_of_another_committee_answer_404(place):
    other = district("beishan", "BS", "北山区政协")
    client = signed_in(place, "leader")
    for name in ("link_again", "end_appointment"):
        sent = {"appointment": other.appointments["clerk"].pk}
        assert client.post(reverse(f"people:{name}"), sent).status_code == 404
    sent = {"unit": other.lead_unit.pk, "kind": "school"}
    assert client.post(reverse("people:unit"), sent).status_code == 404
    assert Organisation.unscoped.get(pk=other.lead_unit.pk).kind == "department"
    assert "北山" not in words(client.get("/office/"))


def test_ending_an_appointment_by_its_button(place):
    held = place.appointments["keeper"]
    signed_in(place, "leader").post(reverse("people:end_appointment"), {"appointment": held.pk})
    assert Appointment.unscoped.get(pk=held.pk).until_on is not None


def test_places_are_looked_at_before_they_are_kept(place):
    client, text = signed_in(place, "clerk"), "桂园街道：滨河社区、桃园社区"
    page = words(client.post("/office/places/", {"text": text}))
    assert "看出来的是这些" in page and text in page and not Area.unscoped.filter(name="桂园街道").exists()
    client.post("/office/places/", {"text": text, "save": "1"})
    assert Area.unscoped.filter(parent__name="桂园街道").count() == 2


def test_wrong_lines_are_listed_by_number_and_the_text_stays(place):
    page = words(
        signed_in(place, "clerk").post("/office/places/", {"text": "柳岸社区\n" + "长" * 41, "save": "1"})
    )
    assert "第 1 行“柳岸社区”" in page and "第 2 行" in page and "长" * 41 in page
    assert Area.unscoped.count() == 3


def workbook(rows):
    book, held = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(held)
    return SimpleUploadedFile("places.xlsx", held.getvalue())


def test_a_workbook_is_shown_as_text_and_then_kept_without_sending_it_again(place):
    client = signed_in(place, "clerk")
    sent = workbook([["街道", "社区"], ["桂园街道", "滨河社区"], [None, "桃园社区"]])
    page = words(client.post("/office/places/", {"text": "", "sheet": sent}))
    shown = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", page, re.S)[1]
    client.post("/office/places/", {"text": shown, "save": "1"})
    assert set(Area.unscoped.filter(parent__name="桂园街道").values_list("name", flat=True)) == {
        "滨河社区",
        "桃园社区",
    }


@pytest.mark.parametrize("data", [b"", b"no workbook", b"PK\x03\x04broken", b"x" * 2_100_000])
def test_a_file_that_is_no_workbook_is_refused_and_the_text_stays(place, data):
    sent = {"text": "桂园街道：滨河社区", "sheet": SimpleUploadedFile("a.xlsx", data), "save": "1"}
    page = words(signed_in(place, "clerk").post("/office/places/", sent))
    assert "桂园街道：滨河社区" in page and "还差一点，您填的都还在" in page
    assert not Area.unscoped.filter(name="桂园街道").exists()


def test_units_are_pasted_and_described(place):
    client = signed_in(place, "leader")
    client.post("/office/units/", {"text": "区水利局\n清河供电公司"})
    assert Organisation.unscoped.get(name="清河供电公司").by_letter
    row = Organisation.unscoped.get(name="区水利局")
    client.post("/office/units/one/", {"unit": row.pk, "kind": "authority", "is_issuing_authority": "on"})
    assert Organisation.unscoped.get(name="区水利局").is_issuing_authority
    both = {"unit": row.pk, "kind": "authority", "is_issuing_authority": "on", "by_letter": "on"}
    assert "不会同时" in words(client.post("/office/units/one/", both, follow=True))


def shown_values(page):
    fields = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*?value="([^"]*)"', page))
    fields.update(
        {name: value for value, name in re.findall(r'<input[^>]*value="([^"]*)"[^>]*?name="([^"]+)"', page)}
    )
    for name, inside in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', page, re.S):
        fields[name] = (re.findall(r'value="([^"]*)" selected', inside) or [""])[0]
    return fields


def test_settings_are_kept_together_and_refused_with_what_was_typed(place):
    client = signed_in(place, "leader")
    held = shown_values(words(client.get("/office/settings/")))
    assert held["answer_days"] == "5" and held["real_1"] == "planned"
    refused = words(client.post("/office/settings/", {**held, "answer_days": "16", "short_name": "云川新名"}))
    assert "填 1 到 15 之间的数" in refused and "云川新名" in refused and not Setting.unscoped.exists()
    done = client.post("/office/settings/", {**held, "answer_days": "3", "reviewers": "2", "short_name": "云川新名",
                                             "consultation": "有事好商量", "source_residents": "百姓点题"})  # fmt: skip
    assert done.status_code == 302
    kept = queries.settings_of(place.committee.pk)
    assert (kept["answer_days"], kept["reviewers"]) == (3, 2)
    assert kept["labels"] == {"consultation": "有事好商量"} and kept["source_labels"] == {
        "residents": "百姓点题"
    }
    assert Committee.unscoped.get().short_name == "云川新名"
    assert queries.letters_of(place.committee.pk).count() == 3


def test_a_clerk_sees_the_settings_and_cannot_change_them(place):
    client = signed_in(place, "clerk")
    page = words(client.get("/office/settings/"))
    assert "<fieldset disabled>" in page
    refused = client.post("/office/settings/", {**shown_values(page), "answer_days": "3"})
    assert refused.status_code == 200 and "不能做这一步" in words(refused)
    assert not Setting.unscoped.exists()


def test_a_provisional_year_says_so_and_a_day_can_be_entered_and_dropped(place):
    client = signed_in(place, "admin")
    assert "暂定" in words(client.get("/office/days/?year=2027"))
    assert "暂定" not in words(client.get("/office/days/?year=2026"))
    client.post("/office/days/", {"day": "2027-02-12", "is_working": "yes", "name": "元宵调休"})
    assert "元宵调休" in words(client.get("/office/days/?year=2027"))
    client.post("/office/days/drop/", {"day": "2027-02-12"})
    assert "元宵调休" not in words(client.get("/office/days/?year=2027"))
    client.post("/office/days/2027/confirm/")
    assert "暂定" not in words(client.get("/office/days/?year=2027"))


def test_a_clerk_cannot_change_the_day_table(place):
    client = signed_in(place, "clerk")
    assert client.post("/office/days/2027/confirm/").status_code == 404
    client.post("/office/days/", {"day": "2027-02-12", "is_working": "yes", "name": "调休"})
    client.post("/office/days/drop/", {"day": "2027-01-01"})
    assert queries.special_days(2027).count() == len([row for row in DAYS if row.day.year == 2027])


def test_what_got_stuck_is_listed_and_taken_up_again(place):
    Message(effect="e", channel="mail", appointment=place.appointments["clerk"].pk, subject="发不出去的", body="x",
            address="secret@example.org", state="parked", tries=5, created_at=MORNING).save(force_insert=True)  # fmt: skip
    client = signed_in(place, "clerk")
    page = words(client.get("/office/background/"))
    assert "发不出去的" in page and "secret@example.org" not in page
    client.post("/office/background/", {"what": f"message:{Message.unscoped.get().pk}"})
    assert Message.unscoped.get().state == "queued"
    assert client.post("/office/background/", {"what": "nonsense"}).status_code == 404


# --- The ledger -----------------------------------------------------------------------------------------


def kept_line(page):
    return re.search(r"第 \d+ 条 / [0-9a-f]{8}", page)[0]


def test_the_ledger_shows_the_line_to_keep_and_who_did_what(place):
    actions.add_area(committee=place.committee, kind="street", name="桂园街道", by=place.clerk, at=MORNING)
    page = words(signed_in(place, "leader").get("/ledger/"))
    assert "加街道社区" in page and "经办人" in page
    assert kept_line(page).startswith(f"第 {LedgerEntry.unscoped.count()} 条")


def test_the_ledger_of_another_committee_is_not_shown(place):
    other = district("beishan", "BS", "北山区政协")
    assert "北山" not in words(signed_in(place, "leader").get("/ledger/"))
    subject = f"area:{other.street.pk}"
    assert "没有这样的记录" in words(signed_in(place, "leader").get("/ledger/", {"subject": subject}))


def test_checking_the_ledger_tells_what_was_found(place):
    client = signed_in(place, "leader")
    kept = kept_line(words(client.get("/ledger/")))
    assert "前后都连得上" in words(client.post("/ledger/", {"kept": ""}, follow=True))
    assert "您抄下的那一行也在" in words(client.post("/ledger/", {"kept": kept}, follow=True))
    assert "要像" in words(client.post("/ledger/", {"kept": "昨天那一行"}, follow=True))
    wrong = kept[:-8] + "0" * 8
    assert "那一行不在里面" in words(client.post("/ledger/", {"kept": wrong}, follow=True))
    LedgerEntry.unscoped.filter(seq=3).update(verb="matter.close")
    assert "从第 3 条起" in words(client.post("/ledger/", {"kept": ""}, follow=True))


# --- What goes wrong --------------------------------------------------------------------------------------


def test_a_stale_form_says_so_and_gives_back_what_was_typed(place):
    client = Client(enforce_csrf_checks=True)
    client.force_login(place.appointments["clerk"].person)
    response = client.post(
        "/office/places/",
        {"text": "桂园街道\n <b>滨河社区</b>", "save": "1", "csrfmiddlewaretoken": "x" * 32},
    )
    page = words(response)
    assert response.status_code == 403 and "放得太久" in page
    assert "桂园街道\n &lt;b&gt;滨河社区" in page and "x" * 32 not in page


def test_a_stale_form_never_shows_a_password_again(place):
    response = Client(enforce_csrf_checks=True).post("/sign-in/", {"username": "程晓岚", "password": GOOD})
    assert response.status_code == 403 and GOOD not in words(response) and "程晓岚" in words(response)


def test_a_database_that_is_away_gets_an_honest_page_with_what_was_typed(place, monkeypatch):
    def away(**_what):
        raise OperationalError("away")

    client = signed_in(place, "clerk")
    monkeypatch.setattr(actions, "add_units", away)
    response = client.post("/office/units/", {"text": "区水利局 函商"})
    assert response.status_code == 503 and response["Retry-After"] == "30"
    assert "现在打不开" in words(response) and "区水利局 函商" in words(response)


def test_a_database_that_is_away_before_the_view_gets_the_same_page(place, monkeypatch):
    def away(_session):
        raise OperationalError("away")

    client = signed_in(place, "clerk")
    client.raise_request_exception = False
    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", away)
    response = client.get("/office/")
    assert response.status_code == 503 and "现在打不开" in words(response)


def test_a_fault_of_our_own_is_called_one(place, monkeypatch):
    def broken(_committee_id):
        raise RuntimeError("broken")

    client = signed_in(place, "clerk")
    client.raise_request_exception = False
    monkeypatch.setattr(queries, "organisations_of", broken)
    response = client.get("/office/units/")
    assert response.status_code == 500 and "出了点毛病" in words(response) and "broken" not in words(response)


def test_staff_pages_are_never_cached_and_public_ones_may_be(place, client):
    assert "no-store" in signed_in(place, "clerk").get("/office/")["Cache-Control"]
    assert "no-store" not in client.get("/sign-in/").get("Cache-Control", "")


def test_an_appointment_opens_on_its_first_day_and_not_before(place, clock):
    held = actions.appoint(committee=place.committee, login="later", name="孟小满", role=roles.CLERK, by=place.leader, at=MORNING,
                           from_on=(MORNING + timedelta(days=5)).date())  # fmt: skip
    client = Client()
    client.force_login(held.person)
    assert client.get("/office/").status_code == 404
    clock.forward(days=6)
    client.force_login(held.person)
    assert client.get("/office/").status_code == 200
