"""How many could have said it, the three ways out, and the rule that nothing reaches a unit before it is answered."""

from datetime import timedelta

import pytest

from shangliang.foundation.models import LedgerEntry, Message
from shangliang.foundation.refusals import NotYours, Refusal, WrongState
from shangliang.foundation.viewer import ReceiptHolder
from shangliang.people import actions as people
from shangliang.people.tests.factories import MORNING, SETUP, district
from shangliang.protection import actions, queries
from shangliang.protection.actions.exposures import follow_all_voices
from shangliang.protection.models import Exposure, Finding
from shangliang.protection.states import ExposureState as E
from shangliang.protection.states import FindingState as F
from shangliang.protection.tasks import follow_the_voices
from shangliang.protection.tests.factories import (
    HINT,
    SAFE_WORDS,
    asked_member,
    dispatch_text,
    locked,
    member_of,
    taken_report,
)
from shangliang.reports import actions as reports
from shangliang.reports.models import Report, ThreadEntry
from shangliang.reports.tests.factories import WORDS, gathered_matter, report_in

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(days=2)


@pytest.fixture
def place():
    return district()


@pytest.fixture
def acts(place):
    return {"by": place.clerk, "at": MORNING}


def fresh(exposure):
    return Exposure.unscoped.select_related("report__matter").get(pk=exposure.pk)


def holder(exposure):
    return {"by": ReceiptHolder(exposure.report_id), "at": LATER}


def joined_by(place, matter, number):
    for each in range(number):
        reports.join(report_in(place, f"我也见过，第 {each} 回。"), matter, by=place.clerk, at=MORNING)


def told(place, key="clerk"):
    rows = Message.unscoped.filter(appointment=place.appointments[key].pk, channel="page")
    return list(rows.order_by("pk").values_list("subject", flat=True))


@pytest.mark.parametrize(
    ("households", "state"), [("many", E.OPEN), ("few", E.LOCKED), ("one_or_two", E.LOCKED)]
)
def test_the_answer_opens_or_locks_and_stands_in_the_ledger(place, acts, households, state):
    row = actions.answer_exposure(taken_report(place), households=households, **acts)
    assert (row.state, row.households) == (state, households)
    assert LedgerEntry.unscoped.filter(subject=f"exposure:{row.code}").count() == 1


def test_an_answer_can_be_changed_until_somebody_was_asked(place, acts):
    row = locked(place)
    assert actions.answer_exposure(row.report, households="many", **acts).state == E.OPEN
    assert actions.answer_exposure(row.report, households="few", **acts).state == E.LOCKED
    actions.ask_consent(row.report, **acts)
    with pytest.raises(WrongState):
        actions.answer_exposure(row.report, households="many", **acts)


def test_other_words_and_other_people_are_refused(place, acts):
    report = taken_report(place)
    with pytest.raises(Refusal, match="选一个"):
        actions.answer_exposure(report, households="lots", **acts)
    for by in (place.unit, place.member, place.authority_clerk, ReceiptHolder(report.pk)):
        with pytest.raises(NotYours):
            actions.answer_exposure(report, households="many", by=by, at=MORNING)


def test_one_answer_serves_every_report_that_waits(place, acts):
    matter = gathered_matter(place, reports=3)
    actions.answer_exposure(matter.reports.first(), households="few", **acts)
    assert actions.answer_exposure_of_matter(matter, households="many", **acts) == 2
    assert sorted(Exposure.unscoped.values_list("state", flat=True)) == [E.LOCKED, E.OPEN, E.OPEN]


def test_units_are_kept_waiting_until_every_report_of_few_voices_is_answered(place, acts):
    matter = gathered_matter(place, reports=2)
    with pytest.raises(Refusal, match=f"{matter.code}.*2 条.*写给单位和公众看的"):
        actions.refuse_unanswered([matter])
    actions.answer_exposure_of_matter(matter, households="few", **acts)
    actions.refuse_unanswered([matter])


def test_five_distinct_receipts_need_no_answer_and_one_press_confirms(place):
    matter = gathered_matter(place, reports=5)
    actions.refuse_unanswered([matter])
    assert dispatch_text(place, matter.reports.first()).version == 1
    assert len(queries.words_for_unit([matter.pk], [place.lead_unit.pk])) == 1


