"""What becomes of an import, and of a report that was handed to another system."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.foundation import roles
from shangliang.foundation.lifecycle import Machine, Move


class ImportState(models.TextChoices):
    WAITING = "waiting", _("等核对")
    RUNNING = "running", _("正在导入")
    STOPPED = "stopped", _("没有导完")
    DONE = "done", _("已导入")
    UNDOING = "undoing", _("正在撤掉")
    UNDONE = "undone", _("已撤掉")


BEGIN = Move("import.begin", _("开始导入"), (ImportState.WAITING,), ImportState.RUNNING, roles.OFFICE)
FINISH = Move("import.finish", _("导完"), (ImportState.RUNNING,), ImportState.DONE, roles.OFFICE)
STOP = Move("import.stop", _("停下，文件已删"), (ImportState.RUNNING,), ImportState.STOPPED, (roles.SYSTEM,))
UNDO_IMPORT = Move(
    "import.undo",
    _("撤掉这次导入"),
    (ImportState.RUNNING, ImportState.STOPPED, ImportState.DONE),
    ImportState.UNDOING,
    roles.OFFICE,
)
END_UNDO = Move("import.end_undo", _("撤完"), (ImportState.UNDOING,), ImportState.UNDONE, roles.OFFICE)
IMPORT = Machine("import", ImportState, ImportState.WAITING, (BEGIN, FINISH, STOP, UNDO_IMPORT, END_UNDO))


class TransferState(models.TextChoices):
    DRAFTED = "drafted", _("等着转出")
    HANDED_OVER = "handed_over", _("已转出")
    NUMBERED = "numbered", _("对方已编号")
    ANSWERED = "answered", _("对方已答复")
    RETURNED = "returned", _("对方退回")
    TAKEN_BACK = "taken_back", _("不转了")


WITH_THEM = (TransferState.HANDED_OVER, TransferState.NUMBERED)
STANDING = (TransferState.DRAFTED, *WITH_THEM)

HAND_OVER = Move(
    "transfer.hand_over", _("已经转出"), (TransferState.DRAFTED,), TransferState.HANDED_OVER, roles.OFFICE
)
NUMBER = Move("transfer.number", _("记下编号"), WITH_THEM, TransferState.NUMBERED, roles.OFFICE)
TAKE_ANSWER = Move("transfer.answer", _("录入答复"), WITH_THEM, TransferState.ANSWERED, roles.OFFICE)
TAKE_RETURN = Move("transfer.return", _("对方退回"), WITH_THEM, TransferState.RETURNED, roles.OFFICE)
TAKE_BACK = Move("transfer.take_back", _("不转了"), STANDING, TransferState.TAKEN_BACK, roles.OFFICE)
TRANSFER = Machine(
    "transfer",
    TransferState,
    TransferState.DRAFTED,
    (HAND_OVER, NUMBER, TAKE_ANSWER, TAKE_RETURN, TAKE_BACK),
)

MACHINES = (IMPORT, TRANSFER)

# Facts noted in the ledger that change no state, in words for its page.
FACTS = {
    "transfer.draft": _("列入转办单"),
    "transfer.confirm": _("核对转办文字"),
    "transfer.nudge": _("催一下"),
    "system.describe": _("设定转往的系统"),
    "report.elsewhere": _("记下已经找过哪里"),
}
