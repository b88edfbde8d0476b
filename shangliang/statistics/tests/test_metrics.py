"""The figures on small invented cases: what counts, what does not, and what was known on an earlier day."""

from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from shangliang.consultations import states as consulting
from shangliang.delivery import states as delivering
from shangliang.people import actions
from shangliang.people.tests.factories import MORNING, SETUP, district
from shangliang.reports import states as reporting
from shangliang.reports.actions.points import close_point, reopen_point, rotate_code
from shangliang.reports.tests.factories import point_in
from shangliang.statistics.definitions import Scope, computed, fingerprint, has_small_denominator
from shangliang.statistics.queries import METRICS, scope_of
from shangliang.statistics.tests import factories as rows
from shangliang.topics.models import Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return district()


def line(key, place, **days):
    return computed(METRICS[key], scope_of(place.committee, **days))


def test_every_source_stands_in_the_parts_and_they_add_up(place):
    for source in ("residents", "residents", "member"):
        rows.topic(place, source=source)
    found = line("M-18", place)
    assert found["value"] == 3 == len(found["rows"])
    assert found["parts"] == {one.value: {"residents": 2, "member": 1}.get(one.value, 0) for one in Source}
    assert sum(found["parts"].values()) == found["value"]


def test_both_ends_of_a_period_belong_to_it(place):
    for day in (7, 8, 9, 10):
        rows.topic(place, stored_on=date(2026, 9, day))
    assert line("M-18", place, from_on=date(2026, 9, 8), to_on=date(2026, 9, 9))["value"] == 2


def test_a_topic_entered_later_does_not_change_the_figure_as_of_an_earlier_day(place):
    first = rows.topic(place)
    rows.topic(place, at=rows.days_later(10))  # happened the same day, recorded ten days later
    assert line("M-18", place, as_of=rows.DAY + timedelta(days=9))["rows"] == [first.code]
    assert line("M-18", place, as_of=rows.DAY + timedelta(days=10))["value"] == 2


def test_what_was_recorded_up_to_midnight_counts_for_that_day(place):
    rows.topic(place, at=MORNING.replace(hour=23, minute=59))
    rows.topic(place, at=MORNING.replace(hour=0, minute=0) + timedelta(days=1))
    assert line("M-18", place, as_of=rows.DAY)["value"] == 1


def test_another_committee_is_not_counted_and_a_descendant_is(place):
    other = district("qingshan", "QS", "青山区政协")
    group = actions.open_committee(
        slug="qinghe",
        name="清河街道联络组",
        short_name="清河",
        prefix="QH",
        level="group",
        parent=place.committee,
        by=SETUP,
        at=MORNING,
    )
    place_below = district("qinghe-two", "QT", "清河二组")
    rows.topic(other)
    mine = rows.topic(place)
    assert line("M-18", place)["rows"] == [mine.code]
    assert group.pk in scope_of(place.committee).committee_ids
    assert place_below.committee.pk not in scope_of(place.committee).committee_ids


def test_an_example_below_a_real_office_is_never_counted(place):
    example = actions.open_committee(
        slug="shown",
        name="示例街道组",
        short_name="示例",
        prefix="SL",
        level="group",
        parent=place.committee,
        is_example=True,
        by=SETUP,
        at=MORNING,
    )
    assert example.pk not in scope_of(place.committee).committee_ids
    assert scope_of(example).committee_ids == (example.pk,)


def complete_consultation(place, closed_at=None):
    home = rows.consultation(place, rows.topic(place), closed_at=closed_at or rows.days_later(30))
    rows.checked(place, rows.assignment(place, rows.suggestion(place, home, consulting.ADOPT)))
    return home


def test_nothing_closed_gives_no_number_instead_of_nought(place):
    rows.consultation(place, rows.topic(place))
    found = line("M-19", place)
    assert found["value"] is None
    assert found["parts"] == {"complete": 0, "closed": 0}


def test_all_three_lists_are_needed(place):
    whole = complete_consultation(place)
    rows.consultation(place, rows.topic(place), closed_at=rows.days_later(30))  # no suggestion at all
    undecided = complete_consultation(place)
    rows.suggestion(place, undecided)
    unassigned = complete_consultation(place)
    rows.suggestion(place, unassigned, consulting.ADOPT)
    unchecked = complete_consultation(place)
    rows.assignment(place, rows.suggestion(place, unchecked, consulting.ADOPT))
    found = line("M-19", place)
    assert found["rows"] == [whole.code]
    assert found["parts"] == {"complete": 1, "closed": 5} and found["value"] == 1


def test_what_was_explained_or_not_taken_up_completes_the_lists(place):
    home = complete_consultation(place)
    rows.checked(
        place, rows.assignment(place, rows.suggestion(place, home, consulting.ADOPT)), outcome="not_feasible"
    )
    rows.suggestion(place, home, consulting.NOT_ADOPT, decision_reason="河边是行洪通道。")
    rows.suggestion(place, home, consulting.DROP)
    assert line("M-19", place)["rows"] == [home.code]


def test_an_assignment_handed_to_another_unit_leaves_no_gap(place):
    home = complete_consultation(place)
    wanted = rows.suggestion(place, home, consulting.ADOPT)
    rows.moved(rows.assignment(place, wanted), place, MORNING, delivering.OBJECT, delivering.REASSIGN)
    assert line("M-19", place)["rows"] == []
    rows.checked(place, rows.assignment(place, wanted, lead_unit=place.co_unit))
    assert line("M-19", place)["rows"] == [home.code]


