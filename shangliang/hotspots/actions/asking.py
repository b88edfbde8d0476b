"""A look is asked for by the weekly job or by a button, and done by the worker: a request never computes one."""

import logging
import time
from datetime import date, datetime, timedelta
from itertools import chain, islice
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from shangliang.foundation import schedule
from shangliang.foundation.business import action
from shangliang.foundation.clock import day_of
from shangliang.foundation.moves import check_role, record_fact
from shangliang.foundation.refusals import AlreadyDone
from shangliang.foundation.viewer import Appointed, System, Viewer
from shangliang.hotspots import looking, rules
from shangliang.hotspots.actions.seasons import store_seasons
from shangliang.hotspots.actions.writing import store_week
from shangliang.hotspots.models import Look, Week
from shangliang.hotspots.permissions import MAY_ASK
from shangliang.hotspots.queries.said import said_until
from shangliang.people.models import Committee
from shangliang.people.queries import all_committees

JOB = "hotspots.look"
LEASE = timedelta(minutes=40)  # longer than any look may take: behind it the one who did it has died
NOTHING: dict[str, Any] = {"texts": 0, "matters": 0, "topics": [], "season": []}
log = logging.getLogger("shangliang.hotspots")


@action
def ask_for_look(*, committee: Committee, by: Viewer, at: datetime) -> Look:
    """Have the worker look at what was said up to now, in its next round. Refuses when a look waits or is under way."""
    check_role(by, MAY_ASK)
    standing = _open(committee.pk).first()
    if standing and standing.begun_at and standing.begun_at > at - LEASE:
        raise AlreadyDone(_("后台正在看，看完这一页就换成新的。"))
    who = by.appointment_id if isinstance(by, Appointed) else None
    row = standing or Look(
        committee=committee, week_on=rules.monday_of(day_of(at)), asked_at=at, asked_by=who
    )
    if not standing:
        row.save(force_insert=True)
        record_fact(row, "week.ask", by=by, at=at)
    schedule.run_soon(JOB, at)
    return row


def lay_out_looks(day: date, at: datetime) -> int:
    """Lay down a look at the last whole week before ``day`` for every committee that has none yet. Return how many."""
    week_on, laid = rules.last_whole_week(day), 0
    for committee in all_committees():
        there = Week.unscoped.filter(committee=committee, week_on=week_on, is_standing=True)
        if not there.exists() and not _open(committee.pk).exists():
            Look(committee=committee, week_on=week_on, asked_at=at).save(force_insert=True)
            laid += 1
    return laid


def run_looks(at: datetime) -> int:
    """Do every look that waits, one after another. One that comes to nothing says why and leaves the last list standing.

    Return how many came to an end well.
    """
    done = 0
    for pk in list(_claimable(at).order_by("pk").values_list("pk", flat=True)):
        if not _claimable(at).filter(pk=pk).update(begun_at=at):
            continue  # another worker was faster
        row = Look.unscoped.select_related("committee").get(pk=pk)
        try:
            trouble = _tried(row, at)
        except Exception:
            Look.unscoped.filter(pk=pk).update(begun_at=None)  # the schedule tries again
            raise
        Look.unscoped.filter(pk=pk).update(ended_at=at, trouble=trouble)
        done += not trouble
    return done


def look_at_week(committee: Committee, week_on: date, *, at: datetime) -> Week:
    """Look at everything said up to the end of a week, now and here, and store what was seen; minutes at most.

    Call it outside a transaction, never from a request. Raises looking.NothingSeen; then nothing has changed.
    """
    by, began = System(JOB, committee.pk), time.monotonic()
    until = min(rules.end_of(week_on), day_of(at))
    said = said_until(by, until)
    first = list(islice(said, 1))
    seen = looking.look(chain(first, said), until=until, today=day_of(at)) if first else NOTHING
    week = store_week(committee, week_on, seen, seconds=time.monotonic() - began, by=by, at=at)
    store_seasons(committee, seen["season"], by=by, at=at)
    return week


def _tried(row: Look, at: datetime) -> str:
    try:
        look_at_week(row.committee, row.week_on, at=at)
    except looking.NothingSeen as failed:
        log.warning("look_failed", extra={"kind": failed.why})
        return failed.why
    return ""


def _open(committee_id: int) -> Any:
    return Look.unscoped.filter(committee_id=committee_id, ended_at=None).order_by("pk")


def _claimable(at: datetime) -> Any:
    free = Q(begun_at=None) | Q(begun_at__lt=at - LEASE)
    return Look.unscoped.filter(free, ended_at=None)
