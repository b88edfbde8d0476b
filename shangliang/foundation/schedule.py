"""Periodic work as rows: one row per job and period, caught up after downtime, claimed under a lease."""

import importlib
import importlib.util
import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from shangliang.foundation.clock import day_of
from shangliang.foundation.models import Job
from shangliang.foundation.models.schedule import JobState

LEASE = timedelta(minutes=10)
TRIES = 5
CATCH_UP_DAYS = 14
AT_ONCE = 50  # jobs taken in one round
log = logging.getLogger("shangliang.schedule")


@dataclass(frozen=True)
class Daily:
    """A job for each calendar day, due at ``hour``. ``run`` is handed the day it is for and the present moment.

    ``label`` says to people what it does. ``after`` are verbs of the ledger behind which it runs soon, too. ``is_long``
    is work of minutes: the worker goes on with the rest beside it.
    """

    name: str
    run: Callable[[date, datetime], None]
    hour: int = 5
    label: Any = ""
    after: tuple[str, ...] = ()
    is_long: bool = False


def all_jobs() -> tuple[Daily, ...]:
    """Return the jobs of every installed app: the ``JOBS`` of its ``tasks`` module."""
    found: list[Daily] = []
    for config in apps.get_app_configs():
        if config.name.startswith("shangliang.") and importlib.util.find_spec(f"{config.name}.tasks"):
            found.extend(importlib.import_module(f"{config.name}.tasks").JOBS)
    return tuple(found)


def lay_out(jobs: Iterable[Daily], at: datetime) -> None:
    """Make the rows that are due and missing: since the last run of a job, at most two weeks back."""
    today = day_of(at)
    for job in jobs:
        last = Job.unscoped.filter(name=job.name).order_by("-period").values_list("period", flat=True).first()
        start = max(
            date.fromisoformat(last) + timedelta(days=1) if last else today,
            today - timedelta(days=CATCH_UP_DAYS),
        )
        days = [start + timedelta(days=n) for n in range((today - start).days + 1)]
        Job.unscoped.bulk_create(
            [Job(name=job.name, period=day.isoformat(), due_at=_due(day, job.hour)) for day in days],
            ignore_conflicts=True,
        )


def _due(day: date, hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


class Lane:
    """One thread beside the worker's round for work of minutes, one piece at a time."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._pk = 0

    def is_free(self) -> bool:
        """Tell whether nothing is being done in it."""
        return self._thread is None or not self._thread.is_alive()

    def begin(self, pk: int, work: Callable[[], None]) -> None:
        """Do a job's work in a thread with a connection of its own."""
        self._pk, self._thread = pk, threading.Thread(target=_alone, args=(work,), daemon=True)
        self._thread.start()

    def keep(self, at: datetime) -> None:
        """Renew the lease of what is being done: nobody else takes it over while this worker lives."""
        if not self.is_free():
            Job.unscoped.filter(pk=self._pk, state=JobState.RUNNING).update(lease_until=at + LEASE)

    def wait(self) -> None:
        """Wait until what is being done has come to an end."""
        if self._thread:
            self._thread.join()


def _alone(work: Callable[[], None]) -> None:
    try:
        work()
    except Exception as failure:  # the database went away: the lease runs out, and it is tried again
        log.warning("job_failed", extra={"kind": type(failure).__name__})
    finally:
        connection.close()


def run_due(jobs: Iterable[Daily], at: datetime, lane: Lane | None = None) -> int:
    """Run what is due. A job that fails is tried five times, then parked for a person to see. Return how many ran.

    With a ``lane`` long work is only begun, and waits its turn while another is under way there.
    """
    by_name = {job.name: job for job in jobs}
    if lane:
        lane.keep(at)
    _park_exhausted(at)
    due = _claimable(at).filter(name__in=by_name).order_by("due_at").values_list("pk", "name")[:AT_ONCE]
    return sum(_taken_on(pk, by_name[name], at, lane) for pk, name in list(due))


def _taken_on(pk: int, job: Daily, at: datetime, lane: Lane | None) -> bool:
    """Run one job or begin it in the lane. Return False where the lane is busy or another worker was faster."""
    beside = lane if job.is_long else None
    if beside and not beside.is_free():
        return False
    row = _claim(pk, at)
    if row is None:
        return False
    if beside:
        beside.begin(pk, lambda: _run(row, job, at))
    else:
        _run(row, job, at)
    return True


def try_again(pk: int) -> bool:
    """Take a parked job up again, with five fresh tries. Return False when it is not parked (any more)."""
    return bool(
        Job.unscoped.filter(pk=pk, state=JobState.PARKED).update(state=JobState.WAITING, tries=0, error="")
    )


def run_soon(name: str, at: datetime) -> None:
    """Have a job of that name run again in the worker's next round, whatever its hour; behind the run under way."""
    row, is_new = Job.unscoped.get_or_create(
        name=name, period=day_of(at).isoformat(), defaults={"due_at": at}
    )
    if not is_new:
        mine = Job.unscoped.filter(pk=row.pk)
        mine.filter(state=JobState.RUNNING).update(due_at=at)
        mine.exclude(state=JobState.RUNNING).update(state=JobState.WAITING, due_at=at, tries=0, error="")


def run_soon_after(verb: str, at: datetime) -> None:
    """Have the jobs that follow a fact of the ledger run in the worker's next round. Call it inside the action."""
    for job in all_jobs():
        if verb in job.after:
            run_soon(job.name, at)


def _claimable(at: datetime):  # type: ignore[no-untyped-def]
    free = Q(state=JobState.WAITING) | Q(state=JobState.RUNNING, lease_until__lt=at)
    return Job.unscoped.filter(free, due_at__lte=at)


def _park_exhausted(at: datetime) -> None:
    """Park what was claimed five times and never came to an end: it took the process down with it."""
    _claimable(at).filter(tries__gte=TRIES).update(state=JobState.PARKED, error="NeverEnded")


def _claim(pk: int, at: datetime) -> Job | None:
    with transaction.atomic():
        taken = _claimable(at).filter(pk=pk).update(lease_until=at + LEASE, tries=F("tries") + 1)
        if taken:
            _set_state(pk, JobState.RUNNING)
    return Job.unscoped.get(pk=pk) if taken else None


def _run(row: Job, job: Daily, at: datetime) -> None:
    try:
        job.run(date.fromisoformat(row.period), at)
    except Exception as failure:  # whatever a job trips over, the worker and the other jobs go on
        log.warning("job_failed", extra={"job": row.name, "kind": type(failure).__name__})
        _set_state(
            row.pk, JobState.PARKED if row.tries >= TRIES else JobState.WAITING, error=type(failure).__name__
        )
    else:
        _end(row, job, at)


def _end(row: Job, job: Daily, at: datetime) -> None:
    """Note that a job is done; one run before its hour, or asked for again while it ran, waits once more."""
    own, mine = _due(date.fromisoformat(row.period), job.hour), Job.unscoped.filter(pk=row.pk)
    was_early = {"state": JobState.WAITING, "due_at": own, "tries": 0}
    done = {"state": JobState.DONE, "done_at": at}
    mine.filter(due_at=row.due_at).update(**(was_early if own > at else done))
    mine.filter(state=JobState.RUNNING).update(state=JobState.WAITING, tries=0)


def _set_state(pk: int, target: str, **changes: object) -> None:
    Job.unscoped.filter(pk=pk).update(**{"state": target, **changes})
