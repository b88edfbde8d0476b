"""What was taken back is erased for good: words, thread, pictures and bytes; the row stays and the ledger verifies."""

from datetime import timedelta

import pytest

from shangliang.foundation import clock as clocks
from shangliang.foundation import ledger
from shangliang.foundation.files import path_of
from shangliang.foundation.models import LedgerEntry, StoredFile
from shangliang.people.actions import change_setting
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import actions
from shangliang.reports.actions.erasing import ERASED, erase_withdrawn
from shangliang.reports.models import Report, ReportPhoto, ThreadEntry
from shangliang.reports.queries import report_of_receipt
from shangliang.reports.tests.factories import holder_of, picture, report_in, sent
from tests.trust.traces import database_text

TODAY = clocks.day_of(MORNING)
CANARY = "金丝雀彻底删"


@pytest.fixture
def place(db):
    return district()


def withdrawn(place, **more):
    received = sent(place, f"{CANARY}，路灯不亮。", place=f"{CANARY}弄", title=f"{CANARY}题", **more)
    report = received.report
    actions.ask(report, words=f"{CANARY}是哪里？", by=place.clerk, at=MORNING)
    actions.reply(report, text=f"{CANARY}东头。", by=holder_of(report), at=MORNING)
    actions.withdraw(report, by=holder_of(report), at=MORNING)
    return received


def test_after_its_days_nothing_of_the_words_is_left_but_the_row_and_a_ledger_that_verifies(
    place, django_capture_on_commit_callbacks
):
    received = withdrawn(place, photos=[picture()], contact="139-0000-1111", consent_version="1")
    path = path_of(StoredFile.unscoped.get().name)
    assert CANARY in database_text() and path.exists()
    assert erase_withdrawn(TODAY + timedelta(days=29), MORNING) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_withdrawn(TODAY + timedelta(days=30), MORNING + timedelta(days=30)) == 1
    assert CANARY not in database_text() and not path.exists()
    assert not ThreadEntry.unscoped.exists() and not ReportPhoto.unscoped.exists()
    kept = Report.unscoped.get()
    assert {getattr(kept, name) for name in ERASED} == {""} and kept.erased_at
    assert ledger.verify(ledger.chain_of(place.committee.pk))[1] == ""
    assert LedgerEntry.unscoped.filter(verb="report.erase").count() == 1
    assert erase_withdrawn(TODAY + timedelta(days=60), MORNING) == 0
    assert report_of_receipt(received.bits) == kept


def test_what_stands_is_never_erased_and_the_days_are_the_committee_s(place):
    report_in(place)
    withdrawn(place)
    change_setting(committee=place.committee, key="keep_withdrawn_days", value=3, by=place.admin, at=MORNING)
    assert erase_withdrawn(TODAY + timedelta(days=2), MORNING) == 0
    assert erase_withdrawn(TODAY + timedelta(days=3), MORNING) == 1
    assert Report.unscoped.filter(erased_at=None).count() == 1


def test_many_are_erased_in_batches(place, monkeypatch):
    monkeypatch.setattr("shangliang.reports.actions.erasing.AT_ONCE", 2)
    for _number in range(5):
        withdrawn(place)
    assert erase_withdrawn(TODAY + timedelta(days=30), MORNING) == 5


def test_without_its_salt_a_guess_at_the_words_cannot_be_checked_against_the_ledger(place):
    report = withdrawn(place).report
    salt = Report.unscoped.get().text_salt
    said = ledger.commitment(report.text, salt)
    assert said in bytes(LedgerEntry.unscoped.get(verb="report.receive").body).decode()
    erase_withdrawn(TODAY + timedelta(days=30), MORNING)
    assert (
        salt not in database_text()
        and ledger.commitment(report.text, Report.unscoped.get().text_salt) != said
    )
