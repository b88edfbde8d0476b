"""Periodic work of delivery: deadlines that come near or have passed, and looks back that are due."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from shangliang.delivery import notices, rules
from shangliang.delivery.queries import handles_alone, left_of, look_backs_seen_by, open_assignments
from shangliang.delivery.queries.past_units import past_units
from shangliang.foundation import clock
from shangliang.foundation.business import business
from shangliang.foundation.schedule import Daily
from shangliang.foundation.viewer import System
from shangliang.reports.queries.sorting import has_lost_words
from shangliang.sorting.actions.training import JOB_OF, teach_all

AT_ONCE = 100


def remind_of_deadlines(_day: date, at: datetime) -> None:
    """Tell units and office of what is due within three working days or late: once per assignment and kind."""
    rows = list(
        open_assignments(System("delivery.remind_of_deadlines")).filter(
            state__in=("dispatched", "accepted", "objected")
        )
    )
    left = left_of(rows, clock.day_of(at))
    due = [(one, rules.reminder(days)) for one in rows if (days := left[one.pk]) is not None]
    waiting = [(one, bucket) for one, bucket in due if bucket]
    for start in range(0, len(waiting), AT_ONCE):
        with business():
            for one, bucket in waiting[start : start + AT_ONCE]:
                notices.remind(one, bucket, at)


def remind_of_look_backs(_day: date, at: datetime) -> None:
    """Tell the office of looks back whose day has come: once each."""
    with business():
        for row in look_backs_seen_by(System("delivery.remind_of_look_backs")).filter(
            due_on__lte=clock.day_of(at)
        ):
            notices.remind_look_back(row, at)


def warn_of_handling_alone(_day: date, at: datetime) -> None:
    """Tell office and authority of units named as complained about after they were already alone at work: once each."""
    viewer = System("delivery.warn_of_handling_alone")
    waiting = [one for one in open_assignments(viewer) if handles_alone(viewer, one)]
    for start in range(0, len(waiting), AT_ONCE):
        with business():
            for one in waiting[start : start + AT_ONCE]:
                notices.handles_alone(one, at)


def learn_units(_day: date, at: datetime) -> None:
    """Learn from who took on what: each committee once a week, or when its office asks."""
    name = JOB_OF["unit"]
    teach_all("unit", gather=lambda pk: past_units(System(name, pk)), has_lost=has_lost_words, at=at)


JOBS = (
    Daily("delivery.alone", warn_of_handling_alone, hour=7, label=_("看被反映的单位是不是一家在办")),
    Daily("delivery.deadlines", remind_of_deadlines, hour=7, label=_("提醒快到期、已超期的任务")),
    Daily("delivery.look_backs", remind_of_look_backs, hour=7, label=_("提醒该回头看的事项")),
    Daily(JOB_OF["unit"], learn_units, hour=1, label=_("从以前的处理里学：归哪个单位"), is_long=True),
)
