"""Report points as the office and the keepers see them."""

from datetime import date, timedelta

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from shangliang.foundation import roles
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.reports.models import Report, ReportPoint
from shangliang.reports.permissions import NOT_ON_THE_DESK
from shangliang.reports.states import PointState

DAYS_LOOKED_BACK = 30


def points_seen_by(viewer: Viewer) -> QuerySet[ReportPoint]:
    """Return the points of the viewer's own committee by name, for the office and keepers; nobody else has a list."""
    if not isinstance(viewer, Appointed) or viewer.role not in (*roles.OFFICE, roles.KEEPER):
        return ReportPoint.unscoped.none()
    return (
        ReportPoint.unscoped.filter(committee_id=viewer.committee_id)
        .select_related("area", "committee")
        .order_by("name", "pk")
    )


def points_with_counts(viewer: Viewer, today: date) -> QuerySet[ReportPoint]:
    """Return the points with ``heard``: reports of what happened in the last 30 days, a plain fact. For the office alone.

    Locked and withdrawn reports are not counted: a number that grows while the desk stays still would betray them.
    """
    if viewer.role not in roles.OFFICE:
        return ReportPoint.unscoped.none()
    since = today - timedelta(days=DAYS_LOOKED_BACK)
    heard = (
        Report.unscoped.filter(point=OuterRef("pk"), happened_on__gt=since)
        .exclude(state__in=NOT_ON_THE_DESK)
        .order_by()
        .values("point")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return points_seen_by(viewer).annotate(heard=Coalesce(Subquery(heard), 0))


def open_points_of(viewer: Viewer) -> QuerySet[ReportPoint]:
    """Return the open points a report may be entered for."""
    return points_seen_by(viewer).filter(state=PointState.OPEN)


def get_point_for(viewer: Viewer, code: str) -> ReportPoint | None:
    """Return one point of the viewer's committee, or None."""
    return points_seen_by(viewer).filter(code=code).first()
