"""Every button of the topic bank: what it does, what it refuses, what the ledger and the reporters get."""

import json

import pytest

from shangliang.foundation.models import LedgerEntry
from shangliang.foundation.refusals import AlreadyDone, NotYours, Refusal, WrongState
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports.models import Matter, ThreadEntry
from shangliang.reports.states import MatterState
from shangliang.reports.tests.factories import gathered_matter, matter_at
from shangliang.topics import actions, queries
from shangliang.topics.models import PublicNotice, Topic, TopicApproval, TopicMatter
from shangliang.topics.states import TopicState
from shangliang.topics.tests.factories import (
    DECIDED_ON,
    NOTICED_ON,
    SCHEDULED_ON,
    days_later,
    decide,
    form_in,
    stored_topic,
    topic_at,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return district()


def last_line(verb):
    entry = LedgerEntry.unscoped.filter(verb=verb).order_by("pk").last()
    return json.loads(bytes(entry.body)) if entry else None


def fresh(topic):
    return Topic.unscoped.get(pk=topic.pk)


def state_of(matter):
    return Matter.unscoped.get(pk=matter.pk).state


def test_storing_a_topic_numbers_it_takes_its_matters_and_their_place_and_notes_it(place):
    matter = gathered_matter(place)
    topic = stored_topic(place, matters=(matter,))
    assert topic.code == "YC-2026-Y0001"
    assert topic.area == place.community
    assert state_of(matter) == MatterState.CONSULTING
    assert list(queries.matters_of(topic)) == [matter]
    line = last_line("topic.store")
    assert line["facts"] == {
        "source": "residents",
        "domain": "livelihood",
        "form": "micro",
        "matters": [matter.code],
    }
    assert line["happened_on"] == "2026-07-01"
    assert topic.title not in json.dumps(line, ensure_ascii=False)


def test_a_topic_set_from_above_needs_no_matter(place):
    topic = stored_topic(place, matters=(), source="party_gov")
    assert topic.state == TopicState.STORED
    assert not queries.matters_of(topic)


@pytest.mark.parametrize(
    "wrong", [{"source": "neighbours"}, {"source": ""}, {"domain": "sports"}, {"title": "  "}]
)
def test_a_topic_without_one_of_the_six_sources_three_domains_or_a_name_is_refused(place, wrong):
    with pytest.raises(Refusal):
        stored_topic(place, matters=(), **wrong)
    assert not Topic.unscoped.exists()


def test_a_topic_cannot_hold_the_form_of_another_committee(place):
    other = district("nanhu", "NH", "南湖区政协")
    with pytest.raises(Refusal, match="同一个政协"):
        actions.store_topic(
            committee=place.committee,
            title="路灯",
            source="member",
            domain="livelihood",
            form=form_in(other),
            by=place.clerk,
            at=MORNING,
        )


def test_a_clerk_cannot_store_a_topic_for_another_committee(place):
    other = district("nanhu", "NH", "南湖区政协")
    with pytest.raises(NotYours):
        actions.store_topic(
            committee=other.committee,
            title="路灯",
            source="member",
            domain="livelihood",
            form=form_in(other),
            by=place.clerk,
            at=MORNING,
        )


def test_a_member_cannot_store_a_topic(place):
    with pytest.raises(NotYours):
        actions.store_topic(
            committee=place.committee,
            title="路灯",
            source="member",
            domain="livelihood",
            form=form_in(place),
            by=place.member,
            at=MORNING,
        )


def test_a_matter_in_one_topic_is_refused_by_the_next(place):
    matter = gathered_matter(place)
    first = stored_topic(place, matters=(matter,))
    with pytest.raises(AlreadyDone, match=first.code):
        stored_topic(place, matters=(matter,))
    assert Topic.unscoped.count() == 1


def test_a_second_round_moves_the_matter_from_the_finished_topic_to_the_new_one(place):
    matter = matter_at(place, MatterState.JUDGING)
    first = stored_topic(place, matters=())
    TopicMatter(topic=first, matter=matter).save()
    actions.shortlist(first, by=place.clerk, at=MORNING)
    actions.submit_for_approval(first, by=place.clerk, at=MORNING)
    decide(first, place, decided_on=MORNING.date())
    actions.schedule(first, scheduled_on=SCHEDULED_ON, by=place.clerk, at=MORNING)
    actions.begin_topic(first, by=place.clerk, at=MORNING)
    second = stored_topic(place, matters=(matter,))
    assert list(queries.matters_of(second)) == [matter]
    assert not queries.matters_of(first)
    assert list(queries.topics_of_matter(place.clerk, matter)) == [first, second]


def test_a_day_to_come_is_refused_for_what_has_happened(place):
    with pytest.raises(Refusal, match="还没有到"):
        stored_topic(place, matters=(), stored_on=days_later(1).date())


def test_a_topic_is_shortlisted_and_put_back(place):
    topic = stored_topic(place)
    actions.shortlist(topic, by=place.clerk, at=MORNING)
    assert fresh(topic).state == TopicState.SHORTLISTED
    actions.store_back(topic, by=place.leader, at=MORNING)
    assert fresh(topic).state == TopicState.STORED
    assert last_line("topic.store_back")["facts"] == {"from": "shortlisted", "to": "stored"}


def test_a_stored_topic_cannot_be_put_back_again(place):
    with pytest.raises(WrongState):
        actions.store_back(stored_topic(place), by=place.clerk, at=MORNING)


def test_shortlisting_is_not_for_members(place):
    with pytest.raises(NotYours):
        actions.shortlist(stored_topic(place), by=place.member, at=MORNING)


def test_a_topic_is_submitted_to_the_approver_of_its_form_unless_another_is_named(place):
    topic = topic_at(TopicState.SHORTLISTED, place, form="thematic")
    approval = actions.submit_for_approval(topic, by=place.clerk, at=MORNING)
    assert approval.submitted_to == "区委"
    other = topic_at(TopicState.SHORTLISTED, place, form="thematic")
    assert (
        actions.submit_for_approval(other, submitted_to="区政府", by=place.clerk, at=MORNING).submitted_to
        == "区政府"
    )


def test_a_topic_is_not_submitted_from_the_bank_directly(place):
    topic = stored_topic(place)
    with pytest.raises(WrongState):
        actions.submit_for_approval(topic, by=place.clerk, at=MORNING)
    assert not TopicApproval.unscoped.exists()


def test_a_yes_is_recorded_with_its_document_as_said_by_somebody_else(place):
    topic = topic_at(TopicState.SUBMITTED, place)
    decide(topic, place)
    kept = queries.approvals_of(topic).get()
    assert (kept.decision, kept.document_no, kept.decided_on) == ("approved", "云委〔2026〕9号", DECIDED_ON)
    line = last_line("topic.approve")
    assert line["facts"]["via"] == "proxy"
    assert line["happened_on"] == "2026-07-10"


@pytest.mark.parametrize(
    "lacking",
    [{"decided_by": ""}, {"document_no": ""}, {"decision": "maybe"}, {"decision": "returned", "opinion": ""}],
)
def test_an_incomplete_decision_is_refused_and_the_topic_still_waits(place, lacking):
    topic = topic_at(TopicState.SUBMITTED, place)
    with pytest.raises(Refusal):
        decide(topic, place, **lacking)
    assert fresh(topic).state == TopicState.SUBMITTED


def test_a_decision_cannot_be_older_than_the_submission(place):
    topic = topic_at(TopicState.SUBMITTED, place)
    with pytest.raises(Refusal, match="才报上去"):
        decide(topic, place, decided_on=NOTICED_ON.replace(day=1))


def test_a_second_decision_finds_nothing_that_waits(place):
    topic = topic_at(TopicState.APPROVED, place)
    with pytest.raises(WrongState):
        decide(topic, place)


def test_a_returned_topic_is_shortlisted_and_submitted_again_with_both_rounds_kept(place):
    topic = topic_at(TopicState.RETURNED, place)
    actions.shortlist(topic, by=place.clerk, at=MORNING)
    actions.submit_for_approval(topic, by=place.clerk, at=MORNING)
    assert [one.decision for one in queries.approvals_of(topic)] == ["returned", ""]


def test_a_topic_not_taken_gives_its_matters_back_and_its_reporters_are_told(place):
    matter = gathered_matter(place, reports=2)
    topic = topic_at(TopicState.SUBMITTED, place, matters=(matter,))
    before = ThreadEntry.unscoped.count()
    decide(topic, place, "not_taken", opinion="明年统一安排", words_to_reporters="明年春天再排。")
    assert fresh(topic).not_taken_because == "明年统一安排"
    assert state_of(matter) == MatterState.GATHERED
    assert not queries.matters_of(topic)
    told = [entry.text for entry in ThreadEntry.unscoped.order_by("pk")[before:]]
    assert len(told) == 4
    assert told.count("明年春天再排。") == 2


def test_the_office_lets_an_approved_topic_fall_away_with_reason_and_name(place):
    topic = topic_at(TopicState.APPROVED, place)
    actions.turn_down(topic, because="学校已搬走", decided_by="罗启文", by=place.clerk, at=MORNING)
    assert fresh(topic).state == TopicState.NOT_TAKEN
    assert fresh(topic).not_taken_because == "学校已搬走（罗启文定）"
    assert "学校" not in json.dumps(last_line("topic.turn_down"), ensure_ascii=False)


@pytest.mark.parametrize("lacking", [{"because": " "}, {"decided_by": ""}])
def test_no_topic_falls_away_without_reason_and_name(place, lacking):
    topic = stored_topic(place)
    with pytest.raises(Refusal):
        actions.turn_down(
            topic, **{"because": "重复", "decided_by": "罗启文", **lacking}, by=place.clerk, at=MORNING
        )
    assert fresh(topic).state == TopicState.STORED


def test_what_lies_with_the_approver_is_not_turned_down_by_the_office(place):
    topic = topic_at(TopicState.SUBMITTED, place)
    with pytest.raises(Refusal, match="正在报审"):
        actions.turn_down(topic, because="重复", decided_by="罗启文", by=place.clerk, at=MORNING)


def test_a_notice_runs_the_days_of_its_form(place):
    topic = topic_at(TopicState.APPROVED, place, form="thematic")
    notice = actions.begin_notice(topic, from_on=NOTICED_ON, by=place.clerk, at=MORNING)
    assert (notice.until_on - notice.from_on).days == 6
    assert fresh(topic).state == TopicState.NOTICED
    assert last_line("topic.notice")["facts"]["days"] == 7


def test_a_form_without_notice_refuses_one(place):
    topic = topic_at(TopicState.APPROVED, place)
    with pytest.raises(Refusal, match="不用公示"):
        actions.begin_notice(topic, from_on=NOTICED_ON, by=place.clerk, at=MORNING)
    assert not PublicNotice.unscoped.exists()


def test_scheduling_before_during_and_without_outcome_of_the_notice_is_refused_in_a_sentence(place):
    topic = topic_at(TopicState.APPROVED, place, form="thematic")
    with pytest.raises(Refusal, match="先公示 7 天"):
        actions.schedule(topic, scheduled_on=SCHEDULED_ON, by=place.clerk, at=MORNING)
    actions.begin_notice(topic, from_on=MORNING.date(), by=place.clerk, at=MORNING)
    with pytest.raises(Refusal, match="还没有满"):
        actions.schedule(topic, scheduled_on=SCHEDULED_ON, by=place.clerk, at=days_later(6))
    with pytest.raises(Refusal, match="先记下公示的结果"):
        actions.schedule(topic, scheduled_on=SCHEDULED_ON, by=place.clerk, at=days_later(7))
    actions.end_notice(topic, outcome="没有收到不同意见。", by=place.clerk, at=days_later(7))
    actions.schedule(topic, scheduled_on=SCHEDULED_ON, by=place.clerk, at=days_later(7))
    assert fresh(topic).scheduled_on == SCHEDULED_ON


def test_a_notice_is_not_ended_early_nor_twice_nor_without_words(place):
    topic = topic_at(TopicState.APPROVED, place, form="thematic")
    with pytest.raises(WrongState):
        actions.end_notice(topic, outcome="没有", by=place.clerk, at=MORNING)
    actions.begin_notice(topic, from_on=MORNING.date(), by=place.clerk, at=MORNING)
    with pytest.raises(Refusal, match="还没有满"):
        actions.end_notice(topic, outcome="没有", by=place.clerk, at=MORNING)
    with pytest.raises(Refusal, match="写一句"):
        actions.end_notice(topic, outcome=" ", by=place.clerk, at=days_later(7))
    actions.end_notice(topic, outcome="没有", by=place.clerk, at=days_later(7))
    with pytest.raises(AlreadyDone):
        actions.end_notice(topic, outcome="又有", by=place.clerk, at=days_later(7))
    with pytest.raises(NotYours):
        actions.end_notice(topic, outcome="又有", by=place.member, at=days_later(7))


def test_a_consultation_begins_on_a_scheduled_topic_only(place):
    with pytest.raises(WrongState):
        actions.begin_topic(topic_at(TopicState.APPROVED, place), by=place.clerk, at=MORNING)
    topic = topic_at(TopicState.SCHEDULED, place)
    actions.begin_topic(topic, by=place.clerk, at=MORNING)
    assert fresh(topic).state == TopicState.CONSULTED


def test_the_usual_forms_are_made_once(place):
    first = actions.ensure_forms(place.committee, by=place.clerk, at=MORNING)
    again = actions.ensure_forms(place.committee, by=place.clerk, at=MORNING)
    assert list(first) == ["micro", "thematic", "sector", "proposal", "courtyard"]
    assert first == again
    assert LedgerEntry.unscoped.filter(verb="form.begin_with").count() == 1


def test_a_changed_form_holds_for_the_next_topic(place):
    form = form_in(place)
    actions.change_form(
        form,
        name="微协商",
        approver="清河街道党工委",
        notice_days=3,
        by=place.leader,
        at=MORNING,
        step_labels={"held": "坐下来谈", "planned": " "},
    )
    kept = queries.get_form_of(place.committee.pk, "micro")
    assert (kept.approver, kept.notice_days, kept.step_labels) == ("清河街道党工委", 3, {"held": "坐下来谈"})
    topic = topic_at(TopicState.SUBMITTED, place)
    assert queries.approvals_of(topic).get().submitted_to == "清河街道党工委"


@pytest.mark.parametrize("wrong", [{"notice_days": 91}, {"notice_days": -1}, {"name": ""}, {"approver": " "}])
def test_a_form_without_name_or_approver_or_with_an_endless_notice_is_refused(place, wrong):
    said = {"name": "微协商", "approver": "街道", "notice_days": 0, **wrong}
    with pytest.raises(Refusal):
        actions.change_form(form_in(place), **said, by=place.leader, at=MORNING)


def test_a_member_does_not_change_forms(place):
    with pytest.raises(NotYours):
        actions.change_form(
            form_in(place), name="微协商", approver="街道", notice_days=0, by=place.member, at=MORNING
        )
