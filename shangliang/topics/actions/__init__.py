"""② One function per button of the topic bank, in the order of a topic's course."""

from shangliang.topics.actions.approving import record_decision, submit_for_approval
from shangliang.topics.actions.arranging import begin_notice, begin_topic, end_notice, schedule
from shangliang.topics.actions.bank import give_matters_back, shortlist, store_back, store_topic, turn_down
from shangliang.topics.actions.settings import change_form, ensure_forms
from shangliang.topics.actions.striking import strike_out

__all__ = [
    "begin_notice",
    "begin_topic",
    "change_form",
    "end_notice",
    "ensure_forms",
    "give_matters_back",
    "record_decision",
    "schedule",
    "shortlist",
    "store_back",
    "store_topic",
    "strike_out",
    "submit_for_approval",
    "turn_down",
]
