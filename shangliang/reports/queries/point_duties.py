"""Who is in charge of which report point, and what somebody in charge sees of it: its state and public texts."""

from collections.abc import Sequence

from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Concat

from shangliang.foundation import roles
from shangliang.foundation.models import Publication
from shangliang.foundation.queries import published_in
from shangliang.foundation.viewer import Viewer
from shangliang.people.models import Appointment
from shangliang.people.queries import holders
from shangliang.reports.models import Matter, PointCheck, PointDuty, ReportPoint
from shangliang.reports.permissions import MAY_BE_IN_CHARGE
from shangliang.reports.queries.points import is_office_of, points_in_charge, points_seen_by

PUBLIC_TEXTS_SHOWN, PUBLIC_TEXTS_READ = 5, 100


def in_charge_of(point: ReportPoint) -> list[int]:
    """Return the appointments in charge of a point now: whom to tell."""
    duties = PointDuty.unscoped.filter(point=point, until_on=None, appointment__until_on=None)
    return list(duties.order_by("pk").values_list("appointment_id", flat=True))


def told_of_point(point: ReportPoint) -> list[int]:
    """Return everybody who was or may be told of a question about a point: the office, and all who were ever in charge."""
    office = holders(point.committee_id, *roles.OFFICE).values_list("pk", flat=True)
    duties = PointDuty.unscoped.filter(point=point).values_list("appointment_id", flat=True)
    return sorted({*office, *duties})


def is_in_charge(viewer: Viewer, point: ReportPoint) -> bool:
    """Tell whether the viewer acts in an appointment that is in charge of a point now."""
    return points_in_charge(viewer).filter(pk=point.pk).exists()


def duties_of(viewer: Viewer, point: ReportPoint) -> QuerySet[PointDuty]:
    """Return who is in charge of a point now, for the office alone."""
    rows = PointDuty.unscoped.filter(point=point, until_on=None).select_related("appointment__person")
    return rows.order_by("pk") if is_office_of(viewer, point) else rows.none()


def get_duty_for(viewer: Viewer, point: ReportPoint, pk: int) -> PointDuty | None:
    """Return one duty at a point, standing or over, for the office alone."""
    rows = PointDuty.unscoped.filter(point=point, pk=pk).select_related("point", "appointment__person")
    return rows.first() if is_office_of(viewer, point) else None


def who_may_be_in_charge(viewer: Viewer, point: ReportPoint) -> QuerySet[Appointment]:
    """Return the members and keepers of the point's committee who are not in charge of it yet, for the office alone."""
    rows = holders(point.committee_id, *MAY_BE_IN_CHARGE)
    if not is_office_of(viewer, point):
        return rows.none()
    return rows.exclude(pk__in=in_charge_of(point)).order_by("role", "person__name", "pk")


def checks_of(viewer: Viewer, point: ReportPoint) -> QuerySet[PointCheck]:
    """Return the questions about a point, latest first, for the office and whoever is in charge."""
    rows = PointCheck.unscoped.filter(point=point).select_related("point__committee")
    may_see = is_office_of(viewer, point) or is_in_charge(viewer, point)
    return rows.order_by("-asked_on", "-pk") if may_see else rows.none()


def get_point_cared_for(viewer: Viewer, code: str) -> ReportPoint | None:
    """Return the point that has or had a code, for the office and for whoever is in charge of it; None for others."""
    is_office = viewer.role in roles.OFFICE
    rows = points_seen_by(viewer) if is_office else points_in_charge(viewer)
    return rows.filter(code=code).first() or rows.filter(retired_codes__code=code).first()


def public_texts_near(viewer: Viewer, points: Sequence[ReportPoint]) -> dict[int, list[Publication]]:
    """Return, for each point, the latest published texts about matters of its community (or street), by the point's id.

    Words everybody may read, found with two queries.
    """
    areas = {point.area_id for point in points if point.area_id}
    if not areas:
        return {}
    here = Q(area_id__in=areas) | Q(area__parent_id__in=areas)
    matters = Matter.unscoped.filter(here, committee_id=points[0].committee_id)
    subject = Concat(Value("matter:"), F("code"), output_field=CharField())
    rows = published_in(viewer, points[0].committee_id, "matter").filter(kind="matter", replaced_at=None)
    texts = list(rows.filter(subject__in=matters.annotate(said=subject).values("said"))[:PUBLIC_TEXTS_READ])
    places = matters.filter(code__in=[one.subject.partition(":")[2] for one in texts])
    where = {
        f"matter:{code}": around for code, *around in places.values_list("code", "area_id", "area__parent_id")
    }
    return {
        point.pk: [one for one in texts if point.area_id in where[one.subject]][:PUBLIC_TEXTS_SHOWN]
        for point in points
        if point.area_id
    }
