"""Who decided what and when, undone steps included; for the office alone."""

from datetime import timedelta

import pytest

from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import actions
from shangliang.reports.models import Report
from shangliang.reports.queries import reports_of
from shangliang.reports.queries.history import history_of_matter, history_of_report
from shangliang.reports.tests.factories import gathered_matter, report_in

pytestmark = pytest.mark.django_db


def later(hours):
    return MORNING + timedelta(hours=hours)


def again(row):
    return Report.unscoped.get(pk=row.pk)


def test_a_report_tells_who_received_kept_took_back_and_answered_it():
    place = district()
    report = report_in(place)
    actions.bank(report, words="先留着。", by=place.clerk, at=later(1))
    actions.undo(again(report), by=place.leader, at=later(2))
    actions.answer(again(report), words="办了。", by=place.clerk, at=later(3))
    lines = history_of_report(place.clerk, report)
    assert [one.verb for one in lines] == ["report.receive", "report.bank", "report.undo", "report.answer"]
    assert [one.is_undone for one in lines] == [False, True, False, False]
    clerk, leader = place.appointments["clerk"].person.name, place.appointments["leader"].person.name
    assert [one.name for one in lines] == ["", clerk, leader, clerk]
    assert lines[1].role and lines[1].at == later(1)


def test_only_the_act_an_undo_came_from_is_marked_and_each_once():
    place = district()
    report = report_in(place)
    for hour in (1, 3):
        actions.bank(again(report), words="先留着。", by=place.clerk, at=later(hour))
        actions.undo(again(report), by=place.clerk, at=later(hour + 1))
    actions.bank(again(report), words="先留着。", by=place.clerk, at=later(5))
    lines = history_of_report(place.clerk, report)
    assert [one.is_undone for one in lines if one.verb == "report.bank"] == [True, True, False]


def test_a_matter_tells_its_own_steps_and_those_of_its_reports_in_order():
    place = district()
    matter = gathered_matter(place, reports=2)
    actions.begin_consulting(matter, by=place.clerk, at=later(1))
    lines = history_of_matter(place.clerk, matter, reports_of(place.clerk, matter))
    verbs = [one.verb for one in lines]
    assert verbs.index("report.raise") < verbs.index("matter.establish") < verbs.index("matter.consult")
    assert "report.join" in verbs and [one.seq for one in lines] == sorted(one.seq for one in lines)


@pytest.mark.parametrize("who", ["keeper", "member", "unit", "reviewer", "officer"])
def test_nobody_outside_the_office_reads_the_history_of_a_report(who):
    place = district()
    assert history_of_report(place.viewers[who], report_in(place)) == []


def test_the_pages_say_it_in_words_and_another_committees_are_not_there(client):
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    matter, theirs = gathered_matter(place, reports=2), report_in(elsewhere)
    report = Report.unscoped.filter(matter=matter).first()
    actions.undo(Report.unscoped.filter(matter=matter).last(), by=place.clerk, at=later(1))
    person = place.appointments["clerk"].person
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    shown = client.get(f"/desk/{report.code}/history/").content.decode()
    assert person.name in shown and "立为新事项" in shown and "→ 已并入事项" in shown
    shown = client.get(f"/matters/{matter.code}/history/").content.decode()
    assert "立为事项" in shown
    assert client.get(f"/desk/{theirs.code}/history/").status_code == 404
