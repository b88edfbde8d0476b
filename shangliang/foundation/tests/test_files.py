"""Pictures are redrawn and on disk before their row; what no row knows is swept, what is young is not."""

import hashlib
import os
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from shangliang.foundation import clock, files
from shangliang.foundation.business import action
from shangliang.foundation.files import (
    MAX_PICTURE_BYTES,
    ORPHAN_AGE,
    keep_picture,
    path_of,
    read_file,
    sweep_orphans,
)
from shangliang.foundation.models import StoredFile
from shangliang.foundation.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.FILES_ROOT = tmp_path


def picture():
    out = BytesIO()
    Image.new("RGB", (30, 20), "red").save(out, "PNG")
    return out.getvalue()


def age(path, hours):
    then = (clock.now() - timedelta(hours=hours)).timestamp()
    os.utime(path, (then, then))


def test_a_kept_picture_is_our_own_bytes_under_a_random_name():
    one, two = keep_picture(picture(), at=clock.now()), keep_picture(picture(), at=clock.now())
    data = read_file(one)
    assert data.startswith(b"\xff\xd8") and data != picture()
    assert (one.size, one.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert one.name != two.name and len(one.name) == 36


@pytest.mark.parametrize("data", [b"", b"<svg/>", b"%PDF-1.4", b"MZ" + b"0" * 100, picture()[:40]])
def test_what_is_no_picture_is_refused_in_a_sentence_and_leaves_nothing(data, tmp_path):
    with pytest.raises(Refusal, match="您写的字还在"):
        keep_picture(data, at=clock.now())
    assert not StoredFile.unscoped.exists() and not list(tmp_path.rglob("*.jpg"))


def test_a_picture_that_is_too_large_is_refused_unread(monkeypatch):
    monkeypatch.setattr(files, "redraw", lambda _data: pytest.fail("was read"))
    with pytest.raises(Refusal, match="太大"):
        keep_picture(b"x" * (MAX_PICTURE_BYTES + 1), at=clock.now())


def test_the_file_is_on_disk_before_its_row_is_written(monkeypatch):
    there = []
    save = StoredFile.save
    monkeypatch.setattr(
        StoredFile, "save", lambda row, **more: (there.append(path_of(row.name).exists()), save(row, **more))
    )
    keep_picture(picture(), at=clock.now())
    assert there == [True]


def test_a_file_whose_action_was_refused_is_swept_after_two_hours_and_not_before(tmp_path):
    @action
    def refused():
        keep_picture(picture(), at=clock.now())
        raise Refusal("不行")

    with pytest.raises(Refusal):
        refused()
    (left,) = tmp_path.rglob("*.jpg")
    assert sweep_orphans(clock.now()) == 0 and left.exists()
    assert sweep_orphans(clock.now() + ORPHAN_AGE + timedelta(minutes=1)) == 1 and not left.exists()


def test_a_file_that_a_row_knows_is_never_swept():
    row = keep_picture(picture(), at=clock.now())
    age(path_of(row.name), 100)
    assert sweep_orphans(clock.now()) == 0
    assert read_file(row)


def test_the_rest_of_a_write_cut_short_is_swept(tmp_path):
    (tmp_path / "ab").mkdir()
    rest = tmp_path / "ab" / ".writing-x"
    rest.write_bytes(b"half")
    age(rest, 3)
    assert sweep_orphans(clock.now()) == 1
