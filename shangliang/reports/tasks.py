"""Periodic work on reports."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from shangliang.foundation.schedule import Daily
from shangliang.reports.actions.keeping import destroy_old_contacts, drop_old_aliases


def forget_contacts(day: date, at: datetime) -> None:
    """Destroy contact data that was kept long enough, and forget which imported reports were of one author."""
    destroy_old_contacts(day, at)
    drop_old_aliases(at)


JOBS = (Daily("reports.forget_contacts", forget_contacts, hour=4, label=_("删掉到期的联系方式")),)
