"""The points a resident stands before: public."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, IntegerField, QuerySet, Value, When

from shangliang.foundation.codes import normalise_code
from shangliang.reports.models import ReportPoint, RetiredCode
from shangliang.reports.states import PointState

MOST_BESIDE = 8


@dataclass(frozen=True)
class CodeOnWall:
    """Where a scanned code leads: its point, and whether the code was changed or revoked so that it leads no further."""

    point: ReportPoint
    was_changed: bool = False
    was_revoked: bool = False


def code_on_wall(code: str, on: date) -> CodeOnWall | None:
    """Return where a code leads on a day; None for a code that was never given out. An old code leads on to its last day."""
    bare = normalise_code(code)
    if not bare:
        return None
    point = ReportPoint.unscoped.filter(code=bare).select_related("committee", "area").first()
    if point:
        return CodeOnWall(point)
    old = RetiredCode.unscoped.filter(code=bare).select_related("point__committee", "point__area").first()
    if old is None:
        return None
    is_over = old.leads_until is None or old.leads_until < on
    return CodeOnWall(old.point, is_over, old.leads_until is None)


def point_at(code: str) -> ReportPoint | None:
    """Return the point a code stands or once stood for, open or closed, with its committee and area; None when unknown."""
    found = code_on_wall(code, date.min)
    return found.point if found else None


def open_points_beside(point: ReportPoint, with_itself: bool = False) -> QuerySet[ReportPoint]:
    """Return other open points of the same committee, the nearest first: same community, same street, then the rest.

    ``with_itself`` lists the point too, first: for somebody who stands before an old poster of it.
    """
    beside = ReportPoint.unscoped.filter(committee_id=point.committee_id, state=PointState.OPEN)
    if not with_itself:
        beside = beside.exclude(pk=point.pk)
    return beside.annotate(distance=_distance(point)).order_by("distance", "name", "pk")[:MOST_BESIDE]


def _distance(point: ReportPoint) -> Case:
    area = point.area
    near = [When(pk=point.pk, then=Value(0))]
    if area is not None:
        near.append(When(area_id=area.pk, then=Value(1)))
        near.append(When(area__parent_id=area.parent_id or area.pk, then=Value(2)))
    return Case(*near, default=Value(3), output_field=IntegerField())
