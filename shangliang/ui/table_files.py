"""From the bytes of an upload to a table of texts: CSV, TSV and XLSX, within bounds, or a refusal in a sentence."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from shangliang.analysis.doors import classification_marking
from shangliang.foundation.refusals import Refusal
from shangliang.ui import workbook_reading
from shangliang.ui.clean import on_one_line

MOST_BYTES = 8 * 1024 * 1024
MOST_ROWS = 20_000
MOST_COLUMNS = 60
LONGEST_HEADING = 60
LONGEST_CELL = (
    2**31 - 1
)  # csv keeps one limit for the whole process: a small file must not set it for a large one
DAMAGE_OF_ANOTHER_ENCODING = (
    0.2  # share of bytes above 127 that are no UTF-8: in GB18030 nearly all, in a torn row few
)
_DELIMITERS = "\t,;，"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class Table:
    """What an upload holds: headings, rows of texts, and what a person should be told about the file."""

    kind: str
    headings: tuple[str, ...]
    rows: list[list[str]]
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    hidden_sheets: tuple[str, ...] = ()
    formulas: int = 0


def read_table(data: bytes, sheet: str = "") -> Table:
    """Read an upload; ``sheet`` chooses one of a workbook, else its first visible one.

    Refuses (Refusal): more than 8 MB or 20,000 rows, no heading or no row, other kinds of file, macros, a workbook out
    of bounds or with a document type, and a table that bears a classification marking anywhere.
    """
    if len(data) > MOST_BYTES:
        raise Refusal(_("文件超过 8 MB，这里收不下。请分成几个文件，或请管理员用导入命令。"))
    if data.startswith(_OLD_EXCEL):
        raise Refusal(_("这是旧版的 .xls，或加了密码的表格。请在表格软件里另存为 .xlsx 或 CSV。"))
    found = _workbook(data, sheet) if data.startswith(_ZIP) else _separated(data)
    if not found.rows:
        raise Refusal(
            _("文件里只有表头，没有数据。") if found.headings else _("文件是空的，没有表头，也没有数据。")
        )
    _refuse_marked([found.headings, *found.rows])
    return found


def _workbook(data: bytes, sheet: str) -> Table:
    book = workbook_reading.read_workbook(data, sheet, most_rows=MOST_ROWS + 1, most_columns=MOST_COLUMNS)
    _refuse_marked([book.sheets, book.hidden_sheets, *book.elsewhere])
    headings, rows = _headed(book.rows)
    return Table("xlsx", headings, rows, book.sheet, book.sheets, book.hidden_sheets, book.formulas)


def _separated(data: bytes) -> Table:
    text = text_of(data)
    if "\x00" in text:
        raise Refusal(_("这不是表格文件。请上传 CSV、TSV 或 .xlsx。"))
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    csv.field_size_limit(LONGEST_CELL)
    cells = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        headings, rows = _headed(cells)
    except csv.Error as broken:
        raise Refusal(_("这个文件读不出来。请在表格软件里另存为 CSV 或 .xlsx 再传。")) from broken
    return Table("tsv" if delimiter == "\t" else "csv", headings, rows)


def text_of(data: bytes) -> str:
    """Return the text of a file in UTF-8 (with or without BOM), UTF-16 or GB18030; bytes that fit none become surrogates."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    even, odd = data[0:4000:2].count(0), data[1:4000:2].count(0)
    if max(even, odd) > len(data[:4000]) // 8:  # an UTF-16 file of mostly ASCII without its mark
        return data.decode("utf-16-le" if odd > even else "utf-16-be", "replace")
    return decoded(data)


def decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8 (with or without BOM) or GB18030; bytes that fit neither become surrogates."""
    text = data.decode("utf-8-sig", "surrogateescape")
    torn = sum("\udc80" <= one <= "\udcff" for one in text)
    if torn and torn > DAMAGE_OF_ANOTHER_ENCODING * sum(byte > 127 for byte in data):
        return data.decode("gb18030", "surrogateescape")
    return text


def _headed(cells: Iterable[list[str]]) -> tuple[tuple[str, ...], list[list[str]]]:
    going = (row for row in cells if row)
    headings = _headings(next(going, []))
    rows: list[list[str]] = []
    for row in going:
        if len(rows) == MOST_ROWS:
            raise Refusal(_("超过 20,000 行，这里收不下。请分成几个文件，或请管理员用导入命令。"))
        rows.append(row)
    return headings, rows


def _headings(cells: list[str]) -> tuple[str, ...]:
    if len(cells) > MOST_COLUMNS:
        raise Refusal(_("超过 %(most)s 列，这里收不下。请删掉用不着的列。") % {"most": MOST_COLUMNS})
    taken: list[str] = []
    if not any(cell.strip() for cell in cells):
        return ()
    for at, cell in enumerate(cells, 1):
        name = on_one_line(cell)[:LONGEST_HEADING] or _("第 %(number)s 列") % {"number": at}
        taken.append(name if name not in taken else f"{name} ({at})")
    return tuple(taken)


def _refuse_marked(rows: Iterable[Iterable[str]]) -> None:
    for row in rows:
        for cell in row:
            marking = classification_marking(cell) if cell else None
            if marking:
                raise Refusal(
                    _("文件里有密级标志“%(marking)s”，不能放到网上，整个文件都没有留。请交回发文件的单位。")
                    % {"marking": marking}
                )
