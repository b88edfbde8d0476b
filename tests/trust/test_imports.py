"""T45: imports are bounded. Hostile files are refused in a sentence, at once, and nothing of them is kept or fetched."""

import io
import os
import random
import struct
import time
import tracemalloc
import zipfile
import zlib

import pytest

from shangliang.exchange.actions import hold_file
from shangliang.exchange.models import ImportRun, WaitingFile
from shangliang.exchange.tests.factories import csv_file, xlsx_file
from shangliang.foundation.refusals import Refusal
from shangliang.people.tests.factories import MORNING, district
from shangliang.ui import workbook_reading
from shangliang.ui.table_files import MOST_BYTES, read_table
from tests.trust.strings import hostile

PROMISE = "Imports are bounded: hostile files are refused, quickly and in little memory, and nothing of them is kept"
SECONDS, MEGABYTES = 2.0, 200
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
GOOD = xlsx_file([["内容", "标题"], ["桥下没灯。", "路灯"]])


def rebuilt(changed=None, added=None, dropped=()):
    """Return the good workbook with parts changed, added or left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(GOOD)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in dropped:
                new.writestr(name, (changed or {}).get(name, old.read(name)))
        for name, data in (added or {}).items():
            new.writestr(name, data)
    return out.getvalue()


def sheet(rows, head=""):
    """Return the XML of a sheet."""
    return f'<?xml version="1.0"?>{head}<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def cell(text, at="A1"):
    return f'<row r="1"><c r="{at}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def bomb(megabytes, name="xl/worksheets/sheet1.xml"):
    """Return a workbook one part of which unpacks to that many megabytes, packed piece by piece."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new, zipfile.ZipFile(io.BytesIO(GOOD)) as old:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        with new.open(name, "w") as part:
            part.write(f'<?xml version="1.0"?><worksheet xmlns="{SHEET}"><sheetData>'.encode())
            for _turn in range(megabytes):
                part.write(b"<!--" + b" " * (1024 * 1024 - 7) + b"-->")
    return out.getvalue()


def lying_about_its_size():
    """Return a bomb whose zip says that it is small."""
    data = bytearray(bomb(64))
    for at in range(len(data) - 4):
        if data[at : at + 4] in (b"PK\x01\x02", b"PK\x03\x04"):
            place = at + (24 if data[at : at + 4] == b"PK\x01\x02" else 22)
            data[place : place + 4] = struct.pack("<I", 100)
    return bytes(data)


def encrypted():
    data = bytearray(GOOD)
    for at in range(len(data) - 4):
        if data[at : at + 4] == b"PK\x01\x02":
            data[at + 8] |= 1
    return bytes(data)


def xxe(entity, use="&x;"):
    return rebuilt({"xl/worksheets/sheet1.xml": sheet(cell(use), f"<!DOCTYPE worksheet [{entity}]>")})


