"""Referring out: the owner table is quoted, and a system of the owner's name stands first; the person decides."""

import pytest
from django.urls import reverse

from shangliang.exchange.tests.factories import system_in
from shangliang.exchange.tests.test_views import sit
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports.actions.sorting import sort_matter
from shangliang.reports.tests.factories import sent
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
