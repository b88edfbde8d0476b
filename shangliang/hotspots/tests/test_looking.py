"""The weekly look: once, in a child, with what may be read and nothing else; a failing one leaves the last list standing."""

import json
import subprocess
import sys
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from shangliang.analysis.hot_topics import HeatParts, heat, weekly_counts
from shangliang.foundation import schedule
from shangliang.foundation.models import Job, LedgerEntry
from shangliang.foundation.refusals import AlreadyDone, NotYours
from shangliang.foundation.viewer import System
from shangliang.hotspots import actions, looking, queries, tasks
from shangliang.hotspots.actions import asking
from shangliang.hotspots.models import HotReport, HotTopic, Look, SeasonMatter, SeasonReport, Week
from shangliang.hotspots.queries.said import said_until
from shangliang.hotspots.tests.factories import (
    GATE,
    LAMP,
    LAST_WEEK,
    OTHERS,
    TODAY,
    hot_topic,
    import_often,
    looked,
    said,
    said_often,
    season_matter,
    years_of_heating,
)
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports.actions import hold, join, raise_matter, withdraw
from shangliang.reports.models import Report
from shangliang.reports.tests.factories import ACCUSING, holder_of, sent, spoken_report

pytestmark = pytest.mark.django_db


def work(at=MORNING):
    schedule.lay_out(tasks.JOBS, at)
    return schedule.run_due(tasks.JOBS, at)


def verbs():
    return list(LedgerEntry.unscoped.order_by("pk").values_list("body", flat=True))


def test_the_week_is_written_with_its_topics_and_their_reports(place):
    hot = hot_topic(place)
    week = hot.week
    assert (week.week_on, week.texts, week.matters, week.is_standing) == (LAST_WEEK, 8, 5, True)
    assert week.topics.count() == 1
    assert {one.report.text for one in hot.members.select_related("report")} == set(GATE)
    assert hot.title in {text.split("。")[0] for text in GATE}
    assert hot.title_from.text.startswith(hot.title[:10])
    assert (hot.since, hot.until) == (LAST_WEEK, LAST_WEEK + timedelta(days=3))
    assert any(b"week.look" in bytes(body) for body in verbs())


def test_heat_and_weeks_are_those_of_the_function(place):
    hot = hot_topic(place)
    days = [one.report.happened_on for one in hot.members.select_related("report")]
    assert hot.heat == heat(HeatParts(hot.people, hot.weeks_spoken, hot.growth))
    assert hot.by_week == weekly_counts([(day, None) for day in days], LAST_WEEK + timedelta(days=6))
    assert sum(hot.by_week) == hot.people == 4


def test_the_weekly_job_twice_is_once(place):
    said_often(place)
    for minutes in (0, 1, 60):
        work(MORNING + timedelta(minutes=minutes))
    work(MORNING + timedelta(days=1))
    assert Week.unscoped.count() == Look.unscoped.count() == 1
    assert Week.unscoped.get().week_on == LAST_WEEK


def test_weeks_missed_by_a_standstill_are_caught_up(place):
    said_often(place, day=date(2026, 8, 20))
    work(MORNING)
    work(MORNING + timedelta(days=14))
    mondays = [one.week_on for one in Week.unscoped.order_by("week_on")]
    assert mondays == [LAST_WEEK, date(2026, 9, 7), date(2026, 9, 14)]


def test_each_committee_has_its_own_week(place):
    other = district("nanhu", "NH", "南湖区政协")
    said_often(place)
    said_often(other, LAMP)
    work()
    for where, texts in ((place, GATE), (other, LAMP)):
        week = queries.get_week_for(where.clerk, None)
        found = {one.report.text for one in HotReport.unscoped.filter(week=week).select_related("report")}
        assert found
        assert found <= set(texts)


