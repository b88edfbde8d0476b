"""Pictures and recordings: redrawn, written and fsynced under a random name before their row commits.

There is no public media address.
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from shangliang.foundation import sound
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
        raise Refusal(_(str(refused))) from refused
    return [_written(jpeg, ".jpg", "image/jpeg", at) for jpeg in drawn]


def keep_picture(data: bytes, *, at: datetime) -> StoredFile:
    """Draw one picture and save its row. Refuses as `draw_pictures` does."""
    row = draw_pictures([data], at=at)[0]
    row.save(force_insert=True)
    return row


def write_picture(jpeg: bytes, *, at: datetime) -> StoredFile:
    """Write a JPEG of our own making, fsynced, under a random name. Return its row, not yet saved."""
    return _written(jpeg, ".jpg", "image/jpeg", at)


def write_weights(data: bytes, *, at: datetime) -> StoredFile:
    """Write the weights of a model trained here, fsynced, under a random name. Return its row, not yet saved."""
    return _written(data, ".weights", "application/octet-stream", at)


def draw_sound(data: bytes, *, at: datetime) -> tuple[StoredFile, int]:
    """Write a recording again in our own format, fsynced. Return its row, not yet saved, and its length in seconds.

    Call it outside a transaction: a child process decodes it. Refuses (Refusal) what is no sound, more than 60 seconds,
    more than 12 MB. A file whose row never commits is swept.
    """
    why = {
        "big": _("录音太大了（超过 12 MB）。您写的字还在，录短一点再交。"),
        "long": _("录音太长了，最多 60 秒。您写的字还在，分两次说，或者录短一点再交。"),
        "none": _("这个文件里听不到声音，没有收。您写的字还在，重新录一次再交。"),
    }
    try:
        drawn = sound.redraw(data)
    except sound.NotASound as refused:
        raise Refusal(why[refused.why]) from refused
    return _written(drawn.wav, ".wav", "audio/wav", at), drawn.seconds


def keep_sound(data: bytes, *, at: datetime) -> tuple[StoredFile, int]:
    """Draw one recording and save its row. Return the row and the seconds. Refuses as `draw_sound` does."""
    row, seconds = draw_sound(data, at=at)
    row.save(force_insert=True)
    return row, seconds


def delete_file(row: StoredFile) -> None:
    """Delete a kept file: its row now, its bytes once that is committed. Call it inside an action.

    Where the process ends between the two, the sweep takes the bytes: nothing but the row knew them.
    """
    path = path_of(row.name)
    row.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def _written(data: bytes, ending: str, content_type: str, at: datetime) -> StoredFile:
    name = secrets.token_hex(16) + ending
    fsync_write(path_of(name), data)
    digest = hashlib.sha256(data).hexdigest()
    return StoredFile(name=name, content_type=content_type, size=len(data), sha256=digest, kept_at=at)


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
        if _is_older(path, at - ORPHAN_AGE) and not StoredFile.unscoped.filter(name=path.name).exists():
            path.unlink(missing_ok=True)
            swept += 1
    return swept


def _is_older(path: Path, moment: datetime) -> bool:
    """Tell whether a file is older; one deleted since it was listed is not there to be swept."""
    try:
        return path.stat().st_mtime < moment.timestamp()
    except FileNotFoundError:
        return False
