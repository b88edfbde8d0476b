"""Pictures people send: drawn again in a child process on an empty sheet, written so that they survive a power cut.

Nothing of the original file is kept: no EXIF, place, comment, colour profile or bytes behind the picture. Bytes of
strangers are never decoded in a process that serves people.
"""

import os
import tempfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from shangliang.foundation.drawing import draw
from shangliang.foundation.picture_child import DRAWN, QUALITY, TOO_MANY_PIXELS


def N_(words: str) -> str:
    """Return a sentence as it is; whoever says it translates it."""
    return words


LARGEST_FILE = 12 * 1024 * 1024
TOO_BIG = N_("照片太大了（超过 12 MB）。您写的字还在，换一张小点的再交。")
TOO_LARGE = N_(
    "照片的尺寸太大了（超过 4000 万像素，WEBP 超过 1600 万像素）。您写的字还在，换一张小点的再交。"
)
NO_PICTURE = N_("这个文件不是能打开的照片（可用 JPG、PNG、WEBP、GIF、BMP、TIFF）。您写的字还在，换一张再交。")
COVER, CROSS = (52, 52, 52), (190, 58, 34)

# A place in a picture, in thousandths of its width and height: left, top, width, height.
Rectangle = tuple[int, int, int, int]


class NotAPicture(ValueError):
    """Bytes we do not keep; the text is a sentence for the person who sent them."""


class Redrawn(NamedTuple):
    """Our own JPEG bytes and their size in pixels."""

    jpeg: bytes
    width: int
    height: int


def redraw(data: bytes, max_side: int = 2000) -> Redrawn:
    """Draw a picture again as a JPEG of at most `max_side` pixels a side, upright, first frame, RGB on white.

    Takes JPEG, PNG, WEBP, GIF, BMP or TIFF bytes. Refuses (NotAPicture) anything else, more than 12 MB, more than
    40 million pixels (WEBP: 16, whose decoder holds it twice) or 30,000 a side (read from the header), a file that is
    cut off, and one that takes the child more than four seconds of work or 640 MB.
    """
    if len(data) > LARGEST_FILE:
        raise NotAPicture(TOO_BIG)
    how, width, height, jpeg = draw(data, max_side)
    if how == TOO_MANY_PIXELS:
        raise NotAPicture(TOO_LARGE)
    if how != DRAWN:
        raise NotAPicture(NO_PICTURE)
    return Redrawn(jpeg, width, height)


def size_of(jpeg: bytes) -> tuple[int, int]:
    """Return width and height of a picture of ours, from its header."""
    with _opened(jpeg) as kept:
        return kept.size


def cover(jpeg: bytes, places: Sequence[Rectangle], corner: tuple[int, int] | None = None) -> bytes:
    """Return a picture of ours with opaque rectangles burnt in, drawn on a new sheet: what lies under them is gone.

    Takes JPEG bytes that `redraw` made and places in thousandths of width and height. Without a place it is still a new
    file. ``corner`` is marked with a cross, for whoever is drawing a rectangle: such a picture is only looked at.
    """
    from PIL import Image, ImageDraw  # noqa: PLC0415 - only whoever covers a picture needs the library

    with _opened(jpeg) as kept:
        sheet = Image.new("RGB", kept.size)
        sheet.paste(kept)
    pen = ImageDraw.Draw(sheet)
    for left, top, width, height in places:
        first = (left * sheet.width // 1000, top * sheet.height // 1000)
        last = (-(-(left + width) * sheet.width // 1000), -(-(top + height) * sheet.height // 1000))
        pen.rectangle((first, last), fill=COVER)
    if corner:
        _mark(pen, corner[0] * sheet.width // 1000, corner[1] * sheet.height // 1000, max(sheet.size))
    out = BytesIO()
    sheet.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _mark(pen: Any, across: int, down: int, side: int) -> None:
    """Draw a red cross with a white edge, so that it is seen on red as well."""
    arm, thick = side // 36, side // 300 + 1
    for more, colour in ((thick, "white"), (0, CROSS)):
        pen.line((across - arm - more, down, across + arm + more, down), fill=colour, width=thick + 2 * more)
        pen.line((across, down - arm - more, across, down + arm + more), fill=colour, width=thick + 2 * more)


def _opened(jpeg: bytes) -> Any:
    from PIL import Image  # noqa: PLC0415

    return Image.open(BytesIO(jpeg), formats=("JPEG",))


def fsync_write(path: Path, data: bytes) -> None:
    """Write a file so that after return it is there whole, or was never there: temporary file, fsync, rename, fsync.

    Makes missing folders. Raises OSError when the disk refuses; then nothing is left behind.
    """
    path = Path(path)
    new_folders = [folder for folder in path.parents if not folder.exists()]
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    for folder in {path.parent, *(folder.parent for folder in new_folders)}:
        _fsync_folder(folder)


def _fsync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
