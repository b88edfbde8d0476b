"""Pictures people send: decoded, drawn again on an empty sheet, written so that they survive a power cut.

Nothing of the original file is kept: no EXIF, place, comment, colour profile or bytes behind the picture.
"""

import os
import tempfile
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageOps

LARGEST_FILE = 12 * 1024 * 1024
MOST_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
QUALITY = 85

# Pillow's own guard at the same limit: it also looks at frames and tiles behind the header.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS

TOO_BIG = "照片太大了（超过 12 MB）。您写的字还在，换一张小点的再交。"
TOO_MANY_PIXELS = "照片的尺寸太大了（超过 4000 万像素）。您写的字还在，换一张小点的再交。"
NO_PICTURE = "这个文件不是能打开的照片（可用 JPG、PNG、WEBP、GIF、BMP、TIFF）。您写的字还在，换一张再交。"


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
    40 million pixels (read from the header, before decoding) and a file that is cut off.
    """
    if len(data) > LARGEST_FILE:
        raise NotAPicture(TOO_BIG)
    try:
        sheet = _sheet(data, max_side)
    except NotAPicture:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise NotAPicture(TOO_MANY_PIXELS) from bomb
    except Exception as broken:  # a decoder may raise anything on hostile bytes; the sender gets one sentence
        raise NotAPicture(NO_PICTURE) from broken
    out = BytesIO()
    sheet.save(out, "JPEG", quality=QUALITY, optimize=True)
    return Redrawn(out.getvalue(), *sheet.size)


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


def _sheet(data: bytes, max_side: int) -> Image.Image:
    with Image.open(BytesIO(data), formats=FORMATS) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise NotAPicture(TOO_MANY_PIXELS)
        picture.draft("RGB", (max_side, max_side))
        picture.load()
        upright = _plain(ImageOps.exif_transpose(picture))
    upright.thumbnail((max_side, max_side), Image.Resampling.LANCZOS)
    sheet = Image.new("RGB", upright.size, "white")
    sheet.paste(upright, mask=upright.getchannel("A") if upright.mode == "RGBA" else None)
    return sheet


def _plain(picture: Image.Image) -> Image.Image:
    """RGB or, where anything is see-through, RGBA; 16-bit greys are scaled instead of cut off."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    if picture.mode == "F":
        return picture.convert("L").convert("RGB")
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _fsync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
