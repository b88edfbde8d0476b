"""In charge of a point: who may be, what they see of it, and that no report and no number is among it."""

import pytest

from shangliang.foundation import publishing
from shangliang.foundation.models import LedgerEntry, Message
from shangliang.foundation.refusals import AlreadyDone, NotYours, Refusal, WrongState
from shangliang.people.actions import end_appointment
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports.actions import raise_matter
from shangliang.reports.actions.point_duties import put_in_charge, take_off_duty
from shangliang.reports.models import PointDuty
from shangliang.reports.queries.point_duties import (
    checks_of,
    duties_of,
    get_point_cared_for,
    in_charge_of,
    public_texts_near,
    who_may_be_in_charge,
)
from shangliang.reports.queries.points import get_point_for, open_points_of, points_in_charge, points_seen_by
from shangliang.reports.tests.factories import point_in, report_in

pytestmark = pytest.mark.django_db


def charged(place, who="member", point=None):
    return put_in_charge(
        point or point_in(place), appointment=place.appointments[who], by=place.clerk, at=MORNING
    )


@pytest.mark.parametrize("who", ["member", "keeper"])
def test_a_member_or_a_keeper_is_put_in_charge_told_and_noted(who):
    place = district()
    duty = charged(place, who)
    held = place.appointments[who]
    assert (duty.from_on, duty.until_on) == (MORNING.date(), None)
    told = Message.unscoped.get(appointment=held.pk)
    assert duty.point.name in told.subject and told.link == "/points/mine/"
    assert LedgerEntry.unscoped.filter(verb="point.put_in_charge").count() == 1
    assert in_charge_of(duty.point) == [held.pk]


@pytest.mark.parametrize("who", ["clerk", "officer", "reviewer", "admin", "unit", "authority_clerk"])
def test_nobody_else_can_be_put_in_charge(who):
    place = district()
    with pytest.raises(Refusal, match="委员或直报点联络人"):
        charged(place, who)
    assert not PointDuty.unscoped.exists()


def test_a_member_of_another_committee_or_no_longer_appointed_is_refused():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    point = point_in(place)
    with pytest.raises(Refusal, match="本政协"):
        put_in_charge(point, appointment=elsewhere.appointments["member"], by=place.clerk, at=MORNING)
    held = place.appointments["member"]
    held.until_on = MORNING.date().replace(day=1)
    with pytest.raises(Refusal, match="不在任"):
        put_in_charge(point, appointment=held, by=place.clerk, at=MORNING)


def test_nobody_is_in_charge_twice_and_may_be_again_after_being_taken_off():
    place = district()
    duty = charged(place)
    with pytest.raises(AlreadyDone):
        charged(place, point=duty.point)
    take_off_duty(duty, by=place.leader, at=MORNING)
    assert not in_charge_of(duty.point)
    assert LedgerEntry.unscoped.filter(verb="point.take_off_duty").count() == 1
    with pytest.raises(WrongState):
        take_off_duty(duty, by=place.clerk, at=MORNING)
    assert charged(place, point=duty.point).pk != duty.pk


@pytest.mark.parametrize("who", ["keeper", "member", "officer", "admin", "reviewer", "unit"])
def test_only_the_office_puts_people_in_charge(who):
    place = district()
    duty, viewer = charged(place, "keeper"), place.viewers[who]
    with pytest.raises(NotYours):
        put_in_charge(duty.point, appointment=place.appointments["member"], by=viewer, at=MORNING)
    with pytest.raises(NotYours):
        take_off_duty(duty, by=viewer, at=MORNING)
    assert not duties_of(viewer, duty.point) and not who_may_be_in_charge(viewer, duty.point)


def test_another_committees_clerk_puts_nobody_in_charge_here():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    duty = charged(place)
    with pytest.raises(NotYours):
        take_off_duty(duty, by=elsewhere.clerk, at=MORNING)
    assert not duties_of(elsewhere.clerk, duty.point)
    assert get_point_cared_for(elsewhere.clerk, duty.point.code) is None


