"""Direct report points: opening, closing, the list, the poster."""

import re
from datetime import timedelta

import pytest

from shangliang.foundation.models import LedgerEntry
from shangliang.foundation.refusals import NotYours, Refusal, WrongState
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import actions
from shangliang.reports.models import ReportPoint
from shangliang.reports.queries.points import get_point_for, points_seen_by, points_with_counts
from shangliang.reports.states import PointState
from shangliang.reports.tests.factories import ACCUSING, holder_of, point_in, report_in

pytestmark = pytest.mark.django_db


def test_a_new_point_has_a_short_random_code_and_is_noted():
    place = district()
    one, two = point_in(place), point_in(place, name="石桥社区直报点")
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{8}", one.code) and one.code != two.code
    assert LedgerEntry.unscoped.filter(verb="point.create", subject=f"reportpoint:{one.code}").count() == 1


def test_a_code_that_is_taken_is_not_given_out_again(monkeypatch):
    place = district()
    taken = point_in(place).code
    given = iter([taken, taken, "NEWCODE2"])
    monkeypatch.setattr("shangliang.reports.actions.points.short_code", lambda _length: next(given))
    assert point_in(place).code == "NEWCODE2"


def test_a_point_needs_a_name_and_an_area_of_its_own_committee():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    with pytest.raises(Refusal, match="起个名字"):
        point_in(place, name=" ")
    with pytest.raises(Refusal, match="不在您的区里"):
        point_in(place, area=elsewhere.community)


@pytest.mark.parametrize("who", ["keeper", "member", "reviewer", "officer", "unit"])
def test_only_the_office_opens_and_closes_points(who):
    place = district()
    point, viewer = point_in(place), place.viewers[who]
    with pytest.raises(NotYours):
        actions.open_point(
            committee=place.committee, area=None, name="点", where="", phone="", by=viewer, at=MORNING
        )
    with pytest.raises(NotYours):
        actions.close_point(point, by=viewer, at=MORNING)


def test_another_committees_clerk_can_neither_open_here_nor_close():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    with pytest.raises(NotYours):
        actions.close_point(point_in(place), by=elsewhere.clerk, at=MORNING)
    with pytest.raises(NotYours):
        actions.open_point(committee=place.committee, area=None, name="点", where="", phone="", by=elsewhere.clerk,
                           at=MORNING)  # fmt: skip
    assert ReportPoint.unscoped.count() == 1


def test_a_point_is_closed_once_and_opened_again():
    place = district()
    point = point_in(place)
    stale = ReportPoint.unscoped.get(pk=point.pk)
    assert actions.close_point(point, by=place.clerk, at=MORNING).state == PointState.CLOSED
    with pytest.raises(WrongState):
        actions.close_point(stale, by=place.clerk, at=MORNING)
    assert actions.reopen_point(point, by=place.leader, at=MORNING).state == PointState.OPEN


def test_the_list_is_sorted_by_name_and_counts_what_happened_in_the_last_thirty_days():
    place = district()
    quiet, busy = point_in(place, name="B 点"), point_in(place, name="A 点")
    today = MORNING.date()
    for days in (0, 29, 30):
        report_in(place, f"路灯不亮 {days}", point=busy, happened_on=today - timedelta(days=days))
    rows = list(points_with_counts(place.clerk, today))
    assert [one.name for one in rows] == [busy.name, quiet.name]
    assert {one.name: one.heard for one in rows} == {"B 点": 0, "A 点": 2}


def test_who_sees_which_points():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    point = point_in(place)
    for who in ("clerk", "leader", "keeper"):
        assert list(points_seen_by(place.viewers[who])) == [point]
    for viewer in (place.member, place.officer, place.unit, elsewhere.clerk):
        assert get_point_for(viewer, point.code) is None
    assert list(points_with_counts(place.keeper, MORNING.date())) == []


def test_locked_and_withdrawn_reports_are_not_counted_at_their_point():
    place = district()
    point = point_in(place)
    report_in(place, point=point)
    held = report_in(place, ACCUSING, point=point)
    actions.withdraw(gone := report_in(place, point=point), by=holder_of(gone), at=MORNING)
    heard = lambda: points_with_counts(place.clerk, MORNING.date()).get().heard  # noqa: E731
    assert heard() == 1
    actions.turn_away(held, words="请打 12388。", by=place.officer, at=MORNING)
    assert heard() == 1
