"""Pressing twice, and sixteen times at once: one report, one receipt, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from shangliang.foundation.ledger import chain_of, verify
from shangliang.foundation.models import LedgerEntry
from shangliang.reports.actions import OtherBody
from shangliang.reports.models import Matter, Report
from shangliang.reports.tests.factories import district, sent

pytestmark = pytest.mark.django_db(transaction=True)
KEY = "one-form-opened-on-one-phone-000"
AT_ONCE = 16


def at_once(send):
    """Run ``send(number)`` in sixteen threads that begin together; return what each gave or raised."""
    gate = Barrier(AT_ONCE)

    def one(number):
        try:
            gate.wait()
            return send(number)
        except OtherBody as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def test_sixteen_presses_at_once_are_one_report_with_one_receipt():
    place = district()
    received = at_once(lambda number: sent(place, form_key=KEY))
    assert Report.unscoped.count() == Matter.unscoped.count() == 1
    assert len({one.bits for one in received}) == len({one.report.pk for one in received}) == 1
    assert sorted(one.is_repeat for one in received) == [False] + [True] * (AT_ONCE - 1)
    assert LedgerEntry.unscoped.filter(verb="report.receive").count() == 1


def test_sixteen_bodies_for_one_form_leave_the_first_and_refuse_the_rest():
    place = district()
    received = at_once(lambda number: sent(place, f"第 {number} 种说法", form_key=KEY))
    assert Report.unscoped.count() == 1
    assert sum(isinstance(one, OtherBody) for one in received) == AT_ONCE - 1
    assert len({one.bits for one in received}) == 1


def test_sixteen_forms_at_once_are_sixteen_reports_and_the_chain_holds():
    place = district()
    received = at_once(lambda number: sent(place, form_key=f"{KEY}{number}"))
    assert len({one.bits for one in received}) == Report.unscoped.count() == AT_ONCE
    assert verify(chain_of(place.committee.pk))[1] == ""
