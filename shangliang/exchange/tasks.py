"""Periodic work: sealed files, old drafts, and what another system should have answered by now."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from shangliang.exchange.actions import overdue
from shangliang.exchange.actions.sweeping import forget_erased, sweep_drafts, sweep_files
from shangliang.foundation.schedule import Daily


def sweep(_day: date, at: datetime) -> None:
    """Delete files and drafts whose time is over."""
    sweep_files(at)
    sweep_drafts(at)
    forget_erased()


def tell_overdue(day: date, at: datetime) -> None:
    """Tell the clerks what other systems have not answered in time."""
    overdue.tell_overdue(day, at)


JOBS = (
    Daily("exchange.sweep", sweep, hour=4, label=_("删掉到期的上传文件和聊天草稿")),
    Daily("exchange.tell_overdue", tell_overdue, hour=6, label=_("提醒转出去没有回音的")),
)
