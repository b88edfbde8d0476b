"""Whose turn it is, in words."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.foundation import clock
from shangliang.reports.clocks import Standing, Turn, turn_of_matter, turn_of_report
from shangliang.reports.states import ReportState

WORDS = {
    ("office", "answer"): gettext_lazy("等办公室给第一次答复"),
    ("office", "look"): gettext_lazy("放在一边，等办公室看一眼；答复的期限照样算"),
    ("office", "bank"): gettext_lazy("留在库里，以后商量这一类事时再用"),
    ("office", "topic"): gettext_lazy("等办公室列为议题，或讲明不商量"),
    ("office", "consult"): gettext_lazy("等办公室组织商量"),
    ("office", "look_back"): gettext_lazy("办结了，等办公室回头看"),
    ("reporter", "reply"): gettext_lazy("等反映人回话"),
    ("officers", "answer"): gettext_lazy("等专办员答复"),
    ("units", "deliver"): gettext_lazy("等单位办"),
    ("reporters", "judge"): gettext_lazy("等反映人评价"),
}


def turn_of(report: Any, asked_on: date | None, ask_wait_days: int) -> Turn | None:
    """Return whose turn a report is; once it is in a matter, whose turn that is."""
    if report.state == ReportState.TAKEN:
        matter = report.matter
        since = matter.established_on or clock.day_of(report.received_at)
        return turn_of_matter(matter.state, since, matter.look_back_on)
    is_answered = report.first_answered_at is not None
    return turn_of_report(
        Standing(
            report.state,
            clock.day_of(report.received_at),
            report.answer_due_on,
            is_answered,
            bool(report.set_aside),
            asked_on,
            ask_wait_days,
        )
    )


def turn_shown(turn: Turn | None, today: date) -> dict[str, Any] | None:
    """Return a turn as a page shows it: words, since, days waited, due, whether late; None where nobody's turn is."""
    if turn is None:
        return None
    return {
        "words": str(WORDS[turn.whose, turn.what]),
        "since": turn.since,
        "waited": _("%(days)s 天") % {"days": turn.days(today)},
        "due": turn.due,
        "is_late": turn.is_late(today),
    }
