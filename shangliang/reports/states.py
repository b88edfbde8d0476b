"""① What becomes of one person's words, and of the matter they speak of."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.foundation import roles
from shangliang.foundation.lifecycle import Machine, Move


class ReportState(models.TextChoices):
    RECEIVED = "received", _("等筛选")
    ASKED = "asked", _("等反映人回话")
    HELD = "held", _("专办")
    TAKEN = "taken", _("已并入事项")
    BANKED = "banked", _("留库")
    ANSWERED = "answered", _("已答复")
    REFERRED = "referred", _("已转其他渠道")
    DECLINED = "declined", _("不作为协商议题")
    TURNED_AWAY = "turned_away", _("已告知去处")
    WITHDRAWN = "withdrawn", _("已撤回")


WAITING = (ReportState.RECEIVED, ReportState.ASKED)
OPEN = (*WAITING, ReportState.TAKEN, ReportState.BANKED)

ANSWER = Move("report.answer", _("当场答复"), WAITING, ReportState.ANSWERED, roles.OFFICE, "A")
REFER = Move("report.refer", _("转其他渠道"), WAITING, ReportState.REFERRED, roles.OFFICE, "T")
BANK = Move("report.bank", _("留在库里"), WAITING, ReportState.BANKED, roles.OFFICE, "K")
DECLINE = Move("report.decline", _("不作为议题"), WAITING, ReportState.DECLINED, roles.OFFICE, "X")
ASK = Move("report.ask", _("问一句"), WAITING, ReportState.ASKED, roles.OFFICE, "Q")
REPLY = Move("report.reply", _("回答"), (ReportState.ASKED,), ReportState.RECEIVED, (roles.REPORTER,))
NO_REPLY = Move("report.no_reply", _("没有回话"), (ReportState.ASKED,), ReportState.RECEIVED, (roles.SYSTEM,))
JOIN = Move(
    "report.join", _("合到这件"), (*WAITING, ReportState.BANKED), ReportState.TAKEN, roles.OFFICE, "J"
)
RAISE = Move(
    "report.raise", _("立为新事项"), (*WAITING, ReportState.BANKED), ReportState.TAKEN, roles.OFFICE, "N"
)
UNDO = Move(
    "report.undo",
    _("撤销"),
    (ReportState.TAKEN, ReportState.BANKED, ReportState.ANSWERED, ReportState.REFERRED, ReportState.DECLINED),
    ReportState.RECEIVED,
    roles.OFFICE,
    "U",
)
WITHDRAW = Move(
    "report.withdraw", _("撤回"), (*OPEN, ReportState.HELD), ReportState.WITHDRAWN, (roles.REPORTER,)
)
HOLD = Move(
    "report.hold",
    _("交专办员"),
    (*WAITING, ReportState.BANKED),
    ReportState.HELD,
    (*roles.OFFICE, roles.SYSTEM),
)
RELEASE = Move("report.release", _("放回筛选"), (ReportState.HELD,), ReportState.RECEIVED, (roles.OFFICER,))
TURN_AWAY = Move(
    "report.turn_away", _("告知去处"), (ReportState.HELD,), ReportState.TURNED_AWAY, (roles.OFFICER,)
)
# Done by the program on behalf of an act on a whole import or a transfer, which the ledger names beside it.
RETRACT = Move(
    "report.retract",
    _("随导入撤掉"),
    (ReportState.RECEIVED, ReportState.HELD),
    ReportState.WITHDRAWN,
    (roles.SYSTEM,),
)
COME_BACK = Move(
    "report.come_back", _("对方退回"), (ReportState.REFERRED,), ReportState.RECEIVED, (roles.SYSTEM,)
)

REPORT = Machine(
    "report",
    ReportState,
    ReportState.RECEIVED,
    (
        JOIN,
        RAISE,
        ASK,
        ANSWER,
        REFER,
        BANK,
        DECLINE,
        HOLD,
        UNDO,
        REPLY,
        NO_REPLY,
        WITHDRAW,
        RELEASE,
        TURN_AWAY,
        RETRACT,
        COME_BACK,
    ),
)


class MatterState(models.TextChoices):
    UNSCREENED = "unscreened", _("未筛选")
    GATHERED = "gathered", _("已立事项")
    CONSULTING = "consulting", _("协商中")
    DELIVERING = "delivering", _("办理中")
    JUDGING = "judging", _("请群众评价")
    CLOSED = "closed", _("已办结")
    ENDED = "ended", _("不进入协商")


ESTABLISH = Move(
    "matter.establish", _("立为事项"), (MatterState.UNSCREENED,), MatterState.GATHERED, roles.OFFICE
)
DISSOLVE = Move(
    "matter.dissolve", _("退回未筛选"), (MatterState.GATHERED,), MatterState.UNSCREENED, roles.OFFICE
)
CONSULT = Move(
    "matter.consult",
    _("进入协商"),
    (MatterState.GATHERED, MatterState.JUDGING),
    MatterState.CONSULTING,
    (*roles.OFFICE, roles.SYSTEM),
)
LAY_BACK = Move(
    "matter.lay_back", _("退出协商"), (MatterState.CONSULTING,), MatterState.GATHERED, roles.OFFICE
)
DELIVER = Move(
    "matter.deliver",
    _("转入办理"),
    (MatterState.CONSULTING,),
    MatterState.DELIVERING,
    (*roles.OFFICE, roles.AUTHORITY),
)
JUDGE = Move("matter.judge", _("请反映人评价"), (MatterState.DELIVERING,), MatterState.JUDGING, roles.OFFICE)
REOPEN = Move(
    "matter.reopen",
    _("重新跟踪"),
    (MatterState.JUDGING, MatterState.CLOSED),
    MatterState.DELIVERING,
    (*roles.OFFICE, roles.REPORTER, roles.SYSTEM),
)
CLOSE = Move("matter.close", _("办结"), (MatterState.JUDGING,), MatterState.CLOSED, roles.OFFICE)
END = Move(
    "matter.end",
    _("结束，不协商"),
    (MatterState.UNSCREENED, MatterState.GATHERED),
    MatterState.ENDED,
    roles.OFFICE,
)

MATTER = Machine(
    "matter",
    MatterState,
    MatterState.UNSCREENED,
    (ESTABLISH, DISSOLVE, CONSULT, LAY_BACK, DELIVER, JUDGE, REOPEN, CLOSE, END),
)


class PointState(models.TextChoices):
    OPEN = "open", _("开放")
    CLOSED = "closed", _("停用")


CLOSE_POINT = Move("point.close", _("停用"), (PointState.OPEN,), PointState.CLOSED, roles.OFFICE)
OPEN_POINT = Move("point.open", _("重新开放"), (PointState.CLOSED,), PointState.OPEN, roles.OFFICE)
POINT = Machine("point", PointState, PointState.OPEN, (CLOSE_POINT, OPEN_POINT))

MACHINES = (REPORT, MATTER, POINT)

# Facts noted in the ledger that change no state, in words for its page.
FACTS = {
    "report.receive": _("收到线索"),
    "report.import": _("导入线索"),
    "report.submit": _("提交线索"),
    "report.add": _("反映的人补充"),
    "report.put_in_queue": _("放进队列"),
    "report.write_down": _("把录音写下来"),
    "report.forget_recording": _("删掉录音"),
    "report.ask_unmask": _("申请看联系方式"),
    "report.unmask": _("看联系方式"),
    "report.forget_contact": _("删掉联系方式"),
    "report.leave_contact": _("反映的人留联系方式"),
    "report.take_back_consent": _("反映的人收回同意"),
    "report.ask_reissue": _("申请补发回执"),
    "report.reissue": _("补发回执"),
    "report.reissue_refused": _("补发回执，没对上"),
    "report.lock_words": _("补充的话交专办员"),
    "report.release_words": _("补充的话放回"),
    "report.erase": _("撤回的话彻底删掉"),
    "point.create": _("设直报点"),
    "point.rotate": _("换直报点的码"),
    "point.revoke": _("作废直报点的码"),
    "point.stop_old_code": _("停用直报点的旧码"),
    "point.put_in_charge": _("请人负责直报点"),
    "point.take_off_duty": _("不再负责直报点"),
    "point.ask": _("问直报点还在不在"),
    "point.check": _("看过直报点还在不在"),
    "report.set_apart": _("说过不是一件事"),
    "report.take_back_apart": _("收回“不是一件事”"),
    "threshold.move": _("多像才算一件，挪了"),
    "threshold.put_back": _("多像才算一件，回到标准值"),
    "matter.tell": _("告诉反映的人"),
    "matter.begin": _("立为事项"),
    "matter.split": _("拆出一件"),
    "matter.sorted": _("定类别"),
    "matter.unsorted": _("撤销定的类别"),
    "matter.kind_kept": _("类别带过来"),
    "report.split_off": _("拆到另一件"),
}
