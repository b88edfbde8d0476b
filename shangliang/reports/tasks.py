"""Periodic work on reports."""

from datetime import date, datetime

from shangliang.foundation.schedule import Daily
from shangliang.reports.actions.keeping import destroy_old_contacts


def forget_contacts(day: date, at: datetime) -> None:
    """Destroy contact data that was kept long enough."""
    destroy_old_contacts(day, at)


JOBS = (Daily("reports.forget_contacts", forget_contacts, hour=4),)
