"""Pure decisions of delivery: what still has to be done, who is late, what verdicts add up to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from shangliang.foundation.working_days import DayTable

SETTLED = ("verified", "explained")
NO_LONGER = ("reassigned",)
NEEDS_NEXT_STEP = ("partly_done", "planned")
NO_RESULT_YET = ("in_progress",)
REMIND_WITHIN = 3  # working days before a deadline on which its unit and the office are reminded


class Gap(Enum):
    """What keeps a consultation from its end (LY-20)."""

    UNDECIDED = "undecided"
    UNASSIGNED = "unassigned"
    UNCHECKED = "unchecked"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True)
class SuggestionFacts:
    """One suggestion: its number, state, whether its refusal was told, and (unit, state) of each assignment."""

    number: int
    state: str
    is_explained: bool
    assignments: Sequence[tuple[str, str]] = ()


def gaps_of(suggestions: Iterable[SuggestionFacts]) -> list[tuple[Gap, int, str]]:
    """Return (what is missing, suggestion number, unit) for each gap; empty when the loop may close (LY-20).

    Every adopted suggestion needs a standing assignment with a checked result or a "cannot be done" that was told,
    every refused one needs its reason told. Reassigned assignments no longer count; dropped suggestions neither.
    """
    return [gap for one in suggestions for gap in _gaps(one)]


def _gaps(one: SuggestionFacts) -> list[tuple[Gap, int, str]]:
    if one.state == "agreed":
        return [(Gap.UNDECIDED, one.number, "")]
    if one.state == "not_adopted":
        return [] if one.is_explained else [(Gap.UNEXPLAINED, one.number, "")]
    if one.state != "adopted":
        return []
    standing = [(unit, state) for unit, state in one.assignments if state not in NO_LONGER]
    if not standing:
        return [(Gap.UNASSIGNED, one.number, "")]
    return [(Gap.UNCHECKED, one.number, unit) for unit, state in standing if state not in SETTLED]


def may_still_object(dispatched_on: date, days: int, on: date, table: DayTable) -> bool:
    """Tell whether a unit may still object ``days`` working days after dispatch. Refuses a year without days."""
    return dispatched_on <= on <= table.add_working_days(dispatched_on, days)


def days_left(deadline_on: date, on: date, table: DayTable) -> int:
    """Return the working days from ``on`` to the deadline: 0 on the day itself, negative when late."""
    left = table.working_days_between(on, deadline_on)
    return left if left or on <= deadline_on else -1


def days_late(deadline_on: date, finished_on: date, table: DayTable) -> int:
    """Return by how many working days a finished assignment was late; 0 when it was in time."""
    return max(0, -days_left(deadline_on, finished_on, table))


def reminder(left: int) -> str:
    """Return the name of the reminder due at that many working days left: soon, overdue or nothing."""
    if left < 0:
        return "overdue"
    return "soon" if left <= REMIND_WITHIN else ""


def tally(verdicts: Iterable[tuple[str, str]], asked: int) -> dict[str, int]:
    """Add up (solved, satisfied) answers. ``asked`` is the denominator; who did not answer is silent, never content."""
    rows = list(verdicts)
    counts = {f"solved_{key}": sum(solved == key for solved, _ in rows) for key in ("yes", "partly", "no")}
    counts |= {f"satisfied_{key}": sum(said == key for _, said in rows) for key in ("yes", "basically", "no")}
    return {"reports": asked, "answered": len(rows), "silent": max(0, asked - len(rows)), **counts}


def letter_fits(letter: str, real_outcome: str, letters: Mapping[str, str]) -> bool:
    """Tell whether a local letter stands for that real outcome; no letter fits everything."""
    return not letter or letters.get(letter) == real_outcome
