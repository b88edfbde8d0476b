"""Who sees the topic bank: a table of people and what exists for them."""

import pytest

from shangliang.foundation.viewer import NOBODY, Public, ReceiptHolder, System
from shangliang.people.tests.factories import district
from shangliang.topics import queries
from shangliang.topics.states import TopicState
from shangliang.topics.tests.factories import stored_topic, topic_at

pytestmark = pytest.mark.django_db

SEES = {
    "clerk": True,
    "leader": True,
    "member": True,
    "reviewer": False,
    "officer": False,
    "admin": False,
    "keeper": False,
    "unit": False,
    "other_unit": False,
    "authority_clerk": False,
}


@pytest.fixture
def place():
    return district()


@pytest.mark.parametrize(("who", "sees"), SEES.items())
def test_the_bank_exists_for_the_office_and_members_alone(place, who, sees):
    topic = stored_topic(place)
    viewer = getattr(place, who)
    assert queries.topics_seen_by(viewer).exists() is sees
    assert (queries.get_topic_for(viewer, topic.code) is not None) is sees


def test_the_bank_does_not_exist_for_the_public_or_a_receipt(place):
    topic = stored_topic(place)
    for viewer in (NOBODY, Public(place.committee.pk), ReceiptHolder(1)):
        assert queries.get_topic_for(viewer, topic.code) is None


def test_another_committee_sees_no_topic_of_ours_and_a_task_sees_its_own(place):
    topic = stored_topic(place)
    other = district("nanhu", "NH", "南湖区政协")
    assert queries.get_topic_for(other.leader, topic.code) is None
    assert queries.get_topic_for(System("tests", other.committee.pk), topic.code) is None
    assert queries.get_topic_for(System("tests", place.committee.pk), topic.code) == topic


def test_topics_to_consult_are_the_scheduled_ones_of_the_viewer(place):
    scheduled = topic_at(TopicState.SCHEDULED, place)
    stored_topic(place)
    assert list(queries.topics_to_consult(place.clerk)) == [scheduled]
    assert not queries.topics_to_consult(place.unit)


def test_forms_are_changed_at_the_very_committee_one_acts_at(place):
    stored_topic(place)
    other = district("nanhu", "NH", "南湖区政协")
    assert queries.get_form_for(place.leader, "micro") is not None
    assert queries.get_form_for(other.leader, "micro") is None
