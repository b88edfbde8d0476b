"""What the screening desk and the officers' queue show."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from shangliang.foundation import roles
from shangliang.foundation.queries import day_table
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.reports.models import Joining, Matter, Report, ReportPhoto, ThreadEntry, Unmasking
from shangliang.reports.permissions import rows_of_reports
from shangliang.reports.queries.matters import matters_seen_by
from shangliang.reports.queries.reports import reports_seen_by
from shangliang.reports.queries.similar import STANDING
from shangliang.reports.rules import points_at_a_person
from shangliang.reports.states import WAITING, ReportState

SHOWN_STATES = {"waiting": WAITING, "banked": (ReportState.BANKED,), "all": ()}
MOST_MATTERS_TO_CHOOSE = 200


@dataclass(frozen=True)
class DeskFilter:
    """What the address bar asks for: state waiting, banked or all; an area's id, a channel, words; 0 and "" mean any."""

    state: str = "waiting"
    area: int = 0
    channel: str = ""
    words: str = ""


def desk_queue(viewer: Viewer, wanted: DeskFilter) -> QuerySet[Report]:
    """Return the reports of the viewer's own committee that fit: waiting ones oldest clock first, others latest first."""
    this = OuterRef("pk")
    rows = _own(viewer).filter(_fits(wanted)).select_related("area", "point", "matter", "committee")
    rows = rows.annotate(
        has_photos=Exists(ReportPhoto.unscoped.filter(report=this)),
        is_asked=Exists(Unmasking.unscoped.filter(report=this, approved_at=None)),
    )
    return rows.order_by("answer_due_on", "pk") if wanted.state == "waiting" else rows.order_by("-pk")


def _fits(wanted: DeskFilter) -> Q:
    fits = Q(state__in=SHOWN_STATES[wanted.state]) if SHOWN_STATES[wanted.state] else Q()
    if wanted.area:
        fits &= Q(area_id=wanted.area)
    if wanted.channel:
        fits &= Q(channel=wanted.channel)
    if wanted.words:
        fits &= _speaks_of(wanted.words)
    return fits


def _speaks_of(word: str) -> Q:
    """Words in what was said, or a report's own code. A number that points at a person finds nothing by its digits."""
    of_that_code = Q(code__iexact=word)
    if points_at_a_person(word):
        return of_that_code
    return of_that_code | Q(text__icontains=word) | Q(title__icontains=word) | Q(place__icontains=word)


def how_many_banked(viewer: Viewer) -> int:
    """Return how many reports lie in the bank: worth a look when nothing waits."""
    return _own(viewer).filter(state=ReportState.BANKED).count()


def reports_on_desk(viewer: Viewer, codes: list[str]) -> QuerySet[Report]:
    """Return the viewer's reports of these codes: what was ticked."""
    return _own(viewer).filter(code__in=codes).select_related("matter", "area", "committee").order_by("pk")


def whole_thread_of(viewer: Viewer, report: Report) -> QuerySet[ThreadEntry]:
    """Return every line of the thread, those taken back as well: for the office's own view of the course."""
    mine = reports_seen_by(viewer).filter(pk=report.pk)
    return ThreadEntry.unscoped.filter(report__in=mine).order_by("at", "pk")


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
    return Unmasking.unscoped.filter(report__in=mine, approved_at=None).order_by("pk").first()


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
