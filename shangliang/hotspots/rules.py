"""Pure decisions: which week, whether two lists speak of the same matter, what is remembered, what is struck out."""

import math
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from difflib import SequenceMatcher

from shangliang.analysis.hot_topics.heat import LONG_WEEKS, SHARE_OF_GROWTH, SHARE_OF_LASTING

SAME_FROM = 0.5  # of the smaller of two piles must be in the other, to be the same matter in two lists
GROWN = 2  # times as many people as when it was put aside: then it is shown again
MOST_TOPICS = 100
SPARK_WEEKS = 26
DAYS_IN_WEEK = 7
WEEKS_IN_YEAR = 52
GROWTH_WEEKS = 8
AHEAD_WEEKS = 6
NEAR_DAYS = 56  # two seasons beginning so near each other are the same one
LEAST_STRUCK = 5  # signs in a row that were somebody's words
STRUCK = "……"


def monday_of(day: date) -> date:
    """Return the Monday of the week a day lies in."""
    return day - timedelta(days=day.weekday())


def last_whole_week(day: date) -> date:
    """Return the Monday of the last week that was over when the day began."""
    return monday_of(day) - timedelta(days=DAYS_IN_WEEK)


def end_of(week_on: date) -> date:
    """Return the Sunday of a week that is named by its Monday."""
    return week_on + timedelta(days=DAYS_IN_WEEK - 1)


def same_in_both(now: Sequence[AbstractSet[int]], before: Sequence[AbstractSet[int]]) -> dict[int, int]:
    """Return place in ``now`` → place in ``before`` of piles that are the same matter, by the reports in both.

    Two piles may be the same when half of the smaller one lies in the other; the largest shares are settled first, and
    each pile is the same as one other at most.
    """
    pairs = sorted(
        ((share, at, was) for (at, was), share in _shares(now, before).items()),
        key=lambda one: (-one[0], one[1], one[2]),
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for share, at, was in pairs:
        if share >= SAME_FROM and at not in found and was not in taken:
            found[at] = was
            taken.add(was)
    return found


def _shares(
    now: Sequence[AbstractSet[int]], before: Sequence[AbstractSet[int]]
) -> dict[tuple[int, int], float]:
    """Return for each two piles that meet which share of the smaller lies in the other; linear in the reports."""
    pile_of = {key: was for was, keys in enumerate(before) for key in keys}
    together: dict[tuple[int, int], int] = {}
    for at, keys in enumerate(now):
        for key in keys:
            if key in pile_of:
                pair = (at, pile_of[key])
                together[pair] = together.get(pair, 0) + 1
    return {(at, was): count / min(len(now[at]), len(before[was])) for (at, was), count in together.items()}


def stays_aside(people_then: int, people_now: int) -> bool:
    """Tell whether what was put aside stays there: not once twice as many people speak of it."""
    return people_now < GROWN * max(1, people_then)


def comes_from_elsewhere(imported: int, spoken_here: int) -> bool:
    """Tell whether most of the reports were imported: then a topic's source is online screening, otherwise residents."""
    return imported > spoken_here


def without_words(text: str, words: str) -> str:
    """Return a text without any five or more signs in a row of somebody's words, each run replaced by two dots.

    Words that were shortened or changed before they were stored are found as well, as far as they are still theirs.
    """
    while text and words:
        match = SequenceMatcher(None, text, words, autojunk=False).find_longest_match()
        if match.size < min(LEAST_STRUCK, len(words.strip()) or LEAST_STRUCK):
            break
        text = text[: match.a] + STRUCK + text[match.a + match.size :]
    return text.replace(STRUCK * 2, STRUCK)


def added_by_lasting(weeks_spoken: int) -> float:
    """Return what so many weeks add to a matter's heat, as a share of its people (analysis.hot_topics.heat)."""
    return SHARE_OF_LASTING * min(math.log2(max(weeks_spoken, 1)) / math.log2(LONG_WEEKS), 1.0)


def added_by_growth(growth: float) -> float:
    """Return what the share of people who spoke lately adds to a matter's heat, as a share of its people."""
    return SHARE_OF_GROWTH * growth


def span_of_evidence(starts_on: date, first_week: int, weeks: Iterable[int]) -> tuple[date, date]:
    """Return the first and last day in which it is expected: of a window that begins on a Monday in ISO week
    ``first_week``, the part in which somebody spoke in earlier years. The window may pass over the turn of the year.
    """
    after = [(week - first_week) % WEEKS_IN_YEAR for week in weeks] or [0]
    last = starts_on + timedelta(weeks=max(after), days=DAYS_IN_WEEK - 1)
    return starts_on + timedelta(weeks=min(after)), last


def is_ahead(first: date, last: date, today: date) -> bool:
    """Tell whether what is expected between two days begins within six weeks and is not over."""
    return first <= today + timedelta(weeks=AHEAD_WEEKS) and last >= today
