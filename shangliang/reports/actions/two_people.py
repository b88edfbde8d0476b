"""What takes two people: one asks, another agrees within a week, once."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from shangliang.foundation import roles
from shangliang.foundation.moves import check_role
from shangliang.foundation.outbox import hand_over
from shangliang.foundation.refusals import AlreadyDone, NotYours, Refusal, WrongState
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.people.queries import holders
from shangliang.reports.actions.screening import check_reach
from shangliang.reports.models import Report
from shangliang.reports.permissions import NOT_ON_THE_DESK

MAY_WAIT = timedelta(days=7)  # calendar days an asking may be agreed to


def on_the_desk(report: Report) -> Report:
    """Return the report locked and fresh. Refuses one that is locked away or withdrawn: the office does not see it."""
    locked = Report.unscoped.select_for_update(of=("self",)).select_related("matter").get(pk=report.pk)
    if locked.state in NOT_ON_THE_DESK:
        raise WrongState(_("这条线索已经不在筛选台上。"))
    return locked


def person_of_office(by: Viewer, report: Report) -> Appointed:
    """Return who acts. Refuses anybody who is not of the office that sees the report."""
    check_role(by, roles.OFFICE)
    check_reach(by, report)
    if not isinstance(by, Appointed):
        raise NotYours(_("要由有名有姓的工作人员来做。"))
    return by


def check_second(asked: Any, second: Appointed, at: datetime) -> None:
    """Refuse the person who asked, in whatever appointment, an asking that was used, and one older than a week."""
    _refuse_the_same_person(asked, second)
    _refuse_what_was_used(asked)
    if is_stale(asked, at):
        raise Refusal(_("这次申请放了 7 天没人同意，不能再用了。还要的话请重新申请。"))


def is_stale(asked: Any, at: datetime) -> bool:
    """Tell whether an asking waited too long."""
    return bool(asked.asked_at < at - MAY_WAIT)


def tell_colleagues(
    report: Report, asker: Appointed, *, effect: str, subject: str, link: str, at: datetime
) -> None:
    """Put it before everybody of the office but the person who asked."""
    body = _("线索 %(code)s，请您看看理由，再决定同意不同意。") % {"code": report.code}
    for colleague in holders(report.committee_id, *roles.OFFICE):
        if colleague.person_id != asker.person_id:
            hand_over(
                effect=f"{effect}.{colleague.pk}", appointment=colleague.pk, subject=subject, link=link, at=at,
                body=body,
            )  # fmt: skip


def _refuse_the_same_person(asked: Any, second: Appointed) -> None:
    if asked.asked_by == second.person_id:
        raise NotYours(_("要另一位同事同意，申请的人自己不能同意。"))


def _refuse_what_was_used(asked: Any) -> None:
    if asked.approved_at:
        raise AlreadyDone(_("这次申请已经用过了，要再来请重新申请。"))
