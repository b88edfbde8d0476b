"""What the screening desk and the officers' queue show."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When

from shangliang.foundation import roles
from shangliang.foundation.queries import day_table, deadline
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.people.models import Area
from shangliang.reports.models import (
    Joining,
    Lane,
    Matter,
    Recording,
    Reissue,
    Report,
    ReportPhoto,
    ReportPoint,
    ThreadEntry,
    ThreadKind,
    Unmasking,
)
from shangliang.reports.permissions import NOT_ON_THE_DESK, lines_of_threads, rows_of_reports
from shangliang.reports.queries.aparts import has_aparts
from shangliang.reports.queries.matters import matters_seen_by
from shangliang.reports.queries.reports import reports_seen_by
from shangliang.reports.queries.similar import STANDING
from shangliang.reports.rules import points_at_a_person
from shangliang.reports.states import WAITING, ReportState

MOST_MATTERS_TO_CHOOSE = 200
MOST_COUNTED = 1000  # beyond it a page says "more than": counting everything would cost more than showing it
BY_CLOCK, LATEST_FIRST = ("answer_due_on", "pk"), ("-answer_due_on", "-pk")
SOON_DAYS = 2  # working days: "soon due"
NEAR_ENOUGH = 3  # calendar days, where the day table does not reach


@dataclass(frozen=True)
class DeskFilter:
    """What the address bar asks for; "", 0, None and False mean any.

    ``state``: a pile of the desk (waiting, aside, banked, done) or all. ``area`` is an id (a street with its
    communities), ``point`` a code, ``clock`` late or soon, ``since`` and ``until`` bound the day it happened.
    """

    state: str = "waiting"
    area: int = 0
    channel: str = ""
    words: str = ""
    point: str = ""
    since: date | None = None
    until: date | None = None
    clock: str = ""
    is_spoken: bool = False
    claims: bool = False


def desk_queue(viewer: Viewer, wanted: DeskFilter, today: date) -> QuerySet[Report]:
    """Return the bare reports of the viewer's own committee that fit: what waits oldest clock first, the rest latest first.

    Slices of it are read through ``dressed``; nothing but the index is walked to find, count and turn pages.
    """
    if not isinstance(viewer, Appointed) or viewer.role not in roles.OFFICE:
        return Report.unscoped.none()
    rows = Report.unscoped.filter(_fits(wanted, today), committee_id=viewer.committee_id)
    if wanted.state == "all":
        return rows.exclude(state__in=NOT_ON_THE_DESK).order_by("-pk")
    return rows.order_by(*(BY_CLOCK if wanted.state in (Lane.WAITING, Lane.ASIDE) else LATEST_FIRST))


def dressed(viewer: Viewer, found: QuerySet[Report]) -> QuerySet[Report]:
    """Return a slice of the queue with everything a line shows, in its order: of the viewer's reports alone."""
    this, asked = OuterRef("pk"), {"kind": ThreadKind.QUESTION, "undone_at": None}
    rows = reports_seen_by(viewer).filter(pk__in=found.values("pk"))
    rows = rows.select_related("area", "point", "matter__category", "committee")
    questions = ThreadEntry.unscoped.filter(report=this, **asked).order_by("-at").values("at")
    return rows.annotate(
        has_photos=Exists(ReportPhoto.unscoped.filter(report=this)),
        is_asked=Exists(Unmasking.unscoped.filter(report=this, approved_at=None)),
        has_recording=Exists(Recording.unscoped.filter(report=this)),
        has_joinings=Exists(Joining.unscoped.filter(report=this)),
        has_aparts=has_aparts(),
        asked_at=Case(When(state=ReportState.ASKED, then=Subquery(questions[:1])), default=None),
    ).order_by(*found.query.order_by)


def dressed_report(viewer: Viewer, code: str) -> Report | None:
    """Return one report the viewer may see, wherever it lies, with everything its page asks about; or None."""
    return dressed(viewer, Report.unscoped.filter(code=code).order_by("pk")).first()


def next_after(viewer: Viewer, wanted: DeskFilter, today: date, report: Report) -> str:
    """Return the code of what stands behind a report in a queue by the clock, or "" at its end and in other lists."""
    if wanted.state not in (Lane.WAITING, Lane.ASIDE):
        return ""
    due = report.answer_due_on
    behind = Q(answer_due_on__gt=due) | Q(answer_due_on=due, pk__gt=report.pk)
    rows = desk_queue(viewer, wanted, today).filter(behind, answer_due_on__gte=due)
    return rows.exclude(state=ReportState.ASKED).values_list("code", flat=True).first() or ""


def _fits(wanted: DeskFilter, today: date) -> Q:
    fits = Q() if wanted.state == "all" else Q(lane=wanted.state)
    plain = {
        "channel": wanted.channel,
        "happened_on__gte": wanted.since,
        "happened_on__lte": wanted.until,
    }
    fits &= Q(**{name: value for name, value in plain.items() if value})
    if wanted.area:
        fits &= Q(area_id__in=Area.unscoped.filter(Q(pk=wanted.area) | Q(parent_id=wanted.area)).values("pk"))
    if wanted.point:
        fits &= Q(point_id__in=ReportPoint.unscoped.filter(code=wanted.point).values("pk"))
    if wanted.clock:
        fits &= _by_clock(wanted.clock, today)
    if wanted.is_spoken:
        fits &= Q(pk__in=Recording.unscoped.values("report_id"))
    if wanted.claims:
        fits &= Q(claims_matter_id__gt=0)
    return fits & _speaks_of(wanted.words) if wanted.words else fits


