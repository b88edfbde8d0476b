"""Who decided what and when about a report or a matter, as the ledger has it: taken back or not."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shangliang.foundation.models import LedgerEntry
from shangliang.foundation.queries import ledger_lines
from shangliang.foundation.viewer import Viewer
from shangliang.people.queries import names_of, role_label
from shangliang.reports.models import Matter, Report
from shangliang.reports.queries.reports import reports_seen_by

MOST_LINES = 200
UNDO = "report.undo"
NO_MOVES = ("matter.tell", "matter.split", "matter.sorted", "matter.unsorted", "matter.kind_kept")


@dataclass(frozen=True)
class Line:
    """One line: the ledger's number and verb, when, who by role and (for people of the office) by name, and details."""

    seq: int
    verb: str
    subject: str
    at: datetime
    role: str
    name: str
    facts: dict[str, Any]
    is_undone: bool = False


def history_of_report(viewer: Viewer, report: Report) -> list[Line]:
    """Return what was done with a report the viewer may see, in order. Two queries; nothing outside the office."""
    if not reports_seen_by(viewer).filter(pk=report.pk).exists():
        return []
    return _lines(viewer, report.committee_id, [f"report:{report.code}"])


def history_of_matter(viewer: Viewer, matter: Matter, reports: Iterable[Report]) -> list[Line]:
    """Return what was done with a matter and with the reports of it the viewer may see (asked for by the caller)."""
    subjects = [f"matter:{matter.code}", *(f"report:{one.code}" for one in reports)]
    return _lines(viewer, matter.committee_id, subjects)


def last_acts(viewer: Viewer, committee_id: int, subjects: Sequence[str]) -> dict[str, datetime]:
    """Return when each subject last changed its state, by its name in the ledger; one query."""
    rows = ledger_lines(viewer, committee_id).filter(subject__in=list(subjects)).order_by("seq")
    found: dict[str, datetime] = {}
    for subject, verb, at in rows.values_list("subject", "verb", "recorded_at"):
        if verb.startswith("matter.") and verb not in NO_MOVES:
            found[subject] = at
    return found


def _lines(viewer: Viewer, committee_id: int, subjects: Sequence[str]) -> list[Line]:
    rows = ledger_lines(viewer, committee_id).filter(subject__in=list(subjects)).order_by("-seq")[:MOST_LINES]
    entries = [(one, json.loads(bytes(one.body))) for one in reversed(rows)]
    held = [who for _one, body in entries if (who := body["by"].get("appointment"))]
    names = names_of(held) if held else {}
    return _with_undone([_line(one, body, names) for one, body in entries])


def _line(one: LedgerEntry, body: dict[str, Any], names: dict[int, str]) -> Line:
    by = body["by"]
    return Line(
        one.seq,
        one.verb,
        one.subject,
        one.recorded_at,
        role_label(by["as"]),
        names.get(by.get("appointment") or 0, ""),
        body.get("facts") or {},
    )


def _with_undone(lines: list[Line]) -> list[Line]:
    """Mark what an undo took back: the latest act of the same report that led to the state the undo came from."""
    undone: set[int] = set()
    for at, line in enumerate(lines):
        if line.verb != UNDO:
            continue
        for earlier in reversed(lines[:at]):
            leads_here = earlier.subject == line.subject and earlier.facts.get("to") == line.facts.get("from")
            if leads_here and earlier.seq not in undone:
                undone.add(earlier.seq)
                break
    return [Line(**{**vars(one), "is_undone": True}) if one.seq in undone else one for one in lines]
