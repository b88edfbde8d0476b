"""Assigning: the owner table is quoted and its unit stands first; who assigns decides."""

import pytest
from django.urls import reverse

from shangliang.delivery.queries import owner_for_suggestion
from shangliang.delivery.tests import factories as make
from shangliang.people.tests.factories import MORNING
from shangliang.reports.actions.sorting import sort_matter
from shangliang.reports.tests.factories import gathered_matter
from shangliang.sorting.tests.factories import owned, scheme_in, table_in

pytestmark = pytest.mark.django_db
KIND = "环境卫生 / 垃圾清运 / 垃圾点位"


@pytest.fixture
def place(clock):
    clock.set("2026-09-29 10:00")
    return make.district()


def assigning(client, place, key, suggestion):
    make.sign_in(client, place, key)
    return client.get(reverse("delivery:assign", args=[suggestion.code]))


@pytest.mark.parametrize("key", ["clerk", "authority_clerk"])
def test_the_unit_of_the_owner_table_is_chosen_beforehand_and_the_year_is_named(client, place, key):
    kinds = scheme_in(place)
    owned(table_in(place), place, "环境卫生", place.co_unit)
    unsorted, matter = gathered_matter(place), gathered_matter(place)
    sort_matter(matter, kinds[KIND], by=place.clerk, at=MORNING)
    page = assigning(client, place, key, make.adopted_suggestion(place, matters=(unsorted, matter)))
    assert page.context["form"]["lead_unit"].value() == place.co_unit.pk
    assert "主责单位表：第 2026 年，“环境卫生”归区交警大队。由您来定。" in page.content.decode()


def test_where_the_table_names_nobody_or_the_matter_has_no_kind_it_says_so(client, place):
    kinds = scheme_in(place)
    matter = gathered_matter(place)
    suggestion = make.adopted_suggestion(place, matters=(matter,))
    assert "主责单位表" not in assigning(client, place, "clerk", suggestion).content.decode()
    table_in(place)
    assert "这件事还没有归类" in assigning(client, place, "clerk", suggestion).content.decode()
    sort_matter(matter, kinds[KIND], by=place.clerk, at=MORNING)
    page = assigning(client, place, "clerk", suggestion)
    assert "没有写这类事在这里归谁" in page.content.decode()
    assert page.context["form"]["lead_unit"].value() is None


def test_the_own_table_says_nothing_of_another_committees_suggestion(place):
    below = make.district("linhe", "LH", "临河区政协")
    scheme_in(place)
    owned(table_in(place), place, "环境卫生", place.co_unit)
    suggestion = make.adopted_suggestion(below, matters=(gathered_matter(below),))
    assert owner_for_suggestion(place.clerk, suggestion, MORNING.date()) == (None, "")
