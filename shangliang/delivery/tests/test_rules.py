"""Decisions without a database."""

from datetime import date

import pytest

from shangliang.delivery.rules import (
    Gap,
    SuggestionFacts,
    days_late,
    days_left,
    gaps_of,
    letter_fits,
    may_still_object,
    reminder,
    tally,
)
from shangliang.foundation.working_days import DayTable

TABLE = DayTable({date(2026, 10, day): (False, False) for day in range(1, 8)}, {2026})


def fact(state="adopted", explained=False, *assignments):
    return SuggestionFacts(1, state, explained, assignments)


@pytest.mark.parametrize(
    ("one", "missing"),
    [
        (fact("agreed"), [(Gap.UNDECIDED, 1, "")]),
        (fact("adopted"), [(Gap.UNASSIGNED, 1, "")]),
        (fact("adopted", False, ("城管局", "reassigned")), [(Gap.UNASSIGNED, 1, "")]),
        (fact("adopted", False, ("城管局", "claimed")), [(Gap.UNCHECKED, 1, "城管局")]),
        (fact("adopted", False, ("城管局", "cannot")), [(Gap.UNCHECKED, 1, "城管局")]),
        (fact("adopted", False, ("城管局", "verified"), ("交警", "accepted")), [(Gap.UNCHECKED, 1, "交警")]),
        (fact("not_adopted"), [(Gap.UNEXPLAINED, 1, "")]),
        (fact("adopted", False, ("城管局", "verified"), ("交警", "explained")), []),
        (fact("adopted", False, ("城管局", "reassigned"), ("交警", "verified")), []),
        (fact("not_adopted", True), []),
        (fact("dropped"), []),
    ],
)
def test_the_loop_is_whole_only_when_every_adopted_suggestion_has_a_checked_end(one, missing):
    assert gaps_of([one]) == missing


def test_an_objection_is_in_time_up_to_the_last_working_day():
    assert may_still_object(date(2026, 9, 30), 5, date(2026, 10, 14), TABLE)
    assert not may_still_object(date(2026, 9, 30), 5, date(2026, 10, 15), TABLE)
    assert not may_still_object(date(2026, 9, 30), 5, date(2026, 9, 29), TABLE)


def test_days_left_are_working_days_and_a_weekend_after_the_deadline_is_late():
    assert days_left(date(2026, 9, 11), date(2026, 9, 8), TABLE) == 3
    assert days_left(date(2026, 9, 11), date(2026, 9, 11), TABLE) == 0
    assert days_left(date(2026, 9, 11), date(2026, 9, 12), TABLE) == -1
    assert days_left(date(2026, 9, 11), date(2026, 9, 15), TABLE) == -2
    assert days_late(date(2026, 9, 11), date(2026, 9, 10), TABLE) == 0
    assert days_late(date(2026, 9, 11), date(2026, 9, 15), TABLE) == 2


def test_reminders_begin_three_working_days_before():
    assert [reminder(left) for left in (4, 3, 0, -1)] == ["", "soon", "soon", "overdue"]


def test_who_does_not_answer_is_silent_and_never_satisfied():
    counts = tally([("yes", "basically"), ("no", "no")], asked=5)
    assert (counts["reports"], counts["answered"], counts["silent"]) == (5, 2, 3)
    assert (counts["solved_yes"], counts["solved_partly"], counts["solved_no"]) == (1, 0, 1)
    assert (counts["satisfied_yes"], counts["satisfied_basically"], counts["satisfied_no"]) == (0, 1, 1)


def test_a_letter_goes_with_one_outcome():
    assert letter_fits("", "done", {})
    assert letter_fits("A", "done", {"A": "done"})
    assert not letter_fits("A", "planned", {"A": "done"})
