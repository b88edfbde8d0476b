"""Report points as the office, the keepers and whoever is in charge of one see them."""

from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from shangliang.foundation import roles
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.reports.models import PointCheck, PointDuty, Report, ReportPoint, RetiredCode
from shangliang.reports.permissions import MAY_BE_IN_CHARGE, NOT_ON_THE_DESK
from shangliang.reports.states import PointState

DAYS_LOOKED_BACK = 30


def points_seen_by(viewer: Viewer) -> QuerySet[ReportPoint]:
    """Return points of the viewer's own committee by name: all for the office and keepers, a member's own few.

    Nobody else has a list.
    """
    if isinstance(viewer, Appointed) and viewer.role == roles.MEMBER:
        return points_in_charge(viewer)
    if not isinstance(viewer, Appointed) or viewer.role not in (*roles.OFFICE, roles.KEEPER):
        return ReportPoint.unscoped.none()
    return _by_name(ReportPoint.unscoped.filter(committee_id=viewer.committee_id))


def points_in_charge(viewer: Viewer) -> QuerySet[ReportPoint]:
    """Return the points a member or keeper is in charge of now, by name; none for anybody else."""
    if not isinstance(viewer, Appointed) or viewer.role not in MAY_BE_IN_CHARGE:
        return ReportPoint.unscoped.none()
    mine = PointDuty.unscoped.filter(
        point=OuterRef("pk"), appointment_id=viewer.appointment_id, until_on=None
    )
    own = ReportPoint.unscoped.filter(committee_id=viewer.committee_id)
    return _with_open_check(_by_name(own.filter(Exists(mine))))


def points_with_counts(viewer: Viewer, today: date) -> QuerySet[ReportPoint]:
    """Return the points by name with ``heard`` (of the last 30 days) and ``heard_in_all``, plain facts, and whether a
    question is open. For the office alone; there is no other order, since a list sorted by a count is a ranking.

    Locked and withdrawn reports are not counted: a number that grows while the desk stays still would betray them.
    """
    if viewer.role not in roles.OFFICE:
        return ReportPoint.unscoped.none()
    since = today - timedelta(days=DAYS_LOOKED_BACK)
    counted = (
        Report.unscoped.filter(point=OuterRef("pk"))
        .exclude(state__in=NOT_ON_THE_DESK)
        .order_by()
        .values("point")
        .annotate(late=Count("pk", filter=Q(happened_on__gt=since)), number=Count("pk"))
    )
    return _with_open_check(points_seen_by(viewer)).annotate(
        heard=Coalesce(Subquery(counted.values("late")), 0),
        heard_in_all=Coalesce(Subquery(counted.values("number")), 0),
    )


def open_points_of(viewer: Viewer) -> QuerySet[ReportPoint]:
    """Return the open points a report may be entered for."""
    return points_seen_by(viewer).filter(state=PointState.OPEN)


def get_point_for(viewer: Viewer, code: str) -> ReportPoint | None:
    """Return one point the viewer sees by the code it has now, or None."""
    return points_seen_by(viewer).filter(code=code).first()


def get_point_once_at(viewer: Viewer, code: str) -> ReportPoint | None:
    """Return the point the viewer sees that once had this code, or None: an old link leads on to the new one."""
    return points_seen_by(viewer).filter(retired_codes__code=code).first()


def retired_codes_of(viewer: Viewer, point: ReportPoint) -> QuerySet[RetiredCode]:
    """Return a point's earlier codes, latest first, for the office alone."""
    if not is_office_of(viewer, point):
        return RetiredCode.unscoped.none()
    return RetiredCode.unscoped.filter(point=point).select_related("point").order_by("-retired_at", "-pk")


def is_office_of(viewer: Viewer, point: ReportPoint) -> bool:
    """Tell whether the viewer works in the office the point belongs to."""
    own = viewer.committee_id if isinstance(viewer, Appointed) and viewer.role in roles.OFFICE else None
    return own == point.committee_id


def codes_of(point: ReportPoint) -> list[str]:
    """Return every code a point has or had, the present one first."""
    old = RetiredCode.unscoped.filter(point=point).order_by("-retired_at", "-pk")
    return [point.code, *old.values_list("code", flat=True)]


def _by_name(rows: QuerySet[ReportPoint]) -> QuerySet[ReportPoint]:
    return rows.select_related("area", "committee").order_by("name", "pk")


def _with_open_check(rows: QuerySet[ReportPoint]) -> QuerySet[ReportPoint]:
    asked = PointCheck.unscoped.filter(point=OuterRef("pk"), answered_on=None)
    return rows.annotate(asked_on=Subquery(asked.values("asked_on")[:1]))
