"""Telling a story in order of time: each strand yields the moment it waits for, the earliest goes on first."""

import heapq
from collections.abc import Generator, Iterable
from datetime import date, datetime, time, timedelta
from itertools import count

from django.utils import timezone

from shangliang.foundation.queries import day_table

Strand = Generator[datetime, None, None]


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """Return a moment of a day in the site's zone."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def later(at: datetime, days: int, hour: int | None = None) -> datetime:
    """Return the moment some days later, moved on to a working day, at another hour if one is given."""
    shifted = at + timedelta(days=days)
    while not day_table().is_working(timezone.localdate(shifted)):
        shifted += timedelta(days=1)
    return shifted if hour is None else timezone.localtime(shifted).replace(hour=hour, minute=0)


def run(strands: Iterable[Strand], until: datetime) -> int:
    """Run all strands in the order of time, up to ``until``. Return how many moments came to pass."""
    order, passed = count(), 0
    waiting: list[tuple[datetime, int, Strand]] = []
    for strand in strands:
        _wait(waiting, order, strand)
    while waiting and waiting[0][0] <= until:
        _at, _number, strand = heapq.heappop(waiting)
        passed += 1
        _wait(waiting, order, strand)
    return passed


def _wait(waiting: list[tuple[datetime, int, Strand]], order: Iterable[int], strand: Strand) -> None:
    at = next(strand, None)
    if at is not None:
        heapq.heappush(waiting, (at, next(iter(order)), strand))
