"""Periodic work of protection: covered pictures go with their original; texts that were locked for being few open when enough others have spoken."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from shangliang.foundation.schedule import Daily
from shangliang.protection.actions.covering import forget_covers
from shangliang.protection.actions.exposures import follow_all_voices
from shangliang.protection.actions.forgetting import forget_erased


def follow_the_voices(_day: date, at: datetime) -> None:
    """Open what enough others have said by now, and lock what they have taken back."""
    follow_all_voices(at)


def forget_the_covers(_day: date, at: datetime) -> None:
    """Delete covered pictures whose original was erased."""
    forget_covers(at)


def forget_what_was_erased(_day: date, _at: datetime) -> None:
    """Empty what was confirmed or asked of reports that were erased."""
    forget_erased()


JOBS = (
    Daily("protection.voices", follow_the_voices, hour=7, label=_("看锁着的文字，说的人是不是够多了")),
    Daily("protection.covers", forget_the_covers, hour=4, label=_("删掉原照片已经没有了的遮过的照片")),
    Daily(
        "protection.erased", forget_what_was_erased, hour=5, label=_("清空已经彻底删掉的线索留下的文字")
    ),  # an hour behind the job that erases
)
