"""Photos that say where, when and by whom they were taken, in every place a file has for it. All made here."""

import struct
from collections.abc import Iterator
from io import BytesIO
from random import Random
from typing import Any, NamedTuple

from PIL import Image, PngImagePlugin

from tests.trust.hostile_pictures import FORMATS, saved


class Tagged(NamedTuple):
    """A photo and the tokens that stand in its bytes."""

    data: bytes
    tokens: tuple[bytes, ...]


def tagged_photos(many: int, seed: int = 1) -> Iterator[Tagged]:
    """Yield photos of every format, each with tokens of its own in the places its format has."""
    random = Random(seed)
    for number in range(many):
        kind = FORMATS[number % len(FORMATS)]
        mark = f"TAG{random.randrange(10**12):012}".encode()
        yield Tagged(_photo(kind, mark, number, random), (mark,))


def _photo(kind: str, mark: bytes, number: int, random: Random) -> bytes:
    picture = Image.effect_noise((64, 48), 60).convert("RGB")
    options: dict[str, Any] = {}
    if kind in ("JPEG", "PNG", "WEBP", "TIFF"):
        options["exif"] = _exif(mark, number)
        options["icc_profile"] = b"\0\0\1\0lcms" + mark * 4
    if kind in ("JPEG", "GIF"):
        options["comment"] = mark + b" comment"
    if kind == "PNG":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Author", mark.decode())
        notes.add_itxt("XML:com.adobe.xmp", _xmp(mark).decode())
        options["pnginfo"] = notes
    if kind == "WEBP":
        options["xmp"] = _xmp(mark)
    if kind == "GIF" and number % 2:
        options.update(save_all=True, append_images=[picture.rotate(180)])
    if kind == "JPEG" and number % 12 == 6:
        return _several(picture, options, mark)
    data = saved(picture, kind, **options)
    if kind == "JPEG":
        data = _with_segments(data, mark)
    has_no_place = mark not in data  # a BMP, and a GIF of several frames
    return data + (mark + b" behind the picture" if has_no_place or random.random() < 0.5 else b"")


def _exif(mark: bytes, number: int) -> Image.Exif:
    exif, said = Image.Exif(), mark.decode()
    for tag in (
        0x010E,
        0x010F,
        0x0110,
        0x0131,
        0x013B,
        0x8298,
        0xC62F,
    ):  # description … artist, serial number of the body
        exif[tag] = said
    exif[0x0112] = number % 8 + 1
    exif.get_ifd(0x8769).update({0xA430: said, 0xA431: said, 0xA435: said, 0x9286: b"ASCII\0\0\0" + mark})
    exif.get_ifd(0x8825).update(
        {1: "N", 2: (30.0, 11.0, 22.5), 3: "E", 4: (113.0, 1.0, 9.0), 27: mark, 29: said}
    )
    return exif


def _xmp(mark: bytes) -> bytes:
    return b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:creator>" + mark + b"</dc:creator></x:xmpmeta>"


def _with_segments(jpeg: bytes, mark: bytes) -> bytes:
    """Put XMP, IPTC with a thumbnail, and a maker's own segment behind the first two bytes."""
    small = saved(Image.new("RGB", (16, 12)), "JPEG", comment=mark)
    iptc = b"\x1c\x02\x50" + struct.pack(">H", len(mark)) + mark
    photoshop = b"Photoshop 3.0\0" + b"".join(
        b"8BIM"
        + struct.pack(">H", kind)
        + b"\0\0"
        + struct.pack(">I", len(body))
        + body
        + b"\0" * (len(body) % 2)
        for kind, body in (
            (0x0404, iptc),
            (0x040C, struct.pack(">IIIIIIHH", 1, 16, 12, 48, 576, len(small), 24, 1) + small),
        )
    )
    segments = (
        (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + _xmp(mark)),
        (0xED, photoshop),
        (0xEA, b"MAKER\0" + mark),
        (0xFE, mark),
    )
    extra = b"".join(
        b"\xff" + bytes([kind]) + struct.pack(">H", len(body) + 2) + body for kind, body in segments
    )
    return jpeg[:2] + extra + jpeg[2:]


def _several(picture: Image.Image, options: dict[str, Any], mark: bytes) -> bytes:
    """A JPEG of several pictures (MPO), as phones with two lenses write."""
    out = BytesIO()
    second = picture.rotate(90)
    second.info["comment"] = mark
    picture.save(
        out, "MPO", save_all=True, append_images=[second], exif=options["exif"], comment=options["comment"]
    )
    return out.getvalue() + mark
