"""Foundation's own periodic work."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from shangliang.foundation import files
from shangliang.foundation.schedule import Daily


def sweep_files(_day: date, at: datetime) -> None:
    """Remove files that no row knows."""
    files.sweep_orphans(at)


JOBS = (Daily("foundation.sweep_files", sweep_files, hour=3, label=_("清掉没人用的文件")),)
