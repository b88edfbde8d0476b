"""Viewers and a record to try foundation's mechanisms on, without any civic word."""

from datetime import date, datetime

from django.utils import timezone

from shangliang.foundation import publishing, roles
from shangliang.foundation.day_table import DAYS
from shangliang.foundation.models import Publication, SpecialDay
from shangliang.foundation.queries import forget_day_table
from shangliang.foundation.viewer import Appointed, System

MORNING = timezone.make_aware(datetime(2026, 9, 8, 9, 0))  # a Tuesday
COMMITTEE = 7
SYSTEM = System("tests", COMMITTEE)


def appointed(role: str, person: int = 1, committee: int = COMMITTEE) -> Appointed:
    """Return somebody acting in a role; the appointment has ten times the number of the person."""
    return Appointed(person, person * 10, committee, role, reach=frozenset({committee}))


CLERK = appointed(roles.CLERK, 1)
REVIEWER = appointed(roles.REVIEWER, 2)
SECOND_REVIEWER = appointed(roles.REVIEWER, 3)
LEADER = appointed(roles.LEADER, 4)


def load_days() -> None:
    """Put the shipped day table into the database."""
    rows = [
        SpecialDay(day=one.day, is_working=one.is_working, name=one.name, is_provisional=one.provisional)
        for one in DAYS
    ]
    SpecialDay.unscoped.bulk_create(rows, ignore_conflicts=True)
    forget_day_table()


def prepared(subject: str = "matter:X-2026-0001", part: str = "first", **changed: object) -> Publication:
    """Return public words just prepared by the clerk."""
    said = {"committee_id": COMMITTEE, "subject": subject, "part": part, "title": "校门口的车", "content": {"text": "划了车位"},
            "happened_on": date(2026, 9, 7), "named_units": (), "reviewers_needed": 1, "by": CLERK, "at": MORNING}  # fmt: skip
    return publishing.prepare(**{**said, **changed})
