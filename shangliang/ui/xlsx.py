"""Workbooks that run nothing: every text stays text, whatever somebody wrote into it.

The library behind them is loaded with the first workbook: most web processes never make one (performance.md B10).
"""

import csv
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from io import StringIO

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from shangliang.ui.clean import for_storage

MOST_IN_A_CELL = 32_767  # Excel's limit, in UTF-16 units
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BLANKS = " \u3000\xa0"
COULD_BE_A_FORMULA = tuple("=+-@\t\r\n|%＝＋－＠")


@dataclass(frozen=True)
class Sheet:
    """One sheet: a name, column headings, rows of values (text, numbers, days, None), and a line above if wanted."""

    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence]
    caption: str = ""


def workbook_response(filename: str, sheets: Iterable[Sheet]) -> HttpResponse:
    """The sheets as a download called `filename` (".xlsx" is added when missing), never cached."""
    name = filename if filename.endswith(".xlsx") else f"{filename}.xlsx"
    response = HttpResponse(workbook_bytes(sheets), content_type=_TYPE)
    response["Content-Disposition"] = content_disposition_header(True, for_storage(name))
    response["Cache-Control"] = "private, no-store"
    return response


def workbook_bytes(sheets: Iterable[Sheet]) -> bytes:
    """The xlsx file itself."""
    made: bytes = import_module("shangliang.ui.workbooks").bytes_of(sheets)
    return made


def csv_response(filename: str, sheet: Sheet) -> HttpResponse:
    """One sheet as a CSV file for spreadsheets (UTF-8 with its mark, every cell quoted): nothing in it can run."""
    out = StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    head = [[sheet.caption]] if sheet.caption else []
    writer.writerows([csv_safe(_as_words(cell)) for cell in row] for row in [*head, sheet.columns])
    writer.writerows([csv_safe(_as_words(cell)) for cell in row] for row in sheet.rows)
    response = HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, for_storage(f"{filename}.csv"))
    response["Cache-Control"] = "private, no-store"
    return response


def _as_words(value: object) -> object:
    """Days and minutes of the site's zone; a negative number stays a number and needs no guard."""
    if isinstance(value, datetime):
        return (timezone.localtime(value) if timezone.is_aware(value) else value).strftime("%Y-%m-%d %H:%M")
    if value is None or isinstance(value, int | float):
        return "" if value is None else value
    return value.isoformat() if isinstance(value, date) else str(value)


def csv_safe(value):
    """A text that a spreadsheet would run gets an apostrophe in front; anything else is returned as it is."""
    if not isinstance(value, str):
        return value
    text = for_storage(value)
    seen = "".join(
        sign for sign in text if unicodedata.category(sign) != "Cf"
    )  # what cannot be seen hides no sign
    starts = (value, seen.lstrip(), seen.lstrip(_BLANKS))  # a tab or a line's end is a sign itself
    risky = any(start.startswith(COULD_BE_A_FORMULA) for start in starts)
    return f"'{text}" if risky else text
