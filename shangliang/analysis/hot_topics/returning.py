"""What comes back with the season (未诉先办): trouble of earlier years in the same weeks, found before it begins.

The question is not "how often was it said in those weeks" (everything is said more often when more is said) but "how much
of it was said then, beside how much of everything was said then".

* A year is 52 weeks beginning `LOOK_BACK` weeks before today's week, one, two, three … years ago by ISO week (week 53
  counts as 52). One person counts once a year for one label, where he first spoke.
* In year y a label has n people and k of them in the window; everything said that year fell into it with the share q.
  Were the label as evenly spread as all that is said, k would be binomial(n, q). The sum over the years then has the
  expectation E = Σ n·q, and for any count from E + 1 on its upper tail is at most that of a Poisson distribution with
  mean E (Hoeffding 1956 for unequal q; binomial below Poisson). So P = P(Poisson(E) ≥ Σ k) errs on the careful side, needs
  no large numbers and no even volume over the years: the committee may have grown tenfold.
* Windows of 2, 4 and 8 weeks beginning from four weeks ago to six ahead are tried (feasts of the moon calendar move by up
  to three weeks), so P is multiplied by the number of windows (Bonferroni); of all labels those stay that the rule of
  Benjamini and Hochberg (1995) leaves at a rate of `FALSE_ONES`: of what is proposed one in ten may be chance.
* Small numbers: it must have come back in at least two earlier years, in each with two different people and more than its
  share; a label with fewer people altogether is not tested and takes no chance away from the others.
"""

import math
from collections import defaultdict
from collections.abc import Hashable, Sequence
from datetime import date, timedelta
from itertools import accumulate
from operator import add
from typing import Any, NamedTuple

YEARS, WEEKS = 10, 52
LENGTHS = (2, 4, 8)  # weeks of a window
LOOK_BACK = 4  # a window may have begun so many weeks ago
FEWEST_YEARS, FEWEST_PEOPLE = 2, 2
FALSE_ONES = 0.1


class Happened(NamedTuple):
    """One person said something once. ``label``: what may come back, a matter or a kind of trouble in an area."""

    key: Any
    who: Hashable | None  # None is a person of its own
    on: date
    label: Hashable


class Season(NamedTuple):
    """The evidence of one earlier year."""

    year: int  # ISO year of the window's first week
    weeks: list[int]  # ISO weeks of the window in which somebody spoke, in the order of time
    people: int
    keys: list[Any]  # all that was said of it in the window


class Returning(NamedTuple):
    """What is likely to come back, and why."""

    label: Any
    first_week: int  # ISO week
    last_week: int  # ISO week, lower than the first where the window passes the turn of the year
    starts_on: date  # a Monday
    weeks_ahead: int  # 0: has begun
    years: list[Season]  # in which it came back, the oldest first
    people: int  # in the window over these and all other earlier years
    expected: float  # as many as there would be, were it said when all else is said
    surprise: float  # -log10 of the corrected P


_Placed = list[tuple[int, Happened]]  # (week of the year looked at, what was said), in the order of time
_Sums = list[int]  # running sums over weeks: [at] is what came before week ``at``


def returning(said: Sequence[Happened], *, today: date, ahead_weeks: int = 6) -> list[Returning]:
    """Return what came back in the same weeks of at least two earlier years and would begin within ``ahead_weeks``.

    The soonest first, then the most surprising. ``said`` must hold everything that was said, not only what is suspected:
    the rest is what a label is measured by. Refuses ahead_weeks < 0 or > 26 (ValueError).
    """
    if not 0 <= ahead_weeks <= WEEKS // 2:
        raise ValueError("from 0 to 26 weeks")
    monday = _monday(today) - timedelta(weeks=LOOK_BACK)
    begins = [same_week(monday, back) for back in range(1, YEARS + 1)]
    by_label = _by_label(said, begins)
    own, everything = _own_and_everything(by_label)
    windows = [(start, length) for length in LENGTHS for start in range(LOOK_BACK + ahead_weeks + 1)]
    best = {
        label: min((_chance(sums, everything, *window) * len(windows), window) for window in windows)
        for label, sums in own.items()
    }
    chosen = _hardly_by_chance({label: chance for label, (chance, _window) in best.items()})
    made = [_told(label, best[label], by_label[label], own[label], everything, begins) for label in chosen]
    return sorted(made, key=lambda one: (one.weeks_ahead, -one.surprise, str(one.label)))


def same_week(monday: date, years_back: int) -> date:
    """Return the Monday of the same ISO week so many years earlier; week 53 counts as 52."""
    year, week, _day = monday.isocalendar()
    return date.fromisocalendar(year - years_back, min(week, WEEKS), 1)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _by_label(said: Sequence[Happened], begins: Sequence[date]) -> dict[Hashable, dict[int, _Placed]]:
    """What was said under each label in each earlier year (0 = last year) in which anything was."""
    found: dict[Hashable, dict[int, _Placed]] = defaultdict(lambda: defaultdict(list))
    for one in sorted(said, key=lambda one: one.on):
        for year, begin in enumerate(begins):
            week = (one.on - begin).days // 7
            if 0 <= week < WEEKS:
                found[one.label][year].append((week, one))
                break
    return found


