"""Reports that lie apart for how they came, not for what they say."""

from django.db.models import QuerySet

from shangliang.foundation import roles
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.reports.models import Report
from shangliang.reports.queries.reports import reports_seen_by
from shangliang.reports.states import WAITING


def reports_set_aside(viewer: Viewer) -> QuerySet[Report]:
    """Return the waiting reports of the viewer's own committee that were set aside, oldest clock first; office alone."""
    if not isinstance(viewer, Appointed) or viewer.role not in roles.OFFICE:
        return Report.unscoped.none()
    rows = reports_seen_by(viewer).filter(committee_id=viewer.committee_id, state__in=WAITING)
    rows = rows.exclude(set_aside="").select_related("area", "point", "matter", "committee")
    return rows.order_by("answer_due_on", "pk")


def set_aside_count(viewer: Viewer) -> int:
    """Return how many reports wait apart from the queue."""
    return reports_set_aside(viewer).count()
