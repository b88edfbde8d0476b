"""Who has read what somebody said: a role or a unit and a day, once, and never by a mere GET."""

from datetime import timedelta

import pytest

from shangliang.foundation.viewer import LinkHolder, System
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import actions
from shangliang.reports.models import Reading
from shangliang.reports.queries import readings_of
from shangliang.reports.tests.factories import gathered_matter, held_report, holder_of, report_in

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(days=2)


@pytest.fixture
def place():
    return district()


def rows(report):
    return list(Reading.unscoped.filter(report=report).order_by("pk").values_list("role", "unit"))


ACTS = {
    "ask": lambda report, by: actions.ask(report, words="几点？", by=by, at=MORNING),
    "answer": lambda report, by: actions.answer(report, words="明天修。", by=by, at=MORNING),
    "bank": lambda report, by: actions.bank(report, words="先留着。", by=by, at=MORNING),
    "hold": lambda report, by: actions.hold(report, by=by, at=MORNING),
    "raise": lambda report, by: actions.raise_matter(report, title="门口堵", by=by, at=MORNING),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_whoever_acts_on_a_report_has_read_it(place, act):
    report = report_in(place)
    act(report, place.clerk)
    assert rows(report) == [("clerk", 0)]


def test_an_officer_who_acts_and_a_second_person_who_opens_the_contact_have_read_it(place):
    held, mine = held_report(place), report_in(place, contact="000-0000-0001", consent_version="1")
    actions.release(held, by=place.officer, at=MORNING)
    asked = actions.ask_unmask(mine, reason="问清楚", by=place.clerk, at=MORNING)
    actions.approve_unmask(asked, by=place.leader, at=MORNING)
    assert rows(held) == [("officer", 0)] and rows(mine) == [("leader", 0)]


def test_the_same_role_is_noted_once_with_the_first_day(place):
    report = report_in(place)
    for at in (MORNING, LATER):
        actions.record_reading(report, by=place.clerk, at=at)
    assert Reading.unscoped.get().first_read_at == MORNING


def test_a_unit_is_noted_by_its_organisation_and_tasks_and_holders_are_not(place):
    report, unit = report_in(place), place.lead_unit.pk
    actions.record_reading(report, by=place.unit, at=MORNING)
    actions.record_reading(report, by=LinkHolder("assignment", "A1", unit, place.committee.pk), at=MORNING)
    actions.record_reading(report, by=System("task", place.committee.pk), at=MORNING)
    actions.record_reading(report, by=holder_of(report), at=MORNING)
    assert rows(report) == [("unit", unit), ("link", unit)]


def test_a_notice_to_everybody_in_a_matter_is_no_reading(place):
    matter = gathered_matter(place)
    Reading.unscoped.all().delete()
    actions.tell_reporters(matter, text="下周去看。", by=place.leader, at=MORNING)
    assert not Reading.unscoped.exists()


def test_the_desk_tells_by_a_fragment_and_looking_alone_writes_nothing(client, place, clock):
    report, held = report_in(place), held_report(place)
    client.force_login(
        place.appointments["clerk"].person, backend="django.contrib.auth.backends.ModelBackend"
    )
    page = client.get(f"/desk/{report.code}/").content.decode()
    address = f"/desk/{report.code}/read/"
    assert f'hx-post="{address}"' in page and not Reading.unscoped.exists()
    assert client.get(address).status_code == 405
    assert [client.post(address).status_code for _twice in range(2)] == [204, 204]
    assert rows(report) == [("clerk", 0)]
    assert client.post(f"/desk/{held.code}/read/").status_code == 404
    client.force_login(
        place.appointments["officer"].person, backend="django.contrib.auth.backends.ModelBackend"
    )
    assert f'hx-post="/officers/{held.code}/read/"' in client.get(f"/officers/{held.code}/").content.decode()
    assert client.post(f"/officers/{held.code}/read/").status_code == 204 and rows(held) == [("officer", 0)]
    for who in ("member", "keeper", "unit", "reviewer", "admin"):
        client.force_login(
            place.appointments[who].person, backend="django.contrib.auth.backends.ModelBackend"
        )
        assert client.post(address).status_code == 404
    assert Reading.unscoped.count() == 2


def test_the_holder_s_readings_are_the_own_report_s(place):
    report, other = report_in(place), report_in(place)
    actions.record_reading(report, by=place.clerk, at=MORNING)
    assert readings_of(holder_of(report), report).count() == 1
    assert (
        not readings_of(holder_of(other), other).exists()
        and not readings_of(holder_of(other), report).exists()
    )