def test_a_member_sees_the_own_points_alone_and_a_keeper_the_state_of_the_others_too():
    place = district()
    mine, other = charged(place).point, point_in(place, name="别的点")
    assert list(points_seen_by(place.member)) == [mine] == list(open_points_of(place.member))
    assert get_point_for(place.member, other.code) is None
    assert set(points_seen_by(place.keeper)) == {mine, other}
    assert not points_in_charge(place.keeper) and get_point_cared_for(place.keeper, mine.code) is None
    assert (
        list(points_in_charge(place.member)) == [mine]
        and get_point_cared_for(place.member, mine.code) == mine
    )


def test_a_duty_that_is_over_shows_nothing_any_more():
    place = district()
    duty = charged(place)
    take_off_duty(duty, by=place.clerk, at=MORNING)
    assert not points_seen_by(place.member) and not checks_of(place.member, duty.point)


def test_somebody_whose_appointment_ended_is_told_no_more():
    place = district()
    duty = charged(place)
    end_appointment(place.appointments["member"], by=place.leader, at=MORNING)
    assert not in_charge_of(duty.point) and len(duties_of(place.clerk, duty.point)) == 1


def test_who_may_be_put_in_charge_leaves_out_whoever_is():
    place = district()
    duty = charged(place)
    offered = [held.role for held in who_may_be_in_charge(place.clerk, duty.point)]
    assert offered == ["keeper"]


def published(place, matter):
    page = publishing.prepare(
        committee_id=place.committee.pk, subject=f"matter:{matter.code}", part="page-1", title=matter.title, content={},
        happened_on=MORNING.date(), named_units=[], reviewers_needed=1, by=place.clerk, at=MORNING,
    )  # fmt: skip
    publishing.review(page, by=place.reviewer, at=MORNING)
    return publishing.publish(page, by=place.clerk, at=MORNING)


def test_public_texts_of_the_community_are_shown_and_no_others(django_assert_max_num_queries):
    place = district()
    here, there = point_in(place), point_in(place, name="石桥", area=place.other_community)
    matters = [
        raise_matter(report_in(place, area=area), title=title, area=area, by=place.clerk, at=MORNING)
        for area, title in ((place.community, "柳岸的事"), (place.other_community, "石桥的事"))
    ]
    texts = [published(place, matter) for matter in matters]
    street = point_in(place, name="街道", area=place.street)
    with django_assert_max_num_queries(2):
        found = public_texts_near(place.member, [here, there, street])
    assert found[here.pk] == [texts[0]] and found[there.pk] == [texts[1]]
    assert set(found[street.pk]) == set(texts)


def sit(client, place, who):
    client.force_login(place.appointments[who].person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.parametrize("who", ["member", "keeper"])
def test_the_page_shows_state_and_public_texts_but_no_report_and_no_number(client, who):
    place = district()
    point = charged(place, who).point
    for number in range(3):
        report_in(place, f"不该给别人看的话 {number}", point=point)
    shown = sit(client, place, who).get("/points/mine/").content.decode()
    assert point.name in shown and "开放" in shown and "还没有公开的" in shown
    assert "不该给别人看的话" not in shown and "3 条" not in shown and "近 30 天" not in shown


def test_the_page_is_there_for_members_and_keepers_alone_and_says_so_when_empty(client):
    place = district()
    for who in ("clerk", "officer", "admin", "reviewer", "unit", "authority_clerk"):
        assert sit(client, place, who).get("/points/mine/").status_code == 404
    assert "现在没有请您负责的直报点" in sit(client, place, "member").get("/points/mine/").content.decode()


def test_the_office_puts_on_and_takes_off_by_the_buttons(client):
    place = district()
    point = point_in(place)
    held = place.appointments["member"]
    sit(client, place, "clerk")
    answer = client.post(f"/points/{point.code}/duty/", {"appointment": held.pk})
    assert answer["Location"] == f"/points/{point.code}/"
    shown = client.get(answer["Location"]).content.decode()
    assert held.person.name in shown and "不再负责" in shown
    duty = PointDuty.unscoped.get()
    client.post(f"/points/{point.code}/off-duty/", {"duty": duty.pk})
    assert not in_charge_of(point)
    for wrong in ("", "x", "999999999"):
        answer = client.post(f"/points/{point.code}/duty/", {"appointment": wrong}, follow=True)
        assert "请先选一位" in answer.content.decode()
        assert client.post(f"/points/{point.code}/off-duty/", {"duty": wrong}).status_code == 404
