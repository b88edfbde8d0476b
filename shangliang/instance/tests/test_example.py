"""The example district: what it promises to hold, that it can be taken away whole, and that no real figure counts it."""

from datetime import date

import pytest

from shangliang.consultations.models import Consultation
from shangliang.foundation import clock, ledger
from shangliang.foundation.models import LedgerEntry, Publication
from shangliang.foundation.refusals import Refusal
from shangliang.foundation.viewer import System
from shangliang.instance.example.build import build_once, described
from shangliang.instance.removal import path_to_committee, remove_example
from shangliang.people.models import Appointment, Committee, Person
from shangliang.people.queries import get_committee
from shangliang.people.tests.factories import district
from shangliang.reports.models import Matter, Report
from shangliang.reports.states import MatterState
from shangliang.statistics.definitions import computed
from shangliang.statistics.queries import METRICS, scope_of
from shangliang.topics.models import Topic
from shangliang.topics.states import TopicState

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
BY = System("tests")


@pytest.fixture
def example():
    build_once(TODAY)
    return get_committee("example")


def solved(committee):
    return computed(METRICS["M-27"], scope_of(committee))


def test_the_example_holds_what_it_promises_and_goes_away_without_a_trace(example):
    assert Report.unscoped.count() == 300
    assert set(Topic.unscoped.values_list("state", flat=True)) == set(TopicState.values)
    assert Consultation.unscoped.count() == 12
    assert Matter.unscoped.filter(state=MatterState.CLOSED).count() == 3
    assert solved(example)["value"] >= 3 and len(solved(example)["rows"]) == solved(example)["value"]
    assert Publication.unscoped.filter(state="published", subject__startswith="matter:").count() >= 3
    entries, broken = ledger.verify(ledger.chain_of(example.pk))
    assert entries > 900 and broken == ""
    assert described() == build_once(TODAY), "a second call builds nothing"
    assert Report.unscoped.count() == 300
    _removal_leaves_nothing(example)


def _removal_leaves_nothing(example):
    removed = remove_example(example, by=BY, at=clock.now())
    assert removed["report"] == 300
    for model in (
        Report,
        Matter,
        Topic,
        Consultation,
        Publication,
        LedgerEntry,
        Appointment,
        Person,
        Committee,
    ):
        assert not model.unscoped.exists(), model.__name__


def test_a_real_office_above_the_example_never_counts_it(example):
    real = district("nanping", "NP", "南坪区政协").committee
    Committee.unscoped.filter(pk=example.pk).update(parent=real)
    assert solved(real)["value"] == 0
    assert solved(example)["value"] >= 3


def test_a_half_built_example_is_taken_away_and_built_again(example):
    Committee.unscoped.filter(pk=example.pk).update(is_complete=False)
    build_once(TODAY)
    assert Report.unscoped.count() == 300
    assert Committee.unscoped.filter(is_example=True, is_complete=True, slug="example").exists()


def test_a_real_office_is_never_removed_as_an_example():
    real = district().committee
    with pytest.raises(Refusal, match="真的办公室"):
        remove_example(real, by=BY, at=clock.now())


def test_every_table_of_ours_is_reached_from_the_committee_or_removed_by_other_means():
    assert path_to_committee(Report) == "committee_id"
    assert path_to_committee(Person) is None
