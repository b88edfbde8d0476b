"""The office's buttons: what they do, refuse, and leave in the ledger."""

import json
from datetime import date, timedelta

import pytest

from shangliang.foundation import ledger, outbox, roles
from shangliang.foundation.models import Job, LedgerEntry, Message, SpecialDay
from shangliang.foundation.queries import day_table
from shangliang.foundation.refusals import AlreadyDone, NotYours, Refusal
from shangliang.foundation.viewer import LinkHolder, System
from shangliang.people import actions, queries
from shangliang.people.models import Appointment, Area, Committee, Invitation, Organisation, Person, Setting
from shangliang.people.rules import PersonLine, parse_people, parse_places, parse_units
from shangliang.people.tests.factories import MORNING, SETUP, district

pytestmark = pytest.mark.django_db
GOOD = "qinghe-liuan-2026"
OFFICE = {"slug": "linchuan", "name": "临川区政协", "short_name": "临川区", "prefix": "LC", "level": "district",
          "local_name": "有事好商量", "person": "孟小满", "login": "孟小满", "password": GOOD}  # fmt: skip


@pytest.fixture
def place():
    return district()


def verbs(committee):
    rows = LedgerEntry.unscoped.filter(chain=ledger.chain_of(committee.pk)).order_by("seq")
    return list(rows.values_list("verb", flat=True))


def test_the_first_office_comes_with_its_leader_and_what_consulting_is_called_there():
    held = actions.begin_office(**OFFICE, by=System("start"), at=MORNING)
    assert (held.role, held.person.login) == (roles.LEADER, "孟小满")
    assert held.person.check_password(GOOD)
    assert queries.setting(held.committee_id, "labels") == {"consultation": "有事好商量"}
    assert verbs(held.committee) == ["committee.open", "appointment.grant", "setting.change"]


def test_a_second_first_office_is_refused_and_leaves_nothing():
    actions.begin_office(**OFFICE, by=System("start"), at=MORNING)
    with pytest.raises(AlreadyDone, match="已经建好"):
        actions.begin_office(
            **{**OFFICE, "slug": "other", "prefix": "OT", "login": "o"}, by=System("start"), at=MORNING
        )
    assert Committee.unscoped.count() == 1


def test_an_example_does_not_stand_in_the_way_of_the_first_office():
    actions.open_committee(slug="example", name="示例", short_name="示例", prefix="EX", level="district", is_example=True,
                           by=SETUP, at=MORNING)  # fmt: skip
    assert actions.begin_office(**OFFICE, by=System("start"), at=MORNING).committee.slug == "linchuan"


def test_the_first_office_does_not_take_over_an_account_that_is_there():
    place = district("example", "EX", "示例政协")
    Committee.unscoped.update(is_example=True)
    login = place.appointments["clerk"].person.login
    with pytest.raises(Refusal, match="登录名"):
        actions.begin_office(**{**OFFICE, "login": login}, by=System("start"), at=MORNING)


def test_a_weak_password_takes_the_whole_office_back():
    with pytest.raises(Refusal):
        actions.begin_office(**{**OFFICE, "password": "1234567890"}, by=System("start"), at=MORNING)
    assert (
        not Committee.unscoped.exists() and not Person.unscoped.exists() and not LedgerEntry.unscoped.exists()
    )


@pytest.mark.parametrize("slug", ["desk", "office", "ledger", "account", "yunchuan"])
def test_an_address_that_leads_elsewhere_is_refused_as_a_committees_name(place, slug):
    with pytest.raises(Refusal, match="网址名"):
        actions.open_committee(
            slug=slug, name="甲", short_name="甲", prefix="AB", level="district", by=SETUP, at=MORNING
        )


def test_places_are_added_once_however_often_the_list_is_sent(place):
    lines, _problems = parse_places("清河街道：柳岸社区、桃园社区\n桂园街道")
    added = actions.add_places(committee=place.committee, places=lines, by=place.clerk, at=MORNING)
    again = actions.add_places(committee=place.committee, places=lines, by=place.clerk, at=MORNING)
    assert (added, again) == (2, 0)
    assert Area.unscoped.get(name="桃园社区").parent == place.street
    assert verbs(place.committee).count("area.add") == 5


