"""Direct report points: open one, close it, open it again, change or revoke its code."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from shangliang.foundation import clock, roles
from shangliang.foundation.business import action
from shangliang.foundation.codes import short_code
from shangliang.foundation.moves import check_role, move, record_fact
from shangliang.foundation.refusals import Refusal, WrongState
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.people.models import Area, Committee
from shangliang.reports.actions.point_checks import drop_open_check
from shangliang.reports.actions.screening import check_reach
from shangliang.reports.models import ReportPoint, RetiredCode
from shangliang.reports.states import CLOSE_POINT, OPEN_POINT
from shangliang.ui.clean import on_one_line

POINT_SYMBOLS = 8
LONGEST_GRACE_DAYS = 366


@action
def open_point(
    *, committee: Committee, area: Area | None, name: str, where: str, phone: str, by: Viewer, at: datetime
) -> ReportPoint:
    """Open a report point with a random code, unique over the instance. Refuses an empty name and a foreign area."""
    check_role(by, (*roles.OFFICE, roles.SYSTEM))
    named = on_one_line(name)
    if not named:
        raise Refusal(_("给直报点起个名字，例如“柳岸社区直报点”。"))
    if area is not None and area.committee_id != committee.pk:
        raise Refusal(_("这个社区不在您的区里。"))
    row = ReportPoint(
        committee=committee,
        area=area,
        code=_free_code(),
        name=named[:60],
        where=on_one_line(where)[:120],
        phone=on_one_line(phone)[:40],
        opened_on=clock.day_of(at),
    )
    check_reach(by, row)
    row.save(force_insert=True)
    record_fact(row, "point.create", by=by, at=at, facts={"area": area.pk if area else None})
    return row


@action
def close_point(point: ReportPoint, *, by: Viewer, at: datetime) -> ReportPoint:
    """Close a point: its code leads to a sentence and the phone number from then on. Nobody is asked about it any more."""
    check_reach(by, point)
    move(point, CLOSE_POINT, by=by, at=at)
    drop_open_check(point, at)
    return point


@action
def reopen_point(point: ReportPoint, *, by: Viewer, at: datetime) -> ReportPoint:
    """Open a closed point again: the posters on the walls work again."""
    check_reach(by, point)
    return move(point, OPEN_POINT, by=by, at=at)


@action
def rotate_code(point: ReportPoint, *, leads_until: date | None, by: Viewer, at: datetime) -> ReportPoint:
    """Give a point a new random code; the old one leads to the form up to and with ``leads_until`` (None: not at all).

    The old code is kept as retired and never given out again. Refuses (WrongState) a point whose code somebody has
    changed since it was read, and a last day that is over or more than a year away.
    """
    today = clock.day_of(at)
    if leads_until is not None and not today <= leads_until <= today + timedelta(days=LONGEST_GRACE_DAYS):
        raise Refusal(_("旧码用到哪天，要在今天以后、一年以内。要它马上停用，请选“马上停用”。"))
    return _change_code(point, "point.rotate", leads_until, by=by, at=at)


@action
def revoke_code(point: ReportPoint, *, by: Viewer, at: datetime) -> ReportPoint:
    """Give a point a new code and stop the old one at once: it leads to the sentence that the code was changed."""
    return _change_code(point, "point.revoke", None, by=by, at=at)


@action
def stop_old_code(retired: RetiredCode, *, by: Viewer, at: datetime) -> RetiredCode:
    """Stop an old code before its last day. Refuses one that leads nowhere any more."""
    check_role(by, roles.OFFICE)
    check_reach(by, retired.point)
    locked = RetiredCode.unscoped.select_for_update().get(pk=retired.pk)
    if locked.leads_until is None or locked.leads_until < clock.day_of(at):
        raise WrongState(_("这个旧码已经停用了。"))
    locked.leads_until = None
    locked.save(update_fields=["leads_until"])
    record_fact(retired.point, "point.stop_old_code", by=by, at=at, facts={"old": locked.code})
    return locked


def _change_code(
    point: ReportPoint, verb: str, leads_until: date | None, *, by: Viewer, at: datetime
) -> ReportPoint:
    check_role(by, roles.OFFICE)
    check_reach(by, point)
    locked = ReportPoint.unscoped.select_for_update(of=("self",)).get(pk=point.pk)
    if locked.code != point.code:
        raise WrongState(_("这个点刚才已经换过码了。请先看看现在的码。"))
    RetiredCode(
        point=point,
        code=locked.code,
        retired_at=at,
        leads_until=leads_until,
        appointment=by.appointment_id if isinstance(by, Appointed) else None,
    ).save(force_insert=True)
    point.code = _free_code()
    point.save(update_fields=["code"])
    facts = {"before": locked.code, "leads_until": leads_until}
    record_fact(point, verb, by=by, at=at, facts=facts)
    return point


def _free_code() -> str:
    code = short_code(POINT_SYMBOLS)
    while _was_given_out(code):
        code = short_code(POINT_SYMBOLS)
    return code


def _was_given_out(code: str) -> bool:
    """Codes that stand first, then retired ones: a code moves that way, so it cannot slip through between the two looks."""
    return ReportPoint.unscoped.filter(code=code).exists() or RetiredCode.unscoped.filter(code=code).exists()