LAUGHS = '<!ENTITY a "ha">' + "".join(
    f'<!ENTITY a{n} "{("&a" + (str(n - 1) if n else "") + ";") * 10}">' for n in range(9)
)
IN_UTF_16 = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE w [<!ENTITY a "b">]><w>&a;</w>'
HOSTILE = {
    "an entity that reads a file": lambda: xxe('<!ENTITY x SYSTEM "file:///etc/passwd">'),
    "an entity that fetches an address": lambda: xxe('<!ENTITY x SYSTEM "http://127.0.0.1:9/x">'),
    "a parameter entity": lambda: xxe('<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;', "x"),
    "an external document type": lambda: rebuilt({"xl/workbook.xml": b'<!DOCTYPE w SYSTEM "http://127.0.0.1:9/"><w/>'}),
    "a billion laughs": lambda: xxe(LAUGHS, "&a8;"),
    "quadratic laughs": lambda: xxe(f'<!ENTITY x "{"ha" * 50_000}">', "&x;" * 2_000),
    "laughs in the shared strings": lambda: rebuilt(added={"xl/sharedStrings.xml": f"<!DOCTYPE s [{LAUGHS}]><s>&a8;</s>"}),
    "laughs in the styles": lambda: rebuilt({"xl/styles.xml": f"<!DOCTYPE s [{LAUGHS}]><s>&a8;</s>"}),
    "a document type in UTF-16": lambda: rebuilt({"xl/workbook.xml": IN_UTF_16.encode("utf-16")}),
    "laughs in a part of another name": lambda: rebuilt(added={"xl/worksheets/sheet9.bin": f"<!DOCTYPE s [{LAUGHS}]><s>&a8;</s>"}),
    "a bomb of 60 MB": lambda: bomb(60),
    "a bomb of 600 MB": lambda: bomb(600),
    "a bomb that lies about its size": lying_about_its_size,
    "a bomb in a picture": lambda: bomb(60, "xl/media/image1.png"),
    "a million empty cells": lambda: rebuilt({"xl/worksheets/sheet1.xml": sheet('<row r="1">' + "<c/>" * 1_300_000 + "</row>")}),
    "a nest a thousand deep": lambda: rebuilt({"xl/worksheets/sheet1.xml": sheet("<a>" * 1000 + "</a>" * 1000)}),
    "five thousand parts": lambda: rebuilt(added={f"x/{at}.xml": "<a/>" for at in range(5_000)}),
    "a workbook with macros": lambda: rebuilt(added={"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}),
    "old Excel macros": lambda: rebuilt(added={"xl/macrosheets/sheet1.xml": "<a/>"}),
    "an ActiveX control": lambda: rebuilt(added={"xl/activeX/activeX1.bin": b"x"}),
    "a workbook with a password": encrypted,
    "a zip without a workbook": lambda: rebuilt(dropped=("xl/workbook.xml",)),
    "a Word document": lambda: rebuilt(dropped=("xl/workbook.xml",), added={"word/document.xml": "<w/>"}),
    "a truncated workbook": lambda: GOOD[: len(GOOD) // 2],
    "a workbook cut in the last record": lambda: GOOD[:-10],
    "a workbook with a wrong checksum": lambda: GOOD.replace(zlib.crc32(b"x").to_bytes(4, "little"), b"\0" * 4)[:-30],
    "a sheet that is no XML": lambda: rebuilt({"xl/worksheets/sheet1.xml": b"\x00\x01 no xml"}),
    "a workbook of nothing": lambda: rebuilt({"xl/workbook.xml": b""}),
    "an old Excel file": lambda: b"\xd0\xcf\x11\xe0" + os.urandom(5_000),
    "a PDF": lambda: b"%PDF-1.7\n%\xe2\xe3\x00\x00" + bytes(2_000),
    "more than 8 MB": lambda: b"a,b\n" * (MOST_BYTES // 4 + 1),
    "more than 20,000 rows": lambda: b"a\n" * 20_002,
    "more than 60 columns": lambda: b"a," * 5_000 + b"\nx\n",
    "a marked workbook": lambda: xlsx_file([["内容"], ["机密★1年"]]),
    "a mark in a hidden sheet's name": lambda: xlsx_file([["内容"], ["灯"]], hidden="绝密"),
    "a mark in GB18030": lambda: csv_file("Q,甲,内部资料,2026-08-01,灯\n", encoding="gb18030"),
}  # fmt: skip


def outcome(data):
    """Return whether a file was refused, how long it took and how many megabytes it needed at most."""
    tracemalloc.start()
    began = time.perf_counter()
    try:
        read_table(data)
        refused = False
    except Refusal as said:
        refused = len(str(said)) > 5
    seconds, (_now, peak) = time.perf_counter() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return refused, seconds, peak / 1024 / 1024


@pytest.mark.promise("T45", PROMISE)
def test_hostile_files_are_refused_quickly_and_in_little_memory(measured):
    results = {name: outcome(make()) for name, make in HOSTILE.items()}
    assert [name for name, (refused, _seconds, _mb) in results.items() if not refused] == []
    slowest = max(seconds for _refused, seconds, _mb in results.values())
    most = max(mb for _refused, _seconds, mb in results.values())
    assert slowest < SECONDS * 3, results  # traced memory makes it about three times slower
    assert most < MEGABYTES
    assert read_table(GOOD).rows == [["桥下没灯。", "路灯"]]
    measured.figures.update(
        files=len(results), slowest_seconds_traced=round(slowest, 2), most_megabytes=round(most)
    )


@pytest.mark.django_db
@pytest.mark.promise("T45", PROMISE)
def test_nothing_of_a_hostile_file_is_kept(measured):
    place = district()
    small = [name for name in HOSTILE if "bomb" not in name and "million" not in name]
    for name in small:
        with pytest.raises(Refusal):
            hold_file(HOSTILE[name](), committee=place.committee, source="x", by=place.clerk, at=MORNING)
    assert not ImportRun.unscoped.exists() and not WaitingFile.unscoped.exists()
    measured.figures.update(kept=0, tried=len(small))


@pytest.mark.promise("T45", PROMISE)
def test_torn_workbooks_never_break_the_reader(measured):
    chance, refused = random.Random(45), 0
    for _turn in range(400):
        torn = bytearray(GOOD)
        for _byte in range(chance.randint(1, 12)):
            torn[chance.randrange(len(torn))] = chance.randrange(256)
        try:
            read_table(bytes(torn))
        except Refusal:
            refused += 1
    for text in hostile(400):
        try:
            read_table(f"内容,标题\n{text},x\n".encode("utf-8", "surrogatepass"))
        except Refusal:
            refused += 1
    assert refused > 100
    measured.figures.update(torn_files=800, refused=refused)


@pytest.mark.promise("T45", PROMISE)
def test_without_the_look_beforehand_hostile_files_get_in(measured, monkeypatch):
    monkeypatch.setattr(workbook_reading, "_look_through", lambda _data: None)
    tried = (
        "a workbook with macros",
        "a nest a thousand deep",
        "five thousand parts",
        "laughs in a part of another name",
    )
    through = [name for name in tried if not outcome(HOSTILE[name]())[0]]
    assert through
    measured.caught("no-look-into-the-zip", through)


@pytest.mark.promise("T45", PROMISE)
def test_a_reader_that_trusts_the_zips_own_sizes_is_caught(measured, monkeypatch):
    monkeypatch.setattr(workbook_reading, "MOST_UNPACKED", 10**12)
    through = [name for name in ("a bomb in a picture", "a bomb of 60 MB") if not outcome(HOSTILE[name]())[0]]
    assert through
    measured.caught("unpacks-without-end", through)
