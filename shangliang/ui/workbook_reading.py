"""Reading an uploaded workbook within bounds: looked through before openpyxl opens it, formulas as text, nothing run.

Bounds after T45: no document type (XXE, billion laughs), no macro, no password, and limits on parts, bytes once
unpacked, elements and depth, counted while unpacking and never taken from the zip's own word.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from importlib import import_module
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from shangliang.foundation.refusals import Refusal

MOST_PARTS = 400
MOST_UNPACKED = 48 * 1024 * 1024
MOST_ELEMENTS = 1_200_000
MOST_DEPTH = 40
MOST_LINES = 60_000  # rows of the sheet, empty ones as well
ROWS_OF_OTHER_SHEETS = 30
_AT_ONCE = 64 * 1024
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bmp", ".tiff", ".bin")


@dataclass(frozen=True)
class Book:
    """One sheet of a workbook as texts, the names of all sheets, and the first rows of the others."""

    sheet: str
    sheets: tuple[str, ...]
    hidden_sheets: tuple[str, ...]
    rows: list[list[str]]
    formulas: int
    elsewhere: list[list[str]]


@dataclass
class _Count:
    elements: int = 0
    depth: int = 0
    unpacked: int = 0
    formulas: int = field(default=0)


class _OutOfBounds(Exception):
    """A part holds more than is allowed, or what no table needs."""


def read_workbook(data: bytes, sheet: str, *, most_rows: int, most_columns: int) -> Book:
    """Read one sheet (``sheet``, else the first visible one); at most ``most_rows`` rows after the headings are returned.

    Refuses what cannot be a workbook, is out of bounds, holds macros or asks for a password.
    """
    _look_through(data)
    try:
        book = import_module("openpyxl").load_workbook(
            io.BytesIO(data), read_only=True, data_only=False, keep_links=False, rich_text=False
        )
        try:
            return _read(book, sheet, most_rows, most_columns)
        finally:
            book.close()
    except Refusal:
        raise
    except Exception as broken:  # a damaged workbook fails anywhere in the library, with any exception
        raise Refusal(_broken()) from broken


def _read(book: Any, wanted: str, most_rows: int, most_columns: int) -> Book:
    shown = [one for one in book.worksheets if one.sheet_state == "visible"]
    hidden = tuple(one.title for one in book.worksheets if one.sheet_state != "visible")
    if not shown:
        raise Refusal(_("这个表格里没有看得见的工作表。"))
    chosen = next((one for one in shown if one.title == wanted), shown[0])
    count = _Count()
    rows = list(_rows(chosen, count, most_rows + 1, most_columns))
    elsewhere = [row for one in book.worksheets if one is not chosen
                 for row in _rows(one, _Count(), ROWS_OF_OTHER_SHEETS, most_columns)]  # fmt: skip
    return Book(chosen.title, tuple(one.title for one in shown), hidden, rows, count.formulas, elsewhere)


def _rows(sheet: Any, count: _Count, most: int, most_columns: int) -> Iterator[list[str]]:
    sheet.reset_dimensions()
    found = width = 0
    for line, cells in enumerate(sheet.iter_rows(max_col=most_columns + 1)):
        texts = [_text(cell, count) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        width = width or len(texts)
        if texts:
            found += 1
            yield texts + [""] * (width - len(texts))
        if found >= most or line >= MOST_LINES:
            return


def _text(cell: Any, count: _Count) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        count.formulas += 1
        return str(getattr(value, "text", None) or value)
    if isinstance(value, datetime):
        return (
            value.isoformat(sep=" ", timespec="seconds")
            if value.time() != time()
            else value.date().isoformat()
        )
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def _look_through(data: bytes) -> None:
    """Unpack every part once and throw it away, counting. Refuses what is out of bounds."""
    count = _Count()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            names = [one.filename.lower() for one in parts]
            if any("vbaproject" in one or "macrosheets/" in one or "activex" in one for one in names):
                raise Refusal(_("这个表格带宏，不收。请另存为普通的 .xlsx 再传。"))
            if "xl/workbook.xml" not in names:
                raise Refusal(_("这不是表格文件。请上传 CSV、TSV 或 .xlsx。"))
            if len(parts) > MOST_PARTS or any(one.flag_bits & 1 for one in parts):
                raise _OutOfBounds
            for one in parts:
                _look_into(packed, one, count)
    except Refusal:
        raise
    except _OutOfBounds as too_much:
        raise Refusal(_("这个表格解开以后太大，或结构不寻常，没有打开。请另存为 CSV 再传。")) from too_much
    except Exception as broken:  # zipfile, zlib and expat each have their own
        raise Refusal(_broken()) from broken


def _look_into(packed: zipfile.ZipFile, part: zipfile.ZipInfo, count: _Count) -> None:
    is_picture = part.filename.lower().endswith(_PICTURES) and "/media/" in f"/{part.filename}"
    parser = None if is_picture or part.is_dir() else _parser(count)
    with packed.open(part) as held:
        while piece := held.read(_AT_ONCE):
            count.unpacked += len(piece)
            if count.unpacked > MOST_UNPACKED:
                raise _OutOfBounds
            if parser is None:
                continue
            if (
                not piece.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").startswith(b"<")
                and parser.CurrentByteIndex <= 0
            ):
                parser = None  # no XML: openpyxl could not read it either
            else:
                parser.Parse(piece, False)


def _parser(count: _Count) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    count.depth = 0

    def opens(_name: str, _attributes: dict[str, str]) -> None:
        count.elements += 1
        count.depth += 1
        if count.elements > MOST_ELEMENTS or count.depth > MOST_DEPTH:
            raise _OutOfBounds

    def closes(_name: str) -> None:
        count.depth -= 1

    def refuses(*_said: Any) -> None:
        raise _OutOfBounds

    parser.StartElementHandler, parser.EndElementHandler = opens, closes
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuses
    return parser


def _broken() -> str:
    return _("这个表格读不出来，可能坏了。请在表格软件里打开，另存为 .xlsx 或 CSV 再传。")
