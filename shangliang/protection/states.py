"""How many could have said it decides what a unit may read of a report; and a member's own finding in its place."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.foundation import roles
from shangliang.foundation.lifecycle import Machine, Move


class ExposureState(models.TextChoices):
    UNANSWERED = "unanswered", _("还没问有多少人说得出来")
    OPEN = "open", _("说得出来的人多，可以给单位看")
    LOCKED = "locked", _("说得出来的人少，先不给单位看")
    ASKED = "asked", _("在问反映人同不同意")
    CONSENTED = "consented", _("反映人同意给单位看")
    REFUSED = "refused", _("反映人不同意，不给单位看")
    ENOUGH = "enough", _("说的人够多了，可以给单位看")
    BY_MEMBER = "by_member", _("由委员代提")


E = ExposureState
SAY_MANY = Move("exposure.many", _("说得出来的人多"), (E.UNANSWERED, E.LOCKED), E.OPEN, roles.OFFICE)
SAY_FEW = Move("exposure.few", _("说得出来的人少"), (E.UNANSWERED, E.OPEN, E.LOCKED), E.LOCKED, roles.OFFICE)
ASK_CONSENT = Move("exposure.ask", _("问反映人同不同意"), (E.LOCKED, E.REFUSED), E.ASKED, roles.OFFICE)
CONSENT = Move("exposure.consent", _("同意"), (E.ASKED,), E.CONSENTED, (roles.REPORTER,))
REFUSE = Move("exposure.refuse", _("不同意"), (E.ASKED, E.CONSENTED), E.REFUSED, (roles.REPORTER,))
UNLOCK = Move("exposure.unlock", _("说的人够多了"), (E.LOCKED, E.ASKED), E.ENOUGH, (roles.SYSTEM,))
LOCK_AGAIN = Move("exposure.lock_again", _("说的人又少了"), (E.ENOUGH,), E.LOCKED, (roles.SYSTEM,))
LEAVE_TO_MEMBER = Move(
    "exposure.to_member",
    _("由委员代提"),
    (E.LOCKED, E.ASKED, E.REFUSED, E.ENOUGH),
    E.BY_MEMBER,
    roles.OFFICE,
)
EXPOSURE = Machine(
    "exposure",
    ExposureState,
    E.UNANSWERED,
    (SAY_MANY, SAY_FEW, ASK_CONSENT, CONSENT, REFUSE, UNLOCK, LOCK_AGAIN, LEAVE_TO_MEMBER),
)


class FindingState(models.TextChoices):
    ASKED = "asked", _("等委员看")
    WRITTEN = "written", _("委员写好了，等合进事项")
    JOINED = "joined", _("委员代提，已合进事项")
    DECLINED = "declined", _("委员这次不提")
    CALLED_BACK = "called_back", _("已收回，不请委员了")


F = FindingState
WRITE = Move("finding.write", _("以委员身份提出"), (F.ASKED,), F.WRITTEN, (roles.MEMBER,))
NOT_MINE = Move("finding.decline", _("这次不提"), (F.ASKED,), F.DECLINED, (roles.MEMBER,))
CALL_BACK = Move("finding.call_back", _("收回，不请了"), (F.ASKED, F.WRITTEN), F.CALLED_BACK, roles.OFFICE)
TAKE_IN = Move("finding.take_in", _("合进事项"), (F.WRITTEN,), F.JOINED, roles.OFFICE)
FINDING = Machine("finding", FindingState, F.ASKED, (WRITE, NOT_MINE, CALL_BACK, TAKE_IN))

MACHINES = (EXPOSURE, FINDING)

# Facts noted in the ledger that change no state, in words for its page.
FACTS = {
    "report.dispatch_text": _("确认给单位看的文字"),
    "report.public_text": _("确认给公众看的文字"),
    "report.name_unit": _("记下反映的是哪个单位"),
    "report.unname_unit": _("撤下反映的单位"),
    "report.cover_photo": _("看过一张照片，定下给不给别人看"),
    "finding.ask": _("请委员代提"),
    "matter.describe": _("写给承办单位看的说明"),
}
