"""T40 and T41: of what people send as a photo, only pictures we drew ourselves are kept, and they say nothing else."""

import re
import time
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from shangliang.foundation import drawing, files, pictures
from shangliang.foundation.models import StoredFile
from shangliang.foundation.pictures import NotAPicture, Redrawn, redraw
from shangliang.foundation.refusals import Refusal
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import rules
from shangliang.reports.models import Report
from shangliang.reports.tests.factories import WORDS, point_in
from tests.trust.hostile_pictures import corpus, mutated, plain
from tests.trust.sizes import FULL, size
from tests.trust.tagged_pictures import tagged_photos
from tests.trust.world import signed_in

MUTATED = size(120, 2_000)
TAGGED = size(36, 240)
LONGEST_SECONDS, MOST_MEMORY = 5.0, 300 * 1024 * 1024
ONLY_PICTURES = "Only pictures we redrew ourselves are kept and served"
NO_TAGS = "No metadata of a photo survives"
MARKERS = (b"Exif\0", b"ns.adobe.com", b"Photoshop", b"ICC_PROFILE", b"MPF\0", b"\xff\xfe")


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    """Keep what these tests keep in a folder of their own."""
    settings.FILES_ROOT = str(tmp_path / "files")
    return tmp_path / "files"


def kept_bytes(folder: Path) -> list[bytes]:
    """Return the bytes of every file kept."""
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def peak_memory() -> int:
    """Return the most memory a drawing child has used, in bytes."""
    said = [Path(f"/proc/{child.process.pid}/status").read_text() for child in drawing._idle]
    return max([int(re.search(r"VmHWM:\s+(\d+)", one)[1]) * 1024 for one in said], default=0)


def chosen(sent):
    """Return every file in a full run, else every fifth and all bombs."""
    return (
        sent if FULL else [one for number, one in enumerate(sent) if number % 5 == 0 or "limit" in one.what]
    )


def upload(one, number=0):
    """Return a file as a browser sends it, under whatever name it has."""
    held = SimpleUploadedFile(f"{number}.jpg", one.data, content_type=one.content_type)
    held._name = one.name or "x"
    return held


@pytest.mark.promise("T40", ONLY_PICTURES)
@pytest.mark.django_db
def test_of_every_hostile_file_nothing_is_kept_but_what_we_drew(own_files, measured):
    sent, place = corpus(), district()
    assert len(sent) >= 300
    point, clerk, slowest, kept = point_in(place), signed_in(place, "clerk"), 0.0, 0
    for number, one in enumerate(chosen(sent)):
        before = StoredFile.unscoped.count()
        began = time.monotonic()
        answer = Client().post(
            f"/r/{point.code}/",
            {"text": f"{WORDS}{number}", "photos": upload(one)},
            headers={"sec-fetch-site": "same-origin"},
        )
        slowest = max(slowest, time.monotonic() - began)
        assert answer.status_code in (200, 303, 422), one.what
        new = StoredFile.unscoped.count() - before
        if one.is_picture is not None and one.name.strip("./\0"):
            assert new == one.is_picture, one.what
        if answer.status_code == 422:
            assert new == 0 and f"{WORDS}{number}" in answer.content.decode(), one.what
        kept += new
    originals = {one.data for one in sent}
    for data in kept_bytes(own_files):
        assert data.startswith(b"\xff\xd8") and data.endswith(b"\xff\xd9") and data not in originals
        assert b"CANARY" not in data and Image.open(BytesIO(data)).format == "JPEG"
    served = [
        clerk.get(f"/desk/photo/{name}/") for name in StoredFile.unscoped.values_list("name", flat=True)
    ]
    for answer in served:
        assert answer.status_code == 200 and answer["Content-Type"] == "image/jpeg"
        assert (
            answer["X-Content-Type-Options"] == "nosniff"
            and "default-src" in answer["Content-Security-Policy"]
        )
    assert kept and slowest < LONGEST_SECONDS and peak_memory() < MOST_MEMORY
    measured.figures.update(
        files=len(chosen(sent)), kept_redrawn=kept, originals_kept=0, served_otherwise=0, server_errors=0,
        slowest_seconds=round(slowest, 2), peak_megabytes=peak_memory() // 2**20,
    )  # fmt: skip


