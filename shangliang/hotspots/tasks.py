"""Periodic work: the weekly look, and striking out what was taken back."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from shangliang.foundation.schedule import Daily
from shangliang.hotspots.actions import forget_taken_back, lay_out_looks, run_looks
from shangliang.hotspots.actions.asking import JOB


def look(day: date, at: datetime) -> None:
    """Lay down the look at the last whole week where it is missing, and do every look that waits.

    It runs each day, so that a week whose look came to nothing is tried again the day after.
    """
    lay_out_looks(day, at)
    run_looks(at)


def forget(_day: date, at: datetime) -> None:
    """Strike out of titles, places and citations what was taken back."""
    forget_taken_back(at)


JOBS = (
    Daily(JOB, look, hour=1, label=_("看一周的热点和时令的事"), is_long=True),
    Daily(
        "hotspots.forget",
        forget,
        hour=5,  # an hour behind the job that erases
        label=_("划掉热点里撤回的原话"),
        after=("report.hold", "report.withdraw"),
    ),
)
