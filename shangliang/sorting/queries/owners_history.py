"""What happened to the owner table: each issue, each changed row, with who did it and when, out of the ledger."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q

from shangliang.foundation.models import LedgerEntry
from shangliang.foundation.queries import ledger_lines
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.people.queries import names_of, role_label
from shangliang.sorting.models import OwnerRow, OwnerTable
from shangliang.sorting.permissions import rows_of_own_scheme

SUBJECT = "ownertable"


@dataclass(frozen=True)
class Act:
    """One act on an issue: what, who (role and name), when, and the ids of rows that began and ended by it."""

    verb: str
    who: str
    at: datetime
    began: tuple[int, ...]
    ended: tuple[int, ...]


@dataclass(frozen=True)
class IssueActs:
    """An issue with all acts on it, in order."""

    table: OwnerTable
    acts: tuple[Act, ...]


@dataclass(frozen=True)
class ChangedRow:
    """A row that began or ended within its issue, with the acts that did it."""

    row: OwnerRow
    began: Act | None
    ended: Act | None

    @property
    def never_held(self) -> bool:
        """Tell whether it was put right before it held for a day."""
        return self.row.until_on is not None and self.row.until_on < self.row.from_on


def subject_of(day: date) -> str:
    """Return how the ledger names the issue that began on a day."""
    return f"{SUBJECT}:{day.isoformat()}"


def acts_of(viewer: Viewer, tables: list[OwnerTable]) -> list[IssueActs]:
    """Return each issue with the acts on it, with two queries. Whoever may not read the ledger sees none."""
    if not isinstance(viewer, Appointed):
        return [IssueActs(one, ()) for one in tables]
    lines = ledger_lines(viewer, viewer.committee_id)
    found = list(lines.filter(subject__in=[subject_of(one.from_on) for one in tables]).order_by("seq"))
    bodies = [(entry, json.loads(bytes(entry.body))) for entry in found]
    names = names_of([body["by"].get("appointment", 0) for _entry, body in bodies])
    by_subject: dict[str, list[Act]] = {}
    for entry, body in bodies:
        by_subject.setdefault(entry.subject, []).append(_act(entry, body, names))
    return [IssueActs(one, tuple(by_subject.get(subject_of(one.from_on), ()))) for one in tables]


def _act(entry: LedgerEntry, body: dict[str, Any], names: dict[int, str]) -> Act:
    name, facts = names.get(body["by"].get("appointment", 0), ""), body.get("facts", {})
    who = " ".join(one for one in (role_label(body["by"]["as"]), name) if one)
    return Act(
        entry.verb, who, entry.recorded_at, tuple(facts.get("began", ())), tuple(facts.get("ended", ()))
    )


def changes_of(viewer: Viewer, issue: IssueActs) -> list[ChangedRow]:
    """Return the rows of an issue that began after it did, or ended before it did, the latest change first."""
    rows = OwnerRow.unscoped.filter(rows_of_own_scheme(viewer, "table__committee_id"), table=issue.table)
    given = [pk for act in issue.acts if act.verb == "owners.change" for pk in act.began]
    later = Q(from_on__gt=F("table__from_on")) | Q(pk__in=given)
    changed = rows.filter(Q(until_on__isnull=False) | later)
    began = {pk: act for act in issue.acts for pk in act.began}
    ended = {pk: act for act in issue.acts for pk in act.ended}
    found = changed.select_related("category", "area__parent", "unit").order_by("-from_on", "-pk")
    return [ChangedRow(one, began.get(one.pk), ended.get(one.pk)) for one in found]
