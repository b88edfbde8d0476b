"""Periodic work: nothing missed over a standstill, nothing done twice, a dead worker's work taken over."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, OperationalError, transaction

from shangliang.foundation import schedule, worker
from shangliang.foundation.models import Job
from shangliang.foundation.schedule import CATCH_UP_DAYS, LEASE, TRIES, Daily, lay_out, run_due, try_again
from shangliang.foundation.tests.factories import MORNING

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The process ended here."""


def daily(name="count", hour=5):
    ran = []
    return Daily(name, lambda day, _at: ran.append(day), hour), ran


def work(job, at):
    lay_out([job], at)
    return run_due([job], at)


def test_a_job_runs_once_for_its_day():
    job, ran = daily()
    for minutes in (0, 1, 60):
        work(job, MORNING + timedelta(minutes=minutes))
    assert ran == [date(2026, 9, 8)]
    row = Job.unscoped.get()
    assert (row.state, row.done_at, row.tries) == ("done", MORNING, 1)


def test_a_job_is_not_run_before_its_hour():
    job, ran = daily(hour=23)
    work(job, MORNING)
    assert not ran and Job.unscoped.get().state == "waiting"
    work(job, MORNING.replace(hour=23))
    assert ran == [date(2026, 9, 8)]


def test_days_missed_in_a_standstill_are_caught_up_each_for_its_own_day():
    job, ran = daily()
    work(job, MORNING)
    work(job, MORNING + timedelta(days=4))
    assert ran == [date(2026, 9, day) for day in (8, 9, 10, 11, 12)]
    assert set(Job.unscoped.values_list("state", flat=True)) == {"done"}


def test_after_a_long_standstill_two_weeks_are_caught_up_and_no_more():
    job, ran = daily()
    work(job, MORNING)
    work(job, MORNING + timedelta(days=60))
    assert len(ran) == 1 + CATCH_UP_DAYS + 1 and ran[-1] == date(2026, 11, 7)


def test_two_workers_that_lay_out_at_once_make_one_row_per_day():
    job, _ran = daily()
    lay_out([job], MORNING)
    lay_out([job], MORNING)
    Job.unscoped.all().delete()
    lay_out([job], MORNING)
    assert Job.unscoped.count() == 1


def test_the_database_itself_refuses_a_second_row_for_the_same_job_and_period():
    Job.unscoped.create(name="count", period="2026-09-08", due_at=MORNING)
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.unscoped.create(name="count", period="2026-09-08", due_at=MORNING)


def test_a_dead_workers_job_is_taken_over_when_its_lease_is_over_and_not_before():
    def dies(_day, _at):
        raise Killed

    job, ran = daily()
    lay_out([job], MORNING)
    with pytest.raises(Killed):
        run_due([Daily("count", dies)], MORNING)
    assert Job.unscoped.get().state == "running"
    assert run_due([job], MORNING + LEASE / 2) == 0
    assert run_due([job], MORNING + LEASE + timedelta(seconds=1)) == 1
    assert ran == [date(2026, 9, 8)] and Job.unscoped.get().state == "done"


def test_two_workers_do_not_run_the_same_job_at_once():
    job, ran = daily()
    lay_out([job], MORNING)
    inside = []
    meanwhile = Daily("count", lambda _day, at: inside.append(run_due([job], at)))
    run_due([meanwhile], MORNING)
    assert inside == [0] and not ran


@pytest.mark.parametrize("failure", [ValueError, OperationalError, TypeError, KeyError, RuntimeError])
def test_a_job_that_fails_five_times_is_parked_and_blocks_no_other(failure):
    def fails(_day, _at):
        raise failure("no")

    bad, (good, ran) = Daily("bad", fails), daily()
    for minutes in range(7):
        lay_out([bad, good], MORNING + timedelta(minutes=minutes))
        run_due([bad, good], MORNING + timedelta(minutes=minutes))
    row = Job.unscoped.get(name="bad")
    assert (row.state, row.tries, row.error) == ("parked", TRIES, failure.__name__)
    assert ran == [date(2026, 9, 8)]


def test_what_a_failure_said_is_not_kept_for_it_may_be_somebodys_words():
    def fails(_day, _at):
        raise ValueError("住在柳岸社区的那位")

    work(Daily("bad", fails), MORNING)
    assert "柳岸" not in str(Job.unscoped.values())


def test_a_job_that_ends_its_worker_five_times_is_parked():
    def dies(_day, _at):
        raise Killed

    job, at = Daily("deadly", dies), MORNING
    lay_out([job], at)
    for _ in range(TRIES):
        with pytest.raises(Killed):
            run_due([job], at)
        at += LEASE + timedelta(seconds=1)
    assert run_due([job], at) == 0
    assert (Job.unscoped.get().state, Job.unscoped.get().error) == ("parked", "NeverEnded")


