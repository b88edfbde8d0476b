"""Is it still up? A question to the office about a point that has been quiet; never a duty, never a comparison."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from shangliang.foundation import clock, roles
from shangliang.foundation.business import action
from shangliang.foundation.moves import check_role, record_fact
from shangliang.foundation.outbox import settle
from shangliang.foundation.refusals import NotYours, Refusal, WrongState
from shangliang.foundation.viewer import Appointed, System, Viewer
from shangliang.people.queries import all_committees, setting
from shangliang.reports import notices
from shangliang.reports.actions.screening import check_reach
from shangliang.reports.models import PointCheck, PointFinding, ReportPoint
from shangliang.reports.permissions import MAY_BE_IN_CHARGE
from shangliang.reports.queries.point_duties import is_in_charge, told_of_point
from shangliang.reports.queries.points import codes_of
from shangliang.reports.queries.quiet_points import quiet_points
from shangliang.ui.clean import on_one_line

LONGEST_NOTE = 120


def ask_about_quiet_points(at: datetime) -> int:
    """Ask about each open point that was quiet for its committee's number of weeks. Return how many questions came of it."""
    return sum(ask_about_quiet_points_of(committee.pk, at) for committee in all_committees())


def ask_about_quiet_points_of(committee_id: int, at: datetime) -> int:
    """Ask about the quiet points of one committee. Return how many questions came of it."""
    today, weeks = clock.day_of(at), setting(committee_id, "quiet_point_weeks")
    return sum(
        _ask_about(point, weeks, today, at)
        for point in quiet_points(committee_id, today - timedelta(weeks=weeks))
    )


@action
def _ask_about(point: ReportPoint, weeks: int, today: date, at: datetime) -> int:
    """Ask about one point, unless somebody closed it, asked, or was heard through it meanwhile."""
    locked = ReportPoint.unscoped.select_for_update(of=("self",)).get(pk=point.pk)
    if not quiet_points(point.committee_id, today - timedelta(weeks=weeks), point.pk):
        return 0
    PointCheck(point=locked, asked_on=today).save(force_insert=True)
    by = System("ask_quiet_points", point.committee_id)
    record_fact(locked, "point.ask", by=by, at=at, facts={"weeks": weeks})
    notices.to_ask_about_point(locked, weeks, today, at)
    return 1


@action
def answer_check(check: PointCheck, *, finding: str, note: str, by: Viewer, at: datetime) -> PointCheck:
    """Answer whether a point still hangs: up, damaged or gone, with a note. Nobody has to; a quiet point is no fault.

    Refuses whoever neither belongs to the office nor is in charge of the point, another finding, and a question that
    somebody has answered meanwhile. Where something is broken, the office is told.
    """
    point = check.point
    _check_may_answer(by, point)
    if finding not in PointFinding.values:
        raise Refusal(_("选一下：还在、破了，还是不见了。"))
    locked = PointCheck.unscoped.select_for_update(of=("self",)).get(pk=check.pk)
    if locked.answered_on is not None:
        raise WrongState(_("刚才已经有人看过、答过了，不用再答。"))
    check.answered_on, check.finding = clock.day_of(at), finding
    check.note = on_one_line(note)[:LONGEST_NOTE]
    check.appointment = by.appointment_id if isinstance(by, Appointed) else None
    check.save(update_fields=["answered_on", "finding", "note", "appointment"])
    record_fact(point, "point.check", by=by, at=at, facts={"finding": finding})
    settle_question(point, at)
    if finding != PointFinding.UP and by.role not in roles.OFFICE:
        notices.to_office_point_down(check, at)
    return check


def drop_open_check(point: ReportPoint, at: datetime) -> None:
    """Take back the question about a point that was closed: nobody need look any more. Call it inside an action."""
    PointCheck.unscoped.filter(point=point, answered_on=None).update(answered_on=clock.day_of(at))
    settle_question(point, at)


def settle_question(point: ReportPoint, at: datetime) -> None:
    """Mark as read what people were told about the question. Call it inside an action."""
    told = told_of_point(point)
    for code in codes_of(point):
        settle(appointments=told, link=notices.page_of_check(code), at=at)


def _check_may_answer(by: Viewer, point: ReportPoint) -> None:
    check_role(by, (*roles.OFFICE, *MAY_BE_IN_CHARGE))
    if by.role in roles.OFFICE:
        check_reach(by, point)
    elif not is_in_charge(by, point):
        raise NotYours(_("这个点不归您负责。"))