def test_a_child_that_is_killed_leaves_the_last_list_standing(place, monkeypatch):
    hot = hot_topic(place)
    monkeypatch.undo()  # from here on in a child again
    order = [sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"]
    real = subprocess.Popen
    monkeypatch.setattr(looking.subprocess, "Popen", lambda _order, **more: real(order, **more))
    later = MORNING + timedelta(days=7)
    work(later)
    look = Look.unscoped.get()
    assert (look.trouble, look.ended_at) == ("broken", later)
    assert queries.get_week_for(place.clerk, None) == hot.week
    assert list(queries.hot_topics_of(place.clerk, hot.week)) == [hot]


def test_a_child_that_takes_too_long_is_ended_and_says_so(monkeypatch):
    order, real = [sys.executable, "-c", "import time; time.sleep(60)"], subprocess.Popen
    monkeypatch.setattr(looking.subprocess, "Popen", lambda _order, **more: real(order, **more))
    monkeypatch.setattr(looking, "PATIENCE", 0.3)
    with pytest.raises(looking.NothingSeen) as failed:
        looking.look([], until=TODAY, today=TODAY)
    assert failed.value.why == "time"


def test_a_child_without_memory_says_so(monkeypatch):
    order, real = [sys.executable, "-c", "raise SystemExit(3)"], subprocess.Popen
    monkeypatch.setattr(looking.subprocess, "Popen", lambda _order, **more: real(order, **more))
    with pytest.raises(looking.NothingSeen) as failed:
        looking.look([], until=TODAY, today=TODAY)
    assert failed.value.why == "memory"


def test_the_real_child_sees_what_the_function_sees(place, monkeypatch):
    said_often(place)
    said(place, OTHERS[0], LAST_WEEK)
    rows = list(said_until(System("tests", place.committee.pk), TODAY))
    here = looking.look(rows, until=TODAY, today=TODAY)
    monkeypatch.undo()
    assert looking.look(rows, until=TODAY, today=TODAY) == here
    assert here["topics"][0]["people"] == 4


def test_a_failed_week_is_tried_again_the_day_after(place, monkeypatch):
    said_often(place)

    def fails(*_said, **_more):
        raise looking.NothingSeen("memory")

    with monkeypatch.context() as broken:
        broken.setattr(looking, "look", fails)
        work()
    assert not Week.unscoped.exists()
    work(MORNING + timedelta(days=1))
    assert Week.unscoped.get().is_standing
    assert [one.trouble for one in Look.unscoped.order_by("pk")] == ["memory", ""]


def test_an_error_of_our_own_is_tried_again_by_the_schedule(place, monkeypatch):
    said_often(place)
    with monkeypatch.context() as broken:
        broken.setattr(asking, "store_week", lambda *_a, **_k: 1 / 0)
        work()
    assert Job.unscoped.get(name=asking.JOB).state == "waiting"
    assert Look.unscoped.get().begun_at is None
    work(MORNING + timedelta(minutes=1))
    assert Week.unscoped.get().is_standing


def test_a_list_broken_off_while_it_is_written_does_not_stand(place, monkeypatch):
    hot = hot_topic(place)
    with monkeypatch.context() as broken:
        broken.setattr("shangliang.hotspots.actions.writing._stand", lambda *_a, **_k: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            looked(place)
    assert queries.get_week_for(place.clerk, None) == hot.week
    assert Week.unscoped.filter(is_standing=False).count() == 1
    looked(place, at=MORNING + timedelta(days=2))
    assert Week.unscoped.get(is_standing=False) == hot.week


def test_what_is_locked_withdrawn_or_laid_apart_is_never_read(place):
    said_often(place)
    sent(place, ACCUSING)
    taken_back = said(place, OTHERS[0], LAST_WEEK)
    withdraw(taken_back, by=holder_of(taken_back), at=MORNING)
    held = said(place, OTHERS[1], LAST_WEEK)
    hold(held, by=place.clerk, at=MORNING)
    aside = said(place, OTHERS[2], LAST_WEEK, doubt="flood")
    spoken = spoken_report(place)
    read = {one.key for one in said_until(System("tests", place.committee.pk), TODAY)}
    assert read == set(Report.unscoped.filter(text__in=GATE).values_list("pk", flat=True))
    assert not read & {taken_back.pk, held.pk, aside.pk, spoken.pk}


def test_what_is_locked_while_the_look_goes_on_does_not_get_in(place, monkeypatch):
    reports = said_often(place)
    seen = looking.look

    def slow(rows, **more):
        answer = seen(list(rows), **more)
        hold(reports[0], by=place.clerk, at=MORNING)
        return answer

    monkeypatch.setattr(looking, "look", slow)
    week = looked(place)
    assert HotReport.unscoped.filter(week=week).count() == 3
    assert not HotReport.unscoped.filter(report=reports[0]).exists()


def test_what_is_locked_while_the_look_goes_on_lends_it_neither_title_nor_places(place, monkeypatch):
    said_often(place)
    seen = looking.look

    def slow(rows, **more):
        answer = seen(list(rows), **more)
        for topic in answer["topics"]:
            topic["places"] = ["鹭岛里"]
        hold(Report.unscoped.get(pk=answer["topics"][0]["title_of"]), by=place.clerk, at=MORNING)
        return answer

    monkeypatch.setattr(looking, "look", slow)
    hot = looked(place).topics.get()
    assert (hot.title, hot.title_from, hot.places) == ("", None, [])


def test_what_is_said_after_the_week_is_left_out(place):
    said_often(place)
    said(place, GATE[0] + "又来了。", TODAY)
    assert looked(place).texts == 4


def test_an_author_who_wrote_three_times_is_one_person_and_only_that(place):
    import_often(place, ("甲一", "甲一", "甲一", "乙二"))
    hot = looked(place).topics.get()
    assert (hot.people, hot.members.count()) == (2, 4)
    kept = json.dumps(list(HotTopic.unscoped.values()), default=str)
    kept += json.dumps(list(HotReport.unscoped.values()), default=str)
    aliases = set(Report.unscoped.values_list("import_alias", flat=True))
    assert len(aliases) == 2
    assert not [alias for alias in aliases if alias in kept]
    Report.unscoped.update(import_alias="")  # as the job that forgets aliases leaves it
    assert looked(place).topics.get().people == 4


def test_the_child_gets_no_alias_but_a_number_of_this_look(place):
    import_often(place, ("甲一", "甲一", "乙二", "丙三"))
    rows = list(said_until(System("tests", place.committee.pk), TODAY))
    assert [one.who for one in rows] == [1, 1, 2, 3]


def test_what_staff_joined_is_one_topic(place):
    first = said(place, OTHERS[0], LAST_WEEK)
    matter = raise_matter(first, title="站牌", by=place.clerk, at=MORNING)
    second = said(place, OTHERS[2], LAST_WEEK)
    join(second, matter, by=place.clerk, at=MORNING)
    hot = looked(place).topics.get()
    assert {one.report_id for one in hot.members.all()} == {first.pk, second.pk}


def test_a_committee_that_said_nothing_has_an_empty_week_and_starts_no_child(place, monkeypatch):
    monkeypatch.setattr(looking, "look", lambda *_a, **_k: 1 / 0)
    week = looked(place)
    assert (week.texts, week.matters, week.topics.count()) == (0, 0, 0)


def test_the_button_queues_the_look_and_the_worker_does_it(place):
    said_often(place)
    work()
    actions.ask_for_look(committee=place.committee, by=place.clerk, at=MORNING)
    assert Look.unscoped.get(ended_at=None).asked_by == place.clerk.appointment_id
    work(MORNING + timedelta(seconds=5))
    assert [one.week_on for one in queries.weeks_of(place.clerk)] == [date(2026, 9, 7), LAST_WEEK]
    assert not Look.unscoped.filter(ended_at=None).exists()


def test_a_look_under_way_is_not_asked_for_again_but_one_that_died_is(place):
    actions.ask_for_look(committee=place.committee, by=place.clerk, at=MORNING)
    Look.unscoped.update(begun_at=MORNING)
    with pytest.raises(AlreadyDone, match="后台正在看"):
        actions.ask_for_look(committee=place.committee, by=place.leader, at=MORNING)
    assert actions.run_looks(MORNING) == 0
    later = MORNING + asking.LEASE + timedelta(minutes=1)
    actions.ask_for_look(committee=place.committee, by=place.leader, at=later)
    assert actions.run_looks(later) == 1


@pytest.mark.parametrize("who", ["member", "unit", "officer", "admin"])
def test_nobody_but_the_office_asks_for_a_look(place, who):
    with pytest.raises(NotYours):
        actions.ask_for_look(committee=place.committee, by=getattr(place, who), at=MORNING)


def test_looking_again_at_a_week_replaces_its_list_and_the_old_one_is_swept_later(place):
    first = hot_topic(place).week
    said(place, GATE[0] + "今天也是。", LAST_WEEK + timedelta(days=5))
    second = looked(place, at=MORNING + timedelta(hours=1))
    assert list(queries.weeks_of(place.clerk)) == [second]
    assert second.topics.get().people == 5
    assert Week.unscoped.filter(pk=first.pk).exists()
    looked(place, at=MORNING + timedelta(days=2))
    assert not Week.unscoped.filter(pk=first.pk).exists()


def test_ranks_are_compared_with_the_week_before(place):
    said_often(place)
    looked(place, LAST_WEEK)
    said_often(
        place, (*LAMP, LAMP[0] + "又黑了。", LAMP[1] + "还没好。", LAMP[2] + "一个月了。"), date(2026, 9, 7)
    )
    week = looked(place, date(2026, 9, 7), at=MORNING + timedelta(days=7))
    places = [(one.place_in_list, one.place_before) for one in week.topics.order_by("place_in_list")]
    assert places == [(1, None), (2, 1)]


def test_what_came_back_in_the_same_weeks_is_proposed_ahead_with_its_evidence(place):
    row = season_matter(place)
    assert TODAY <= row.season_on <= TODAY + timedelta(weeks=6)
    assert row.until_on > row.season_on
    assert [year["year"] for year in row.evidence["years"]] == [2023, 2024, 2025]
    assert [year["people"] for year in row.evidence["years"]] == [3, 3, 3]
    assert 0 < row.evidence["expected"] < row.evidence["people"] == 9
    assert row.members.count() == 9
    assert "暖气不热" in row.title


def test_the_season_is_proposed_once_however_often_one_looks(place):
    row = season_matter(place)
    looked(place, at=MORNING + timedelta(days=7))
    looked(place, date(2026, 9, 7), at=MORNING + timedelta(days=8))
    assert SeasonMatter.unscoped.get() == row
    assert SeasonReport.unscoped.count() == 9


def test_the_command_looks_and_says_what_it_saw(place, clock):
    clock.set("2026-09-08 09:00")
    said_often(place)
    out = StringIO()
    call_command("look_at_week", committee="yunchuan", week="2026-09-03", stdout=out)
    answer = json.loads(out.getvalue())
    assert (answer["week"], answer["texts"], answer["topics"]) == ("2026-08-31", 4, 1)
    with pytest.raises(CommandError, match="没有网址名为"):
        call_command("look_at_week", committee="nowhere")
    with pytest.raises(CommandError, match="2026-11-16"):
        call_command("look_at_week", committee="yunchuan", week="gestern")


def test_looking_asks_a_bounded_number_of_questions(place, django_assert_max_num_queries):
    years_of_heating(place)
    said_often(place)
    assert connection.vendor
    with django_assert_max_num_queries(90):
        looked(place)


@pytest.mark.parametrize("goes", ["locked", "withdrawn"])
def test_what_is_locked_or_withdrawn_leaves_the_lists_in_the_next_round(place, goes):
    hot = hot_topic(place)
    work(MORNING + timedelta(hours=20))
    report = hot.members.order_by("pk").first().report
    now = MORNING + timedelta(hours=21)
    if goes == "locked":
        hold(report, by=place.clerk, at=now)
    else:
        withdraw(report, by=holder_of(report), at=now)
    assert HotReport.unscoped.filter(report=report).exists()
    work(now)
    assert not HotReport.unscoped.filter(report=report).exists()
