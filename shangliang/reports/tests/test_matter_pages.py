"""The staff's list of matters, and ending one that will not be consulted on."""

import pytest
from django.test import Client
from django.urls import reverse

from shangliang.foundation.refusals import Refusal, WrongState
from shangliang.people.models import Person
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports.actions import begin_consulting, end_matter
from shangliang.reports.models import ThreadEntry
from shangliang.reports.states import MatterState
from shangliang.reports.tests.factories import matter_at

pytestmark = pytest.mark.django_db


def signed_in(viewer):
    client = Client()
    client.force_login(
        Person.unscoped.get(pk=viewer.person_id), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def test_an_ended_matter_tells_those_who_spoke_why():
    place = district()
    matter = matter_at(place, MatterState.GATHERED)
    end_matter(matter, words="这件事归物业管，已经请社区去说。", by=place.clerk, at=MORNING)
    assert matter.state == MatterState.ENDED
    assert ThreadEntry.unscoped.filter(report__matter=matter, text__contains="归物业管").exists()


def test_a_matter_is_not_ended_without_words_or_once_it_is_consulted_on():
    place = district()
    matter = matter_at(place, MatterState.GATHERED)
    with pytest.raises(Refusal, match="写几句"):
        end_matter(matter, words=" ", by=place.clerk, at=MORNING)
    begin_consulting(matter, by=place.clerk, at=MORNING)
    with pytest.raises(WrongState):
        end_matter(matter, words="不商量了", by=place.clerk, at=MORNING)


def test_the_office_sees_the_list_and_nobody_else():
    place = district()
    matter = matter_at(place, MatterState.GATHERED)
    page = signed_in(place.clerk).get(reverse("reports:matters"))
    assert matter.title in page.content.decode()
    assert signed_in(place.unit).get(reverse("reports:matters")).status_code == 404


def test_another_committees_matter_does_not_exist():
    place, other = district(), district("nanping", "NP", "南坪区政协")
    matter = matter_at(other, MatterState.GATHERED)
    assert signed_in(place.clerk).get(reverse("reports:matter_end", args=[matter.code])).status_code == 404


def test_ending_without_words_keeps_the_page_and_says_so():
    place = district()
    matter = matter_at(place, MatterState.GATHERED)
    page = signed_in(place.clerk).post(reverse("reports:matter_end", args=[matter.code]), {"words": ""})
    assert page.status_code == 422
    matter.refresh_from_db()
    assert matter.state == MatterState.GATHERED
