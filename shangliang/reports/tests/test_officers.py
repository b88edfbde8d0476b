"""The locked queue of the two officers, and contact data that two people open."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from shangliang.foundation.models import LedgerEntry
from shangliang.foundation.queries import inbox_of
from shangliang.foundation.refusals import AlreadyDone, NotYours, Refusal, WrongState
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import actions
from shangliang.reports.actions.wording import words_for
from shangliang.reports.models import Report, SimilarGram, ThreadEntry, Unmasking
from shangliang.reports.queries import get_report_for
from shangliang.reports.queries.desk import get_held_report_for, held_reports, unmasking_waiting
from shangliang.reports.states import ReportState
from shangliang.reports.tests.factories import ACCUSING, held_report, holder_of, report_in

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=3)
REASON = "约他一起去看现场"


def client_of(client, place, who):
    client.force_login(place.appointments[who].person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def reachable(place):
    return report_in(place, contact="000-0000-0001", consent_version="2026-11")


def test_only_the_two_officers_of_the_committee_see_what_is_held():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    report = held_report(place)
    for who in ("officer", "second_officer"):
        assert [one.pk for one in held_reports(place.viewers[who])] == [report.pk]
    for viewer in (
        place.clerk,
        place.leader,
        place.admin,
        place.keeper,
        place.member,
        place.unit,
        elsewhere.officer,
    ):
        assert get_held_report_for(viewer, report.code) is None
    assert get_report_for(place.clerk, report.code) is None


def test_a_false_alarm_goes_back_to_the_desk_and_is_matched_again():
    place = district()
    report = held_report(place)
    assert not SimilarGram.unscoped.filter(report_id=report.pk).exists()
    actions.release(report, by=place.officer, at=LATER)
    kept = get_report_for(place.clerk, report.code)
    assert (kept.state, kept.held_because) == (ReportState.RECEIVED, "")
    assert SimilarGram.unscoped.filter(report_id=report.pk).exists()
    assert LedgerEntry.unscoped.filter(verb="report.release", subject=f"report:{report.code}").count() == 1


def test_turning_away_tells_the_reporter_where_to_go_and_keeps_the_report_locked():
    place = district()
    report = actions.turn_away(
        held_report(place), words=words_for("report.turn_away"), by=place.officer, at=LATER
    )
    assert "12388" in ThreadEntry.unscoped.get(report=report).text
    assert Report.unscoped.get(pk=report.pk).first_answered_at == LATER
    assert get_report_for(place.clerk, report.code) is None


def test_turning_away_needs_words():
    place = district()
    with pytest.raises(Refusal, match="写上要对反映人说的话"):
        actions.turn_away(held_report(place), words=" ", by=place.officer, at=LATER)


@pytest.mark.parametrize("who", ["clerk", "leader", "reviewer", "admin", "keeper", "member"])
def test_nobody_else_releases_or_turns_away(who):
    place = district()
    report = held_report(place)
    with pytest.raises(NotYours):
        actions.release(report, by=place.viewers[who], at=LATER)
    with pytest.raises(NotYours):
        actions.turn_away(report, words="去那边。", by=place.viewers[who], at=LATER)
    assert Report.unscoped.get(pk=report.pk).state == ReportState.HELD


def test_the_second_officer_is_told_that_the_first_was_there_already():
    place = district()
    report = held_report(place)
    stale = Report.unscoped.get(pk=report.pk)
    actions.release(report, by=place.officer, at=LATER)
    with pytest.raises(WrongState):
        actions.turn_away(stale, words="去那边。", by=place.second_officer, at=LATER)


def test_the_queue_and_its_pages_open_for_officers_and_for_nobody_else(client):
    place = district()
    code = held_report(place).code
    addresses = ("/officers/", f"/officers/{code}/")
    for address in addresses:
        assert client_of(client, place, "officer").get(address).status_code == 200
    assert ACCUSING[:6] in client.get(addresses[1]).content.decode()
    for who in ("clerk", "leader", "admin", "keeper", "member", "unit", "reviewer"):
        for address in addresses:
            assert client_of(client, place, who).get(address).status_code == 404
        assert client.post(f"/officers/{code}/release/").status_code == 404
    assert Report.unscoped.get().state == ReportState.HELD


def test_an_officer_releases_and_turns_away_by_the_page(client):
    place = district()
    one, two = held_report(place), held_report(place)
    client_of(client, place, "officer").post(f"/officers/{one.code}/release/")
    assert Report.unscoped.get(pk=one.pk).state == ReportState.RECEIVED
    refused = client.post(f"/officers/{two.code}/", {"words": ""})
    assert refused.status_code == 422
    client.post(f"/officers/{two.code}/", {"words": "请拨 12388。"})
    assert Report.unscoped.get(pk=two.pk).state == ReportState.TURNED_AWAY


def test_contact_is_opened_by_a_second_person_once_and_the_reporter_is_told():
    place = district()
    report = reachable(place)
    asked = actions.ask_unmask(report, reason=REASON, by=place.clerk, at=MORNING)
    assert inbox_of(place.leader).count() == 1
    assert actions.approve_unmask(asked, by=place.leader, at=LATER) == "000-0000-0001"
    notice = ThreadEntry.unscoped.get(report=report)
    assert notice.kind == "notice" and REASON in notice.text and "9月8日" in notice.text
    with pytest.raises(AlreadyDone):
        actions.approve_unmask(asked, by=place.leader, at=LATER)
    verbs = (
        LedgerEntry.unscoped.filter(subject=f"report:{report.code}")
        .order_by("seq")
        .values_list("verb", flat=True)
    )
    assert list(verbs)[-2:] == ["report.ask_unmask", "report.unmask"]
    assert not LedgerEntry.unscoped.filter(body__contains=REASON.encode()).exists()


def test_who_asked_cannot_agree_even_in_another_appointment():
    place = district()
    asked = actions.ask_unmask(reachable(place), reason=REASON, by=place.clerk, at=MORNING)
    second_seat = type(place.clerk)(**{**place.clerk.__dict__, "appointment_id": place.leader.appointment_id,
                                       "held_role": "leader"})  # fmt: skip
    for viewer in (place.clerk, second_seat):
        with pytest.raises(NotYours, match="另一位同事"):
            actions.approve_unmask(asked, by=viewer, at=LATER)
    assert Unmasking.unscoped.get().approved_at is None


def test_the_database_itself_refuses_one_person_as_both():
    place = district()
    asked = actions.ask_unmask(reachable(place), reason=REASON, by=place.clerk, at=MORNING)
    with pytest.raises(IntegrityError), transaction.atomic():
        Unmasking.unscoped.filter(pk=asked.pk).update(approved_by=asked.asked_by)


@pytest.mark.parametrize("reason", ["", "  ", "因" * 201])
def test_asking_needs_a_short_reason(reason):
    place = district()
    with pytest.raises(Refusal, match="写明为什么"):
        actions.ask_unmask(reachable(place), reason=reason, by=place.clerk, at=MORNING)


def test_there_is_nothing_to_ask_without_contact_nor_a_second_time_at_once():
    place = district()
    with pytest.raises(Refusal, match="没有留联系方式"):
        actions.ask_unmask(report_in(place), reason=REASON, by=place.clerk, at=MORNING)
    report = reachable(place)
    actions.ask_unmask(report, reason=REASON, by=place.clerk, at=MORNING)
    with pytest.raises(AlreadyDone):
        actions.ask_unmask(report, reason=REASON, by=place.leader, at=MORNING)


def test_contact_withdrawn_meanwhile_is_gone():
    place = district()
    report = reachable(place)
    asked = actions.ask_unmask(report, reason=REASON, by=place.clerk, at=MORNING)
    actions.withdraw(report, by=holder_of(report), at=LATER)
    with pytest.raises(WrongState, match="不在筛选台上"):
        actions.approve_unmask(asked, by=place.leader, at=LATER)
    assert unmasking_waiting(place.leader, report) is None


@pytest.mark.parametrize("who", ["officer", "member", "keeper", "reviewer", "unit", "admin"])
def test_others_may_neither_ask_nor_agree(who):
    place = district()
    report = reachable(place)
    with pytest.raises(NotYours):
        actions.ask_unmask(report, reason=REASON, by=place.viewers[who], at=MORNING)
    asked = actions.ask_unmask(report, reason=REASON, by=place.clerk, at=MORNING)
    with pytest.raises(NotYours):
        actions.approve_unmask(asked, by=place.viewers[who], at=MORNING)


def test_the_pages_ask_then_show_the_contact_on_one_answer_only(client):
    place = district()
    code = reachable(place).code
    client_of(client, place, "clerk").post(f"/desk/{code}/contact/", {"reason": REASON})
    assert "等另一位同事同意" in client.get(f"/desk/{code}/").content.decode()
    assert "000-0000-0001" not in client.post(f"/desk/{code}/contact/open/", follow=True).content.decode()
    client_of(client, place, "leader")
    assert REASON in client.get(f"/desk/{code}/").content.decode()
    shown = client.post(f"/desk/{code}/contact/open/")
    assert "000-0000-0001" in shown.content.decode() and "no-store" in shown["Cache-Control"]
    assert client.post(f"/desk/{code}/contact/open/").status_code == 404
    assert "000-0000-0001" not in client.get(f"/desk/{code}/").content.decode()


def test_the_officers_read_what_was_added_to_a_held_report(client):
    place = district()
    report = held_report(place)
    actions.add_words(report, text="后来又收了一次，有人看见。", by=holder_of(report), at=LATER)
    assert (
        "后来又收了一次"
        in client_of(client, place, "officer").get(f"/officers/{report.code}/").content.decode()
    )
    assert client_of(client, place, "clerk").get(f"/officers/{report.code}/").status_code == 404
