"""The word of those who raised it: theirs alone, once per receipt and round, and never more than counts for others."""

import json
import threading

import pytest
from django.db import connection

from shangliang.delivery import actions
from shangliang.delivery.models import FollowUp, Verdict
from shangliang.delivery.queries import counts_for, gaps_of_matter, verdict_counts, verdict_of
from shangliang.delivery.states import A
from shangliang.delivery.tests import factories as make
from shangliang.delivery.tests.factories import LATER, WORDS
from shangliang.foundation.models import LedgerEntry, Message
from shangliang.foundation.refusals import AlreadyDone, NotYours, Refusal, WrongState
from shangliang.reports import actions as reports
from shangliang.reports.models import Matter, Report
from shangliang.reports.states import MatterState

PARALLEL = 32


@pytest.fixture
def place(db):
    return make.district()


def test_one_receipt_says_one_word_in_a_round(place):
    holder = make.holders_of(make.judging_matter(place))[0]
    make.say(holder)
    with pytest.raises(AlreadyDone, match="一个回执评一次"):
        make.say(holder, "partly")
    assert Verdict.unscoped.get().solved == "yes"


def test_nobody_but_the_holder_of_a_receipt_gives_a_verdict(place):
    make.judging_matter(place)
    for other in (place.clerk, place.leader, place.unit, place.authority_clerk):
        with pytest.raises(NotYours, match="谁也不能替"):
            make.say(other)
    assert not Verdict.unscoped.exists()


def test_there_is_nothing_to_judge_before_the_result_and_after_withdrawing(place):
    one = make.assignment_at(A.CLAIMED, place)
    holder = make.holders_of(make.matter_of(one))[0]
    with pytest.raises(WrongState, match="还不能评"):
        make.say(holder)
    matter = make.judging_matter(place)
    mine = make.holders_of(matter)[0]
    reports.withdraw(Report.unscoped.get(pk=mine.report_id), by=mine, at=LATER)
    with pytest.raises(WrongState):
        make.say(mine)


@pytest.mark.parametrize(
    "wrong", [{"solved": ""}, {"solved": "maybe"}, {"satisfied": ""}, {"reason": "unknown"}]
)
def test_both_questions_need_an_answer_of_the_list(place, wrong):
    holder = make.holders_of(make.judging_matter(place))[0]
    with pytest.raises(Refusal, match="两个问题"):
        make.say(holder, **wrong)


def test_the_ledger_keeps_what_figures_need_and_not_whose_receipt_it_was(place):
    matter = make.judging_matter(place)
    holder = make.holders_of(matter)[0]
    make.say(holder, "partly", "basically")
    entry = json.loads(bytes(LedgerEntry.unscoped.get(verb="verdict.give").body))
    assert entry["subject"] == f"matter:{matter.code}"
    assert (entry["facts"]["round"], entry["facts"]["solved"], entry["facts"]["satisfied"]) == (
        1,
        "partly",
        "basically",
    )
    assert Report.unscoped.get(pk=holder.report_id).code not in json.dumps(entry)
    assert entry["by"] == {"as": "reporter"}


def test_not_solved_reopens_our_follow_up_and_drafts_a_request_in_our_words(place):
    matter = make.judging_matter(place, reports=2)
    make.say(make.holders_of(matter)[0], "no", "no", reason="still")
    again = Matter.unscoped.get(pk=matter.pk)
    assert (again.state, again.round) == (MatterState.DELIVERING, 2)
    row = FollowUp.unscoped.get()
    assert row.round == 1
    assert "区政府办公室" in row.request_draft
    assert "云府办交〔2026〕31号" in row.request_draft
    assert "再看一看" in row.request_draft
    assert WORDS not in row.request_draft
    assert Message.unscoped.filter(
        appointment=place.appointments["clerk"].pk, subject="没解决，重新跟踪"
    ).exists()


def test_one_who_says_not_solved_does_not_silence_the_others_of_that_round(place):
    matter = make.judging_matter(place, reports=3)
    first, second, third = make.holders_of(matter)
    make.say(first, "no", "no")
    assert make.say(second).round == 1
    assert make.say(third, "no", "no").round == 1
    counts = verdict_counts(Matter.unscoped.get(pk=matter.pk))
    assert (counts["answered"], counts["solved_no"], counts["silent"]) == (3, 2, 0)
    assert FollowUp.unscoped.count() == 1


def test_whoever_said_not_solved_hears_that_they_have_spoken(place):
    holder = make.holders_of(make.judging_matter(place))[0]
    make.say(holder, "no", "no")
    with pytest.raises(AlreadyDone, match="已经评过"):
        make.say(holder, "no", "no")


def test_the_next_round_waits_for_the_follow_up_and_then_asks_everybody_again(place):
    matter = make.judging_matter(place)
    holder = make.holders_of(matter)[0]
    make.say(holder, "no", "no")
    row, one = FollowUp.unscoped.get(), matter_assignment()
    actions.send_request(row, text=row.request_draft, by=place.clerk, at=LATER)
    actions.take_up_again(one, reason="再划一侧。", source="区政府办公室电话", by=place.clerk, at=LATER)
    make.claimed(one, place)
    actions.verify(one, verified_by="提案委副主任", by=place.clerk, at=LATER)
    again = Matter.unscoped.get(pk=matter.pk)
    assert gaps_of_matter(again) == ["上一轮有人说没解决，跟踪督促还没有结果"]
    actions.finish_follow_up(row, outcome="又划了一侧。", by=place.clerk, at=LATER)
    actions.ask_for_verdicts(consultation=one.suggestion.consultation, by=place.clerk, at=LATER)
    assert make.say(holder).round == 2
    assert Verdict.unscoped.count() == 2