def test_when_the_others_leave_again_the_text_is_not_read_any_more(place, acts):
    matter = gathered_matter(place, reports=5)
    dispatch_text(place, matter.reports.order_by("pk").first())
    reports.undo(matter.reports.order_by("pk").last(), **acts)
    assert queries.words_for_unit([matter.pk], [place.lead_unit.pk]) == []


def test_the_question_reaches_the_receipt_and_a_yes_opens_it_for_the_unit_alone(place, acts):
    row = locked(place)
    ask = actions.ask_consent(row.report, **acts)
    assert ThreadEntry.unscoped.filter(report=row.report, text__contains="同不同意").count() == 1
    question = queries.consent_question(holder(row)["by"])
    assert question.pk == ask.pk and queries.consent_question(place.clerk) is None
    with pytest.raises(Refusal, match="说得出这件事的人少"):
        dispatch_text(place, row.report)
    actions.give_consent(question.exposure, **holder(row))
    assert fresh(row).state == E.CONSENTED and "反映人答了" in told(place)[-1]
    assert dispatch_text(place, row.report).version == 1
    with pytest.raises(Refusal):
        actions.confirm_public_text(row.report, text=SAFE_WORDS, **acts)


def test_a_no_stays_a_no_without_a_new_reason(place, acts):
    row = locked(place)
    actions.ask_consent(row.report, **acts)
    actions.refuse_consent(fresh(row), **holder(row))
    for because in ("", " "):
        with pytest.raises(Refusal, match="新的理由"):
            actions.ask_consent(row.report, because=because, **acts)
    actions.ask_consent(row.report, because="换了另一个单位来办", **acts)
    actions.refuse_consent(fresh(row), **holder(row))
    with pytest.raises(Refusal, match="新的理由"):
        actions.ask_consent(row.report, because="换了另一个单位来办", **acts)
    joined_by(place, row.report.matter, 6)
    follow_all_voices(LATER)
    assert fresh(row).state == E.REFUSED
    with pytest.raises(Refusal):
        dispatch_text(place, row.report)


def test_a_yes_can_be_taken_back(place, acts):
    row = locked(place)
    actions.ask_consent(row.report, **acts)
    actions.give_consent(fresh(row), **holder(row))
    dispatch_text(place, row.report)
    actions.refuse_consent(fresh(row), **holder(row))
    assert queries.words_for_unit([row.report.matter_id], [place.lead_unit.pk]) == []


def test_nobody_answers_for_somebody_else_nor_twice(place, acts):
    row, other = locked(place), report_in(place)
    with pytest.raises(WrongState):
        actions.give_consent(row, **holder(row))
    actions.ask_consent(row.report, **acts)
    for by in (ReceiptHolder(other.pk), place.clerk, place.unit):
        with pytest.raises(NotYours):
            actions.give_consent(fresh(row), by=by, at=LATER)
    actions.give_consent(fresh(row), **holder(row))
    with pytest.raises(WrongState):
        actions.give_consent(fresh(row), **holder(row))
    with pytest.raises(WrongState):
        actions.ask_consent(row.report, **acts)


def test_others_who_speak_up_open_it_by_themselves_and_the_clerk_is_told(place, acts):
    row = locked(place)
    joined_by(place, row.report.matter, 3)
    follow_the_voices(MORNING.date(), LATER)
    assert fresh(row).state == E.LOCKED
    joined_by(place, row.report.matter, 1)
    follow_the_voices(MORNING.date(), LATER)
    assert fresh(row).state == E.ENOUGH and "说的人够多了" in told(place)[-1]
    count = Message.unscoped.count()
    follow_the_voices(MORNING.date(), LATER)
    assert Message.unscoped.count() == count
    assert dispatch_text(place, row.report).version == 1
    last = Report.unscoped.filter(matter=row.report.matter).order_by("pk").last()
    reports.undo(last, **acts)
    follow_the_voices(MORNING.date(), LATER)
    assert fresh(row).state == E.LOCKED


