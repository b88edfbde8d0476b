"""等我办的: what waits for each seat, from every stage, in few queries; and the daily word of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shangliang.delivery.tests.factories import assigned, claimed
from shangliang.exchange.tests.factories import drafts_in, referred_out, system_in
from shangliang.foundation.clock import day_of
from shangliang.foundation.models import Job, Message
from shangliang.people import actions as people
from shangliang.people.models import Appointment
from shangliang.people.tests.factories import MORNING, SETUP, district
from shangliang.portal import tasks
from shangliang.portal.pending import KINDS, work_of
from shangliang.portal.tests.factories import prepared
from shangliang.protection.tests.factories import asked_member
from shangliang.reports import actions
from shangliang.reports.models import Report
from shangliang.reports.tests.factories import gathered_matter, held_report, report_in, spoken_report
from shangliang.topics.tests.factories import topic_at

pytestmark = pytest.mark.django_db
TODAY = day_of(MORNING)
LONG_AFTER = TODAY + timedelta(days=120)


def found(viewer, today=TODAY):
    return {row.key: row for row in work_of(viewer, today)}


def page(client, place, who):
    person = place.appointments[who].person
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client.get("/work/")


def test_reports_wait_for_the_office_with_the_oldest_clock_and_lead_to_the_desk():
    place = district()
    report = report_in(place)
    rows = found(place.clerk)
    assert (rows["waiting"].count, rows["waiting"].oldest) == (1, report.answer_due_on)
    assert rows["waiting"].url == f"/desk/{report.code}/"
    report_in(place, "另一条。")
    assert found(place.clerk)["waiting"].url == "/desk/"


def test_a_late_answer_stands_first_and_says_so():
    place = district()
    report = report_in(place)
    rows = work_of(place.clerk, report.answer_due_on + timedelta(days=1))
    assert rows[0].key == "late" and rows[0].is_late and rows[0].url == f"/desk/{report.code}/"


def test_what_is_aside_spoken_or_only_a_draft_waits_too():
    place = district()
    Report.unscoped.filter(pk=report_in(place).pk).update(set_aside="flood")
    spoken_report(place)
    drafts_in(place)
    rows = found(place.clerk)
    assert rows["aside"].count == 1 and rows["spoken"].count == 1 and rows["drafts"].count >= 1


def test_an_asking_to_see_a_contact_waits_for_another_than_the_one_who_asked():
    place = district()
    report = report_in(place, contact="000-0000-0001", consent_version="2026-11")
    actions.ask_unmask(report, reason="要问清楚是哪一栋", by=place.clerk, at=MORNING)
    assert "unmask" not in found(place.clerk)
    assert found(place.leader)["unmask"].url == f"/desk/{report.code}/"


def test_a_transfer_without_an_answer_waits_once_its_day_is_over():
    place = district()
    referred_out(place, system_in(place))
    assert "transfers" not in found(place.clerk)


def test_a_matter_waits_for_a_topic_until_it_is_in_one():
    place = district()
    matter = gathered_matter(place)
    assert found(place.clerk)["matters"].url == f"/matters/{matter.code}/reports/"
    topic_at("stored", place, matters=(matter,))
    assert "matters" not in found(place.clerk)


def test_every_stage_after_the_desk_has_its_rows():
    place = district()
    topic_at("submitted", place)
    topic_at("scheduled", place)
    task = assigned(place)
    rows = found(place.clerk, LONG_AFTER)
    assert {"topics_submitted", "topics_scheduled", "overdue"} <= rows.keys()
    assert rows["overdue"].is_late
    claimed(task, place)
    assert "verify" in found(place.clerk)


def test_public_words_wait_for_another_than_who_wrote_them():
    place = district()
    prepared(place, f"matter:{gathered_matter(place).code}")
    assert found(place.viewers["reviewer"])["to_review"].count == 1
    assert "to_review" not in found(place.clerk)


def test_officers_members_units_and_administrators_see_their_own_and_nothing_else():
    place = district()
    held_report(place)
    asked_member(place)
    assigned(place)
    Job(name="x", period="2026-09-01", state="parked", due_at=MORNING).save(force_insert=True)
    assert found(place.viewers["officer"]).keys() == {"held"}
    assert found(place.viewers["member"]).keys() == {"asked_of_member"}
    assert "to_accept" in found(place.viewers["unit"])
    assert found(place.viewers["admin"]).keys() == {"parked_jobs"}
    assert found(place.viewers["keeper"]) == {}


def test_another_committees_work_does_not_wait_here():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    report_in(elsewhere)
    gathered_matter(elsewhere)
    assert found(place.clerk) == {}


@pytest.mark.parametrize("who", ["clerk", "leader", "reviewer", "officer", "admin", "keeper", "member", "unit",
                                 "authority_clerk"])  # fmt: skip
def test_the_page_opens_for_every_role_in_at_most_twelve_queries(client, who):
    place = district()
    report_in(place)
    gathered_matter(place)
    assert page(client, place, who).status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get("/work/")
    assert len(asked) <= 12
    assert all(one["sql"].lstrip("(").startswith("SELECT") for one in asked)


def test_somebody_without_a_role_is_led_to_the_sign_in(client):
    assert client.get("/work/").status_code == 302


def test_every_kind_that_can_wait_has_words_and_an_address():
    place = district()
    for who in place.viewers.values():
        for row in work_of(who, LONG_AFTER):
            assert row.label and row.url
    assert all(str(kind.label) for kind in KINDS.values())


def told(place, who="clerk"):
    return Message.unscoped.filter(appointment=place.appointments[who].pk, effect__startswith="digest-")


def test_the_daily_word_comes_once_at_the_hour_of_the_committee_and_only_where_something_waits():
    place = district()
    report_in(place)
    tasks.tell_what_waits(9, TODAY, MORNING)
    assert not told(place).exists()
    for _again in range(2):
        tasks.tell_what_waits(8, TODAY, MORNING)
    message = told(place).get(channel="page")
    assert message.link == "/work/" and "线索等筛选" in message.body and "1 件" in message.body
    assert not told(place, "reviewer").exists()


def test_the_daily_word_goes_by_mail_too_where_there_is_an_address_and_names_nobody_and_nothing():
    place = district()
    person = place.appointments["clerk"].person
    type(person).unscoped.filter(pk=person.pk).update(email="clerk@example.invalid")
    report = report_in(place, "柳岸小学门口放学堵车。")
    tasks.tell_what_waits(8, TODAY, MORNING)
    mail = told(place).get(channel="mail")
    assert mail.address == "clerk@example.invalid"
    assert "柳岸" not in mail.body and report.code not in mail.body


def test_a_seat_that_wants_none_is_told_nothing_and_can_change_its_mind(client):
    place = district()
    report_in(place)
    assert "不用每天说" in page(client, place, "clerk").content.decode()
    client.post("/inbox/digest/", {"wanted": "no"})
    assert not Appointment.unscoped.get(pk=place.appointments["clerk"].pk).wants_digest
    assert Appointment.unscoped.get(pk=place.appointments["leader"].pk).wants_digest
    tasks.tell_what_waits(8, TODAY, MORNING)
    assert not told(place).exists() and told(place, "leader").exists()
    client.post("/inbox/digest/", {"wanted": "yes"})
    assert Appointment.unscoped.get(pk=place.appointments["clerk"].pk).wants_digest


def test_a_day_that_is_over_and_a_seat_that_ended_are_told_nothing():
    place = district()
    report_in(place)
    tasks.tell_what_waits(8, TODAY - timedelta(days=1), MORNING)
    assert not told(place).exists()
    people.end_appointment(place.appointments["clerk"], by=place.viewers["admin"], at=MORNING)
    tasks.tell_what_waits(8, TODAY, MORNING)
    assert not told(place).exists()


def test_there_is_a_job_for_every_hour_a_committee_may_choose():
    place = district()
    report_in(place)
    people.change_setting(committee=place.committee, key="digest_hour", value=12, by=SETUP, at=MORNING)
    for job in tasks.JOBS:
        assert 7 <= job.hour <= 12
        job.run(TODAY, MORNING)
    assert told(place).filter(channel="page").count() == 1
