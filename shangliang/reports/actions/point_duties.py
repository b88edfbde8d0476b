"""Who is in charge of a report point: members and community staff, put there and taken off by the office."""

from datetime import datetime

from django.utils.translation import gettext as _

from shangliang.foundation import clock, roles
from shangliang.foundation.business import action
from shangliang.foundation.moves import check_role, record_fact
from shangliang.foundation.refusals import AlreadyDone, Refusal, WrongState
from shangliang.foundation.viewer import Viewer
from shangliang.people.models import Appointment
from shangliang.reports import notices
from shangliang.reports.actions.screening import check_reach
from shangliang.reports.models import PointDuty, ReportPoint
from shangliang.reports.permissions import MAY_BE_IN_CHARGE


@action
def put_in_charge(point: ReportPoint, *, appointment: Appointment, by: Viewer, at: datetime) -> PointDuty:
    """Put a member or a keeper in charge of a point and tell them. They see its state and public texts, never a report.

    Refuses other roles, people of another committee or no longer appointed, and whoever is in charge already.
    """
    check_role(by, roles.OFFICE)
    check_reach(by, point)
    ReportPoint.unscoped.select_for_update(of=("self",)).get(pk=point.pk)
    today = clock.day_of(at)
    if appointment.role not in MAY_BE_IN_CHARGE or appointment.committee_id != point.committee_id:
        raise Refusal(_("只能请本政协的委员或直报点联络人负责。"))
    if appointment.until_on is not None and appointment.until_on < today:
        raise Refusal(_("这位已经不在任，请另选一位。"))
    if PointDuty.unscoped.filter(point=point, appointment=appointment, until_on=None).exists():
        raise AlreadyDone(_("这位已经在负责这个点了。"))
    duty = PointDuty(point=point, appointment=appointment, from_on=today)
    duty.save(force_insert=True)
    record_fact(point, "point.put_in_charge", by=by, at=at, facts={"appointment": appointment.pk})
    notices.to_put_in_charge(duty, at)
    return duty


@action
def take_off_duty(duty: PointDuty, *, by: Viewer, at: datetime) -> PointDuty:
    """Take somebody off a point from now on. Refuses whoever is off it already."""
    check_role(by, roles.OFFICE)
    check_reach(by, duty.point)
    locked = PointDuty.unscoped.select_for_update(of=("self",)).get(pk=duty.pk)
    if locked.until_on is not None:
        raise WrongState(_("这位已经不负责这个点了。"))
    duty.until_on = clock.day_of(at)
    duty.save(update_fields=["until_on"])
    record_fact(duty.point, "point.take_off_duty", by=by, at=at, facts={"appointment": duty.appointment_id})
    return duty
