"""Direct report points: open one, close it, open it again."""

from datetime import datetime

from django.utils.translation import gettext as _

from shangliang.foundation import clock, roles
from shangliang.foundation.business import action
from shangliang.foundation.codes import short_code
from shangliang.foundation.moves import check_role, move, record_fact
from shangliang.foundation.refusals import Refusal
from shangliang.foundation.viewer import Viewer
from shangliang.people.models import Area, Committee
from shangliang.reports.actions.screening import check_reach
from shangliang.reports.models import ReportPoint
from shangliang.reports.states import CLOSE_POINT, OPEN_POINT
from shangliang.ui.clean import on_one_line

POINT_SYMBOLS = 8


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
    """Close a point: its code leads to a sentence and the phone number from then on."""
    check_reach(by, point)
    return move(point, CLOSE_POINT, by=by, at=at)


@action
def reopen_point(point: ReportPoint, *, by: Viewer, at: datetime) -> ReportPoint:
    """Open a closed point again: the posters on the walls work again."""
    check_reach(by, point)
    return move(point, OPEN_POINT, by=by, at=at)


def _free_code() -> str:
    code = short_code(POINT_SYMBOLS)
    while ReportPoint.unscoped.filter(code=code).exists():
        code = short_code(POINT_SYMBOLS)
    return code
