"""Files somebody might send instead of a photo: polyglots, lies, bombs, names, cut-off and odd pictures. All made here."""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from random import Random
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image, PngImagePlugin

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")
TYPES = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "GIF": "image/gif",
    "WEBP": "image/webp",
    "BMP": "image/bmp",
    "TIFF": "image/tiff",
}
SCRIPT = b"<script>alert('CANARY-SCRIPT')</script>"
PHP = b"<?php system($_GET['c']); /* CANARY-PHP */ ?>"
HTML = b"<!doctype html><html><body onload=alert('CANARY-HTML')></body></html>"


class Sent(NamedTuple):
    """One file as a browser would send it; ``is_picture`` None where either answer is right."""

    what: str
    name: str
    content_type: str
    data: bytes
    is_picture: bool | None


def saved(picture: Any, kind: str, **options: Any) -> bytes:
    """Return a picture in a format."""
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def plain(kind: str, colour: str = "teal", size: tuple[int, int] = (64, 48)) -> bytes:
    """Return a small honest picture in a format."""
    return saved(Image.new("RGB", size, colour), kind)


def zipped(inside: bytes = b"CANARY-ZIP", name: str = "META-INF/MANIFEST.MF", many: int = 1) -> bytes:
    """Return a zip file, which is also what a jar is."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as held:
        for number in range(many):
            held.writestr(f"{number}{name}", inside)
    return out.getvalue()


TAILS = {
    "zip": zipped(), "jar": zipped(name="META-INF/MANIFEST.MF"), "php": PHP, "html": HTML, "script": SCRIPT,
    "pdf": b"%PDF-1.7\n1 0 obj<</OpenAction CANARY>>endobj\n%%EOF", "exe": b"MZ" + bytes(58) + b"PE\0\0CANARY-EXE",
    "shell": b"\n#!/bin/sh\necho CANARY\n", "second picture": plain("JPEG", "black"), "zeros": bytes(200_000),
}  # fmt: skip
SVG = (
    b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'><script>CANARY-SVG</script></svg>",
    b"<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg xmlns='http://www.w3.org/2000/svg'>&x;</svg>",
    b"\xef\xbb\xbf<svg xmlns='http://www.w3.org/2000/svg'><image href='http://127.0.0.1:9/'/></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg'/>".encode("utf-16"),
    b"\x1f\x8b" + zlib.compress(b"<svg/>"),
)
NO_PICTURES = {
    "html": HTML, "php": PHP, "script": SCRIPT, "text": "不是照片".encode(), "zip": zipped(), "nothing": b"", "one byte": b"\xff",
    "zip bomb": zipped(bytes(3_000_000), many=20), "pdf": TAILS["pdf"], "exe": TAILS["exe"], "elf": b"\x7fELF" + bytes(60),
    "eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd)(r) file", "xbm": b"#define x_width 9\n#define x_height 9\n",
    "heic": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(400), "heif": b"\0\0\0\x18ftypmif1\0\0\0\0" + bytes(90),
    "avif": b"\0\0\0\x1cftypavif\0\0\0\0" + bytes(90), "mp4": b"\0\0\0\x18ftypisom\0\0\0\0" + bytes(90), "psd": b"8BPS\0\1" + bytes(60),
    "ico": saved(Image.new("RGB", (16, 16)), "ICO"), "ppm": saved(Image.new("RGB", (9, 9)), "PPM"), "icns": b"icns\0\0\0\x10" + bytes(8),
    "jp2": b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(60), "tga": saved(Image.new("RGB", (9, 9)), "TGA"), "wmf": b"\xd7\xcd\xc6\x9a" + bytes(60),
    "mpeg": b"\0\0\1\xb3" + bytes(60), "fli": bytes(4) + b"\x11\xaf" + bytes(122), "docx": zipped(b"<w/>", "word/document.xml"),
}  # fmt: skip
NAMES = (
    "../../../etc/passwd.jpg", "..\\..\\windows\\win.ini.jpg", "/etc/cron.d/x.jpg", "C:\\x.jpg", "a\0.php.jpg", "照片\u202egpj.exe",
    "x" * 300 + ".jpg", "😀😀😀.jpg", ".htaccess", "CON.jpg", "a.jpg.php", "a.php;.jpg", "a.svg", "a.html", "%2e%2e%2fx.jpg",
    "a\r\nX-Injected: 1.jpg", "'; DROP TABLE reports_report;--.jpg", "$(touch x).jpg", "`id`.jpg", "|ls.jpg", "a b .jpg ", "-rf.jpg",
    "", ".", "..", "\ufeffa.jpg", "ａ．ｊｐｇ", "\u0000", "a" * 255, "中" * 300 + ".png",
)  # fmt: skip


def png(width: int, height: int, body: bytes, depth: int = 8, colour: int = 2, extra: bytes = b"") -> bytes:
    """Return a PNG whose header says what it likes."""
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + extra + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def bombs() -> Iterator[tuple[str, bytes]]:
    """Yield small files that promise or hold enormous pictures."""
    row = zlib.compressobj(9)
    rows = b"".join(row.compress(bytes(3751)) for _number in range(30_000)) + row.flush()
    yield "thirty thousand a side", png(30_000, 30_000, rows, depth=1, colour=0)
    for side in (6_400, 12_000, 60_000, 2**31 - 1):
        yield f"a header of {side}", png(side, side, zlib.compress(bytes(99)))
    yield (
        "a gif of 65535 a side",
        b"GIF89a\xff\xff\xff\xff\x80\0\0" + bytes(6) + b",\0\0\0\0\xff\xff\xff\xff\0\2\2\0;",
    )
    yield (
        "a bmp of two thousand million",
        b"BM"
        + struct.pack("<IHHIIiiHHIIiiII", 99, 0, 0, 54, 40, 44_000, 44_000, 1, 24, 0, 0, 1, 1, 0, 0)
        + bytes(40),
    )
    yield (
        "a jpeg of 65500 a side",
        plain("JPEG").replace(struct.pack(">HH", 48, 64), struct.pack(">HH", 65_500, 65_500), 1),
    )
    text = _chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(50_000_000), 9))
    yield "a text chunk of fifty megabytes", png(4, 4, zlib.compress(bytes(52)), extra=text)
    profile = _chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(50_000_000), 9))
    yield "a profile of fifty megabytes", png(4, 4, zlib.compress(bytes(52)), extra=profile)
    yield "just below the limit", saved(Image.new("L", (8_000, 4_990)), "PNG")
    yield "just below the limit, see-through", saved(Image.new("RGBA", (8_000, 4_990)), "PNG")
    yield "a webp at the limit", saved(Image.new("RGBA", (4_000, 4_000)), "WEBP")
    yield "a webp beyond the limit", saved(Image.new("RGBA", (7_000, 5_000)), "WEBP")
    yield (
        "a tiff of many pages",
        saved(Image.new("1", (9, 9)), "TIFF", save_all=True, append_images=[Image.new("1", (9, 9))] * 300),
    )


def odd() -> Iterator[tuple[str, bytes]]:
    """Yield honest pictures of unusual kinds."""
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "green", "blue", "white") * 20]
    for kind in ("GIF", "WEBP", "PNG", "TIFF"):
        yield f"animated {kind}", saved(frames[0], kind, save_all=True, append_images=frames[1:])
    for mode in ("CMYK", "L", "1", "LAB", "YCbCr", "I;16", "F", "RGBA", "LA", "P", "RGBX"):
        try:
            yield f"{mode} TIFF", saved(Image.new(mode, (30, 20)), "TIFF")
        except (OSError, KeyError):
            continue
    yield "CMYK JPEG", saved(Image.new("CMYK", (30, 20)), "JPEG")
    yield "16 bit PNG", saved(Image.new("I;16", (30, 20), 40_000), "PNG")
    yield "progressive JPEG", saved(Image.effect_noise((90, 90), 80), "JPEG", progressive=True)
    yield "palette with a see-through colour", saved(Image.new("P", (30, 20)), "PNG", transparency=0)
    yield "grey with a see-through shade", saved(Image.new("L", (30, 20)), "PNG", transparency=0)
    yield "one pixel", plain("PNG", size=(1, 1))
    yield "one pixel high", plain("PNG", size=(5_000, 1))
    yield "lossless WEBP", saved(Image.new("RGBA", (30, 20)), "WEBP", lossless=True)


def corpus() -> list[Sent]:
    """Return all of them, at least three hundred."""
    found = [*_polyglots(), *_lies(), *_cut_off()]
    found += [Sent(f"svg {number}", f"a{number}.jpg", kind, data, False)
              for number, data in enumerate(SVG) for kind in ("image/svg+xml", "image/jpeg", "image/png")]  # fmt: skip
    found += [
        Sent(f"{what} as a photo", "a.jpg", "image/jpeg", data, False)
        for what, data in NO_PICTURES.items()
        if data
    ]
    found += [Sent(f"named {name[:20]!r}", name, "image/jpeg", plain("JPEG"), None) for name in NAMES]
    found += [
        Sent(f"no picture named {name[:20]!r}", name, "image/jpeg", HTML, False)
        for name in NAMES
        if name.strip("./\0 ")
    ]
    found += [Sent(what, "b.png", "image/png", data, None) for what, data in bombs()]
    found += [Sent(what, "o.jpg", "image/jpeg", data, None) for what, data in odd()]
    return found


def _polyglots() -> Iterator[Sent]:
    for kind in FORMATS:
        for what, tail in TAILS.items():
            yield Sent(f"{kind} and {what}", f"a.{what[:3]}", TYPES[kind], plain(kind) + tail, True)
        for what in ("php", "html", "script"):
            yield Sent(
                f"{kind} that begins as {what}", "a.jpg", TYPES[kind], TAILS[what] + plain(kind), False
            )
    yield Sent("gifar", "a.gif", "image/gif", plain("GIF") + zipped(), True)
    for what, words in (("php", PHP), ("html", HTML), ("zip", zipped())):
        yield Sent(
            f"JPEG with {what} as its comment",
            "a.jpg",
            "image/jpeg",
            saved(Image.new("RGB", (9, 9)), "JPEG", comment=words),
            True,
        )
        notes = PngImagePlugin.PngInfo()
        notes.add(b"tEXt", b"Comment\0" + words)
        yield Sent(
            f"PNG with {what} as its text",
            "a.png",
            "image/png",
            saved(Image.new("RGB", (9, 9)), "PNG", pnginfo=notes),
            True,
        )


def _lies() -> Iterator[Sent]:
    said = (
        *TYPES.values(),
        "text/html",
        "application/x-php",
        "image/svg+xml",
        "",
        "image/jpeg; charset=utf-7",
        "application/octet-stream",
    )
    for kind in FORMATS:
        for content_type in said:
            if content_type != TYPES[kind]:
                yield Sent(f"{kind} said to be {content_type}", "a.jpg", content_type, plain(kind), True)


def _cut_off() -> Iterator[Sent]:
    for kind in FORMATS:
        whole = saved(Image.effect_noise((60, 60), 90).convert("RGB"), kind)
        for tenth in range(1, 10):
            yield Sent(
                f"{kind} cut at {tenth}/10", "a.jpg", TYPES[kind], whole[: len(whole) * tenth // 10], None
            )


def mutated(many: int, seed: int = 1) -> Iterator[bytes]:
    """Yield pictures of every format with bytes changed, taken out, doubled or put in another's place."""
    random = Random(seed)
    seeds = [saved(Image.effect_noise((48, 36), 70).convert("RGB"), kind) for kind in FORMATS]
    seeds += [data for _what, data in odd()]
    for _number in range(many):
        data = bytearray(random.choice(seeds))
        for _change in range(random.choice((1, 1, 2, 4, 16, 64))):
            at = random.randrange(len(data) or 1)
            how = random.random()
            if how < 0.6 and data:
                data[at % len(data)] = random.randrange(256)
            elif how < 0.75:
                del data[at : at + random.randrange(1, 40)]
            elif how < 0.9:
                data[at:at] = data[at : at + random.randrange(1, 40)]
            else:
                data[at : at + 4] = struct.pack(">I", random.choice((0, 1, 2**31 - 1, 2**32 - 1)))
        yield bytes(data)
