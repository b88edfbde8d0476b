"""Pictures: redrawn, written and fsynced under a random name before their row commits. There is no public media address."""

import hashlib
import secrets
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from shangliang.foundation.models import StoredFile
from shangliang.foundation.pictures import NotAPicture, fsync_write, redraw
from shangliang.foundation.refusals import Refusal

MAX_PICTURE_BYTES = 12 * 1024 * 1024
ORPHAN_AGE = timedelta(hours=2)


def keep_picture(data: bytes, *, at: datetime) -> StoredFile:
    """Redraw a picture and keep only our own bytes. Refuses what is no picture, a bomb, more than 12 MB (Refusal)."""
    if len(data) > MAX_PICTURE_BYTES:
        raise Refusal(_("照片太大了（超过 12 MB）。您写的字还在，换一张小点的再交。"))
    try:
        drawn = redraw(data)
    except NotAPicture as refused:
        raise Refusal(str(refused)) from refused
    return _keep(drawn.jpeg, "image/jpeg", ".jpg", at)


def _keep(data: bytes, content_type: str, suffix: str, at: datetime) -> StoredFile:
    name = secrets.token_hex(16) + suffix
    fsync_write(path_of(name), data)
    row = StoredFile(
        name=name,
        content_type=content_type,
        size=len(data),
        kept_at=at,
        sha256=hashlib.sha256(data).hexdigest(),
    )
    row.save(force_insert=True)
    return row


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
