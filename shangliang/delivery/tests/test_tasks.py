"""Reminders: once per assignment and kind, however often the job runs."""

from datetime import timedelta

import pytest

from shangliang.delivery import actions, tasks
from shangliang.delivery.models import LookBack
from shangliang.delivery.states import A
from shangliang.delivery.tests import factories as make
from shangliang.foundation.models import Message

pytestmark = pytest.mark.django_db


def reminders(place, key, words):
    return Message.unscoped.filter(appointment=place.appointments[key].pk, subject__startswith=words).count()


def run(at):
    tasks.remind_of_deadlines(at.date(), at)


def test_a_deadline_is_reminded_of_three_working_days_before_and_once_when_late():
    place = make.district()
    make.assignment_at(A.ACCEPTED, place, at=make.MORNING)  # due on 12 October
    run(make.MORNING + timedelta(days=20))
    assert reminders(place, "unit", "快到期") == 0
    near = make.MORNING + timedelta(days=31)  # 9 October, a Friday before a make-up Saturday
    run(near)
    run(near + timedelta(days=1))
    assert [reminders(place, key, "快到期") for key in ("unit", "clerk", "leader", "other_unit")] == [
        1,
        1,
        1,
        0,
    ]
    late = make.MORNING + timedelta(days=36)
    run(late)
    run(late + timedelta(days=1))
    assert [reminders(place, key, "已超期") for key in ("unit", "clerk")] == [1, 1]


def test_what_waits_for_the_office_or_is_over_is_no_reminder_to_the_unit():
    place = make.district()
    make.assignment_at(A.CLAIMED, place)
    make.assignment_at(A.VERIFIED, place)
    run(make.MORNING + timedelta(days=60))
    assert reminders(place, "unit", "已超期") == 0


def test_a_look_back_is_due_on_its_day_and_not_before():
    place = make.district()
    actions.close_matter_when_done(matter=make.judging_matter(place), by=place.clerk, at=make.LATER)
    day = make.LATER + timedelta(days=90)
    tasks.remind_of_look_backs(day.date(), day - timedelta(days=1))
    assert reminders(place, "clerk", "该回头看了") == 0
    tasks.remind_of_look_backs(day.date(), day)
    tasks.remind_of_look_backs(day.date(), day + timedelta(days=1))
    assert reminders(place, "clerk", "该回头看了") == 1
    actions.record_look_back(LookBack.unscoped.get(), finding="没有反复。", by=place.clerk, at=day)
