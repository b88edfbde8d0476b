"""Periodic work as rows: one row per job and period, caught up after downtime, claimed under a lease."""

import importlib
import importlib.util
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db import transaction
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

    ``label`` says to people what it does.
    """

    name: str
    run: Callable[[date, datetime], None]
    hour: int = 5
    label: Any = ""


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


def run_due(jobs: Iterable[Daily], at: datetime) -> int:
    """Run what is due. A job that fails is tried five times, then parked for a person to see. Return how many ran."""
    by_name = {job.name: job for job in jobs}
    _park_exhausted(at)
    ran = 0
    for pk in list(
        _claimable(at).filter(name__in=by_name).order_by("due_at").values_list("pk", flat=True)[:AT_ONCE]
    ):
        row = _claim(pk, at)
        if row is not None:
            _run(row, by_name[row.name], at)
            ran += 1
    return ran


def try_again(pk: int) -> bool:
    """Take a parked job up again, with five fresh tries. Return False when it is not parked (any more)."""
    return bool(
        Job.unscoped.filter(pk=pk, state=JobState.PARKED).update(state=JobState.WAITING, tries=0, error="")
    )


def run_soon(name: str, at: datetime) -> None:
    """Have a job of that name run again in the worker's next round, whatever its hour; not while it is running."""
    row, is_new = Job.unscoped.get_or_create(
        name=name, period=day_of(at).isoformat(), defaults={"due_at": at}
    )
    if not is_new:
        idle = Job.unscoped.filter(pk=row.pk).exclude(state=JobState.RUNNING)
        idle.update(state=JobState.WAITING, due_at=at, tries=0, error="")


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
        _set_state(row.pk, JobState.DONE, done_at=at)


def _set_state(pk: int, target: str, **changes: object) -> None:
    Job.unscoped.filter(pk=pk).update(**{"state": target, **changes})
