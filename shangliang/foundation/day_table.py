"""The days of the calendar that are not what their weekday says, shipped as data and editable as rows later.

2026: the State Council's notice of November 2025, with its days off and make-up working days.
2027: no notice yet. Only the statutory days of the 2024 regulation (国务院令第795号) are listed, marked provisional;
bridge days and make-up days are unknown, so every day of that year counts as provisional.
"""

from datetime import date
from typing import NamedTuple


class DayRow(NamedTuple):
    """One special day: `is_working` True is a make-up working day, False a day off."""

    day: date
    is_working: bool
    name: str
    provisional: bool


_OFF_2026 = (
    ("元旦", (1, 1), (1, 2), (1, 3)),
    ("春节", *((2, day) for day in range(15, 24))),
    ("清明节", (4, 4), (4, 5), (4, 6)),
    ("劳动节", *((5, day) for day in range(1, 6))),
    ("端午节", (6, 19), (6, 20), (6, 21)),
    ("中秋节", (9, 25), (9, 26), (9, 27)),
    ("国庆节", *((10, day) for day in range(1, 8))),
)
_MAKE_UP_2026 = (
    ("元旦", (1, 4)),
    ("春节", (2, 14), (2, 28)),
    ("劳动节", (5, 9)),
    ("国庆节", (9, 20), (10, 10)),
)
_OFF_2027 = (
    ("元旦", (1, 1)),
    ("春节", (2, 5), (2, 6), (2, 7), (2, 8)),
    ("清明节", (4, 5)),
    ("劳动节", (5, 1), (5, 2)),
    ("端午节", (6, 9)),
    ("中秋节", (9, 15)),
    ("国庆节", (10, 1), (10, 2), (10, 3)),
)


def _rows(year: int, table: tuple, is_working: bool, provisional: bool) -> list[DayRow]:
    suffix = "调休上班" if is_working else ""
    return [
        DayRow(date(year, month, day), is_working, name + suffix, provisional)
        for name, *days in table
        for month, day in days
    ]


YEARS = frozenset({2026, 2027})
DAYS: tuple[DayRow, ...] = tuple(
    sorted(
        _rows(2026, _OFF_2026, False, False)
        + _rows(2026, _MAKE_UP_2026, True, False)
        + _rows(2027, _OFF_2027, False, True)
    )
)
