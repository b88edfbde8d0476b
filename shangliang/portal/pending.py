"""等我办的: each kind of waiting work in words, with its address."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from shangliang.foundation.viewer import Appointed
from shangliang.portal.queries.pending import Pending, pending_of

DUE, SINCE = "due", "since"


@dataclass(frozen=True)
class Kind:
    """What a row says, where its list lies, where one alone lies, and whether its day is a deadline or a beginning."""

    label: Any
    list_url: str
    one_url: str = ""
    query: str = ""
    day: str = SINCE
    is_urgent: bool = False
    is_told_apart: bool = False  # its late ones stand in a row of their own


KINDS: dict[str, Kind] = {
    "late": Kind(_("线索过了答复期限"), "reports:desk", "reports:desk_report", "clock=late", DUE, True),
    "soon": Kind(_("线索两个工作日内要答复"), "reports:desk", "reports:desk_report", "clock=soon", DUE),
    "waiting": Kind(
        _("线索等筛选（含等反映人回话的）"), "reports:desk", "reports:desk_report", "", DUE, False, True
    ),
    "aside": Kind(_("先放一边的，等您看一眼"), "reports:desk", "", "state=aside", DUE),
    "spoken": Kind(_("录音等人写下来"), "reports:desk", "reports:desk_write_down", "spoken=1", DUE),
    "unmask": Kind(_("同事申请看联系方式，等您同意"), "reports:desk", "reports:desk_report"),
    "reissue": Kind(_("同事申请补发回执，等您核对"), "reports:desk", "reports:reissue"),
    "drafts": Kind(_("聊天记录里分出来的，等录成线索"), "exchange:chats", "exchange:draft"),
    "imports": Kind(_("您上传的文件等核对"), "exchange:imports", "exchange:import"),
    "transfers": Kind(
        _("转出去的，过了日子没有回音"), "exchange:transfers", "exchange:transfer", "state=overdue", DUE, True
    ),
    "exposures": Kind(_("事项派出去以前，先说有多少人说得出来"), "reports:matters", "protection:matter"),
    "findings": Kind(_("委员代提写好了，等合进事项"), "reports:desk", "protection:texts"),
    "unsorted": Kind(_("事项还没有定类别"), "reports:unowned", "reports:matter_kind", "why=kind"),
    "matters": Kind(_("立了事项，还没列为议题"), "reports:matters", "reports:matter_split"),
    "topics_submitted": Kind(
        _("议题报上去了，等记下同不同意"), "topics:bank", "topics:one", "state=submitted"
    ),
    "topics_ready": Kind(_("议题等公示、排期或修改"), "topics:bank", "topics:one"),
    "topics_scheduled": Kind(_("议题排了期，等开协商"), "topics:bank", "topics:one", "state=scheduled", DUE),
    "sessions": Kind(
        _("定好的日子过了，等记开没开成"), "consultations:all", "consultations:one", "", DUE, True
    ),
    "results": Kind(_("开过会，等报送成果"), "consultations:all", "consultations:one", "state=held"),
    "decisions": Kind(_("建议等记下采不采纳"), "consultations:all"),
    "to_assign": Kind(_("采纳了的建议等交办"), "delivery:awaiting", "delivery:assign"),
    "verify": Kind(_("单位说办完或做不了，等核实"), "delivery:assignments", "delivery:assignment", "", DUE),
    "objections": Kind(_("单位提了异议，等裁定"), "delivery:assignments", "delivery:assignment"),
    "overdue": Kind(_("任务过了期限"), "delivery:assignments", "delivery:assignment", "", DUE, True),
    "follow_ups": Kind(_("有人说没解决，等跟踪督促"), "delivery:follow_ups", "delivery:follow_up"),
    "look_backs": Kind(_("到了回头看的日子"), "delivery:look_backs", "delivery:look_back", "", DUE),
    "to_review": Kind(_("公开文字等您审核"), "portal:publications", "portal:publication"),
    "to_publish": Kind(_("审过的公开文字等公布"), "portal:publications", "portal:publication"),
    "point_checks": Kind(_("直报点很久没有动静，等看看码还在不在"), "reports:points", "reports:point_check"),
    "held": Kind(_("专办队列里的线索"), "reports:officer_queue", "reports:officer_report", "", DUE),
    "locked_words": Kind(_("补充的话等专办员看"), "reports:officer_queue"),
    "asked_of_member": Kind(_("请您去看一看的事"), "protection:findings", "protection:finding"),
    "to_accept": Kind(_("新任务等接收"), "delivery:assignments", "delivery:assignment"),
    "unit_late": Kind(_("任务过了期限"), "delivery:assignments", "delivery:assignment", "", DUE, True),
    "under_way": Kind(_("正在办的任务"), "delivery:assignments", "delivery:assignment", "", DUE),
    "previews": Kind(_("公开稿等您核对事实"), "portal:previews", "portal:preview", "", DUE),
    "parked_mail": Kind(_("邮件发不出去，停下了"), "people:background"),
    "parked_jobs": Kind(_("后台的事停下了"), "people:background"),
}


@dataclass(frozen=True)
class Row:
    """One row of the page: words, how many, the oldest day and what it is, the address, whether it is late."""

    key: str
    label: str
    count: int
    oldest: date | None
    is_deadline: bool
    is_late: bool
    url: str


def work_of(viewer: Appointed, today: date) -> list[Row]:
    """Return what waits for the seat the viewer acts in, late ones first, then in the order of the process."""
    rows = [_row(one, today) for one in pending_of(viewer, today)]
    return sorted(rows, key=lambda row: not row.is_late)


def _row(one: Pending, today: date) -> Row:
    kind = KINDS[one.key]
    is_deadline = kind.day == DUE
    is_over = is_deadline and one.oldest is not None and one.oldest < today
    late = kind.is_urgent or (is_over and not kind.is_told_apart)
    return Row(one.key, str(kind.label), one.count, one.oldest, is_deadline, late, _address(kind, one))


def _address(kind: Kind, one: Pending) -> str:
    """Where one alone waits the link leads straight to it."""
    try:
        if one.count == 1 and kind.one_url and one.code:
            return reverse(kind.one_url, args=[one.code])
        return reverse(kind.list_url) + (f"?{kind.query}" if kind.query else "")
    except NoReverseMatch:
        return ""
