"""Assignments, their results and one-time links."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet

from shangliang.consultations.models import Suggestion
from shangliang.consultations.queries import suggestions_awaiting_assignment
from shangliang.delivery import rules, states
from shangliang.delivery.models import Assignment, Evidence, Result, UnitLink
from shangliang.delivery.permissions import LINK_PURPOSE, helps, issues, keeps, leads, rows_of_assignments
from shangliang.foundation import roles
from shangliang.foundation.codes import link_digest
from shangliang.foundation.lifecycle import Move
from shangliang.foundation.models import StoredFile
from shangliang.foundation.moves import moves_open_to
from shangliang.foundation.queries import day_table
from shangliang.foundation.viewer import Appointed, LinkHolder, ReceiptHolder, Viewer
from shangliang.foundation.working_days import NoDayTable
from shangliang.people.models import Organisation
from shangliang.people.queries import units_acted_for
from shangliang.protection.queries import (
    UnitWords,
    summaries_for_unit,
    words_for_unit,
    would_handle_alone,
)
from shangliang.sorting.queries import owner_book
from shangliang.topics.queries import matters_of

OVER = (states.A.VERIFIED, states.A.EXPLAINED, states.A.REASSIGNED)
UNIT_MOVES = (states.ACCEPT, states.OBJECT, states.CLAIM, states.CANNOT_DO)
AUTHORITY_MOVES = (states.UPHOLD, states.REASSIGN)


def assignments_seen_by(viewer: Viewer) -> QuerySet[Assignment]:
    """Return the viewer's assignments, nearest deadline first."""
    return (
        Assignment.unscoped.filter(rows_of_assignments(viewer))
        .distinct()
        .select_related("suggestion__consultation__topic", "lead_unit", "issuing_authority", "committee")
        .prefetch_related("co_units")
        .order_by("deadline_on", "pk")
    )


def open_assignments(viewer: Viewer) -> QuerySet[Assignment]:
    """Return the viewer's assignments that still wait for somebody."""
    return assignments_seen_by(viewer).exclude(state__in=OVER)


def get_assignment_for(viewer: Viewer, code: str) -> Assignment | None:
    """Return one assignment the viewer may see, or None."""
    return assignments_seen_by(viewer).select_related("objection", "replaces").filter(code=code).first()


def moves_for(viewer: Viewer, assignment: Assignment) -> list[Move]:
    """Return the moves open to this viewer on its own side: the buttons of the page and of a one-time link."""
    allowed = moves_of_side(viewer, assignment)
    return [one for one in moves_open_to(viewer, assignment, states.ASSIGNMENT) if one in allowed]


def moves_of_side(viewer: Viewer, assignment: Assignment) -> tuple[Move, ...]:
    """Return the moves a viewer's side may ever make on this assignment, whatever its state now."""
    if keeps(viewer, assignment.committee_id):
        return states.ASSIGNMENT.moves
    if leads(viewer, assignment) or isinstance(viewer, LinkHolder):
        return UNIT_MOVES
    if issues(viewer, assignment.issuing_authority_id):
        return (*AUTHORITY_MOVES, states.TAKE_UP_AGAIN)
    return ()


def may_report_progress(viewer: Viewer, assignment: Assignment) -> bool:
    """Tell whether the viewer may add progress: lead unit, co-unit, whoever holds its link, or the office as 代录."""
    inside = keeps(viewer, assignment.committee_id) or leads(viewer, assignment)
    return inside or isinstance(viewer, LinkHolder) or helps(viewer, assignment)


def results_of(viewer: Viewer, assignment: Assignment) -> list[Result]:
    """Return what was claimed, latest first, with pictures and the committee's look; only to who sees the assignment."""
    if get_assignment_for(viewer, assignment.code) is None:
        return []
    rows = assignment.results.select_related("verification").prefetch_related("evidence__file")
    return list(rows.order_by("-number"))


def left_of(assignments: Iterable[Assignment], today: date) -> dict[int, int | None]:
    """Return the working days left of each assignment by id; None where the year has no day table."""
    table, left = day_table(), dict[int, int | None]()
    for one in assignments:
        try:
            left[one.pk] = rules.days_left(one.deadline_on, today, table)
        except NoDayTable:
            left[one.pk] = None
    return left


def suggestions_to_assign(viewer: Viewer) -> QuerySet[Suggestion]:
    """Return adopted suggestions that no standing assignment answers yet, oldest first: the queue 等交办."""
    taken = Assignment.unscoped.exclude(state=states.A.REASSIGNED).values("suggestion_id")
    return suggestions_awaiting_assignment(viewer).exclude(pk__in=taken)


