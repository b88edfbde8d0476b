"""Whose turn it is, since when and until when: one pure rule for every step of a report and of a matter."""

from dataclasses import dataclass
from datetime import date, timedelta

OFFICE, REPORTER, OFFICERS, UNITS, REPORTERS, NOBODY = (
    "office",
    "reporter",
    "officers",
    "units",
    "reporters",
    "",
)


@dataclass(frozen=True)
class Turn:
    """Who acts next (``whose``), what on (``what``), since which day, and until which day where one is set."""

    whose: str
    what: str
    since: date
    due: date | None = None

    def days(self, today: date) -> int:
        """Return how many calendar days it has waited."""
        return max(0, (today - self.since).days)

    def is_late(self, today: date) -> bool:
        """Tell whether the day is over."""
        return self.due is not None and self.due < today


@dataclass(frozen=True)
class Standing:
    """What is known of a report: its state and days, ``asked_on`` the day of the last question, if any."""

    state: str
    received_on: date
    answer_due_on: date
    is_answered: bool
    is_aside: bool = False
    asked_on: date | None = None
    ask_wait_days: int = 0


def turn_of_report(one: Standing) -> Turn | None:
    """Return whose turn a report is; None where nothing more is to be done with it by itself (a matter has its own).

    The first answer's clock runs while a report is asked about or lies aside (issue 3): its day stays the office's.
    """
    due = None if one.is_answered else one.answer_due_on
    if one.state == "asked":
        asked_on = one.asked_on or one.received_on
        return Turn(REPORTER, "reply", asked_on, asked_on + timedelta(days=one.ask_wait_days))
    if one.state == "received":
        return Turn(OFFICE, "look" if one.is_aside else "answer", one.received_on, due)
    if one.state == "held":
        return Turn(OFFICERS, "answer", one.received_on, due)
    return Turn(OFFICE, "bank", one.received_on) if one.state == "banked" else None


def turn_of_matter(state: str, since: date, look_back_on: date | None = None) -> Turn | None:
    """Return whose turn a matter is that has stood in a state since a day; None where it is over or not established."""
    steps = {
        "gathered": (OFFICE, "topic"),
        "consulting": (OFFICE, "consult"),
        "delivering": (UNITS, "deliver"),
        "judging": (REPORTERS, "judge"),
    }
    if state in steps:
        return Turn(*steps[state], since)
    return Turn(OFFICE, "look_back", since, look_back_on) if state == "closed" and look_back_on else None
