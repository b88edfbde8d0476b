"""Pictures: redrawn, written and fsynced under a random name before their row commits. There is no public media address."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from shangliang.foundation.models import StoredFile
from shangliang.foundation.pictures import NotAPicture, fsync_write, redraw
from shangliang.foundation.refusals import Refusal

MAX_PICTURE_BYTES = 12 * 1024 * 1024
ORPHAN_AGE = timedelta(hours=2)


def draw_pictures(pictures: Sequence[bytes], *, at: datetime) -> list[StoredFile]:
    """Redraw pictures and write our own bytes, fsynced, under random names. Return their rows, not yet saved.

    All are drawn before any is written. Refuses (Refusal) what is no picture, a bomb, more than 12 MB. A file whose row
    never commits is swept.
    """
    if any(len(data) > MAX_PICTURE_BYTES for data in pictures):
        raise Refusal(_("照片太大了（超过 12 MB）。您写的字还在，换一张小点的再交。"))
    try:
        drawn = [redraw(data).jpeg for data in pictures]
    except NotAPicture as refused:
        raise Refusal(str(refused)) from refused
    return [_written(jpeg, at) for jpeg in drawn]


def keep_picture(data: bytes, *, at: datetime) -> StoredFile:
    """Draw one picture and save its row. Refuses as `draw_pictures` does."""
    row = draw_pictures([data], at=at)[0]
    row.save(force_insert=True)
    return row


def _written(jpeg: bytes, at: datetime) -> StoredFile:
    name = secrets.token_hex(16) + ".jpg"
    fsync_write(path_of(name), jpeg)
    digest = hashlib.sha256(jpeg).hexdigest()
    return StoredFile(name=name, content_type="image/jpeg", size=len(jpeg), sha256=digest, kept_at=at)


def path_of(name: str) -> Path:
    """Return where a file of that random name lies (two-letter folders)."""
    return Path(settings.FILES_ROOT) / name[:2] / name


def read_file(row: StoredFile) -> bytes:
    """Return the bytes of a kept file; the caller has asked the viewer."""
    return path_of(row.name).read_bytes()


def sweep_orphans(at: datetime) -> int:
    """Delete files on disk that no row knows and that are older than two hours. Return how many."""
    swept = 0
    for path in Path(settings.FILES_ROOT).glob("??/*"):
        old = path.stat().st_mtime < (at - ORPHAN_AGE).timestamp()
        if old and not StoredFile.unscoped.filter(name=path.name).exists():
            path.unlink()
            swept += 1
    return swept
