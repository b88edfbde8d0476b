"""The points a resident stands before: public."""

from django.db.models import QuerySet

from shangliang.foundation.codes import normalise_code
from shangliang.reports.models import ReportPoint
from shangliang.reports.states import PointState

MOST_BESIDE = 8


def point_at(code: str) -> ReportPoint | None:
    """Return the point a code on a wall leads to, open or closed, with its committee and area; None when unknown."""
    bare = normalise_code(code)
    return (
        ReportPoint.unscoped.filter(code=bare).select_related("committee", "area").first() if bare else None
    )


def open_points_beside(point: ReportPoint) -> QuerySet[ReportPoint]:
    """Return other open points of the same committee: where to go when this one is closed."""
    beside = ReportPoint.unscoped.filter(committee_id=point.committee_id, state=PointState.OPEN)
    return beside.exclude(pk=point.pk).order_by("pk")[:MOST_BESIDE]