def _by_clock(clock: str, today: date) -> Q:
    """Of those without a first answer: late ones, or those due from today on within two working days."""
    unanswered = Q(first_answered_at=None, lane__in=(Lane.WAITING, Lane.ASIDE))
    if clock == "late":
        return unanswered & Q(answer_due_on__lt=today)
    try:
        last = deadline(today, SOON_DAYS)
    except LookupError:
        last = today + timedelta(days=NEAR_ENOUGH)
    return unanswered & Q(answer_due_on__gte=today, answer_due_on__lte=last)


def _speaks_of(word: str) -> Q:
    """Words in what was said, or a report's own code. A number that points at a person finds nothing by its digits."""
    of_that_code = Q(code__iexact=word)
    if points_at_a_person(word):
        return of_that_code
    return of_that_code | Q(text__icontains=word) | Q(title__icontains=word) | Q(place__icontains=word)


def how_many_banked(viewer: Viewer) -> int:
    """Return how many reports lie in the bank: worth a look when nothing waits."""
    return _own(viewer).filter(lane=Lane.BANKED)[:MOST_COUNTED].count()


def reports_on_desk(viewer: Viewer, codes: list[str]) -> QuerySet[Report]:
    """Return the viewer's reports of these codes: what was ticked."""
    return _own(viewer).filter(code__in=codes).select_related("matter", "area", "committee").order_by("pk")


def whole_thread_of(viewer: Viewer, report: Report) -> QuerySet[ThreadEntry]:
    """Return every line of the thread, those taken back as well: for the office's own view of the course."""
    mine = reports_seen_by(viewer).filter(pk=report.pk)
    return ThreadEntry.unscoped.filter(lines_of_threads(viewer), report__in=mine).order_by("at", "pk")


def joinings_of(viewer: Viewer, report: Report) -> QuerySet[Joining]:
    """Return when the report was moved to which matter, and back."""
    mine = reports_seen_by(viewer).filter(pk=report.pk)
    return Joining.unscoped.filter(report__in=mine).select_related("to_matter").order_by("joined_at", "pk")


def matters_to_join(viewer: Viewer, report: Report) -> QuerySet[Matter]:
    """Return the standing matters of the report's committee, latest first: where it may be joined by hand."""
    rows = matters_seen_by(viewer).filter(committee_id=report.committee_id, state__in=STANDING)
    latest = rows.exclude(pk=report.matter_id).values("pk")[:MOST_MATTERS_TO_CHOOSE]
    return matters_seen_by(viewer).filter(pk__in=latest)


def matter_to_join(viewer: Viewer, code: str) -> Matter | None:
    """Return one standing matter the viewer may see, or None."""
    return matters_seen_by(viewer).filter(state__in=STANDING, code=code).first()


def unmasking_waiting(viewer: Viewer, report: Report) -> Unmasking | None:
    """Return the asking for contact data that waits for a second person, or None."""
    mine = reports_seen_by(viewer).filter(pk=report.pk)
    rows = Unmasking.unscoped.filter(report__in=mine, approved_at=None).select_related("report")
    return rows.order_by("pk").first()


def reissue_waiting(viewer: Viewer, report: Report) -> Reissue | None:
    """Return the asking for a new receipt that waits for a second person, or None."""
    mine = reports_seen_by(viewer).filter(pk=report.pk)
    rows = Reissue.unscoped.filter(report__in=mine, approved_at=None).select_related("report")
    return rows.order_by("pk").first()


def held_reports(viewer: Viewer) -> QuerySet[Report]:
    """Return the locked queue, longest waiting first: for the officers of the committee alone."""
    if viewer.role != roles.OFFICER:
        return Report.unscoped.none()
    rows = Report.unscoped.filter(rows_of_reports(viewer), state=ReportState.HELD)
    return rows.select_related("area", "point", "matter", "committee").order_by("answer_due_on", "pk")


def get_held_report_for(viewer: Viewer, code: str) -> Report | None:
    """Return one report of the locked queue, or None."""
    return held_reports(viewer).filter(code=code).first()


def days_left(report: Report, today: date) -> int | None:
    """Return the working days to the first answer (negative when late), or None once it was given."""
    if report.first_answered_at or report.state not in (*WAITING, ReportState.HELD):
        return None
    try:
        left = day_table().working_days_between(today, report.answer_due_on)
    except LookupError:
        return (report.answer_due_on - today).days
    return -1 if left == 0 and report.answer_due_on < today else left


def _own(viewer: Viewer) -> QuerySet[Report]:
    if not isinstance(viewer, Appointed) or viewer.role not in roles.OFFICE:
        return Report.unscoped.none()
    return reports_seen_by(viewer).filter(committee_id=viewer.committee_id)
