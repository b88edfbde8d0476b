"""Reading a reporter's contact takes two people and a reason, and the reporter is told."""

from datetime import datetime

from django.utils.translation import gettext as _

from shangliang.foundation import clock, roles, vault
from shangliang.foundation.business import action
from shangliang.foundation.moves import check_role, record_fact
from shangliang.foundation.outbox import hand_over
from shangliang.foundation.refusals import AlreadyDone, NotYours, Refusal
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.people.queries import holders
from shangliang.reports.actions.screening import check_reach, tell
from shangliang.reports.models import Report, ThreadKind, Unmasking
from shangliang.ui.clean import on_one_line


@action
def ask_unmask(report: Report, *, reason: str, by: Viewer, at: datetime) -> Unmasking:
    """Ask to read the contact, with a reason. Refuses without one, without contact, and while another asking waits."""
    asker = _person(by, report)
    because = on_one_line(reason)
    if not because or len(because) > 200:
        raise Refusal(_("写明为什么要看联系方式，不超过 200 个字。反映人会看到这句话。"))
    if not report.contact_handle:
        raise Refusal(_("反映人没有留联系方式，或已经删除。"))
    if Unmasking.unscoped.filter(report=report, approved_at=None).exists():
        raise AlreadyDone(_("已经有人申请过了，请另一位同事来同意。"))
    row = Unmasking(report=report, reason=because, asked_by=asker.person_id, asked_at=at)
    row.save(force_insert=True)
    record_fact(report, "report.ask_unmask", by=by, at=at)
    _tell_colleagues(row, asker, at)
    return row


@action
def approve_unmask(unmasking: Unmasking, *, by: Viewer, at: datetime) -> str:
    """Open the contact once and return it. Refuses the person who asked, a second opening, and contact that is gone."""
    locked = Unmasking.unscoped.select_for_update(of=("self",)).select_related("report").get(pk=unmasking.pk)
    second = _person(by, locked.report)
    if locked.asked_by == second.person_id:
        raise NotYours(_("要另一位同事同意，申请的人自己不能同意。"))
    if locked.approved_at:
        raise AlreadyDone(_("这次申请已经用过了，要再看请重新申请。"))
    locked.approved_by, locked.approved_at = second.person_id, at
    locked.save(update_fields=["approved_by", "approved_at"])
    contact = vault.unseal(locked.report.contact_handle)
    record_fact(locked.report, "report.unmask", by=by, at=at)
    day = clock.day_of(at)
    tell(
        locked.report,
        ThreadKind.NOTICE,
        _("工作人员%(month)s月%(day)s日为了“%(reason)s”，看了您留的联系方式。")
        % {"month": day.month, "day": day.day, "reason": locked.reason},
        by=by,
        at=at,
    )
    return contact


def _person(by: Viewer, report: Report) -> Appointed:
    check_role(by, roles.OFFICE)
    check_reach(by, report)
    if not isinstance(by, Appointed):
        raise NotYours(_("要由有名有姓的工作人员来做。"))
    return by


def _tell_colleagues(row: Unmasking, asker: Appointed, at: datetime) -> None:
    for colleague in holders(row.report.committee_id, *roles.OFFICE):
        if colleague.person_id != asker.person_id:
            hand_over(
                effect=f"report.unmask.{row.pk}.{colleague.pk}",
                appointment=colleague.pk,
                subject=_("有同事申请看一条线索的联系方式"),
                link=f"/desk/?r={row.report.code}",
                at=at,
                body=_("线索 %(code)s，请您看看理由，再决定同意不同意。") % {"code": row.report.code},
            )
