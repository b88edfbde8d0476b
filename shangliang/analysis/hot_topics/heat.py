"""Heat: how many people, for how long, and whether it grows. Likes and dislikes never enter.

    heat = people × (1 + lasting + growth / 5)
    lasting = log2(weeks in which somebody spoke) / 5, at most 1 (reached with 32 weeks)
    growth  = share of the people who spoke in the last 8 weeks

Who speaks ten times is one person; speaking every week for most of a year that person's matter is as hot as one of two
people, never as one of three. Weeks are counted in which somebody spoke and not from the first word to the last, so that two
words a year apart do not count as a year.
"""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from datetime import date, timedelta

from shangliang.analysis.hot_topics.said import HeatParts

LONG_WEEKS = 32
RECENT_DAYS = 56
SHARE_OF_LASTING, SHARE_OF_GROWTH = 1.0, 0.2


def heat(parts: HeatParts) -> float:
    """Return the heat of a matter, rounded to two places; 0 where nobody spoke. See the formula above."""
    lasting = min(math.log2(max(parts.weeks_spoken, 1)) / math.log2(LONG_WEEKS), 1.0)
    return round(parts.people * (1 + SHARE_OF_LASTING * lasting + SHARE_OF_GROWTH * parts.growth), 2)


def heat_parts(voices: Sequence[tuple[date, Hashable | None]], today: date) -> HeatParts:
    """Return what the heat of some messages is made of. ``voices``: (day, who), who None being a person of its own."""
    if not voices:
        return HeatParts(0, 0, 0.0)
    recent = today - timedelta(days=RECENT_DAYS)
    weeks = {day - timedelta(days=day.weekday()) for day, _who in voices}
    people = _people(voices)
    lately = _people([one for one in voices if recent < one[0] <= today])
    return HeatParts(people, len(weeks), round(lately / people, 4))


def weekly_counts(voices: Iterable[tuple[date, Hashable | None]], until: date, weeks: int = 26) -> list[int]:
    """Return distinct people per ISO week (Monday to Sunday), the oldest first, the week of ``until`` last.

    ``voices``: (day, who); who None is a person of its own. Other weeks are left out. Refuses weeks < 1 (ValueError).
    """
    if weeks < 1:
        raise ValueError("at least one week")
    last = until - timedelta(days=until.weekday())
    by_week: dict[int, list[tuple[date, Hashable | None]]] = defaultdict(list)
    for day, who in voices:
        by_week[(last - (day - timedelta(days=day.weekday()))).days // 7].append((day, who))
    return [_people(by_week.get(ago, [])) for ago in range(weeks - 1, -1, -1)]


def _people(voices: Sequence[tuple[date, Hashable | None]]) -> int:
    named = {who for _day, who in voices if who is not None}
    return len(named) + sum(who is None for _day, who in voices)
