"""② From the topic bank to a place in the calendar."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.foundation import roles
from shangliang.foundation.lifecycle import Machine, Move


class TopicState(models.TextChoices):
    STORED = "stored", _("储题")
    SHORTLISTED = "shortlisted", _("选题")
    SUBMITTED = "submitted", _("报审中")
    RETURNED = "returned", _("退回修改")
    NOT_TAKEN = "not_taken", _("不采用")
    APPROVED = "approved", _("已同意")
    NOTICED = "noticed", _("公示中")
    SCHEDULED = "scheduled", _("已排期")
    CONSULTED = "consulted", _("已开展协商")


S = TopicState
SHORTLIST = Move("topic.shortlist", _("列入选题"), (S.STORED, S.RETURNED), S.SHORTLISTED, roles.OFFICE)
STORE_BACK = Move("topic.store_back", _("放回题库"), (S.SHORTLISTED, S.RETURNED), S.STORED, roles.OFFICE)
SUBMIT = Move("topic.submit", _("报审"), (S.SHORTLISTED,), S.SUBMITTED, roles.OFFICE)
APPROVE = Move("topic.approve", _("记下：同意"), (S.SUBMITTED,), S.APPROVED, roles.OFFICE)
RETURN = Move("topic.return", _("记下：退回修改"), (S.SUBMITTED,), S.RETURNED, roles.OFFICE)
# Up to the session itself a topic can fall away, or the matters it holds would be held for ever.
TURN_DOWN = Move(
    "topic.turn_down",
    _("记下：不采用"),
    (S.SUBMITTED, S.STORED, S.SHORTLISTED, S.RETURNED, S.APPROVED, S.NOTICED, S.SCHEDULED),
    S.NOT_TAKEN,
    roles.OFFICE,
)
NOTICE = Move("topic.notice", _("开始公示"), (S.APPROVED,), S.NOTICED, roles.OFFICE)
SCHEDULE = Move("topic.schedule", _("排期"), (S.APPROVED, S.NOTICED), S.SCHEDULED, roles.OFFICE)
BEGIN = Move("topic.begin", _("开始协商"), (S.SCHEDULED,), S.CONSULTED, roles.OFFICE)

TOPIC = Machine(
    "topic",
    TopicState,
    TopicState.STORED,
    (SHORTLIST, SUBMIT, APPROVE, RETURN, TURN_DOWN, STORE_BACK, NOTICE, SCHEDULE, BEGIN),
)
MACHINES = (TOPIC,)

# Facts noted in the ledger that change no state, in words for its page.
FACTS = {
    "topic.store": _("议题入库"),
    "topic.end_notice": _("公示结束"),
    "topic.strike_out": _("划掉议题里撤回的原话"),
    "form.begin_with": _("设协商形式"),
    "form.change": _("改协商形式"),
}
