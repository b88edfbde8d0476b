"""Writing a workbook cell by cell. Loaded only when one is made: see ``xlsx``."""

import math
import re
from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO

from django.utils import timezone
from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from shangliang.ui.clean import for_storage
from shangliang.ui.xlsx import COULD_BE_A_FORMULA, MOST_IN_A_CELL, Sheet

_NOT_IN_A_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_DAY, _MINUTE = 'yyyy"年"m"月"d"日"', "yyyy-mm-dd hh:mm"


def bytes_of(sheets: Iterable[Sheet]) -> bytes:
    """The xlsx file of some sheets, empty when there is none."""
    book, taken = Workbook(), set[str]()
    del book[book.sheetnames[0]]
    for sheet in sheets:
        _write(book.create_sheet(_sheet_name(sheet.title, taken)), sheet)
    if not book.worksheets:
        book.create_sheet()
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def _sheet_name(title: str, taken: set[str]) -> str:
    base = _NOT_IN_A_SHEET_NAME.sub(" ", for_storage(str(title))).strip() or gettext("表")
    name, number = base[:31], 2
    while name.casefold() in taken:
        name, number = f"{base[:27]} {number}", number + 1
    taken.add(name.casefold())
    return name


def _write(page: Worksheet, sheet: Sheet) -> None:
    head = 1
    if sheet.caption:
        _put(page.cell(1, 1), sheet.caption)
        head = 2
    for column, heading in enumerate(sheet.columns, 1):
        _put(page.cell(head, column), str(heading), bold=True)
    for at, row in enumerate(sheet.rows, head + 1):
        for column, value in enumerate(row, 1):
            _put(page.cell(at, column), value)
    _lay_out(page, head, len(sheet.columns))


def _put(cell: Cell | MergedCell, value, *, bold: bool = False) -> None:
    value = _plain(value)
    if isinstance(value, str):
        _put_text(cell, _cut(for_storage(value)))
    elif value is not None:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = _MINUTE if isinstance(value, datetime) else _DAY
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if bold:
        cell.font = Font(bold=True)


def _put_text(cell: Cell | MergedCell, text: str) -> None:
    # set behind openpyxl's guess, which would make "=1+1" a formula
    cell._value = text
    cell.data_type = "s"
    if text.startswith(COULD_BE_A_FORMULA):
        cell.quotePrefix = True


def _plain(value):
    """None, a number, a day, a naive local moment, or text."""
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, float) and not math.isfinite(value):
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.make_naive(value)
    if value is None or isinstance(value, (int, float, Decimal, date, time)):
        return value
    return str(value)


def _cut(text: str) -> str:
    encoded = text.encode("utf-16-le")
    if len(encoded) <= 2 * MOST_IN_A_CELL:
        return text
    mark = gettext("（过长，已截断）")
    kept = 2 * MOST_IN_A_CELL - len(mark.encode("utf-16-le"))
    return encoded[:kept].decode("utf-16-le", "ignore") + mark


def _lay_out(page: Worksheet, head: int, columns: int) -> None:
    page.freeze_panes = page.cell(head + 1, 1)
    page.print_title_rows = f"{head}:{head}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for column in range(1, columns + 1):
        rows = range(head, min(page.max_row, 60) + 1)
        shown = [str(page.cell(row, column).value or "") for row in rows]
        widest = max((len(text) for text in shown), default=0)
        page.column_dimensions[get_column_letter(column)].width = max(8, min(46, 2 * widest + 2))
