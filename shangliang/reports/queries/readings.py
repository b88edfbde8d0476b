"""Who has read a report, and the added words that only the officers may read."""

from django.db.models import Q, QuerySet

from shangliang.foundation import roles
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.reports.models import Reading, Report, ThreadEntry
from shangliang.reports.queries.reports import reports_seen_by
from shangliang.reports.states import ReportState


def readings_of(viewer: Viewer, report: Report) -> QuerySet[Reading]:
    """Return which roles and units have read a report the viewer may see, the first reader first."""
    mine = reports_seen_by(viewer).filter(pk=report.pk)
    return Reading.unscoped.filter(report__in=mine).order_by("first_read_at", "pk")


def has_read(viewer: Viewer, report: Report) -> bool:
    """Tell whether somebody in the viewer's role is noted already as a reader."""
    return Reading.unscoped.filter(report=report, role=viewer.role).exists()


def locked_words(viewer: Viewer) -> QuerySet[ThreadEntry]:
    """Return the added words that are locked, oldest first: for the officers of the committee alone."""
    if not isinstance(viewer, Appointed) or viewer.role != roles.OFFICER:
        return ThreadEntry.unscoped.none()
    standing = ~Q(report__state=ReportState.WITHDRAWN)
    rows = ThreadEntry.unscoped.filter(standing, is_locked=True, report__committee_id=viewer.committee_id)
    return rows.select_related("report", "report__committee").order_by("at", "pk")


def get_locked_words_for(viewer: Viewer, pk: int) -> ThreadEntry | None:
    """Return one locked addition, or None."""
    return locked_words(viewer).filter(pk=pk).first()
