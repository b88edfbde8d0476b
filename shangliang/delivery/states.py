"""④ What is taken on, what is claimed, what is checked, and the committee's own follow-up."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shangliang.foundation import roles
from shangliang.foundation.lifecycle import Machine, Move


class AssignmentState(models.TextChoices):
    DISPATCHED = "dispatched", _("已交办，等承办单位接收")
    OBJECTED = "objected", _("单位提出异议，等交办主体裁定")
    ACCEPTED = "accepted", _("办理中")
    CLAIMED = "claimed", _("单位说办完了，等核实")
    CANNOT = "cannot", _("单位说做不了，等核实")
    VERIFIED = "verified", _("已核实")
    EXPLAINED = "explained", _("做不了，已说明")
    REASSIGNED = "reassigned", _("已改派")


A = AssignmentState
UNIT_SIDE = (roles.UNIT, roles.LINK, *roles.OFFICE)  # the office only as 代录 with a source
AUTHORITY_SIDE = (roles.AUTHORITY, *roles.OFFICE)

ACCEPT = Move("assignment.accept", _("接收"), (A.DISPATCHED,), A.ACCEPTED, UNIT_SIDE)
OBJECT = Move("assignment.object", _("提出异议"), (A.DISPATCHED,), A.OBJECTED, UNIT_SIDE)
UPHOLD = Move("assignment.uphold", _("裁定：仍由该单位办"), (A.OBJECTED,), A.ACCEPTED, AUTHORITY_SIDE)
REASSIGN = Move("assignment.reassign", _("裁定：改派"), (A.OBJECTED,), A.REASSIGNED, AUTHORITY_SIDE)
CLAIM = Move("assignment.claim", _("报办结"), (A.ACCEPTED,), A.CLAIMED, UNIT_SIDE)
CANNOT_DO = Move("assignment.cannot", _("报做不了"), (A.ACCEPTED,), A.CANNOT, UNIT_SIDE)
VERIFY = Move("assignment.verify", _("核实属实"), (A.CLAIMED,), A.VERIFIED, roles.OFFICE)
EXPLAIN = Move("assignment.explain", _("已向提出人说明"), (A.CANNOT,), A.EXPLAINED, roles.OFFICE)
SEND_BACK = Move(
    "assignment.send_back", _("核实不符，请继续办"), (A.CLAIMED, A.CANNOT), A.ACCEPTED, roles.OFFICE
)
TAKE_UP_AGAIN = Move(
    "assignment.take_up_again",
    _("群众说没解决，继续跟踪"),
    (A.VERIFIED, A.EXPLAINED),
    A.ACCEPTED,
    (*roles.OFFICE, roles.AUTHORITY),
)

ASSIGNMENT = Machine(
    "assignment",
    AssignmentState,
    AssignmentState.DISPATCHED,
    (ACCEPT, OBJECT, UPHOLD, REASSIGN, CLAIM, CANNOT_DO, VERIFY, EXPLAIN, SEND_BACK, TAKE_UP_AGAIN),
)


class FollowUpState(models.TextChoices):
    OPEN = "open", _("跟踪督促中")
    SENT = "sent", _("已请交办主体再看")
    DONE = "done", _("已有结果")


SEND_REQUEST = Move(
    "follow_up.send_request", _("已发给交办主体"), (FollowUpState.OPEN,), FollowUpState.SENT, roles.OFFICE
)
FINISH = Move(
    "follow_up.finish",
    _("有结果了"),
    (FollowUpState.OPEN, FollowUpState.SENT),
    FollowUpState.DONE,
    roles.OFFICE,
)
FOLLOW_UP = Machine("follow_up", FollowUpState, FollowUpState.OPEN, (SEND_REQUEST, FINISH))

MACHINES = (ASSIGNMENT, FOLLOW_UP)

# Facts noted in the ledger that change no state, in words for its page.
FACTS = {
    "assignment.assign": _("交办"),
    "assignment.progress": _("报进展"),
    "assignment.add_unit": _("加配合单位"),
    "assignment.link": _("给单位一次性链接"),
    "verdict.give": _("群众评价"),
    "follow_up.open": _("重开跟进"),
    "matter.look_back": _("回头看"),
}
