"""Periodic work on reports."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from shangliang.foundation.schedule import Daily
from shangliang.foundation.viewer import System
from shangliang.reports.actions.erasing import erase_withdrawn
from shangliang.reports.actions.keeping import destroy_old_contacts, drop_old_aliases, drop_stale_askings
from shangliang.reports.actions.point_checks import ask_about_quiet_points
from shangliang.reports.actions.questions import go_on_without_answers
from shangliang.reports.actions.recordings import forget_old_recordings
from shangliang.reports.actions.thresholds import move_thresholds
from shangliang.reports.queries.sorting import has_lost_words, past_kinds
from shangliang.sorting.actions.training import JOB_OF, teach_all


def forget_contacts(day: date, at: datetime) -> None:
    """Destroy contact data that was kept long enough, and forget which imported reports were of one author.

    Askings that nobody agreed to within a week go too.
    """
    destroy_old_contacts(day, at)
    drop_old_aliases(at)
    drop_stale_askings(at)


def forget_recordings(day: date, at: datetime) -> None:
    """Delete recordings that were kept long enough, and tell the office of those nobody has written down yet."""
    forget_old_recordings(day, at)


def ask_quiet_points(_day: date, at: datetime) -> None:
    """Ask whether points that were quiet for long still hang. A day caught up late is judged by what is known now."""
    ask_about_quiet_points(at)


def erase_what_was_withdrawn(day: date, at: datetime) -> None:
    """Erase for good what somebody took back long enough ago."""
    erase_withdrawn(day, at)


def go_on(day: date, at: datetime) -> None:
    """Put reports back on the desk whose question nobody answered."""
    go_on_without_answers(day, at)


def move_bars(_day: date, at: datetime) -> None:
    """Move from which likeness each desk calls reports the same. A day caught up late is judged by what is known now."""
    move_thresholds(at)


def learn_kinds(_day: date, at: datetime) -> None:
    """Learn from the kinds the office set: each committee once a week, or when its office asks."""
    name = JOB_OF["kind"]
    teach_all("kind", gather=lambda pk: past_kinds(System(name, pk)), has_lost=has_lost_words, at=at)


JOBS = (
    Daily(JOB_OF["kind"], learn_kinds, hour=1, label=_("从以前的处理里学：哪一类"), is_long=True),
    Daily("reports.go_on_without", go_on, hour=2, label=_("没等到回话的，放回筛选")),
    Daily("reports.erase_withdrawn", erase_what_was_withdrawn, hour=4, label=_("彻底删掉撤回的话")),
    Daily("reports.move_bars", move_bars, hour=3, label=_("按合与分，挪一挪多像才算一件")),
    Daily("reports.forget_contacts", forget_contacts, hour=4, label=_("删掉到期的联系方式")),
    Daily("reports.forget_recordings", forget_recordings, hour=4, label=_("删掉到期的录音")),
    Daily("reports.ask_quiet_points", ask_quiet_points, hour=6, label=_("问安静的直报点还在不在")),
)
