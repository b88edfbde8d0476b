"""The only place that reads the clock. Views, tasks and commands call it; actions are handed ``at``."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """Return the present moment, timezone-aware (UTC inside, shown in the site's zone)."""
    return timezone.now()


def today() -> date:
    """Return today's date in the site's time zone."""
    return timezone.localdate()


def day_of(at: datetime) -> date:
    """Return the site's calendar day of a moment."""
    return timezone.localdate(at)
