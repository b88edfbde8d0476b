"""Contact data goes when its time is over, and not a day before."""

from datetime import timedelta

import pytest

from shangliang.foundation import clock
from shangliang.foundation.models import LedgerEntry, VaultItem
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports.actions import (
    add_words,
    ask_reissue,
    ask_unmask,
    begin_consulting,
    leave_contact,
    raise_matter,
    withdraw,
)
from shangliang.reports.actions.keeping import destroy_old_contacts, drop_old_aliases, drop_stale_askings
from shangliang.reports.actions.screening import answer, bank
from shangliang.reports.models import Consent, Report, Unmasking
from shangliang.reports.tasks import forget_contacts
from shangliang.reports.tests.factories import holder_of, report_in

pytestmark = pytest.mark.django_db

KEPT = 180  # the setting's default


def answered_with_contact(place):
    report = report_in(place, contact="13900000000", consent_version="1")
    return answer(report, words="周六上午九点开门。", by=place.clerk, at=MORNING)


def test_a_contact_is_destroyed_when_its_days_are_over_and_the_ledger_says_so():
    report = answered_with_contact(district())
    day = clock.day_of(MORNING)
    assert destroy_old_contacts(day + timedelta(days=KEPT - 1), MORNING) == 0
    assert VaultItem.unscoped.count() == 1
    assert destroy_old_contacts(day + timedelta(days=KEPT), MORNING) == 1
    report.refresh_from_db()
    assert (report.contact_handle, VaultItem.unscoped.count()) == ("", 0)
    assert (
        LedgerEntry.unscoped.filter(verb="report.forget_contact", subject=f"report:{report.code}").count()
        == 1
    )


def banked(place, report):
    return bank(report, words="先留着。", by=place.clerk, at=MORNING)


def established(place, report):
    raise_matter(report, title="门口堵", by=place.clerk, at=MORNING)


@pytest.mark.parametrize(
    "then", [lambda place, report: None, banked, established], ids=["waits", "bank", "matter"]
)
def test_a_contact_is_bounded_by_the_last_activity_where_nothing_ever_comes_to_an_end(then):
    place = district()
    report = report_in(place, contact="13900000000", consent_version="1")
    then(place, report)
    add_words(report, text="还是老样子", by=holder_of(report), at=MORNING + timedelta(days=40))
    last = clock.day_of(MORNING) + timedelta(days=40)
    assert destroy_old_contacts(last + timedelta(days=KEPT - 1), MORNING) == 0
    assert destroy_old_contacts(last + timedelta(days=KEPT), MORNING) == 1
    assert VaultItem.unscoped.count() == 0
    assert Consent.unscoped.get().ended_because == "time_over"


def test_a_matter_that_is_consulted_on_or_worked_on_keeps_its_contacts():
    place = district()
    report = report_in(place, contact="13900000000", consent_version="1")
    matter = raise_matter(report, title="门口堵", by=place.clerk, at=MORNING)
    begin_consulting(matter, by=place.clerk, at=MORNING)
    assert destroy_old_contacts(clock.day_of(MORNING) + timedelta(days=900), MORNING) == 0


def test_a_mail_address_goes_like_a_number():
    place = district()
    report = report_in(place)
    leave_contact(
        report, what="mail", value="a@example.org", has_agreed=True, by=holder_of(report), at=MORNING
    )
    answer(report, words="周六上午九点开门。", by=place.clerk, at=MORNING)
    assert destroy_old_contacts(clock.day_of(MORNING) + timedelta(days=KEPT), MORNING) == 1
    assert Report.unscoped.get().mail_handle == "" and not VaultItem.unscoped.exists()


def test_askings_nobody_agreed_to_within_a_week_are_forgotten():
    place = district()
    report = report_in(place, contact="13900000000", consent_version="1")
    ask_unmask(report, reason="问清楚", by=place.clerk, at=MORNING)
    ask_reissue(report, contact="13900000000", by=place.clerk, at=MORNING)
    assert drop_stale_askings(MORNING + timedelta(days=7)) == 0
    assert drop_stale_askings(MORNING + timedelta(days=7, seconds=1)) == 2
    assert VaultItem.unscoped.count() == 1 and not Unmasking.unscoped.exists()


def test_a_withdrawn_report_has_no_contact_left_to_destroy():
    report = report_in(district(), contact="13900000000", consent_version="1")
    withdraw(report, by=holder_of(report), at=MORNING)
    assert VaultItem.unscoped.count() == 0


def test_who_wrote_several_imported_reports_is_forgotten_after_thirty_days():
    place = district()
    reports = [report_in(place) for _number in range(2)]
    Report.unscoped.update(import_alias="5f1d0c7a")
    Report.unscoped.filter(pk=reports[0].pk).update(received_at=MORNING + timedelta(days=5))
    assert drop_old_aliases(MORNING + timedelta(days=30)) == 0
    forget_contacts(clock.day_of(MORNING), MORNING + timedelta(days=31))
    kept = dict(Report.unscoped.values_list("pk", "import_alias"))
    assert kept == {reports[0].pk: "5f1d0c7a", reports[1].pk: ""}