def test_a_member_reads_one_line_and_says_it_as_an_own_finding(place, acts):
    finding = asked_member(place)
    first = finding.exposure.report
    assert told(place, "member") == ["想请您去看一件事"]
    assert WORDS not in "".join(Message.unscoped.values_list("body", flat=True))
    raised = actions.raise_own(finding, text="我去看了，放学时两侧停满车。", form_key="k" * 32, by=place.member,
                               at=LATER)  # fmt: skip
    own = raised.finding.report
    assert (own.channel, own.state, own.matter_id == first.matter_id) == ("member", "received", False)
    assert len(raised.bits) == 10 and "委员回话了" in told(place)[-1]
    joined = actions.take_in_finding(finding, by=place.clerk, at=LATER)
    assert joined.matter_id == first.matter_id
    assert (fresh(finding.exposure).state, finding.state) == (E.BY_MEMBER, F.JOINED)
    assert queries.voices_of(first.matter) == 1, "one finding, one voice"
    with pytest.raises(Refusal):
        dispatch_text(place, first)
    assert dispatch_text(place, joined, "放学时校门口两侧停满车。").version == 1
    assert queries.stands_for(place.clerk, joined).pk == first.pk
    for viewer in (place.member, place.unit, place.authority_clerk, ReceiptHolder(first.pk)):
        assert queries.stands_for(viewer, joined) is None


def test_the_same_words_pressed_twice_are_one_finding(place):
    finding = asked_member(place)
    said = {"text": "我去看了。", "form_key": "k" * 32, "by": place.member, "at": LATER}
    first = actions.raise_own(finding, **said)
    again = actions.raise_own(Finding.unscoped.select_related("committee").get(pk=finding.pk), **said)
    assert first.bits == again.bits and Report.unscoped.filter(channel="member").count() == 1


def test_a_hint_gives_nothing_away(place, acts):
    row = locked(place)
    for hint, why in ((WORDS, "原话"), ("", "写一句"), ("去问 13800001234", "不能有"), ("长" * 201, "200")):
        with pytest.raises(Refusal, match=why):
            actions.ask_member(row.report, member=member_of(place), hint=hint, **acts)


def test_no_member_of_the_unit_complained_about_is_asked(place, acts, clock):
    clock.set("2026-09-08 10:00")
    row = locked(place)
    people.appoint(committee=place.committee, login="yunchuan-member", name="贺知远", role="unit",
                   organisation=place.lead_unit, by=SETUP, at=MORNING)  # fmt: skip
    actions.name_unit(row.report, place.lead_unit, **acts)
    with pytest.raises(Refusal, match="就在被反映的单位里"):
        actions.ask_member(row.report, member=member_of(place), hint=HINT, **acts)
    actions.unname_unit(row.report, place.lead_unit, **acts)
    assert actions.ask_member(row.report, member=member_of(place), hint=HINT, **acts).state == F.ASKED


def test_one_member_at_a_time_who_may_say_no_and_can_be_called_back(place, acts):
    finding = asked_member(place)
    report = finding.exposure.report
    with pytest.raises(WrongState, match="已经请了"):
        actions.ask_member(report, member=member_of(place), hint=HINT, **acts)
    with pytest.raises(NotYours):
        actions.raise_own(finding, text="不是我。", form_key="k" * 32, by=place.clerk, at=LATER)
    actions.decline_finding(finding, by=place.member, at=LATER)
    second = actions.ask_member(report, member=member_of(place), hint=HINT, **acts)
    actions.call_back_finding(second, **acts)
    with pytest.raises(WrongState):
        actions.raise_own(second, text="晚了。", form_key="m" * 32, by=place.member, at=LATER)
    assert not Report.unscoped.filter(channel="member").exists()
    with pytest.raises(WrongState):
        actions.take_in_finding(second, **acts)


def test_a_member_is_asked_only_for_what_is_locked_and_in_a_matter(place, acts):
    waiting = report_in(place)
    actions.answer_exposure(waiting, households="few", **acts)
    with pytest.raises(WrongState, match="先把这一条"):
        actions.ask_member(waiting, member=member_of(place), hint=HINT, **acts)
    open_one = taken_report(place)
    actions.answer_exposure(open_one, households="many", **acts)
    with pytest.raises(WrongState, match="没有锁着"):
        actions.ask_member(open_one, member=member_of(place), hint=HINT, **acts)


def test_the_first_reporter_still_gets_progress_and_judges(place):
    finding = asked_member(place)
    actions.raise_own(finding, text="我去看了，停满车。", form_key="k" * 32, by=place.member, at=LATER)
    actions.take_in_finding(finding, by=place.clerk, at=LATER)
    first = Report.unscoped.select_related("matter").get(pk=finding.exposure.report_id)
    reports.tell_reporters(first.matter, text="已经交给单位去办。", by=place.clerk, at=LATER)
    assert ThreadEntry.unscoped.filter(report=first, text="已经交给单位去办。").count() == 1
    assert first.state == "taken"
