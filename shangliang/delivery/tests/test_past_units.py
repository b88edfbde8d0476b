"""What a unit's model learns from: who took on which matter, or which other system did; never a locked word."""

from datetime import timedelta

import pytest

from shangliang.delivery import tasks
from shangliang.delivery.actions import accept
from shangliang.delivery.queries.past_units import past_units
from shangliang.delivery.states import A
from shangliang.delivery.tests.factories import (
    LATER,
    MORNING,
    WORDS,
    adopted_suggestion,
    assigned,
    assignment_at,
    district,
    gathered_matter,
    matter_of,
)
from shangliang.exchange import actions as exchange_actions
from shangliang.exchange.tests.factories import with_them
from shangliang.foundation.viewer import System
from shangliang.reports import actions as report_actions
from shangliang.reports.models import Report
from shangliang.reports.tests.factories import holder_of
from shangliang.sorting.models import Lesson

pytestmark = pytest.mark.django_db


def learned_from(place):
    return past_units(System("test", place.committee.pk))


def test_a_unit_that_accepted_is_learned_from_with_the_day_it_did():
    place = district()
    one = assignment_at(A.ACCEPTED, place)
    (said,) = learned_from(place)
    assert said.label == f"o:{place.lead_unit.pk}" and said.text == WORDS
    assert said.at.date() == one.accepted_on


@pytest.mark.parametrize("state", [A.DISPATCHED, A.OBJECTED])
def test_a_unit_that_has_not_accepted_is_not(state):
    place = district()
    assignment_at(state, place)
    assert learned_from(place) == []


def test_after_an_objection_the_unit_it_went_to_is_learned_from():
    place = district()
    old = assignment_at(A.REASSIGNED, place)
    assert learned_from(place) == []
    new = type(old).unscoped.get(replaces=old)
    accept(new, by=place.other_unit, at=MORNING)
    assert [one.label for one in learned_from(place)] == [f"o:{place.co_unit.pk}"]


def test_every_report_of_the_matter_speaks_but_those_taken_back():
    place = district()
    suggestion = adopted_suggestion(place, matters=(gathered_matter(place, reports=3),))
    one = assigned(place, suggestion=suggestion)
    accept(one, by=place.unit, at=LATER)
    assert len(learned_from(place)) == 3
    gone = Report.unscoped.filter(matter=matter_of(one)).order_by("pk").last()
    report_actions.withdraw(gone, by=holder_of(gone), at=LATER)
    assert len(learned_from(place)) == 2


def test_another_system_that_gave_a_number_took_it_on_and_one_that_only_got_it_did_not():
    place = district()
    (one,) = with_them(place)
    assert learned_from(place) == []
    exchange_actions.record_number(one, number="2026-0001", by=place.clerk, at=LATER)
    (said,) = learned_from(place)
    assert said.label == f"s:{one.system.name}"


def test_another_committees_units_are_not_learned_here():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    assignment_at(A.ACCEPTED, elsewhere)
    assert learned_from(place) == []


def test_the_nightly_job_counts_what_there_is():
    place = district()
    assignment_at(A.ACCEPTED, place)
    at = LATER + timedelta(days=1)
    tasks.learn_units(at.date(), at)
    lesson = Lesson.unscoped.get(subject="unit")
    assert (lesson.committee, lesson.examples, lesson.looked_at) == (place.committee, 0, at)
