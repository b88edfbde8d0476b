"""Working days: make-up Saturdays, provisional years, years nobody entered."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangliang.foundation.day_table import DAYS, YEARS
from shangliang.foundation.refusals import Refusal
from shangliang.foundation.working_days import DayTable, NoDayTable

TABLE = DayTable({row.day: (row.is_working, row.provisional) for row in DAYS}, YEARS)


def test_the_table_of_2026_has_the_days_of_the_notice():
    off = [row for row in DAYS if row.day.year == 2026 and not row.is_working]
    make_up = [row.day for row in DAYS if row.day.year == 2026 and row.is_working]
    assert len(off) == 33
    assert make_up == [date(2026, *day) for day in ((1, 4), (2, 14), (2, 28), (5, 9), (9, 20), (10, 10))]
    assert all(day.weekday() >= 5 for day in make_up)
    assert sum(TABLE.is_working(date(2026, 1, 1) + timedelta(days=n)) for n in range(365)) == 248


def test_the_statutory_days_of_2027_are_thirteen_and_provisional():
    rows = [row for row in DAYS if row.day.year == 2027]
    assert len(rows) == 13
    assert all(row.provisional and not row.is_working for row in rows)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 14), True),
        (date(2026, 2, 28), True),
        (date(2026, 2, 16), False),
        (date(2026, 3, 7), False),
        (date(2026, 3, 9), True),
        (date(2026, 10, 10), True),
        (date(2027, 2, 5), False),
    ],
)
def test_days_are_what_the_notice_says(day, works):
    assert TABLE.is_working(day) is works


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        (date(2026, 2, 13), 1, date(2026, 2, 14)),  # a make-up Saturday counts
        (date(2026, 2, 14), 1, date(2026, 2, 24)),  # the whole festival does not
        (date(2026, 9, 30), 3, date(2026, 10, 10)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2026, 3, 7), 0, date(2026, 3, 7)),
    ],
)
def test_a_term_begins_on_the_day_after(start, n, end):
    assert TABLE.add_working_days(start, n) == end


@given(st.dates(date(2026, 1, 1), date(2027, 6, 30)), st.integers(0, 60))
def test_between_undoes_add(start, n):
    end = TABLE.add_working_days(start, n)
    assert TABLE.working_days_between(start, end) == n
    assert TABLE.working_days_between(end, start) == -n


def test_a_provisional_year_says_so():
    assert TABLE.is_provisional(date(2027, 3, 3))
    assert not TABLE.is_provisional(date(2026, 3, 3))
    assert TABLE.is_provisional(date(2026, 12, 1), date(2027, 1, 5))
    assert not TABLE.is_provisional(date(2026, 12, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    "call",
    [
        lambda: TABLE.is_working(date(2025, 12, 31)),
        lambda: TABLE.add_working_days(date(2027, 12, 31), 1),
        lambda: TABLE.add_working_days(date(2030, 1, 1), 0),
        lambda: TABLE.working_days_between(date(2025, 1, 1), date(2026, 1, 1)),
        lambda: TABLE.is_provisional(date(2028, 1, 1)),
    ],
)
def test_a_year_without_data_fails_loudly(call):
    with pytest.raises(NoDayTable, match="还没有20"):
        call()


def test_a_negative_term_is_refused():
    with pytest.raises(ValueError):
        TABLE.add_working_days(date(2026, 1, 1), -1)


def test_a_year_without_a_table_is_a_refusal_so_that_every_button_says_it():
    assert issubclass(NoDayTable, Refusal) and issubclass(NoDayTable, LookupError)
    with pytest.raises(Refusal, match="2028年"):
        DayTable({}, {2027}).add_working_days(date(2027, 12, 31), 1)
