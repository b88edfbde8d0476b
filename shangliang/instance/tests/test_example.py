"""The example district: what it promises to hold, that it can be taken away whole, and that no real figure counts it."""

from datetime import date

import pytest

from shangliang.consultations.models import Consultation
from shangliang.delivery.queries.past_units import past_units
from shangliang.exchange.models import Transfer, TransferNudge
from shangliang.exchange.states import TransferState
from shangliang.foundation import clock, files, ledger, vault
from shangliang.foundation.models import Job, Message, Publication, StoredFile
from shangliang.foundation.refusals import Refusal
from shangliang.foundation.viewer import Public, System
from shangliang.instance.drawings import our_models
from shangliang.instance.example import hearing
from shangliang.instance.example.build import build_once, described
from shangliang.instance.example.making import soft_tone
from shangliang.instance.removal import NEW_RECEIPT, path_to_committee, remove_example
from shangliang.people.models import Appointment, Committee, Person
from shangliang.people.queries import get_committee, viewer_from
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import actions as reports
from shangliang.reports.models import Matter, Recording, Report
from shangliang.reports.queries.sorting import past_kinds
from shangliang.reports.states import MatterState
from shangliang.sorting.actions.training import JOB_OF
from shangliang.sorting.training import is_enough, usable
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


def in_each_table():
    return {model._meta.label: model._base_manager.count() for model in our_models()}


# What no example holds: proofs belong to the instance, the other steps are for whoever tries it out.
EMPTY = {
    "foundation.SpentProof",
    "hotspots.Look",
    "hotspots.Citation",
    "people.Invitation",
    "sorting.TrainedModel",  # the worker learns one in its first round
    "delivery.Objection",
    "delivery.Evidence",
    "delivery.UnitLink",
    "delivery.FollowUp",
}


def test_the_example_holds_what_it_promises(example):
    assert Report.unscoped.count() == 318
    assert set(Topic.unscoped.values_list("state", flat=True)) == set(TopicState.values)
    assert Consultation.unscoped.count() == 12
    assert Matter.unscoped.filter(state=MatterState.CLOSED).count() == 3
    assert solved(example)["value"] >= 3 and len(solved(example)["rows"]) == solved(example)["value"]
    assert Publication.unscoped.filter(state="published", subject__startswith="matter:").count() >= 3
    entries, broken = ledger.verify(ledger.chain_of(example.pk))
    assert entries > 900 and broken == ""
    assert {label for label, count in in_each_table().items() if not count} == EMPTY
    built = in_each_table()
    assert described() == build_once(TODAY), "a second call builds nothing"
    assert in_each_table() == built


@pytest.mark.parametrize(
    "today", [date(2026, 11, 22), date(2026, 10, 6)], ids=["a Sunday", "in the holidays"]
)
def test_the_example_is_whole_on_whatever_day_it_is_built(today):
    build_once(today)
    assert Report.unscoped.count() == 318
    assert Recording.unscoped.exists() and TransferNudge.unscoped.exists()
    assert Transfer.unscoped.filter(state=TransferState.ANSWERED).exists()
    assert get_committee("example").is_complete


def test_where_no_mail_is_sent_nobody_in_the_example_is_asked_for_an_address(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    build_once(TODAY)
    assert not Report.unscoped.exclude(mail_handle="").exists()
    assert not Message.unscoped.exclude(vault_handle="").exists()


def seat(key):
    return Appointment.unscoped.select_related("person").get(person__login=f"example-{key}")


def mail_waits_with_a_new_receipt():
    """Somebody of the example lost the receipt and named the address that was kept: the new one lies sealed in a mail."""
    report, at = Report.unscoped.exclude(mail_handle="").get(), clock.now()
    address = hearing.BY_MAIL[3]
    asked = reports.ask_reissue(report, contact=address, by=viewer_from(seat("clerk")), at=at)
    assert reports.approve_reissue(asked, by=viewer_from(seat("leader")), at=at).is_mailed
    assert Message.unscoped.filter(effect__startswith=f"{NEW_RECEIPT}{report.pk}-").count() == 1


def test_the_example_goes_away_without_a_trace_and_a_real_office_keeps_every_row():
    place = district("nanping", "NP", "南坪区政协")
    kept = reports.submit_report(
        committee=place.committee, form_key="k" * 22, text="井盖松了。", channel="qr", at=MORNING, by=Public(place.committee.pk),
        contact="0000-5550199", consent_version="2026-11", alongside=reports.Alongside(recording=soft_tone(1)),
    ).report  # fmt: skip
    before = in_each_table()
    build_once(TODAY)
    example = get_committee("example")
    mail_waits_with_a_new_receipt()
    names = list(StoredFile.unscoped.exclude(pk=kept.recording.file_id).values_list("name", flat=True))
    removed = remove_example(example, by=BY, at=clock.now())
    assert removed["report"] == 318 and removed["transfer"] == 7 and removed["safetext"] == 6
    Job.unscoped.all().delete()  # what the worker was asked for is the instance's
    assert in_each_table() == before
    assert len(names) == 3 and not [name for name in names if files.path_of(name).exists()]
    assert files.path_of(kept.recording.file.name).exists()
    assert vault.unseal(kept.contact_handle) == "0000-5550199"


def test_a_real_office_above_the_example_never_counts_it(example):
    real = district("nanping", "NP", "南坪区政协").committee
    Committee.unscoped.filter(pk=example.pk).update(parent=real)
    assert solved(real)["value"] == 0
    assert solved(example)["value"] >= 3


def test_a_half_built_example_is_taken_away_and_built_again(example):
    Committee.unscoped.filter(pk=example.pk).update(is_complete=False)
    build_once(TODAY)
    assert Report.unscoped.count() == 318
    assert Committee.unscoped.filter(is_example=True, is_complete=True, slug="example").exists()


def test_a_real_office_is_never_removed_as_an_example():
    real = district().committee
    with pytest.raises(Refusal, match="真的办公室"):
        remove_example(real, by=BY, at=clock.now())


def test_every_table_of_ours_is_reached_from_the_committee_or_removed_by_other_means():
    assert path_to_committee(Report) == "committee_id"
    assert path_to_committee(Person) is None


def test_the_worker_learns_from_the_example_in_its_first_round(example):
    jobs = Job.unscoped.filter(name__in=JOB_OF.values())
    assert {(one.name, one.period, one.state) for one in jobs} == {
        (name, TODAY.isoformat(), "waiting") for name in JOB_OF.values()
    }
    assert not Job.unscoped.filter(period__lt=TODAY.isoformat()).exists()
    for gathered in (past_kinds, past_units):
        decided = usable(gathered(System("tests", example.pk)))
        assert is_enough(len(decided), len({one.label for one in decided}))