@pytest.mark.promise("T40", ONLY_PICTURES)
@pytest.mark.django_db
@pytest.mark.parametrize("bad", range(5))
def test_one_bad_file_at_any_place_refuses_all_and_keeps_the_words(bad, own_files, monkeypatch, measured):
    monkeypatch.setattr(rules, "MOST_PHOTOS", 5)
    point = point_in(district())
    photos = [
        SimpleUploadedFile(
            f"{number}.jpg", b"<svg/>" if number == bad else plain("JPEG"), content_type="image/jpeg"
        )
        for number in range(5)
    ]
    answer = Client().post(f"/r/{point.code}/", {"text": WORDS, "photos": photos})
    assert answer.status_code == 422 and WORDS in answer.content.decode()
    assert not Report.unscoped.exists() and not kept_bytes(own_files)
    measured.figures.update(bad_at=bad, refused=1)


@pytest.mark.promise("T40", ONLY_PICTURES)
def test_spoilt_pictures_end_in_a_picture_or_a_sentence_and_never_hang(measured):
    drawn = refused = 0
    slowest = 0.0
    for data in mutated(MUTATED):
        began = time.monotonic()
        try:
            done = redraw(data)
            assert done.jpeg.startswith(b"\xff\xd8") and max(done.width, done.height) <= 2000
            drawn += 1
        except NotAPicture:
            refused += 1
        slowest = max(slowest, time.monotonic() - began)
    assert drawn and refused and slowest < LONGEST_SECONDS and peak_memory() < MOST_MEMORY
    measured.figures.update(mutated=MUTATED, drawn=drawn, refused=refused, slowest_seconds=round(slowest, 2))


@pytest.mark.promise("T40", ONLY_PICTURES)
def test_a_child_that_dies_costs_one_sentence_and_the_next_picture_is_drawn():
    redraw(plain("PNG"))
    for child in list(drawing._idle):
        child.process.kill()
        child.process.wait()
    assert redraw(plain("PNG")).width == 64

    def dying(self, data, max_side):
        raise drawing.ChildGone

    with pytest.MonkeyPatch.context() as patch, pytest.raises(NotAPicture):
        patch.setattr(drawing._Child, "draw", dying)
        redraw(plain("PNG"))
    assert redraw(plain("PNG")).width == 64


def leaks(folder: Path, many: int) -> tuple[int, int]:
    """Keep tagged photos; return how many tokens and how many markers of metadata stand in what was kept."""
    tokens = []
    for one in tagged_photos(many):
        assert all(token in one.data for token in one.tokens)
        tokens += one.tokens
        files.draw_pictures([one.data], at=MORNING)
    kept = kept_bytes(folder)
    assert len(kept) == many
    found = sum(any(token in data for data in kept) for token in tokens)
    return found, sum(marker in data for data in kept for marker in MARKERS)


@pytest.mark.promise("T41", NO_TAGS)
def test_no_tag_of_a_photo_stands_in_what_is_kept(own_files, measured):
    assert leaks(own_files, TAGGED) == (0, 0)
    measured.figures.update(tagged_photos=TAGGED, tokens_found=0, markers_found=0)


@pytest.mark.promise("T40", ONLY_PICTURES)
def test_a_store_that_keeps_what_was_sent_is_caught(own_files, monkeypatch, measured):
    monkeypatch.setattr(files, "redraw", lambda data: Redrawn(data, 1, 1))
    sent = [one for one in corpus() if one.what.startswith("JPEG and ")]
    for one in sent:
        files.draw_pictures([one.data], at=MORNING)
    originals = sum(data in {one.data for one in sent} for data in kept_bytes(own_files))
    assert originals == len(sent)
    measured.caught("original-kept", f"{originals} of {len(sent)} files are the ones that were sent")


@pytest.mark.promise("T41", NO_TAGS)
def test_opening_and_saving_a_photo_is_caught(own_files, monkeypatch, measured):
    def open_and_save(data):
        out = BytesIO()
        with Image.open(BytesIO(data), formats=pictures_formats()) as picture:
            picture.load()
            kind = "JPEG" if picture.format in ("JPEG", "MPO") else picture.format
            picture.save(out, kind)
        return Redrawn(out.getvalue(), 1, 1)

    monkeypatch.setattr(files, "redraw", open_and_save)
    tokens, _markers = leaks(own_files, 24)
    assert tokens
    measured.caught("opened-and-saved", f"{tokens} of 24 tags survive")


def pictures_formats():
    """Return the formats the product takes, with the one in which phones keep several pictures."""
    return (*drawing_formats(), "MPO")


def drawing_formats():
    """Return the formats the child is allowed to open."""
    from shangliang.foundation.picture_child import FORMATS  # noqa: PLC0415

    return FORMATS


def test_a_refusal_reaches_the_sender_as_one_sentence():
    with pytest.raises(Refusal, match="您写的字还在"):
        files.draw_pictures([b"<svg/>"], at=MORNING)
    assert pictures.LARGEST_FILE == files.MAX_PICTURE_BYTES