def test_units_pasted_as_authorities_may_assign_even_if_they_were_plain_units_before(place):
    lines, _problems = parse_units("区城管局\n区委督查室")
    actions.add_units(
        committee=place.committee, units=lines, as_authorities=True, by=place.leader, at=MORNING
    )
    names = queries.issuing_authorities_of(place.committee.pk).values_list("name", flat=True)
    assert set(names) == {"区政府办公室", "区城管局", "区委督查室"}


def test_a_unit_cannot_assign_and_be_asked_by_letter(place):
    with pytest.raises(Refusal, match="函商"):
        actions.describe_organisation(place.lead_unit, kind="department", is_issuing_authority=True, by_letter=True,
                                      by=place.leader, at=MORNING)  # fmt: skip
    assert not Organisation.unscoped.get(pk=place.lead_unit.pk).by_letter


def test_seating_people_gives_roles_and_a_link_only_to_those_without_a_password(place):
    old = place.appointments["member"].person
    actions.set_password(old, GOOD)
    people, _problems = parse_people(f"{old.name} 审核人\n孟小满 单位经办人 区城管局 meng@example.org")
    seated = actions.seat_people(committee=place.committee, people=people, by=place.admin, at=MORNING)
    assert seated[0].appointment.person == old and seated[0].token == ""
    assert queries.get_invitation(seated[1].token).person.email == "meng@example.org"
    assert seated[1].appointment.organisation == place.lead_unit
    assert verbs(place.committee)[-3:] == ["appointment.grant", "appointment.grant", "person.invite"]


def test_one_wrong_line_takes_back_the_whole_list_and_is_named(place):
    before = Appointment.unscoped.count()
    people, _problems = parse_people("孟小满 委员\n秦明 单位经办人 没有这个局")
    with pytest.raises(Refusal, match="第 2 行：还没有“没有这个局”"):
        actions.seat_people(committee=place.committee, people=people, by=place.admin, at=MORNING)
    assert Appointment.unscoped.count() == before and not Person.unscoped.filter(name="孟小满").exists()


def test_two_people_of_one_name_in_two_committees_get_two_sign_in_names(place):
    other = district("beishan", "BS", "北山区政协")
    people = [PersonLine(1, "孟小满", roles.MEMBER)]
    first = actions.seat_people(committee=place.committee, people=people, by=place.admin, at=MORNING)[0]
    second = actions.seat_people(committee=other.committee, people=people, by=other.admin, at=MORNING)[0]
    assert first.appointment.person != second.appointment.person
    assert second.appointment.person.login == "孟小满2"


def test_the_same_role_twice_is_refused(place):
    held = place.appointments["member"]
    with pytest.raises(AlreadyDone, match="已经有这个身份"):
        actions.appoint(
            committee=place.committee,
            login=held.person.login,
            name="",
            role=roles.MEMBER,
            by=place.admin,
            at=MORNING,
        )


def test_an_ended_appointment_shuts_its_doors_the_same_day(place):
    held = place.appointments["clerk"]
    actions.end_appointment(held, by=place.leader, at=MORNING)
    assert not queries.standing_appointments(held.person_id, MORNING.date()).exists()
    with pytest.raises(AlreadyDone):
        actions.end_appointment(held, by=place.leader, at=MORNING)


def test_the_last_who_can_manage_cannot_be_ended(place):
    actions.end_appointment(place.appointments["admin"], by=place.leader, at=MORNING)
    with pytest.raises(Refusal, match="至少要留一位"):
        actions.end_appointment(place.appointments["leader"], by=place.leader, at=MORNING)


