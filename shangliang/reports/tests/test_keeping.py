"""Contact data goes when its time is over, and not a day before."""

from datetime import timedelta

import pytest

from shangliang.foundation import clock
from shangliang.foundation.models import LedgerEntry, VaultItem
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports.actions import withdraw
from shangliang.reports.actions.keeping import destroy_old_contacts, drop_old_aliases
from shangliang.reports.actions.screening import answer
from shangliang.reports.models import Report
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


def test_a_contact_of_a_report_that_still_waits_is_kept():
    report_in(district(), contact="13900000000", consent_version="1")
    assert destroy_old_contacts(clock.day_of(MORNING) + timedelta(days=900), MORNING) == 0
    assert VaultItem.unscoped.count() == 1


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
