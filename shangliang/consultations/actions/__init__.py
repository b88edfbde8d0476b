"""③ One function per button of a consultation, in the order of its six steps."""

from shangliang.consultations.actions.course import follow, open_consultation, plan, skip_step, submit_results
from shangliang.consultations.actions.deciding import (
    adopt_suggestion,
    explain_to_proposer,
    record_decisions,
    turn_down_suggestion,
)
from shangliang.consultations.actions.ending import call_off, close_consultation, end_without_adoption
from shangliang.consultations.actions.research import finish_research, record_research
from shangliang.consultations.actions.session import (
    count_heads,
    hold_session,
    record_statement,
    record_statements,
)
from shangliang.consultations.actions.suggesting import (
    add_suggestion,
    drop_suggestion,
    record_support,
    record_supports,
)

__all__ = [
    "add_suggestion",
    "adopt_suggestion",
    "call_off",
    "close_consultation",
    "count_heads",
    "drop_suggestion",
    "end_without_adoption",
    "explain_to_proposer",
    "finish_research",
    "follow",
    "hold_session",
    "open_consultation",
    "plan",
    "record_decisions",
    "record_research",
    "record_statement",
    "record_statements",
    "record_support",
    "record_supports",
    "skip_step",
    "submit_results",
    "turn_down_suggestion",
]
