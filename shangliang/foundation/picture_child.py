"""Run as a program of its own: pictures of any phone on standard input, each drawn again on standard output.

Hostile bytes may crash a decoder or make it ask for everything there is. So it happens here, with limits set before the
first byte is read, and never in a process that serves people. One child draws many pictures, since loading the library
takes longer than drawing; it ends after a hundred, or with whoever started it. Imports nothing of ours.
"""

import os
import resource
import signal
import struct
import sys
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 40_000_000
MOST_IN_WEBP = 16_000_000  # its decoder holds every picture several times over
LONGEST_SIDE = 30_000
MOST_AT_ONCE = 8_000_000  # pixels that are handled as one piece
ORIENTATION = 0x0112
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
QUALITY = 85
MEMORY = 640 * 1024 * 1024  # addresses, libraries included; what is really used stays below 300 MB
SECONDS_OF_WORK = 4.0  # of the processor, for one picture
MOST_PICTURES = 100
ORDER = struct.Struct(">II")  # longest side, bytes that follow
ANSWER = struct.Struct(">BIII")  # how it ended, width, height, bytes that follow
DRAWN, NO_PICTURE, TOO_MANY_PIXELS = 0, 1, 2


class TooManyPixels(ValueError):
    """A header that promises more than forty million pixels, or thirty thousand a side."""


def limit() -> None:
    """Take away from this process what drawing a picture does not need: memory, written files, dumps."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGPROF, signal.SIG_DFL)


def drawn(data: bytes, max_side: int) -> "Image.Image":
    """Return the picture on a new empty sheet: upright, first frame, RGB on white, at most ``max_side`` a side."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - the constants are read by processes that must not load it

    Image.MAX_IMAGE_PIXELS = (
        MOST_PIXELS  # Pillow's own guard: it also looks at frames and tiles behind the header
    )
    with Image.open(BytesIO(data), formats=FORMATS) as picture:
        most = MOST_IN_WEBP if picture.format == "WEBP" else MOST_PIXELS
        if picture.width * picture.height > most or max(picture.size) > LONGEST_SIDE:
            raise TooManyPixels
        picture.draft("RGB", (max_side, max_side))
        picture.load()
        turned = picture.getexif().get(ORIENTATION, 1)
        flat = in_bands(picture, max_side)
    flat.getexif()[ORIENTATION] = turned
    upright = ImageOps.exif_transpose(flat)
    upright.thumbnail((max_side, max_side), Image.Resampling.LANCZOS)
    sheet = Image.new("RGB", upright.size)
    sheet.paste(upright)
    return sheet


def in_bands(picture: Any, max_side: int) -> "Image.Image":
    """Return it in RGB on white, made smaller by whole numbers band after band: a copy of all of it would take too much."""
    from PIL import Image  # noqa: PLC0415

    times = max(1, max(picture.size) // max_side) if picture.width * picture.height > MOST_AT_ONCE else 1
    across, down = min(times, picture.width), min(times, picture.height)
    sheet = Image.new("RGB", (-(-picture.width // across), -(-picture.height // down)), "white")
    rows = down * max(1, (256 if times > 1 else picture.height) // down)
    for top in range(0, picture.height, rows):
        band = plain(picture.crop((0, top, picture.width, min(top + rows, picture.height))))
        flat = Image.new("RGB", band.size, "white")
        flat.paste(band, mask=band.getchannel("A") if band.mode == "RGBA" else None)
        sheet.paste(flat.reduce((across, down)) if times > 1 else flat, (0, top // down))
    return sheet


def plain(picture: Any) -> Any:
    """Return it as RGB or, where anything is see-through, RGBA; 16-bit greys are scaled instead of cut off."""
    if picture.mode.startswith("I"):
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    if picture.mode == "F":
        return picture.convert("L").convert("RGB")
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def answer_to(data: bytes, max_side: int) -> tuple[int, int, int, bytes]:
    """Return how it ended, width, height and our own JPEG bytes; nothing hostile bytes do comes out as an error."""
    from PIL import Image  # noqa: PLC0415

    try:
        sheet = drawn(data, max_side)
        out = BytesIO()
        sheet.save(out, "JPEG", quality=QUALITY, optimize=True)
    except (TooManyPixels, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return TOO_MANY_PIXELS, 0, 0, b""
    except Exception:  # a decoder may raise anything on hostile bytes; the sender gets one sentence
        return NO_PICTURE, 0, 0, b""
    return DRAWN, *sheet.size, out.getvalue()


def _get_ready() -> None:
    """Load every decoder now, before files are taken away."""
    import warnings  # noqa: PLC0415

    from PIL import Image  # noqa: PLC0415

    warnings.simplefilter("ignore")
    Image.init()
    answer_to(answer_to(b"", 8)[3], 8)
    for kind in FORMATS:
        out = BytesIO()
        Image.new("RGB", (8, 8)).save(out, kind)
        answer_to(out.getvalue(), 4)


def main() -> None:
    """Draw what is asked for until nobody asks any more."""
    limit()
    _get_ready()
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
    orders, answers = sys.stdin.buffer, sys.stdout.buffer
    for _turn in range(MOST_PICTURES):
        head = orders.read(ORDER.size)
        if len(head) < ORDER.size:
            return
        max_side, size = ORDER.unpack(head)
        data = orders.read(size)
        signal.setitimer(signal.ITIMER_PROF, SECONDS_OF_WORK)
        how, width, height, jpeg = answer_to(data, max_side)
        signal.setitimer(signal.ITIMER_PROF, 0)
        answers.write(ANSWER.pack(how, width, height, len(jpeg)) + jpeg)
        answers.flush()


if __name__ == "__main__":
    main()
    os._exit(0)  # no clean-up of decoders that were fed hostile bytes
