"""The moves of the desk: what each tells the reporter, what it refuses, what stands in the ledger."""

import json
from datetime import timedelta

import pytest

from shangliang.foundation.models import LedgerEntry
from shangliang.foundation.queries import inbox_of
from shangliang.foundation.refusals import AlreadyDone, NotYours, Refusal, WrongState
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import actions
from shangliang.reports.actions.wording import OTHER_CHANNELS, words_for
from shangliang.reports.models import Report, SimilarGram, ThreadEntry
from shangliang.reports.queries import get_report_for
from shangliang.reports.states import ReportState
from shangliang.reports.tests.factories import asked_report, report_in

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=3)

ENDS = {
    "answer": ({"words": "路灯明天就换。"}, ReportState.ANSWERED),
    "refer": (
        {"words": "已经转过去。", "channel": OTHER_CHANNELS[0], "number": "2026-88"},
        ReportState.REFERRED,
    ),
    "bank": ({"words": "先留着。"}, ReportState.BANKED),
    "decline": ({"words": "这是法院在办的事。"}, ReportState.DECLINED),
}


def told(report):
    return list(ThreadEntry.unscoped.filter(report=report, undone_at=None).values_list("kind", "text"))


def verbs(report):
    return list(
        LedgerEntry.unscoped.filter(subject=f"report:{report.code}")
        .order_by("seq")
        .values_list("verb", flat=True)
    )


@pytest.mark.parametrize("verb", ENDS)
def test_a_move_tells_the_reporter_sets_the_first_answer_and_notes_it(verb):
    place = district()
    said, state = ENDS[verb]
    report = report_in(place)
    getattr(actions, verb)(report, **said, by=place.clerk, at=LATER)
    kept = Report.unscoped.get(pk=report.pk)
    assert (kept.state, kept.first_answered_at) == (state, LATER)
    assert told(report) == [("reply", said["words"])]
    assert verbs(report)[-1] == f"report.{verb}"


@pytest.mark.parametrize("verb", ENDS)
def test_a_move_without_words_is_refused_and_changes_nothing(verb):
    place = district()
    said, _state = ENDS[verb]
    report = report_in(place)
    with pytest.raises(Refusal, match="写上要对反映人说的话"):
        getattr(actions, verb)(report, **{**said, "words": " \n "}, by=place.clerk, at=LATER)
    assert Report.unscoped.get(pk=report.pk).state == ReportState.RECEIVED
    assert told(report) == []


@pytest.mark.parametrize("verb", ["answer", "decline"])
def test_a_sentence_that_was_only_begun_is_refused(verb):
    place = district()
    with pytest.raises(Refusal, match="写上要对反映人说的话"):
        getattr(actions, verb)(report_in(place), words=words_for(f"report.{verb}"), by=place.clerk, at=LATER)


@pytest.mark.parametrize(
    "who", ["reviewer", "officer", "admin", "keeper", "member", "unit", "authority_clerk"]
)
@pytest.mark.parametrize("verb", ENDS)
def test_only_the_office_screens(verb, who):
    place = district()
    report = report_in(place)
    with pytest.raises(NotYours):
        getattr(actions, verb)(report, **ENDS[verb][0], by=place.viewers[who], at=LATER)


@pytest.mark.parametrize("verb", ENDS)
def test_another_committees_clerk_is_refused(verb):
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    with pytest.raises(NotYours, match="不是您所在政协"):
        getattr(actions, verb)(report_in(place), **ENDS[verb][0], by=elsewhere.clerk, at=LATER)


def test_the_second_of_two_clerks_is_told_that_it_was_done_already():
    place = district()
    report = report_in(place)
    stale = Report.unscoped.get(pk=report.pk)
    actions.bank(report, words="先留着。", by=place.clerk, at=LATER)
    with pytest.raises(WrongState, match="刚才已经有人做过"):
        actions.answer(stale, words="已修好。", by=place.leader, at=LATER)
    assert told(report) == [("reply", "先留着。")]


def test_referring_keeps_the_channel_and_the_other_systems_number():
    place = district()
    report = actions.refer(
        report_in(place), channel="物业", number=" WY-1 ", words="转给物业了。", by=place.clerk, at=LATER
    )
    kept = Report.unscoped.get(pk=report.pk)
    assert (kept.referred_to, kept.referred_number) == ("物业", "WY-1")


def test_a_channel_outside_the_closed_list_is_refused():
    place = district()
    with pytest.raises(Refusal, match="选一个转去的地方"):
        actions.refer(
            report_in(place), channel="某个熟人", number="", words="转了。", by=place.clerk, at=LATER
        )


def test_a_question_is_no_first_answer():
    place = district()
    report = asked_report(place, "几点到几点？")
    kept = Report.unscoped.get(pk=report.pk)
    assert (kept.state, kept.first_answered_at) == (ReportState.ASKED, None)
    assert told(report) == [("question", "几点到几点？")]


def test_a_second_question_may_be_asked_before_the_first_is_answered_but_not_the_same_one():
    place = district()
    report = actions.ask(asked_report(place), words="还有呢？", by=place.clerk, at=LATER)
    assert report.state == ReportState.ASKED
    with pytest.raises(AlreadyDone, match="已经问过"):
        actions.ask(report, words=" 还有呢？", by=place.clerk, at=LATER)


def test_a_held_report_leaves_the_desk_and_the_index_and_the_officers_are_told():
    place = district()
    report = report_in(place)
    assert SimilarGram.unscoped.filter(report_id=report.pk).exists()
    actions.hold(report, by=place.clerk, at=LATER)
    assert get_report_for(place.clerk, report.code) is None
    assert not SimilarGram.unscoped.filter(report_id=report.pk).exists()
    assert inbox_of(place.officer).count() == inbox_of(place.second_officer).count() == 1


def test_keeping_many_leaves_alone_what_somebody_else_has_moved_on():
    place = district()
    rows = [report_in(place, f"第 {number} 盏路灯不亮。") for number in range(3)]
    actions.answer(Report.unscoped.get(pk=rows[1].pk), words="已修好。", by=place.leader, at=LATER)
    kept = actions.bulk_bank(rows, by=place.clerk, at=LATER)
    assert {one.pk for one in kept} == {rows[0].pk, rows[2].pk}
    assert Report.unscoped.get(pk=rows[1].pk).state == ReportState.ANSWERED
    assert told(rows[0]) == [("reply", words_for("report.bank"))]


def test_more_than_a_hundred_at_once_are_refused():
    place = district()
    rows = [Report(pk=number) for number in range(1, 102)]
    with pytest.raises(Refusal, match="最多选 100 条"):
        actions.bulk_bank(rows, by=place.clerk, at=LATER)


def test_no_word_of_the_office_stands_in_the_ledger():
    place = district()
    actions.answer(report_in(place), words="柳岸桥的灯明天换。", by=place.clerk, at=LATER)
    bodies = [bytes(one).decode() for one in LedgerEntry.unscoped.values_list("body", flat=True)]
    assert not [body for body in bodies if "柳岸桥" in body]
    assert json.loads(bodies[-1])["facts"]["to"] == "answered"