def test_a_parked_job_runs_when_somebody_takes_it_up_again():
    job, ran = daily()
    row = Job.unscoped.create(
        name="count", period="2026-09-01", due_at=MORNING, state="parked", tries=TRIES, error="X"
    )
    assert run_due([job], MORNING) == 0
    assert try_again(row.pk) and not try_again(row.pk)
    assert run_due([job], MORNING) == 1 and ran == [date(2026, 9, 1)]


def test_rows_of_a_job_that_no_longer_exists_are_left_alone():
    Job.unscoped.create(name="gone", period="2026-09-01", due_at=MORNING)
    job, _ran = daily()
    assert run_due([job], MORNING) == 0 and Job.unscoped.get().state == "waiting"


def test_every_apps_jobs_are_found_under_names_of_their_own():
    names = [job.name for job in schedule.all_jobs()]
    assert "foundation.sweep_files" in names and len(names) == len(set(names))


def test_one_round_of_the_worker_does_all_the_jobs_that_are_due(clock):
    clock.set("2026-09-08 23:00")
    assert worker.work_once()["jobs"] == len(schedule.all_jobs())
    assert worker.work_once()["jobs"] == 0
    assert set(Job.unscoped.values_list("state", flat=True)) == {"done"}


def test_work_of_minutes_goes_on_beside_the_round_and_keeps_its_lease(transactional_db):
    begun, may_end, lane = threading.Event(), threading.Event(), schedule.Lane()

    def takes_minutes(_day, _at):
        begun.set()
        assert may_end.wait(20)

    long, other = Daily("long", takes_minutes, is_long=True), Daily("other", takes_minutes, is_long=True)
    short, ran = daily()
    lay_out([long, other, short], MORNING)
    Job.unscoped.filter(name="long").update(due_at=MORNING - timedelta(days=1))
    try:
        assert run_due([long, other, short], MORNING, lane) == 2 and begun.wait(20)
        assert ran == [date(2026, 9, 8)] and Job.unscoped.get(name="long").state == "running"
        late = MORNING + LEASE * 2
        assert (
            run_due([long, other, short], late, lane) == 0
        )  # neither a second time nor the next one beside it
        assert Job.unscoped.get(name="long").lease_until == late + LEASE
    finally:
        may_end.set()
        lane.wait()
    assert Job.unscoped.get(name="long").state == "done" and lane.is_free()
    run_due([long, other, short], late, lane)
    lane.wait()
    assert Job.unscoped.get(name="other").state == "done"


def test_work_of_minutes_that_fails_is_tried_again(transactional_db):
    def fails(_day, _at):
        raise ValueError

    bad, lane = Daily("bad", fails, is_long=True), schedule.Lane()
    lay_out([bad], MORNING)
    run_due([bad], MORNING, lane)
    lane.wait()
    row = Job.unscoped.get()
    assert (row.state, row.tries, row.error) == ("waiting", 1, "ValueError")


def test_what_is_asked_for_while_it_runs_is_done_once_more():
    at, ran = MORNING + timedelta(minutes=1), []

    def asks_again(_day, _at):
        ran.append(_day)
        if len(ran) == 1:
            schedule.run_soon("count", at)

    job = Daily("count", asks_again)
    lay_out([job], MORNING)
    run_due([job], MORNING)
    assert (Job.unscoped.get().state, Job.unscoped.get().due_at) == ("waiting", at)
    run_due([job], at)
    assert len(ran) == 2 and Job.unscoped.get().state == "done"


def test_a_job_asked_for_before_its_hour_runs_at_its_hour_all_the_same():
    job, ran = daily(hour=23)
    schedule.run_soon("count", MORNING)
    run_due([job], MORNING)
    assert len(ran) == 1 and Job.unscoped.get().due_at == MORNING.replace(hour=23)
    run_due([job], MORNING.replace(hour=23))
    assert len(ran) == 2 and Job.unscoped.get().state == "done"


def test_a_job_runs_soon_after_the_facts_it_follows_and_no_others(monkeypatch):
    follows, other = Daily("follows", print, after=("report.hold",)), Daily("other", print)
    monkeypatch.setattr(schedule, "all_jobs", lambda: (follows, other))
    schedule.run_soon_after("report.join", MORNING)
    assert not Job.unscoped.exists()
    schedule.run_soon_after("report.hold", MORNING)
    assert [(one.name, one.due_at) for one in Job.unscoped.all()] == [("follows", MORNING)]
