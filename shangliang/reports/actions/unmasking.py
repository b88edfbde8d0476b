"""Reading a reporter's contact takes two people and a reason, and the reporter is told."""

from datetime import datetime

from django.utils.translation import gettext as _

from shangliang.foundation import clock, vault
from shangliang.foundation.business import action
from shangliang.foundation.moves import record_fact
from shangliang.foundation.refusals import AlreadyDone, Refusal
from shangliang.foundation.site_language import in_site_language
from shangliang.foundation.viewer import Viewer
from shangliang.reports.actions.screening import tell
from shangliang.reports.actions.two_people import (
    MAY_WAIT,
    check_second,
    on_the_desk,
    person_of_office,
    tell_colleagues,
)
from shangliang.reports.models import Report, ThreadKind, Unmasking
from shangliang.ui.clean import on_one_line


@action
def ask_unmask(report: Report, *, reason: str, by: Viewer, at: datetime) -> Unmasking:
    """Ask to read the contact, with a reason. Refuses without one, without contact, and while another asking waits.

    An asking nobody agreed to within a week makes way for a new one.
    """
    asker = person_of_office(by, report)
    because = on_one_line(reason)
    if not because or len(because) > 200:
        raise Refusal(_("写明为什么要看联系方式，不超过 200 个字。反映人会看到这句话。"))
    locked = on_the_desk(report)
    if not locked.contact_handle:
        raise Refusal(_("反映人没有留联系方式，或已经删除。"))
    waiting = Unmasking.unscoped.filter(report=locked, approved_at=None)
    waiting.filter(asked_at__lt=at - MAY_WAIT).delete()
    if waiting.exists():
        raise AlreadyDone(_("已经有人申请过了，请另一位同事来同意。"))
    row = Unmasking(report=locked, reason=because, asked_by=asker.person_id, asked_at=at)
    row.save(force_insert=True)
    record_fact(locked, "report.ask_unmask", by=by, at=at)
    tell_colleagues(
        locked, asker, effect=f"report.unmask.{row.pk}", link=f"/desk/?r={locked.code}", at=at,
        subject=_("有同事申请看一条线索的联系方式"),
    )  # fmt: skip
    return row


@action
def approve_unmask(unmasking: Unmasking, *, by: Viewer, at: datetime) -> str:
    """Open the contact once and return it. Refuses the person who asked, a second opening, an asking older than a week,
    a report that left the desk meanwhile, and contact that is gone.
    """
    report = on_the_desk(unmasking.report)
    locked = Unmasking.unscoped.select_for_update(of=("self",)).get(pk=unmasking.pk)
    second = person_of_office(by, report)
    check_second(locked, second, at)
    locked.approved_by, locked.approved_at = second.person_id, at
    locked.save(update_fields=["approved_by", "approved_at"])
    contact = vault.unseal(report.contact_handle)
    record_fact(report, "report.unmask", by=by, at=at)
    tell(report, ThreadKind.NOTICE, _seen(locked.reason, at), by=by, at=at)
    return contact


@in_site_language
def _seen(reason: str, at: datetime) -> str:
    day = clock.day_of(at)
    return _("工作人员%(month)s月%(day)s日为了“%(reason)s”，看了您留的联系方式。") % {
        "month": day.month,
        "day": day.day,
        "reason": reason,
    }
