"""Covered pictures: what is burnt in is gone, a person looked at every one, and the original stays with the screeners."""

import json
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from shangliang.foundation.files import path_of, read_file
from shangliang.foundation.models import LedgerEntry, StoredFile
from shangliang.foundation.refusals import Refusal
from shangliang.people.tests.factories import MORNING, district
from shangliang.protection.actions import answer_exposure, cover_photo, forget_covers, name_unit
from shangliang.protection.forms.covers import as_words, between, places_in
from shangliang.protection.models import PhotoCover
from shangliang.protection.queries import (
    covered_file_for,
    covered_pictures_for,
    photo_to_cover,
    pictures_for_unit,
)
from shangliang.protection.tests.factories import covered, dispatch_text, photographed
from shangliang.reports.actions import raise_matter, withdraw
from shangliang.reports.models import ReportPhoto
from shangliang.reports.tests.factories import holder_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.FILES_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def place():
    return district()


@pytest.fixture
def photo(place):
    return photographed(place, size=(400, 200), colour="white")


def pixels(file):
    return Image.open(BytesIO(read_file(file))).convert("RGB")


def sign_in(client, place, key="clerk"):
    held = place.appointments[key]
    client.force_login(held.person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def work(photo):
    return reverse("protection:cover", args=[photo.file.name])


def test_a_covered_place_is_gone_and_the_rest_stays(place, photo):
    row = covered(place, photo, places=[(250, 250, 500, 500)])
    picture = pixels(row.file)
    assert picture.size == (400, 200)
    assert max(picture.getpixel((200, 100))) < 70 and max(picture.getpixel((102, 52))) < 70
    assert min(picture.getpixel((20, 20))) > 230 and min(picture.getpixel((390, 190))) > 230
    data = read_file(row.file)
    assert data.startswith(b"\xff\xd8") and b"Exif" not in data and row.file.name != photo.file.name
    assert min(pixels(photo.file).getpixel((200, 100))) > 230


def test_nothing_to_cover_is_confirmed_too_and_has_a_file_of_its_own(place, photo):
    row = covered(place, photo, places=[])
    assert row.file.name != photo.file.name and row.places == [] and row.confirmed_by


def test_a_decision_stands_in_the_ledger_without_a_word_of_anybody(place, photo):
    covered(place, photo)
    body = json.loads(bytes(LedgerEntry.unscoped.order_by("pk").last().body))
    assert "report.cover_photo" in json.dumps(body) and '"places": 1' in json.dumps(body)


def test_a_child_to_be_seen_is_never_shown(place, photo):
    with pytest.raises(Refusal, match="先把脸遮住"):
        covered(place, photo, children="seen")
    with pytest.raises(Refusal, match="一块也没有遮"):
        covered(place, photo, children="covered", places=[])
    assert not PhotoCover.unscoped.exists()
    assert covered(place, photo, children="seen", is_shown=False, places=[]).file is None


def test_a_later_decision_replaces_the_earlier_one_and_deletes_its_file(
    place, photo, django_capture_on_commit_callbacks
):
    first = covered(place, photo, places=[])
    with django_capture_on_commit_callbacks(execute=True):
        second = covered(place, photo)
    first.refresh_from_db()
    assert first.replaced_at and first.file is None and second.replaced_at is None
    assert (
        len(list(path_of(second.file.name).parent.parent.rglob("*.jpg"))) == 2
    )  # the original and the one that stands
    with django_capture_on_commit_callbacks(execute=True):
        covered(place, photo, is_shown=False, places=[], children="seen")
    assert StoredFile.unscoped.count() == 1


@pytest.mark.parametrize(
    "key", ["member", "unit", "keeper", "admin", "reviewer", "officer", "authority_clerk"]
)
def test_nobody_but_a_screener_covers_or_sees_the_original_or_the_cover(place, photo, key):
    viewer = getattr(place, key)
    with pytest.raises(Refusal):
        cover_photo(photo, places=[], children="none", is_shown=True, by=viewer, at=MORNING)
    row = covered(place, photo)
    assert photo_to_cover(viewer, photo.file.name) is None
    assert covered_file_for(viewer, row.file.name) is None
    assert covered_pictures_for(viewer, photo.report.matter) == []


def test_another_committees_clerk_finds_no_picture(place, photo):
    other = district("beiling", "BL", "北岭区政协")
    row = covered(place, photo)
    assert photo_to_cover(other.clerk, photo.file.name) is None
    assert covered_file_for(other.clerk, row.file.name) is None
    with pytest.raises(Refusal):
        covered(other, photo)


def test_a_unit_sees_a_picture_only_with_a_text_it_may_read_and_never_when_complained_about(place, photo):
    report = photo.report
    raise_matter(report, title="路口堵", by=place.clerk, at=MORNING)
    report.refresh_from_db()
    row, matters, unit = covered(place, photo), [report.matter_id], [place.lead_unit.pk]
    assert pictures_for_unit(matters, unit) == []
    answer_exposure(report, households="many", by=place.clerk, at=MORNING)
    dispatch_text(place, report)
    assert pictures_for_unit(matters, unit) == [row]
    assert covered_pictures_for(place.clerk, report.matter) == [row]
    name_unit(report, place.lead_unit, by=place.clerk, at=MORNING)
    assert pictures_for_unit(matters, unit) == [] and pictures_for_unit(matters, [place.co_unit.pk]) == [row]


def test_a_locked_report_gives_no_picture_to_a_unit(place, photo):
    raise_matter(photo.report, title="路口堵", by=place.clerk, at=MORNING)
    photo.report.refresh_from_db()
    covered(place, photo)
    answer_exposure(photo.report, households="one_or_two", by=place.clerk, at=MORNING)
    assert pictures_for_unit([photo.report.matter_id], [place.lead_unit.pk]) == []


def test_withdrawn_words_take_their_pictures_along(place, photo):
    row = covered(place, photo)
    withdraw(photo.report, by=holder_of(photo.report), at=MORNING)
    assert covered_pictures_for(place.clerk, photo.report.matter) == []
    assert covered_file_for(place.clerk, row.file.name) is None


def test_a_cover_whose_original_was_erased_is_deleted_with_its_bytes(
    place, photo, django_capture_on_commit_callbacks
):
    row = covered(place, photo)
    path = path_of(row.file.name)
    ReportPhoto.unscoped.get(pk=photo.pk).delete()
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_covers(MORNING) == 1
    row.refresh_from_db()
    assert row.file is None and row.places == [] and not path.exists()
    assert forget_covers(MORNING) == 0


def test_two_presses_on_the_picture_draw_a_rectangle_without_scripts(client, place, photo):
    sign_in(client, place)
    page = client.get(work(photo)).content.decode()
    assert (
        'type="image"' in page
        and "画面里有没有孩子" in page
        and 'width="720"' in page
        and 'height="360"' in page
    )
    first = client.post(work(photo), {"spot.x": "72", "spot.y": "36"}).content.decode()
    assert 'name="corner" value="100,100"' in first and "红十字" in first
    second = client.post(
        work(photo), {"corner": "100,100", "spot.x": "360", "spot.y": "180"}
    ).content.decode()
    assert 'value="100,100,400,400"' in second and "遮了 1 块" in second
    assert not PhotoCover.unscoped.exists()


def test_the_preview_shows_what_would_be_shown_and_writes_nothing(
    client, place, photo, django_assert_num_queries
):
    sign_in(client, place)
    url = reverse("protection:cover_preview", args=[photo.file.name])
    answer = client.get(url, {"places": "250,250,500,500"})
    assert answer["Content-Type"] == "image/jpeg" and "no-store" in answer["Cache-Control"]
    assert max(Image.open(BytesIO(answer.content)).getpixel((200, 100))) < 70
    assert StoredFile.unscoped.count() == 1


def test_a_place_can_be_typed_and_taken_away_again(client, place, photo):
    sign_in(client, place)
    typed = {"left": 10, "top": 20, "width": 30, "height": 40, "add": "1"}
    assert "100,200,300,400" in client.post(work(photo), typed).content.decode()
    gone = client.post(work(photo), {"places": "100,200,300,400;1,1,50,50", "drop": "0"}).content.decode()
    assert 'value="1,1,50,50"' in gone


def test_confirming_needs_the_question_about_children_and_keeps_what_was_drawn(client, place, photo):
    sign_in(client, place)
    asked = client.post(work(photo), {"places": "100,200,300,400", "cover": "1"})
    assert asked.status_code == 422 and "请先答这一句" in asked.content.decode()
    assert "100,200,300,400" in asked.content.decode()
    refused = client.post(work(photo), {"places": "100,200,300,400", "cover": "1", "children": "seen"})
    assert refused.status_code == 422 and "先把脸遮住" in refused.content.decode()
    empty = client.post(work(photo), {"cover": "1", "children": "none"})
    assert empty.status_code == 422 and "还没有遮" in empty.content.decode()
    done = client.post(work(photo), {"places": "100,200,300,400", "cover": "1", "children": "covered"})
    assert done.status_code == 302 and PhotoCover.unscoped.get().places == [[100, 200, 300, 400]]


@pytest.mark.parametrize(("press", "shown"), [("nothing", True), ("keep", False)])
def test_nothing_to_cover_and_not_shown_are_one_press_each(client, place, photo, press, shown):
    sign_in(client, place)
    answer = client.post(work(photo), {press: "1", "children": "none"}, follow=True)
    assert bool(PhotoCover.unscoped.get().file) is shown
    assert ("没有要遮的，单位看得到" if shown else "不给别人看") in answer.content.decode()


def test_the_list_of_a_reports_pictures_opens_for_the_office_alone(client, place, photo):
    url = reverse("protection:covers", args=[photo.report.code])
    assert "还没看，别人看不到" in sign_in(client, place).get(url).content.decode()
    for key in ("member", "keeper", "unit", "reviewer"):
        assert sign_in(client, place, key).get(url).status_code == 404
        assert client.get(work(photo)).status_code == 404


def test_places_read_as_they_are_written_and_stay_inside_the_picture():
    assert places_in("10,20,30,40;x;900,900,500,500;1,1,2,2") == [(10, 20, 30, 40), (900, 900, 100, 100)]
    assert as_words([(1, 2, 30, 40), (5, 6, 70, 80)]) == "1,2,30,40;5,6,70,80"
    assert between((500, 100), (200, 400)) == (200, 100, 300, 300)


def test_more_than_forty_places_are_refused_with_a_sentence(place, photo):
    with pytest.raises(Refusal, match="最多遮 40 块"):
        covered(place, photo, places=[(1, 1, 9, 9)] * 41)