def suggestion_to_assign(viewer: Viewer, code: str) -> Suggestion | None:
    """Return one adopted suggestion the viewer may assign (several units may each get a part), or None."""
    return suggestions_awaiting_assignment(viewer).filter(code=code).first()


def owner_for_suggestion(viewer: Viewer, suggestion: Suggestion, on: date) -> tuple[Organisation | None, str]:
    """Return the unit the owner table gives the suggestion's matters to, and what the table says; the person decides.

    Of several matters the first with a unit decides. Asked by nobody but those who may assign. The table of the viewer's
    own committee says nothing of another committee's.
    """
    own = getattr(viewer, "committee_id", None)
    matters = [one for one in matters_of(suggestion.consultation.topic) if one.committee_id == own]
    if not matters:
        return None, ""
    book = owner_book(viewer, on)
    pairs = [(one.category_id, one.area_id) for one in matters]
    chosen = next((one for one in pairs if book.owner(*one)), max(pairs, key=lambda one: one[0] is not None))
    return book.owner(*chosen), book.advice(*chosen)


def get_link(token: str) -> UnitLink | None:
    """Return the one-time link a token opens, used or not."""
    rows = UnitLink.unscoped.filter(token_digest=link_digest(token), purpose=LINK_PURPOSE)
    return rows.select_related("assignment__lead_unit", "assignment__committee").first()


def holder_of_link(link: UnitLink, at: datetime) -> LinkHolder | None:
    """Return who stands behind a link that is still good, or None when it was used or has expired."""
    if link.used_at or link.expires_at < at:
        return None
    one = link.assignment
    return LinkHolder(LINK_PURPOSE, link.token_digest, one.lead_unit_id, one.committee_id)


def tasks_shown_to_unit(viewer: Viewer, assignment: Assignment) -> list[tuple[str, str, str]]:
    """Return (code, title, summary) of the matters behind a task: what a clerk wrote, never a report of anybody.

    A summary that repeats somebody's own words is left out where its unit must not read them: see `units_reading`.
    """
    rows = assignment.suggestion.consultation.topic.topic_matters.filter(left_at=None).order_by("matter_id")
    matters = list(rows.values_list("matter_id", "matter__code", "matter__title"))
    said = summaries_for_unit([pk for pk, *_named in matters], units_reading(viewer, assignment))
    return [(code, title, said[pk]) for pk, code, title in matters]


def words_shown_to_unit(viewer: Viewer, assignment: Assignment) -> list[UnitWords]:
    """Return the confirmed dispatch texts behind a task as its unit reads them: see `units_reading`."""
    return words_for_unit(_matters_behind(assignment), units_reading(viewer, assignment))


def units_reading(viewer: Viewer, assignment: Assignment) -> set[int]:
    """Return the ids of the units in whose place somebody reads a task: the viewer's own, for others the lead one too.

    Whoever acts for several units is each of them at once.
    """
    units = set() if viewer.role == roles.UNIT else {assignment.lead_unit_id}
    if isinstance(viewer, Appointed):
        units |= units_acted_for(viewer.person_id)
    return units


def handles_alone(viewer: Viewer, assignment: Assignment) -> bool:
    """Tell the office, the authority or a task whether the lead unit is complained about with nobody clean beside it."""
    if viewer.role not in (*roles.OFFICE, roles.AUTHORITY, roles.SYSTEM) or assignment.state in OVER:
        return False
    helpers = [one.pk for one in assignment.co_units.all()]
    return would_handle_alone(_matters_behind(assignment), lead=assignment.lead_unit_id, co_units=helpers)


def _matters_behind(assignment: Assignment) -> list[int]:
    rows = assignment.suggestion.consultation.topic.topic_matters.filter(left_at=None)
    return list(rows.values_list("matter_id", flat=True))


def evidence_for(viewer: Viewer, name: str) -> StoredFile | None:
    """Return a picture of a result to who sees its assignment, and of a checked result to who raised the matter."""
    rows = Evidence.unscoped.filter(file__name=name).select_related("file")
    if isinstance(viewer, ReceiptHolder):
        mine = Q(
            result__assignment__suggestion__consultation__topic__topic_matters__matter__reports=viewer.report_id
        )
        found = rows.filter(mine, result__verification__is_confirmed=True).first()
    elif viewer.role in (*roles.OFFICE, roles.UNIT, roles.AUTHORITY):
        found = rows.filter(
            result__assignment__in=Assignment.unscoped.filter(rows_of_assignments(viewer))
        ).first()
    else:
        found = None
    return found.file if found else None