def test_a_session_that_never_met_is_no_closed_consultation(place):
    row = rows.consultation(place, rows.topic(place), closed_at=rows.days_later(3), held_on=None)
    assert row.state == "closed"
    assert line("M-19", place)["parts"]["closed"] == 0


def test_taking_a_result_up_again_leaves_the_earlier_figure_as_it_was(place):
    home = complete_consultation(place)
    done = rows.Assignment.unscoped.get(suggestion__consultation=home)
    rows.moved(done, place, rows.days_later(60), delivering.TAKE_UP_AGAIN)
    assert line("M-19", place)["rows"] == []
    assert line("M-19", place, as_of=rows.DAY + timedelta(days=59))["rows"] == [home.code]


def test_only_what_was_checked_and_really_done_is_solved(place):
    solved = rows.solved_matter(place, outcomes=("done", "done"))
    rows.solved_matter(place, outcomes=("done", "not_feasible"))
    rows.solved_matter(place, outcomes=("partly_done",))
    rows.solved_matter(place, outcomes=())  # nothing was ever assigned
    found = line("M-27", place)
    assert found["rows"] == [solved.code] and found["value"] == 1
    assert found["parts"] == {"solved": 1, "handled": 3}


def test_an_unfinished_assignment_keeps_a_matter_from_being_solved(place):
    matter = rows.solved_matter(place)
    home = rows.Consultation.unscoped.get(topic__topic_matters__matter=matter)
    late = rows.assignment(place, rows.suggestion(place, home, consulting.ADOPT))
    assert line("M-27", place)["value"] == 0
    rows.checked(place, late)
    assert line("M-27", place)["rows"] == [matter.code]


def test_a_matter_counts_on_the_day_of_its_last_check(place):
    rows.solved_matter(place, on=date(2026, 9, 28))
    assert line("M-27", place, to_on=date(2026, 9, 27))["parts"] == {"solved": 0, "handled": 0}
    assert line("M-27", place, from_on=date(2026, 9, 28), to_on=date(2026, 9, 28))["value"] == 1


def test_a_matter_that_came_back_was_still_solved_as_of_before(place):
    matter = rows.solved_matter(place)
    rows.moved(matter, place, rows.days_later(40), reporting.REOPEN)
    assert line("M-27", place)["value"] == 0
    assert line("M-27", place, as_of=rows.DAY + timedelta(days=39))["rows"] == [matter.code]
    assert line("M-27", place, as_of=rows.DAY + timedelta(days=19))["rows"] == []


def test_a_small_denominator_is_said_and_a_figure_without_one_is_not(place):
    rows.solved_matter(place)
    assert has_small_denominator(METRICS["M-27"], line("M-27", place))
    assert not has_small_denominator(METRICS["M-18"], line("M-18", place))
    assert not has_small_denominator(METRICS["M-27"], {"parts": {"handled": 30}})


@given(st.lists(st.text(alphabet="ABC-0123456789", min_size=1), unique=True), st.integers(0, 9))
def test_the_hash_depends_on_the_rows_and_nothing_else(codes, number):
    body = {"metric": "M-18", "rows": sorted(codes), "value": number}
    assert fingerprint(body) == fingerprint(dict(reversed(body.items())))
    assert fingerprint(body) != fingerprint({**body, "rows": [*sorted(codes), "more"]})


def test_the_hash_is_the_same_in_every_language(place):
    rows.topic(place)
    with translation.override("en"):
        english = line("M-18", place)
    assert english == line("M-18", place)


def test_a_scope_without_days_holds_every_day():
    assert Scope((1,)).holds(date(1999, 1, 1)) and Scope((1,)).days("stored_on") == {}


def test_a_community_with_an_open_point_counts_once_of_all_communities(place):
    point_in(place)
    point_in(place, name="第二个")
    closed = point_in(place, name="停用", area=place.other_community)
    close_point(closed, by=place.clerk, at=MORNING)
    point_in(place, name="街道的点", area=place.street)
    found = line("M-17", place)
    assert found["rows"] == ["YC 清河街道 柳岸社区"]
    assert (found["value"], found["parts"]) == (1, {"covered": 1, "communities": 2})


def test_a_place_without_communities_has_no_figure_for_points():
    empty = actions.open_committee(
        slug="kong", name="空区政协", short_name="空区", prefix="KQ", level="district", by=SETUP, at=MORNING
    )
    assert computed(METRICS["M-17"], scope_of(empty))["value"] is None


def test_whether_a_point_was_open_then_is_read_from_the_ledger_even_under_an_older_code(place):
    """Opened, given another code, closed ten days later, opened again: each day knows its own."""
    point = point_in(place)
    day = MORNING.date()
    rotate_code(point, leads_until=None, by=place.clerk, at=rows.days_later(2))
    close_point(point, by=place.clerk, at=rows.days_later(10))
    rotate_code(point, leads_until=None, by=place.clerk, at=rows.days_later(12))
    reopen_point(point, by=place.clerk, at=rows.days_later(20))
    known = {
        days: line("M-17", place, as_of=day + timedelta(days=days))["value"]
        for days in (-1, 0, 5, 10, 15, 20)
    }
    assert known == {-1: 0, 0: 1, 5: 1, 10: 0, 15: 0, 20: 1}
    assert line("M-17", place, to_on=day + timedelta(days=15))["value"] == 0
    assert line("M-17", place)["value"] == 1