def matter_assignment():
    return make.Assignment.unscoped.get()


def test_a_new_day_after_not_solved_is_the_authority_s(place):
    matter = make.judging_matter(place)
    make.say(make.holders_of(matter)[0], "no", "no")
    one, day = matter_assignment(), make.date(2026, 11, 13)
    with pytest.raises(Refusal, match="来源"):
        actions.take_up_again(one, reason="再划一侧。", deadline_on=day, by=place.clerk, at=LATER)
    actions.take_up_again(one, reason="再划一侧。", deadline_on=day, by=place.authority_clerk, at=LATER)
    assert one.deadline_on == day


def test_a_word_after_closing_still_counts_in_its_round(place):
    matter = make.judging_matter(place, reports=2)
    first, second = make.holders_of(matter)
    make.say(first)
    actions.close_matter_when_done(matter=matter, by=place.clerk, at=LATER)
    make.say(second, "partly", "basically")
    counts = verdict_counts(Matter.unscoped.get(pk=matter.pk))
    assert (counts["reports"], counts["answered"], counts["solved_yes"], counts["solved_partly"]) == (
        2,
        2,
        1,
        1,
    )


def test_counts_carry_their_denominator_and_units_see_none(place):
    matter = make.judging_matter(place, reports=4)
    holders = make.holders_of(matter)
    make.say(holders[0])
    counts = verdict_counts(matter)
    assert (counts["reports"], counts["answered"], counts["silent"], counts["satisfied_yes"]) == (4, 1, 3, 1)
    assert counts_for(place.clerk, counts) == counts
    assert not any(counts_for(place.unit, counts).values())
    assert counts_for(place.authority_clerk, counts)["answered"] is None


def test_outside_the_office_counts_go_in_steps_of_five(place):
    counts = {"reports": 17, "answered": 9, "silent": 8, "solved_yes": 9, "solved_no": 0, "solved_partly": 4}
    assert counts_for(place.clerk, counts) == counts
    for viewer in (place.authority_clerk, place.member):
        shown = counts_for(viewer, counts)
        assert (shown["reports"], shown["answered"], shown["solved_yes"]) == (15, 5, 5)
        assert shown["solved_no"] == 0 and shown["solved_partly"] is None
    assert set(counts_for(place.unit, counts).values()) == {None}


def test_a_receipt_finds_its_own_word(place):
    matter = make.judging_matter(place, reports=2)
    first, second = make.holders_of(matter)
    make.say(first, "partly", "basically")
    assert verdict_of(Report.unscoped.get(pk=first.report_id)).solved == "partly"
    assert verdict_of(Report.unscoped.get(pk=second.report_id)) is None


def race(holder):
    """Send the same verdict from many threads at one moment; return what each was told."""
    told, gate = [], threading.Barrier(PARALLEL)

    def one_request():
        gate.wait()
        try:
            told.append(type(make.say(holder)).__name__)
        except Refusal as refused:
            told.append(type(refused).__name__)
        except Exception as other:
            told.append(repr(other))
        finally:
            connection.close()

    threads = [threading.Thread(target=one_request) for _ in range(PARALLEL)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


@pytest.fixture
def patient(monkeypatch):
    """Let SQLite's writers queue as long as thirty-two of them take on a slow machine."""
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 60)


@pytest.fixture
def no_unique_rule(transactional_db, monkeypatch):
    """The mutant: the table without `verdict_once_per_receipt_and_round`."""
    whole = list(Verdict._meta.constraints)
    rule = next(one for one in whole if one.name == "verdict_once_per_receipt_and_round")
    monkeypatch.setattr(Verdict._meta, "constraints", [one for one in whole if one is not rule])
    with connection.schema_editor() as schema:
        schema.remove_constraint(Verdict, rule)
    yield
    Verdict.unscoped.all().delete()
    monkeypatch.setattr(Verdict._meta, "constraints", whole)
    with connection.schema_editor() as schema:
        schema.add_constraint(Verdict, rule)


@pytest.mark.django_db(transaction=True)
def test_thirty_two_requests_at_once_leave_exactly_one_verdict(patient):
    holder = make.holders_of(make.judging_matter(make.district()))[0]
    told = race(holder)
    assert sorted(told) == ["AlreadyDone"] * (PARALLEL - 1) + ["Verdict"]
    assert Verdict.unscoped.count() == 1
    assert LedgerEntry.unscoped.filter(verb="verdict.give").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_race_is_decided_by_the_constraint_alone(no_unique_rule, patient):
    holder = make.holders_of(make.judging_matter(make.district()))[0]
    race(holder)
    assert Verdict.unscoped.count() == PARALLEL  # what the test above would see without the constraint
