"""Kinds of matters: the words a kind is suggested for, what a matter was before, and the decisions a model learns from."""

import json
from collections import Counter
from datetime import datetime

from django.db.models import Q, QuerySet

from shangliang.foundation.queries import ledger_of
from shangliang.foundation.viewer import Appointed, System, Viewer
from shangliang.reports.models import Matter, Report
from shangliang.reports.permissions import LOCKED, NOT_ON_THE_DESK
from shangliang.reports.queries.reports import reports_of
from shangliang.sorting.training import MOST, Example

MOST_OF_ONE_MATTER = 10  # reports of one matter a model learns from: a matter many speak of is one decision
MOST_READ = 5  # reports of a matter that are read to suggest its kind
SORTED, UNSORTED, KEPT = "matter.sorted", "matter.unsorted", "matter.kind_kept"


def words_of(title: str, text: str) -> str:
    """Return what one person said in one piece: the same for learning and for suggesting."""
    return f"{title}\n{text}".strip()


def words_of_matter(viewer: Viewer, matter: Matter) -> str:
    """Return what the first few people said of a matter, in one piece; "" for who may not read them."""
    said = reports_of(viewer, matter).values_list("title", "text")[:MOST_READ]
    return "\n".join(words_of(*one) for one in said)


def speaks_of(matters: QuerySet[Matter] | None = None) -> Q:
    """Return the filter of reports a model may learn from: not locked, not withdrawn, not erased, with words."""
    worded = ~(Q(title="") & Q(text=""))
    standing = ~Q(state__in=NOT_ON_THE_DESK) & Q(withdrawn_at=None, erased_at=None)
    return worded & standing & (Q() if matters is None else Q(matter__in=matters))


def past_kinds(viewer: System) -> list[Example]:
    """Return the office's decisions on kinds, of the task's own committee: the words of each report under its matter's kind.

    Only kinds in use; at most ten reports of one matter; the moment is when the office decided. Locked, withdrawn and
    erased reports are not among them.
    """
    rows = Report.unscoped.filter(
        speaks_of(),
        committee_id=viewer.committee_id,
        matter__sorted_at__isnull=False,
        matter__category__is_current=True,
    )
    rows = rows.order_by("-matter__sorted_at", "matter_id", "pk")
    read = rows.values_list("title", "text", "matter_id", "matter__category_id", "matter__sorted_at")
    taken: Counter[int] = Counter()
    found: list[Example] = []
    for title, text, matter, kind, moment in read.iterator(chunk_size=2000):
        taken[matter] += 1
        if taken[matter] <= MOST_OF_ONE_MATTER:
            found.append(Example(words_of(title, text), str(kind), moment))
        if len(found) == MOST:
            break
    return found


def has_lost_words(committee_id: int, since: datetime) -> bool:
    """Tell whether words that may have been learned from were withdrawn or erased since a moment, or are locked now.

    No report says when it was locked: one whose matter had a kind by then may have been read, whatever came later.
    """
    rows = Report.unscoped.filter(committee_id=committee_id)
    locked = Q(state__in=LOCKED, matter__sorted_at__lte=since)
    return rows.filter(Q(withdrawn_at__gte=since) | Q(erased_at__gte=since) | locked).exists()


def kind_before(viewer: Viewer, matter: Matter) -> int | None:
    """Return the id of the kind a matter had before the decision that stands, or None where it had none."""
    course = kinds_before(viewer, matter.committee_id, matter.code)
    return (course[-1] or None) if course else None


def kinds_before(viewer: Viewer, committee_id: int, code: str) -> list[int]:
    """Return what a matter was before each decision that stands, in order: ids of kinds, 0 for none.

    Read from the ledger: each decision taken back uncovers the one before; a number or a parting brings along what the
    shell or the matter it left had.
    """
    lines = ledger_of(viewer, committee_id, f"matter:{code}")
    course: list[int] = []
    for verb, body in lines.filter(verb__in=(SORTED, UNSORTED, KEPT)).values_list("verb", "body"):
        facts = json.loads(bytes(body))["facts"] if verb != UNSORTED else {}
        if verb == UNSORTED:
            course = course[:-1]
        elif verb == KEPT:
            course = list(facts["before"])
        else:
            course.append(facts.get("before") or 0)
    return course


def may_sort(viewer: Viewer, committee_id: int) -> bool:
    """Tell whether kinds of this committee's matters are the viewer's to set: the scheme is the very own one's."""
    return isinstance(viewer, Appointed) and viewer.committee_id == committee_id
