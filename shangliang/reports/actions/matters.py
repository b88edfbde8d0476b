"""Where a matter goes after screening. Each step tells everybody whose words are in it, in plain words."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from shangliang.foundation import clock
from shangliang.foundation.business import action
from shangliang.foundation.lifecycle import Move
from shangliang.foundation.moves import check_role, move, record_fact
from shangliang.foundation.refusals import Refusal
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.reports import notices
from shangliang.reports.models import Matter, ThreadEntry, ThreadKind
from shangliang.reports.permissions import MAY_TELL
from shangliang.reports.queries import standing_reports
from shangliang.reports.states import CLOSE, CONSULT, DELIVER, END, JUDGE, LAY_BACK, REOPEN, MatterState

MOST_AT_ONCE = 100


@action
def tell_reporters(matter: Matter, *, text: str, by: Viewer, at: datetime) -> int:
    """Add a notice to the thread of every report that still speaks of a matter; return how many were told.

    Withdrawn and locked reports are left out. The words are the office's own and are read under each receipt.
    """
    check_role(by, MAY_TELL)
    who = by.appointment_id if isinstance(by, Appointed) else None
    handles = dict(standing_reports(matter).values_list("pk", "mail_handle"))
    told = [
        ThreadEntry(report_id=pk, kind=ThreadKind.NOTICE, text=text, at=at, appointment=who) for pk in handles
    ]
    ThreadEntry.unscoped.bulk_create(told, batch_size=MOST_AT_ONCE)
    notices.mail_reporters([(one.pk, handles[one.report_id]) for one in told], at)
    if told:
        record_fact(matter, "matter.tell", by=by, at=at, facts={"reports": len(told)})
    return len(told)


@action
def begin_consulting(matter: Matter, *, by: Viewer, at: datetime, happened_on: date | None = None) -> Matter:
    """Take an established matter into consultation. Refuses one that is already consulted on or not established."""
    return _step(matter, CONSULT, notices.being_consulted(), by=by, at=at, happened_on=happened_on)


@action
def leave_consulting(matter: Matter, *, by: Viewer, at: datetime, happened_on: date | None = None) -> Matter:
    """Lay a matter back among the established ones. Refuses one that is not in consultation."""
    return _step(matter, LAY_BACK, notices.laid_back(), by=by, at=at, happened_on=happened_on)


@action
def begin_delivering(
    matter: Matter, *, by: Viewer, at: datetime, happened_on: date | None = None, words: str = ""
) -> Matter:
    """Pass a consulted matter on to those who do the work; one that is there already is returned as it is.

    ``words`` says in one notice who does it and by when; without them its reporters read that somebody does.
    """
    if _fresh(matter).state == MatterState.DELIVERING:
        return matter
    return _step(matter, DELIVER, words or notices.handed_on(), by=by, at=at, happened_on=happened_on)


@action
def ask_for_verdicts(matter: Matter, *, by: Viewer, at: datetime, happened_on: date | None = None) -> Matter:
    """Ask everybody who spoke of it for a verdict. Refuses a matter whose work is not under way."""
    return _step(matter, JUDGE, notices.asked_for_verdict(), by=by, at=at, happened_on=happened_on)


@action
def reopen_matter(matter: Matter, *, by: Viewer, at: datetime, happened_on: date | None = None) -> Matter:
    """Take a judged or closed matter up again, as its next round. Refuses one that is still under way."""
    again = _fresh(matter).round + 1
    return _step(
        matter, REOPEN, notices.taken_up_again(), by=by, at=at, happened_on=happened_on,
        round=again, closed_on=None, look_back_on=None,
    )  # fmt: skip


@action
def close_matter(
    matter: Matter, *, look_back_on: date, by: Viewer, at: datetime, happened_on: date | None = None
) -> Matter:
    """Close a judged matter and set the day of looking back. Whether it may close is for the delivery stage to check."""
    day = happened_on or clock.day_of(at)
    return _step(
        matter, CLOSE, notices.closed(look_back_on), by=by, at=at, happened_on=happened_on,
        closed_on=day, look_back_on=look_back_on,
    )  # fmt: skip


@action
def end_matter(matter: Matter, *, words: str, by: Viewer, at: datetime) -> Matter:
    """End a matter that will not be consulted on, in words its reporters read. Refuses without words, and once taken up."""
    said = words.strip()
    if not said:
        raise Refusal(_("写几句讲给反映的人听：为什么不商量，可以去哪里。"))
    return _step(matter, END, said, by=by, at=at, happened_on=None, closed_on=clock.day_of(at))


def _step(
    matter: Matter,
    step: Move,
    words: str,
    *,
    by: Viewer,
    at: datetime,
    happened_on: date | None,
    **changes: Any,
) -> Matter:
    move(matter, step, by=by, at=at, happened_on=happened_on, **changes)
    tell_reporters(matter, text=words, by=by, at=at)
    return matter


def _fresh(matter: Matter) -> Matter:
    return Matter.unscoped.select_for_update(of=("self",)).get(pk=matter.pk)
