"""③ The six steps of a consultation (LY-14) and what becomes of a suggestion."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.foundation import roles
from shangliang.foundation.lifecycle import Machine, Move


class ConsultationState(models.TextChoices):
    SELECTED = "selected", _("议题选定")
    PLANNED = "planned", _("制订方案")
    RESEARCHED = "researched", _("组织调研")
    HELD = "held", _("现场协商")
    SUBMITTED = "submitted", _("报送成果")
    FOLLOWING = "following", _("跟踪落实")
    CLOSED = "closed", _("已结束")


C = ConsultationState
PLAN = Move("consultation.plan", _("方案定了"), (C.SELECTED,), C.PLANNED, roles.OFFICE)
RESEARCH = Move("consultation.research", _("调研做完了"), (C.PLANNED,), C.RESEARCHED, roles.OFFICE)
HOLD = Move("consultation.hold", _("开过会了"), (C.RESEARCHED,), C.HELD, roles.OFFICE)
SUBMIT = Move("consultation.submit", _("报送成果"), (C.HELD,), C.SUBMITTED, roles.OFFICE)
FOLLOW = Move(
    "consultation.follow", _("开始跟踪落实"), (C.SUBMITTED,), C.FOLLOWING, (*roles.OFFICE, roles.AUTHORITY)
)
CLOSE = Move("consultation.close", _("结束"), (C.FOLLOWING,), C.CLOSED, roles.OFFICE)

# A session that never met ends as what it is, with a reason and a name.
CALL_OFF = Move(
    "consultation.call_off", _("这次不开了"), (C.SELECTED, C.PLANNED, C.RESEARCHED), C.CLOSED, roles.OFFICE
)

CONSULTATION = Machine(
    "consultation",
    ConsultationState,
    ConsultationState.SELECTED,
    (PLAN, RESEARCH, HOLD, SUBMIT, FOLLOW, CLOSE, CALL_OFF),
)


class SuggestionState(models.TextChoices):
    AGREED = "agreed", _("已形成共识")
    ADOPTED = "adopted", _("已采纳")
    NOT_ADOPTED = "not_adopted", _("未采纳，已说明")
    DROPPED = "dropped", _("没有形成共识")


ADOPT = Move(
    "suggestion.adopt",
    _("记下：采纳"),
    (SuggestionState.AGREED,),
    SuggestionState.ADOPTED,
    (*roles.OFFICE, roles.AUTHORITY),
)
NOT_ADOPT = Move(
    "suggestion.not_adopt",
    _("记下：未采纳"),
    (SuggestionState.AGREED,),
    SuggestionState.NOT_ADOPTED,
    (*roles.OFFICE, roles.AUTHORITY),
)
DROP = Move(
    "suggestion.drop", _("没有形成共识"), (SuggestionState.AGREED,), SuggestionState.DROPPED, roles.OFFICE
)

SUGGESTION = Machine("suggestion", SuggestionState, SuggestionState.AGREED, (ADOPT, NOT_ADOPT, DROP))
MACHINES = (CONSULTATION, SUGGESTION)

# Facts noted in the ledger that change no state, in words for its page.
FACTS = {
    "consultation.open": _("开一场协商"),
    "consultation.look": _("记一次调研"),
    "consultation.count_heads": _("记到场人数"),
    "consultation.correct_heads": _("更正到场人数"),
    "consultation.record_statements": _("记发言"),
    "suggestion.add": _("记一条建议"),
    "suggestion.support": _("记支持和保留"),
    "suggestion.explain": _("向提出的人说明"),
}
