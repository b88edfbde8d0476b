"""Who may do what to whom: persons × objects, with two committees and an example."""

import pytest

from shangliang.foundation import roles
from shangliang.foundation.refusals import NotYours
from shangliang.foundation.viewer import NOBODY, LinkHolder, Public, ReceiptHolder
from shangliang.people import actions, queries
from shangliang.people.models import Appointment, Committee, Person
from shangliang.people.tests.factories import MORNING, district

pytestmark = pytest.mark.django_db
STRANGERS = (NOBODY, Public(1), ReceiptHolder(1), LinkHolder("delivery", "assignment:1", 1, 1))
NO_MANAGERS = ("reviewer", "officer", "keeper", "member", "unit", "authority_clerk")


@pytest.fixture
def place():
    return district()


@pytest.fixture
def other():
    return district("beishan", "BS", "北山区政协")


def add_a_street(place, by):
    return actions.add_area(committee=place.committee, kind="street", name="新街道", by=by, at=MORNING)


def set_answer_days(place, by):
    return actions.change_setting(committee=place.committee, key="answer_days", value=3, by=by, at=MORNING)


def make_a_reviewer(place, by):
    return actions.appoint(
        committee=place.committee, login="new", name="新人", role=roles.REVIEWER, by=by, at=MORNING
    )


def invite_the_leader(place, by):
    return actions.invite(
        person=place.appointments["leader"].person, committee=place.committee, by=by, at=MORNING
    )


def end_the_officer(place, by):
    return actions.end_appointment(place.appointments["officer"], by=by, at=MORNING)


BUTTONS = (add_a_street, set_answer_days, make_a_reviewer, invite_the_leader, end_the_officer)


@pytest.mark.parametrize("button", BUTTONS)
@pytest.mark.parametrize("key", NO_MANAGERS)
def test_whoever_does_not_manage_is_refused(place, button, key):
    with pytest.raises(NotYours):
        button(place, place.viewers[key])


@pytest.mark.parametrize("button", BUTTONS)
def test_strangers_are_refused(place, button):
    for stranger in STRANGERS:
        with pytest.raises(NotYours):
            button(place, stranger)


@pytest.mark.parametrize("button", BUTTONS)
@pytest.mark.parametrize("key", ["clerk", "leader", "admin"])
def test_another_committees_managers_are_refused(place, other, button, key):
    with pytest.raises(NotYours):
        button(place, other.viewers[key])


@pytest.mark.parametrize("button", BUTTONS)
@pytest.mark.parametrize("key", ["leader", "admin"])
def test_leader_and_admin_may(place, button, key):
    button(place, place.viewers[key])


@pytest.mark.parametrize("button", [set_answer_days, make_a_reviewer, invite_the_leader, end_the_officer])
def test_a_clerk_cannot_lift_himself_above_the_office(place, button):
    with pytest.raises(NotYours):
        button(place, place.clerk)


def test_a_clerk_may_seat_the_handler_of_a_unit(place):
    held = actions.appoint(committee=place.committee, login="new", name="新人", role=roles.UNIT, by=place.clerk,
                           organisation=place.co_unit, at=MORNING)  # fmt: skip
    assert actions.invite(person=held.person, committee=place.committee, by=place.clerk, at=MORNING)


def test_nobody_can_take_over_an_account_of_another_committee(place, other):
    """The example's managers are known to everybody: naming a real clerk there must not lead to a new password."""
    Committee.unscoped.filter(pk=other.committee.pk).update(is_example=True)
    victim = place.appointments["clerk"].person
    before = Appointment.unscoped.filter(person=victim).count()
    with pytest.raises(NotYours, match="已经有人用了"):
        actions.appoint(
            committee=other.committee,
            login=victim.login,
            name="x",
            role=roles.MEMBER,
            by=other.admin,
            at=MORNING,
        )
    with pytest.raises(NotYours):
        actions.invite(person=victim, committee=other.committee, by=other.admin, at=MORNING)
    assert Appointment.unscoped.filter(person=victim).count() == before


def test_a_committee_above_may_act_below_and_not_the_other_way(place):
    group = actions.open_committee(slug="qinghe", name="清河街道联络组", short_name="清河街道", prefix="QH", level="group",
                                   parent=place.committee, by=place.leader, at=MORNING)  # fmt: skip
    above = queries.viewer_from(place.appointments["leader"])
    held = actions.appoint(committee=group, login="qh", name="组长", role=roles.LEADER, by=above, at=MORNING)
    below = queries.viewer_from(held)
    with pytest.raises(NotYours):
        add_a_street(place, below)
    assert set(queries.appointments_seen_by(below)) == {held}
    assert held in queries.appointments_seen_by(above)
    assert held not in queries.standing_in_own_committee(above)


@pytest.mark.parametrize("stranger", STRANGERS)
def test_staff_rows_do_not_exist_for_strangers(place, stranger):
    assert not queries.appointments_seen_by(stranger).exists()
    assert not queries.standing_in_own_committee(stranger).exists()
    assert queries.get_organisation_for(stranger, place.lead_unit.pk) is None
    assert not queries.parked_messages(stranger).exists()
    assert queries.unread_count(stranger) == 0


def test_rows_of_another_committee_do_not_exist(place, other):
    assert queries.get_appointment_for(place.leader, other.appointments["clerk"].pk) is None
    assert queries.get_organisation_for(place.leader, other.lead_unit.pk) is None
    assert queries.get_organisation_for(place.leader, place.lead_unit.pk) == place.lead_unit


def test_an_ended_appointment_is_out_of_every_list(place):
    held = place.appointments["member"]
    actions.end_appointment(held, by=place.leader, at=MORNING)
    assert held not in queries.standing_in_own_committee(place.leader)
    assert not queries.holders(place.committee.pk, roles.MEMBER).exists()


def test_the_closed_door_of_rows_is_closed_for_people_too():
    with pytest.raises(RuntimeError):
        list(Committee.objects.all())
    assert Person.unscoped.count() == 0
