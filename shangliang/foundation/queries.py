"""The door to foundation's rows: ledger lines, messages, published words, the day table."""

import time
from datetime import date

from django.db.models import QuerySet

from shangliang.foundation import roles
from shangliang.foundation.ledger import chain_of
from shangliang.foundation.models import LedgerEntry, LedgerHead, Message, Preview, Publication, SpecialDay
from shangliang.foundation.states import PublicationState
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.foundation.working_days import DayTable

_days: dict[str, tuple[float, DayTable]] = {}
MAY_READ_LEDGER = (*roles.OFFICE, roles.ADMIN, roles.REVIEWER, roles.OFFICER)
DAYS_KEPT_SECONDS = 30.0


def day_table() -> DayTable:
    """Return the working-day table, read at most every half minute in one process."""
    kept = _days.get("table")
    if kept and time.monotonic() - kept[0] < DAYS_KEPT_SECONDS:
        return kept[1]
    rows = list(SpecialDay.unscoped.values_list("day", "is_working", "is_provisional"))
    table = DayTable(
        {day: (working, provisional) for day, working, provisional in rows}, {row[0].year for row in rows}
    )
    _days["table"] = (time.monotonic(), table)
    return table


def forget_day_table() -> None:
    """Drop the kept day table, after an edit."""
    _days.clear()


def deadline(start: date, working_days: int) -> date:
    """Return the last day of a term of working days that begins on the day after ``start``."""
    return day_table().add_working_days(start, working_days)


def publications_seen_by(viewer: Viewer) -> QuerySet[Publication]:
    """Staff of the office see every draft of their committees, everybody sees what is published."""
    rows = Publication.unscoped.all()
    if isinstance(viewer, Appointed) and viewer.role in (*roles.OFFICE, roles.REVIEWER):
        return rows.filter(committee_id__in=viewer.reach)
    if viewer.role == roles.SYSTEM:
        return rows
    return rows.filter(state=PublicationState.PUBLISHED)


def published_in(viewer: Viewer, committee_id: int, kind: str) -> QuerySet[Publication]:
    """Return what stands published in one committee about subjects of one kind, latest first."""
    return (
        publications_seen_by(viewer)
        .filter(
            committee_id=committee_id,
            state=PublicationState.PUBLISHED,
            subject__startswith=f"{kind}:",
        )
        .order_by("-published_at", "-pk")
    )


def publications_of(viewer: Viewer, subject: str) -> QuerySet[Publication]:
    """Return the viewer's publications about one subject in the order of what happened."""
    return publications_seen_by(viewer).filter(subject=subject).order_by("happened_on", "pk")


def get_publication_for(viewer: Viewer, code: str) -> Publication | None:
    """Return one publication the viewer may see, or None."""
    return publications_seen_by(viewer).filter(code=code).first()


def previews_for_unit(unit: int) -> QuerySet[Preview]:
    """Return texts shown to a unit that wait for its word."""
    return (
        Preview.unscoped.filter(unit=unit, answered_at=None)
        .select_related("publication")
        .order_by("answer_until")
    )


def ledger_lines(viewer: Viewer, committee_id: int) -> QuerySet[LedgerEntry]:
    """Return a committee's chain, latest first; nobody outside its staff sees a line."""
    if (
        not isinstance(viewer, Appointed)
        or viewer.role not in MAY_READ_LEDGER
        or committee_id not in viewer.reach
    ):
        return LedgerEntry.unscoped.none()
    return LedgerEntry.unscoped.filter(chain=chain_of(committee_id)).order_by("-seq")


def ledger_of(viewer: Viewer, committee_id: int, subject: str) -> QuerySet[LedgerEntry]:
    """Return the lines about one subject, in order."""
    return ledger_lines(viewer, committee_id).filter(subject=subject).order_by("seq")


def ledger_head(committee_id: int) -> LedgerHead | None:
    """Return the head of a committee's chain: public, so that anybody may keep today's line."""
    return LedgerHead.unscoped.filter(chain=chain_of(committee_id)).first()


def inbox_of(viewer: Viewer) -> QuerySet[Message]:
    """Return the page messages of the appointment the viewer acts in, latest first."""
    if not isinstance(viewer, Appointed):
        return Message.unscoped.none()
    return Message.unscoped.filter(appointment=viewer.appointment_id, channel="page").order_by(
        "-created_at", "-pk"
    )
