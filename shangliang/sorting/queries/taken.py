"""How often the office took what was suggested: counted from the ledger's lines, each of which can be opened."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shangliang.foundation import roles
from shangliang.foundation.queries import ledger_head, ledger_lines
from shangliang.foundation.viewer import Appointed, Viewer

SORTED, UNSORTED = "matter.sorted", "matter.unsorted"
LEAVES_THE_DESK = ("report.hold", "report.turn_away", "report.withdraw", "report.retract")
RELEASED = "report.release"
MOST_LINES = 50_000  # of the chain are looked through: a longer look would cost more than the figure is worth
MOST_DECISIONS = 1000


@dataclass(frozen=True)
class Decision:
    """One decision on a kind that stands: when, of which report, what, and which suggestion it was (0: none of them)."""

    at: datetime
    report: str
    category: str
    offered: int
    rank: int


@dataclass(frozen=True)
class Taken:
    """Of the decisions with suggestions beside them: how many, how many took the first, how many one of the three."""

    decisions: int
    first: int
    any: int

    @property
    def percent(self) -> int:
        """Return the share that took one of the suggestions, in hundredths; 0 where there were none."""
        return round(100 * self.any / self.decisions) if self.decisions else 0


def decisions_of(viewer: Viewer) -> list[Decision]:
    """Return the latest decisions on kinds at the viewer's own committee, newest first; taken back ones are left out.

    So are those on reports that were locked or withdrawn since. The latest thousand among the last fifty thousand lines
    of the ledger; three queries. Office alone.
    """
    if not isinstance(viewer, Appointed) or viewer.role not in roles.OFFICE:
        return []
    head = ledger_head(viewer.committee_id)
    lines = ledger_lines(viewer, viewer.committee_id).filter(verb__in=(SORTED, UNSORTED))
    lines = lines.filter(seq__gt=(head.seq if head else 0) - MOST_LINES)
    found = _standing(lines.values_list("verb", "body", "recorded_at")[:MOST_DECISIONS])
    gone = _gone(viewer, {one.report for one in found})
    return [one for one in found if one.report not in gone]


def _gone(viewer: Appointed, codes: set[str]) -> set[str]:
    """Return those reports that left the desk, as the ledger has it, and were not released back to it."""
    subjects = [f"report:{one}" for one in codes]
    lines = ledger_lines(viewer, viewer.committee_id).filter(
        subject__in=subjects, verb__in=(*LEAVES_THE_DESK, RELEASED)
    )
    last = dict(lines.order_by("seq").values_list("subject", "verb"))
    return {subject.removeprefix("report:") for subject, verb in last.items() if verb != RELEASED}


def _standing(lines: Iterable[tuple[str, Any, datetime]]) -> list[Decision]:
    """Newest first: each line that takes a decision back hides the next older one of the same matter."""
    taken_back: dict[int, int] = {}
    found = []
    for verb, body, at in lines:
        facts = json.loads(bytes(body))["facts"]
        matter = facts.get("matter", 0)
        if verb == UNSORTED:
            taken_back[matter] = taken_back.get(matter, 0) + 1
        elif taken_back.get(matter):
            taken_back[matter] -= 1
        else:
            found.append(Decision(at, facts["report"], facts["category"], facts["offered"], facts["rank"]))
    return found


def taken_of(decisions: Iterable[Decision]) -> Taken:
    """Return how often a suggestion was taken, among the decisions that had one beside them."""
    ranks = [one.rank for one in decisions if one.offered]
    return Taken(len(ranks), ranks.count(1), sum(rank > 0 for rank in ranks))