def test_a_link_sets_a_password_once_and_a_newer_link_ends_the_older(place):
    person = place.appointments["clerk"].person
    old = actions.invite(person=person, committee=place.committee, by=place.admin, at=MORNING)
    new = actions.invite(person=person, committee=place.committee, by=place.admin, at=MORNING)
    assert queries.open_invitation(old, MORNING) is None
    invitation = queries.open_invitation(new, MORNING)
    by = LinkHolder("invitation", str(invitation.pk))
    actions.accept_invitation(invitation, password=GOOD, by=by, at=MORNING)
    assert Person.unscoped.get(pk=person.pk).check_password(GOOD)
    with pytest.raises(AlreadyDone, match="用过或过期"):
        actions.accept_invitation(invitation, password=GOOD + "x", by=by, at=MORNING)


def test_a_link_expires_and_is_kept_only_as_a_digest(place):
    token = actions.invite(
        person=place.appointments["clerk"].person, committee=place.committee, by=place.admin, at=MORNING
    )
    late = MORNING + timedelta(days=actions.INVITATION_DAYS, seconds=1)
    assert queries.open_invitation(token, MORNING) and queries.open_invitation(token, late) is None
    assert token not in str(list(Invitation.unscoped.values()))
    with pytest.raises(AlreadyDone):
        actions.accept_invitation(
            Invitation.unscoped.get(), password=GOOD, by=LinkHolder("invitation", "1"), at=late
        )


def test_changing_ones_password_asks_for_the_old_one(place):
    person = place.appointments["clerk"].person
    actions.set_password(person, GOOD)
    with pytest.raises(Refusal, match="原来的密码不对"):
        actions.change_password(person, old="wrong", new="another-" + GOOD, by=place.clerk, at=MORNING)
    actions.change_password(person, old=GOOD, new="another-" + GOOD, by=place.clerk, at=MORNING)
    assert Person.unscoped.get(pk=person.pk).check_password("another-" + GOOD)
    assert verbs(place.committee)[-1] == "person.change_password"


def test_the_shared_accounts_of_the_example_keep_their_password(place):
    Committee.unscoped.update(is_example=True)
    person = place.appointments["clerk"].person
    actions.set_password(person, GOOD)
    with pytest.raises(Refusal, match="示例账号"):
        actions.change_password(person, old=GOOD, new="another-" + GOOD, by=place.clerk, at=MORNING)


@pytest.mark.parametrize(
    ("key", "value"), [("answer_days", 16), ("reviewers", 4), ("reviewers", 0), ("answer_days", "5")]
)
def test_a_figure_outside_its_limits_is_refused(place, key, value):
    with pytest.raises(Refusal, match="只能填"):
        actions.change_setting(committee=place.committee, key=key, value=value, by=place.leader, at=MORNING)
    assert not Setting.unscoped.exists()


def test_an_unknown_setting_is_refused(place):
    with pytest.raises(KeyError):
        actions.change_setting(committee=place.committee, key="score", value=1, by=place.leader, at=MORNING)


def test_only_what_differs_is_changed_and_noted(place):
    count = actions.change_settings(
        committee=place.committee, values={"answer_days": 5, "reviewers": 2}, by=place.leader, at=MORNING
    )
    assert count == 1
    assert queries.settings_of(place.committee.pk)["reviewers"] == 2
    assert verbs(place.committee).count("setting.change") == 1


def test_a_letter_left_out_is_no_longer_offered(place):
    three = [("A", "已解决", "done"), ("B", "列入计划", "planned"), ("C", "做不了", "not_feasible")]
    actions.set_letters(committee=place.committee, letters=three, by=place.leader, at=MORNING)
    actions.set_letters(
        committee=place.committee, letters=[("A", "办成了", "done")], by=place.leader, at=MORNING
    )
    assert [(one.letter, one.label) for one in queries.letters_of(place.committee.pk)] == [("A", "办成了")]


def test_a_day_entered_counts_at_once(place):
    monday = date(2026, 9, 14)
    assert day_table().is_working(monday)
    actions.set_day(day=monday, is_working=False, name="校庆", by=place.admin, at=MORNING)
    assert not day_table().is_working(monday)
    actions.drop_day(day=monday, by=place.admin, at=MORNING)
    assert day_table().is_working(monday)
    assert verbs(place.committee)[-2:] == ["day.set", "day.drop"]


