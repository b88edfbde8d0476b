"""② Decisions that need no row: how long a notice runs, what a decision must bring with it, the forms to begin with."""

from datetime import date, timedelta
from typing import NamedTuple


class FormSettings(NamedTuple):
    """A form of consultation as a committee begins with it; every part of it is a setting afterwards."""

    key: str
    name: str
    approver: str
    notice_days: int = 0
    is_micro: bool = False


FORMS_TO_BEGIN_WITH = (
    FormSettings("micro", "微协商", "街道党工委", is_micro=True),
    FormSettings("thematic", "专题协商", "区委", notice_days=7),
    FormSettings("sector", "界别协商", "区委"),
    FormSettings("proposal", "提案办理协商", "区政协党组"),
    FormSettings("courtyard", "院坝协商", "街道党工委"),
)
MOST_NOTICE_DAYS = 90
ASKED_AS = "topic"  # under this name topics stand in the index of what was asked before


def last_notice_day(from_on: date, days: int) -> date:
    """Return the last day of a notice of so many calendar days, the first one counted."""
    return from_on + timedelta(days=days - 1)


def has_run(until_on: date, today: date) -> bool:
    """Tell whether a notice has run its days: the last of them is over."""
    return today > until_on


def what_a_decision_lacks(decision: str, decided_by: str, document_no: str, source: str, opinion: str) -> str:
    """Return what is missing of a decision made elsewhere: "who", "document", "opinion", or "" when nothing is."""
    if not decided_by.strip():
        return "who"
    if not document_no.strip() and not source.strip():
        return "document"
    return "" if decision == "approved" or opinion.strip() else "opinion"