def _own_and_everything(
    by_label: dict[Hashable, dict[int, _Placed]],
) -> tuple[dict[Hashable, dict[int, _Sums]], dict[int, _Sums]]:
    """Sums by year of every label with enough people to be tested, and of all labels together."""
    own: dict[Hashable, dict[int, _Sums]] = {}
    everything = {year: [0] * (WEEKS + 1) for year in range(YEARS)}
    for label, years in by_label.items():
        sums = {year: _sums(said) for year, said in years.items()}
        for year, people in sums.items():
            everything[year] = list(map(add, everything[year], people))
        if sum(people[-1] >= FEWEST_PEOPLE for people in sums.values()) >= FEWEST_YEARS:
            own[label] = sums
    return own, everything


def _sums(year: _Placed) -> _Sums:
    """People by the week in which each first spoke, as running sums."""
    weeks, known = [0] * WEEKS, set[Hashable]()
    for week, one in year:
        if one.who is None or one.who not in known:
            weeks[week] += 1
            known.add(one.who)
    return list(accumulate(weeks, initial=0))


def _chance(own: dict[int, _Sums], everything: dict[int, _Sums], start: int, length: int) -> float:
    """P that so many people at least speak in the window over all years; 1 where it did not come back."""
    seen, expected, years = 0, 0.0, 0
    for year, people in own.items():
        inside, share = _inside(people, everything[year], start, length)
        seen, expected = seen + inside, expected + people[-1] * share
        years += _came_back(people, everything[year], start, length)
    return poisson_tail(seen, expected) if years >= FEWEST_YEARS and seen >= expected + 1 else 1.0


def _inside(people: _Sums, all_people: _Sums, start: int, length: int) -> tuple[int, float]:
    """People of the label in the window, and the share of all people who spoke in it."""
    end = start + length
    return people[end] - people[start], (all_people[end] - all_people[start]) / all_people[-1]


def _came_back(people: _Sums, all_people: _Sums, start: int, length: int) -> bool:
    inside, share = _inside(people, all_people, start, length)
    return inside >= FEWEST_PEOPLE and inside > people[-1] * share


def poisson_tail(count: int, mean: float) -> float:
    """Return P(X ≥ count) of a Poisson distribution, added up from the small end so that 1e-200 is still exact."""
    if count <= 0:
        return 1.0
    if mean <= 0:
        return 0.0
    if count <= mean:
        return 1.0 - math.fsum(_poisson(number, mean) for number in range(count))
    terms, number = [_poisson(count, mean)], count
    while terms[-1] > terms[0] * 1e-17 and terms[-1] > 0:
        number += 1
        terms.append(terms[-1] * mean / number)
    return min(1.0, math.fsum(terms))


def _poisson(number: int, mean: float) -> float:
    return math.exp(number * math.log(mean) - mean - math.lgamma(number + 1))


def _hardly_by_chance(chances: dict[Hashable, float]) -> list[Hashable]:
    """The labels the rule of Benjamini and Hochberg leaves: the largest r with P of rank r ≤ r / labels × rate."""
    ranked = sorted(chances, key=lambda label: (chances[label], str(label)))
    passed = [
        rank for rank, label in enumerate(ranked, 1) if chances[label] <= FALSE_ONES * rank / len(ranked)
    ]
    return ranked[: max(passed, default=0)]


def _told(
    label: Hashable,
    best: tuple[float, tuple[int, int]],
    years: dict[int, _Placed],
    own: dict[int, _Sums],
    everything: dict[int, _Sums],
    begins: Sequence[date],
) -> Returning:
    chance, window = best
    inside = {year: _inside(people, everything[year], *window) for year, people in own.items()}
    back = [year for year, people in own.items() if _came_back(people, everything[year], *window)]
    start, length = window
    first = begins[0] + timedelta(weeks=start)
    return Returning(
        label=label,
        first_week=first.isocalendar().week,
        last_week=(first + timedelta(weeks=length - 1)).isocalendar().week,
        starts_on=_this_time(begins[0], start),
        weeks_ahead=max(0, start - LOOK_BACK),
        years=[
            _season(years[year], begins[year], inside[year][0], window) for year in sorted(back, reverse=True)
        ],
        people=sum(many for many, _share in inside.values()),
        expected=round(math.fsum(own[year][-1] * share for year, (_many, share) in inside.items()), 2),
        surprise=round(-math.log10(max(chance, 1e-300)), 1),
    )


def _this_time(begin: date, start: int) -> date:
    """The Monday on which a window of last year begins in the year that runs now."""
    year, week, _day = begin.isocalendar()
    return date.fromisocalendar(year + 1, week, 1) + timedelta(weeks=start)


def _season(year: _Placed, begin: date, people: int, window: tuple[int, int]) -> Season:
    start, length = window
    inside = [(week, one) for week, one in year if start <= week < start + length]
    weeks = sorted({week for week, _one in inside})
    return Season(
        year=(begin + timedelta(weeks=start)).isocalendar().year,
        weeks=[(begin + timedelta(weeks=week)).isocalendar().week for week in weeks],
        people=people,
        keys=[one.key for _week, one in inside],
    )