def test_confirming_a_year_ends_its_being_provisional(place):
    assert day_table().is_provisional(date(2027, 3, 1))
    actions.confirm_year(year=2027, by=place.leader, at=MORNING)
    assert not day_table().is_provisional(date(2027, 3, 1))
    with pytest.raises(Refusal):
        actions.confirm_year(year=2031, by=place.leader, at=MORNING)


def test_the_last_entry_of_a_year_stays_since_a_year_without_data_counts_nothing(place):
    SpecialDay.unscoped.create(day=date(2031, 1, 1), is_working=False, name="元旦")
    with pytest.raises(Refusal, match="最后一条"):
        actions.drop_day(day=date(2031, 1, 1), by=place.leader, at=MORNING)


def test_the_example_cannot_change_the_days_of_a_real_office(place):
    example = district("example", "EX", "示例政协")
    Committee.unscoped.filter(pk=example.committee.pk).update(is_example=True)
    with pytest.raises(NotYours, match="全站共用"):
        actions.set_day(day=date(2026, 9, 14), is_working=False, name="假", by=example.admin, at=MORNING)


def message(held, effect, **more):
    row = Message(effect=effect, channel="mail", appointment=held.pk, subject="有新待办", body="去看看", created_at=MORNING,
                  address="someone@example.org", **more)  # fmt: skip
    row.save(force_insert=True)
    return row


def test_a_parked_message_of_ones_own_committee_can_be_sent_again(place):
    row = message(place.appointments["clerk"], "a", state="parked", tries=5)
    actions.retry_message(pk=row.pk, by=place.clerk, at=MORNING)
    assert outbox.send_waiting(MORNING, post=lambda _message: None)["sent"] == 1
    with pytest.raises(AlreadyDone):
        actions.retry_message(pk=row.pk, by=place.clerk, at=MORNING)


def test_a_parked_message_of_another_committee_does_not_exist(place):
    other = district("beishan", "BS", "北山区政协")
    row = message(other.appointments["clerk"], "b", state="parked", tries=5)
    with pytest.raises(AlreadyDone):
        actions.retry_message(pk=row.pk, by=place.clerk, at=MORNING)
    assert Message.unscoped.get().state == "parked"


def test_a_parked_job_can_be_taken_up_again(place):
    row = Job.unscoped.create(name="x", period="2026-09-07", state="parked", due_at=MORNING, tries=5)
    actions.retry_job(pk=row.pk, by=place.admin, at=MORNING)
    assert (Job.unscoped.get().state, Job.unscoped.get().tries) == ("waiting", 0)


def test_reading_messages_touches_only_ones_own_inbox(place):
    for key in ("clerk", "leader"):
        outbox.hand_over(
            effect=key, appointment=place.appointments[key].pk, subject="有新待办", body="", at=MORNING
        )
    assert queries.unread_count(place.clerk) == 1
    assert actions.read_messages(pks=[], by=place.clerk, at=MORNING) == 1
    assert (queries.unread_count(place.clerk), queries.unread_count(place.leader)) == (0, 1)
    theirs = Message.unscoped.get(appointment=place.appointments["leader"].pk)
    assert actions.read_messages(pks=[theirs.pk], by=place.clerk, at=MORNING) == 0


def test_the_ledger_keeps_roles_and_ids_but_no_name(place):
    actions.rename_committee(
        place.committee, name="云川区政协", short_name="云川", by=place.leader, at=MORNING
    )
    bodies = [bytes(row.body).decode() for row in LedgerEntry.unscoped.order_by("seq")]
    assert json.loads(bodies[-1])["by"] == {"as": "leader", "appointment": place.appointments["leader"].pk}
    names = list(Person.unscoped.values_list("name", flat=True))
    assert not [name for name in names for body in bodies if name in body]


def test_a_third_named_officer_is_refused_until_one_steps_back(place):
    def third():
        return actions.appoint(
            committee=place.committee,
            login="third",
            name="沈立言",
            role="officer",
            by=place.admin,
            at=MORNING,
        )

    with pytest.raises(Refusal, match="两位"):
        third()
    actions.end_appointment(place.appointments["officer"], by=place.admin, at=MORNING)
    assert third().role == "officer"
