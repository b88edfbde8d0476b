"""Who sees what many speak of: a table of people and what exists for them."""

import pytest

from shangliang.foundation.viewer import NOBODY, Public, ReceiptHolder, System
from shangliang.hotspots import queries
from shangliang.hotspots.tests.factories import hot_topic, season_matter, sign_in
from shangliang.people.tests.factories import district

pytestmark = pytest.mark.django_db
SEES = {
    "clerk": True,
    "leader": True,
    "member": False,
    "reviewer": False,
    "officer": False,
    "admin": False,
    "keeper": False,
    "unit": False,
    "other_unit": False,
    "authority_clerk": False,
}
PAGES = ("", "table.xlsx", "print/", "season/", "season/print/")


def everything_for(viewer, hot):
    return [
        queries.weeks_of(viewer).exists(),
        queries.get_week_for(viewer, None) is not None,
        queries.hot_topics_of(viewer, hot.week).exists(),
        queries.get_proposed_for(viewer, hot.code) is not None,
    ]


@pytest.mark.parametrize(("who", "sees"), SEES.items())
def test_weeks_and_topics_exist_for_the_office_alone(place, who, sees):
    assert set(everything_for(getattr(place, who), hot_topic(place))) == {sees}


@pytest.mark.parametrize(("who", "sees"), SEES.items())
def test_the_season_exists_for_the_office_alone(place, who, sees):
    row = season_matter(place)
    viewer = getattr(place, who)
    assert queries.seasons_of(viewer).exists() is sees
    assert (queries.get_proposed_for(viewer, row.code) is not None) is sees


def test_nothing_exists_for_the_public_a_receipt_or_another_committee(place):
    hot = hot_topic(place)
    other = district("nanhu", "NH", "南湖区政协")
    outside = (
        NOBODY,
        Public(place.committee.pk),
        ReceiptHolder(1),
        other.leader,
        System("t", other.committee.pk),
    )
    for viewer in outside:
        assert not any(everything_for(viewer, hot))


@pytest.mark.parametrize(("who", "sees"), SEES.items())
def test_the_pages_open_for_the_office_and_are_missing_for_others(client, place, who, sees):
    hot = hot_topic(place)
    sign_in(client, place, who)
    wanted = 200 if sees else 404
    for page in (*PAGES, f"{hot.code}/", f"{hot.code}/topic/", f"{hot.code}/aside/"):
        assert client.get(f"/hotspots/{page}").status_code == wanted, page
    for act in ("look/", f"{hot.code}/back/"):
        assert client.post(f"/hotspots/{act}").status_code == (302 if sees else 404), act


def test_who_is_not_signed_in_is_led_to_the_door(client, place):
    hot = hot_topic(place)
    for page in (*PAGES, f"{hot.code}/"):
        assert "/sign-in/" in client.get(f"/hotspots/{page}").headers["Location"]
