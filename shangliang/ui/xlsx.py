"""Workbooks that run nothing: every text stays text, whatever somebody wrote into it.

The library behind them is loaded with the first workbook: most web processes never make one (performance.md B10).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from shangliang.ui.clean import for_storage

MOST_IN_A_CELL = 32_767  # Excel's limit, in UTF-16 units
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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


def csv_safe(value):
    """A text that a spreadsheet would run gets an apostrophe in front; anything else is returned as it is."""
    if not isinstance(value, str):
        return value
    text = for_storage(value)
    risky = value.startswith(COULD_BE_A_FORMULA) or text.lstrip().startswith(COULD_BE_A_FORMULA)
    return f"'{text}" if risky else text
