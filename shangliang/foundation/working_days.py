"""Counting working days over a table of days off and make-up days. Pure: no database, no clock.

Every deadline of the product is counted here. A year nobody has entered is refused, because a silent weekday test
would give wrong days (design.md §4.5).
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from shangliang.foundation.refusals import Refusal

ONE_DAY = timedelta(days=1)


class NoDayTable(Refusal, LookupError):
    """A year has no day table; `year` is its number, the text is a sentence for the screen.

    A refusal, so that every button that counts days says the sentence instead of breaking.
    """

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(f"还没有{year}年的工作日表，无法计算期限。请先录入这一年的放假和调休安排。")


class DayTable:
    """Which days are working days, for the years it covers.

    `rows`: {date: (is_working, provisional)} for the days that differ from their weekday. `years`: the years entered.
    A year with one provisional row is provisional as a whole: its make-up days are not known yet.
    """

    def __init__(self, rows: Mapping[date, tuple[bool, bool]], years: Iterable[int]) -> None:
        self._working = {day: is_working for day, (is_working, _) in rows.items()}
        self.years = frozenset(years)
        self.provisional_years = frozenset(day.year for day, (_, provisional) in rows.items() if provisional)

    def is_working(self, day: date) -> bool:
        """Whether people work on this day. Refuses (NoDayTable) a year without data."""
        self._refuse_missing(day)
        return self._working.get(day, day.weekday() < 5)

    def add_working_days(self, start: date, n: int) -> date:
        """The last day of a term of n working days that begins on the day after `start`.

        n = 0 gives `start` itself. Refuses (ValueError) a negative n and (NoDayTable) a year without data.
        """
        if n < 0:
            raise ValueError("a term cannot be negative")
        self._refuse_missing(start)
        day = start
        while n:
            day += ONE_DAY
            n -= self.is_working(day)
        return day

    def working_days_between(self, a: date, b: date) -> int:
        """Working days after `a` up to and with `b`; negative when b lies before a.

        The reverse of add_working_days: between(a, add(a, n)) == n. Refuses (NoDayTable) a year without data.
        """
        if b < a:
            return -self.working_days_between(b, a)
        self._refuse_missing(a)
        return sum(self.is_working(a + ONE_DAY * step) for step in range(1, (b - a).days + 1))

    def is_provisional(self, first: date, last: date | None = None) -> bool:
        """Whether any day from `first` to `last` (default: `first` alone) lies in a year without its official table.

        Refuses (NoDayTable) a year without data.
        """
        ends = sorted((first, last or first))
        for day in ends:
            self._refuse_missing(day)
        return any(year in self.provisional_years for year in range(ends[0].year, ends[1].year + 1))

    def _refuse_missing(self, day: date) -> None:
        if day.year not in self.years:
            raise NoDayTable(day.year)
