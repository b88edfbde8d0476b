"""Covered pictures on the page of a task: the unit sees what was confirmed, through a door that asks each time."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shangliang.delivery import actions
from shangliang.delivery.tests.factories import adopted_suggestion, assigned
from shangliang.people.tests.factories import MORNING, district
from shangliang.protection.actions import answer_exposure, name_unit
from shangliang.protection.tests.factories import covered, dispatch_text, photographed
from shangliang.reports.actions import raise_matter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FILES_ROOT = str(tmp_path)


@pytest.fixture
def place():
    return district()


@pytest.fixture
def photo(place):
    row = photographed(place)
    raise_matter(row.report, title="校门口放学时停满车", by=place.clerk, at=MORNING)
    answer_exposure(row.report, households="many", by=place.clerk, at=MORNING)
    dispatch_text(place, row.report)
    return row


@pytest.fixture
def task(place, photo):
    return assigned(place, suggestion=adopted_suggestion(place, matters=(photo.report.matter,)))


def signed_in(place, key):
    client = Client()
    client.force_login(place.appointments[key].person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(task, name):
    return reverse("delivery:shown_picture", args=[task.code, name])


def test_a_unit_sees_the_covered_picture_and_never_the_original(place, photo, task):
    row, unit = covered(place, photo), signed_in(place, "unit")
    page = unit.get(reverse("delivery:assignment", args=[task.code])).content.decode()
    assert address(task, row.file.name) in page and photo.file.name not in page
    answer = unit.get(address(task, row.file.name))
    assert answer.status_code == 200 and answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff" and "no-store" in answer["Cache-Control"]
    for other in (
        address(task, photo.file.name),
        reverse("reports:photo", args=[photo.file.name]),
        reverse("protection:covered", args=[row.file.name]),
    ):
        assert unit.get(other).status_code == 404


def test_the_address_is_dead_as_soon_as_the_picture_is_taken_back(place, photo, task):
    name, unit = covered(place, photo).file.name, signed_in(place, "unit")
    assert unit.get(address(task, name)).status_code == 200
    covered(place, photo, is_shown=False, places=[], children="seen")
    assert unit.get(address(task, name)).status_code == 404


def test_a_unit_complained_about_and_strangers_find_no_picture(place, photo, task):
    name = covered(place, photo).file.name
    assert signed_in(place, "member").get(address(task, name)).status_code == 404
    assert Client().get(address(task, name)).status_code in (302, 404)
    name_unit(photo.report, place.lead_unit, by=place.clerk, at=MORNING)
    assert signed_in(place, "unit").get(address(task, name)).status_code == 404
    assert (
        name
        not in signed_in(place, "unit").get(reverse("delivery:assignment", args=[task.code])).content.decode()
    )


def test_a_link_shows_the_picture_as_long_as_it_is_good(place, photo, task):
    name, token = covered(place, photo).file.name, actions.make_link(task, by=place.clerk, at=timezone.now())
    url = reverse("delivery:link_picture", args=[token, name])
    assert url in Client().get(reverse("delivery:by_link", args=[token])).content.decode()
    assert Client().get(url)["Content-Type"] == "image/jpeg"
    assert Client().get(reverse("delivery:link_picture", args=[token, photo.file.name])).status_code == 404
    actions.make_link(task, by=place.clerk, at=timezone.now())
    assert Client().get(url).status_code == 404
