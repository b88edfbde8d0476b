"""Questions to the person who spoke: several in a row, a clock, and going on without an answer."""

from datetime import timedelta

import pytest
from django.http import HttpResponse

from shangliang.foundation import clock as clocks
from shangliang.foundation.models import LedgerEntry, Message
from shangliang.foundation.refusals import WrongState
from shangliang.people.actions import change_setting
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import actions, receipt_cookie
from shangliang.reports.actions.questions import go_on_without_answers
from shangliang.reports.models import ThreadEntry, ThreadKind
from shangliang.reports.queries import open_questions_to
from shangliang.reports.states import ReportState
from shangliang.reports.tests.factories import asked_report, holder_of, report_in

pytestmark = pytest.mark.django_db
TODAY = clocks.day_of(MORNING)


@pytest.fixture
def place():
    return district()


def questions(report):
    return [one.text for one in open_questions_to(holder_of(report))]


def test_two_questions_in_a_row_stand_together_and_one_answer_closes_both(place):
    report = asked_report(place, "大概几点？")
    actions.ask(report, words="在哪一侧？", by=place.leader, at=MORNING + timedelta(hours=1))
    assert questions(report) == ["大概几点？", "在哪一侧？"]
    actions.reply(report, text="七点半，东侧。", by=holder_of(report), at=MORNING + timedelta(hours=2))
    assert not questions(report) and report.state == ReportState.RECEIVED
    assert Message.unscoped.get(subject="反映人回话了").appointment == place.leader.appointment_id
    actions.ask(report, words="周末也堵吗？", by=place.clerk, at=MORNING + timedelta(hours=3))
    assert questions(report) == ["周末也堵吗？"]


def test_after_ten_days_the_report_is_back_on_the_desk_and_both_sides_are_told(place):
    report = asked_report(place)
    assert go_on_without_answers(TODAY + timedelta(days=9), MORNING) == 0
    at = MORNING + timedelta(days=10)
    assert go_on_without_answers(TODAY + timedelta(days=10), at) == 1
    report.refresh_from_db()
    assert report.state == ReportState.RECEIVED
    line = bytes(LedgerEntry.unscoped.get(verb="report.no_reply").body).decode()
    assert '"as":"system"' in line and '"from":"asked"' in line
    told = ThreadEntry.unscoped.get(kind=ThreadKind.NOTICE)
    assert "等了 10 天" in told.text and told.appointment is None
    notice = Message.unscoped.get(subject="反映人没有回话")
    assert notice.appointment == place.clerk.appointment_id and report.code in notice.link
    assert go_on_without_answers(TODAY + timedelta(days=11), at) == 0


def test_the_days_are_the_committee_s_and_count_from_the_last_question(place):
    change_setting(committee=place.committee, key="ask_wait_days", value=3, by=place.admin, at=MORNING)
    report = asked_report(place)
    actions.ask(report, words="在哪一侧？", by=place.clerk, at=MORNING + timedelta(days=2))
    assert go_on_without_answers(TODAY + timedelta(days=4), MORNING) == 0
    assert go_on_without_answers(TODAY + timedelta(days=5), MORNING) == 1


def test_an_answer_that_comes_later_is_kept_as_an_addition_and_the_asker_is_told(place):
    report = asked_report(place)
    go_on_without_answers(TODAY + timedelta(days=10), MORNING + timedelta(days=10))
    report.refresh_from_db()
    assert questions(report)
    entry = actions.reply(report, text="七点半。", by=holder_of(report), at=MORNING + timedelta(days=11))
    assert entry.kind == ThreadKind.ADDITION and not questions(report)
    assert Message.unscoped.filter(subject="反映人回话了", appointment=place.clerk.appointment_id).exists()
    with pytest.raises(WrongState):
        actions.reply(report, text="再说一句。", by=holder_of(report), at=MORNING + timedelta(days=12))


def test_the_late_answer_goes_through_the_page(client, place, clock):
    report = asked_report(place)
    go_on_without_answers(TODAY + timedelta(days=10), MORNING + timedelta(days=10))
    response = HttpResponse()
    receipt_cookie.remember(response, report.pk, long=False)
    client.cookies.update(response.cookies)
    assert "现在也还能回" in client.get("/receipt/now/").content.decode()
    assert client.post("/receipt/reply/", {"text": "七点半。"}).status_code == 303
    assert "现在也还能回" not in client.get("/receipt/now/").content.decode()


def test_many_unanswered_questions_are_gone_on_with_in_batches(place, monkeypatch):
    monkeypatch.setattr("shangliang.reports.actions.questions.AT_ONCE", 2)
    for _number in range(5):
        asked_report(place)
    report_in(place)
    assert go_on_without_answers(TODAY + timedelta(days=10), MORNING) == 5
