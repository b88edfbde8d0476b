"""Referring out: the owner table is quoted, and a system of the owner's name stands first; the person decides."""

import pytest
from django.urls import reverse

from shangliang.exchange.queries import owner_of_report
from shangliang.exchange.tests.factories import system_in
from shangliang.exchange.tests.test_views import sit
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports.actions.sorting import sort_matter
from shangliang.reports.tests.factories import sent
from shangliang.sorting.queries import owner_book
from shangliang.sorting.tests.factories import owned, scheme_in, table_in

pytestmark = pytest.mark.django_db
BIN = "环境卫生 / 垃圾清运 / 垃圾点位"


def test_where_a_report_is_handed_on_the_table_is_quoted_and_its_unit_comes_first(client, clock):
    clock.set("2026-09-08 10:00")
    place = district()
    kinds = scheme_in(place)
    system_in(place, "12345 热线")
    system_in(place, "区城管局")
    report = sent(place).report
    sit(client, place)
    address = reverse("exchange:refer_out", args=[report.code])

    def said():
        return client.get(address).content.decode()

    assert "主责单位表" not in said()
    table = table_in(place)
    assert "还没有归类" in said()
    sort_matter(report.matter, kinds[BIN], by=place.clerk, at=MORNING)
    assert "没有写这类事在这里归谁" in said()
    owned(table, place, "环境卫生", place.lead_unit)
    assert "主责单位表：第 2026 年，“环境卫生”归区城管局。由您来定。" in said()
    assert client.get(address).context["form"].fields["system"].initial.name == "区城管局"


def test_the_own_table_says_nothing_of_another_committees_report(clock):
    clock.set("2026-09-08 10:00")
    place, below = district(), district("linhe", "LH", "临河区政协")
    scheme_in(place)
    table, theirs = table_in(place), scheme_in(below)
    owned(table, place, "环境卫生", place.lead_unit)
    report = sent(below).report
    assert owner_of_report(place.clerk, report, MORNING.date()) == ("", "")
    sort_matter(report.matter, theirs[BIN], by=below.clerk, at=MORNING)
    report.refresh_from_db()
    assert owner_of_report(place.clerk, report, MORNING.date()) == ("", "")
    assert owner_book(place.clerk, MORNING.date()).words(theirs[BIN].pk, None) == ""
