"""The screening desk: answer, refer, keep in the bank, not a matter for consultation, ask, hand to the officers."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from shangliang.foundation.business import action
from shangliang.foundation.lifecycle import Move
from shangliang.foundation.moves import check_role, may, move
from shangliang.foundation.refusals import AlreadyDone, NotYours, Refusal
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.reports import notices
from shangliang.reports.actions.locking import forget_grams, lock_away
from shangliang.reports.actions.readings import record_reading
from shangliang.reports.actions.wording import channels_of, said, words_for
from shangliang.reports.models import Report, ThreadEntry, ThreadKind
from shangliang.reports.queries import questions_open_in, thread_of
from shangliang.reports.queries.similar import JOINABLE
from shangliang.reports.states import ANSWER, ASK, BANK, DECLINE, REFER
from shangliang.ui.clean import on_one_line

MOST_AT_ONCE = 100
BY_OFFICE = "office"  # why a report is held, beside the two the rules find


@action
def answer(report: Report, *, words: str, by: Viewer, at: datetime) -> Report:
    """Answer on the spot; the reporter reads ``words``. Refuses without words."""
    return settle(report, ANSWER, said(words, words_for("report.answer")), by=by, at=at)


@action
def refer(report: Report, *, channel: str, number: str, words: str, by: Viewer, at: datetime) -> Report:
    """Refer to another channel of the committee's list, with the other system's number if it has one."""
    if channel not in channels_of(report.committee_id):
        raise Refusal(_("选一个转去的地方。"))
    return settle(
        report,
        REFER,
        said(words),
        by=by,
        at=at,
        referred_to=channel,
        referred_number=on_one_line(number)[:60],
    )


@action
def bank(report: Report, *, words: str, by: Viewer, at: datetime) -> Report:
    """Keep the report in the bank; it can still be joined or raised later."""
    return settle(report, BANK, said(words), by=by, at=at)


@action
def decline(report: Report, *, words: str, by: Viewer, at: datetime) -> Report:
    """Say that this is no matter for consultation, and why. Refuses without the reason."""
    return settle(report, DECLINE, said(words, words_for("report.decline")), by=by, at=at)


@action
def ask(report: Report, *, words: str, by: Viewer, at: datetime) -> Report:
    """Ask the reporter a question, or one more before the first is answered. It is no first answer: that clock goes on.

    Refuses the same question while it is open.
    """
    check_reach(by, report)
    question = said(words, words_for("report.ask"))
    if question in [one.text for one in questions_open_in(thread_of(by, report))]:
        raise AlreadyDone(_("这一句已经问过了，还没等到回话。"))
    tell(report, ThreadKind.QUESTION, question, by=by, at=at)
    return move(report, ASK, by=by, at=at)


@action
def hold(report: Report, *, by: Viewer, at: datetime) -> Report:
    """Hand a report that accuses a named person to the two officers; from then on the office does not see it."""
    check_reach(by, report)
    record_reading(report, by=by, at=at)
    return lock_away(report, because=BY_OFFICE, by=by, at=at)


@action
def bulk_bank(reports: Iterable[Report], *, by: Viewer, at: datetime, words: str = "") -> list[Report]:
    """Keep many in the bank. Return those that were; one that somebody else has moved on meanwhile is left alone."""
    kept = said(words or words_for("report.bank"))
    return [settle(one, BANK, kept, by=by, at=at) for one in still_open(reports, BANK, by=by)]


@action
def bulk_decline(reports: Iterable[Report], *, words: str, by: Viewer, at: datetime) -> list[Report]:
    """Tell several people in the same words that this is no matter for consultation, and why. Return those declined.

    Refuses without the reason; one that somebody else has moved on meanwhile is left alone.
    """
    why = said(words, words_for("report.decline"))
    return [settle(one, DECLINE, why, by=by, at=at) for one in still_open(reports, DECLINE, by=by)]


def settle(report: Report, step: Move, words: str, *, by: Viewer, at: datetime, **changes: Any) -> Report:
    """Make a move that answers the reporter: the words, the day of the first answer and the state, together.

    What can no longer be joined leaves the index of similar texts: it holds what may be shown beside a report.
    """
    check_reach(by, report)
    tell(report, ThreadKind.REPLY, words, by=by, at=at)
    if report.first_answered_at is None:
        changes["first_answered_at"] = at
    if step.target not in JOINABLE:
        forget_grams(report)
    return move(report, step, by=by, at=at, **changes)


def tell(report: Report, kind: str, words: str, *, by: Viewer, at: datetime) -> ThreadEntry:
    """Add one line to the thread between the office and the reporter, with a mail where they asked for one.

    Whoever writes it has read the report. Call it inside an action.
    """
    entry = ThreadEntry(
        report=report,
        kind=kind,
        text=words,
        at=at,
        appointment=by.appointment_id if isinstance(by, Appointed) else None,
    )
    entry.save(force_insert=True)
    record_reading(report, by=by, at=at)
    notices.mail_reporters([(entry.pk, report.mail_handle)], at)
    return entry


def still_open(reports: Iterable[Report], step: Move, *, by: Viewer) -> list[Report]:
    """Lock reports in order of their ids and return those the move is open to. Refuses more than 100 at once."""
    wanted = {one.pk for one in reports}
    check_role(by, step.roles)
    if len(wanted) > MOST_AT_ONCE:
        raise Refusal(_("一次最多选 100 条。"))
    locked = (
        Report.unscoped.select_for_update(of=("self",))
        .filter(pk__in=wanted)
        .select_related("committee", "matter", "area")
        .order_by("pk")
    )
    rows = list(locked)
    for one in rows:
        check_reach(by, one)
    return [one for one in rows if may(by, one, step)]


def check_reach(by: Viewer, record: Any) -> None:
    """Refuse (NotYours) when the record belongs to a committee the viewer's appointment does not reach."""
    if isinstance(by, Appointed) and record.committee_id not in by.reach:
        raise NotYours(_("这不是您所在政协的线索。"))
