"""One function per button of delivery, by story."""

from shangliang.delivery.actions.assigning import assign, reassign, uphold
from shangliang.delivery.actions.checking import explain, make_link, send_back, take_up_again, verify
from shangliang.delivery.actions.closing import (
    close_consultation_when_done,
    close_matter_when_done,
    record_look_back,
)
from shangliang.delivery.actions.implicated import add_co_unit
from shangliang.delivery.actions.micro import Agreed, MicroSheet, record_micro
from shangliang.delivery.actions.unit import (
    accept,
    claim_cannot,
    claim_done,
    draw_pictures,
    object_to,
    report_progress,
)
from shangliang.delivery.actions.verdicts import (
    ask_for_verdicts,
    finish_follow_up,
    give_verdict,
    send_request,
)

__all__ = [
    "Agreed",
    "MicroSheet",
    "accept",
    "add_co_unit",
    "ask_for_verdicts",
    "assign",
    "claim_cannot",
    "claim_done",
    "close_consultation_when_done",
    "close_matter_when_done",
    "draw_pictures",
    "explain",
    "finish_follow_up",
    "give_verdict",
    "make_link",
    "object_to",
    "reassign",
    "record_look_back",
    "record_micro",
    "report_progress",
    "send_back",
    "send_request",
    "take_up_again",
    "uphold",
    "verify",
]
