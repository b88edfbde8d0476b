"""Reading a table of messages: its encoding found out, each data row either parsed or refused with a reason."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from shangliang.foundation.refusals import Refusal
from shangliang.reports.rules import LONGEST_TITLE, MOST_CHARACTERS
from shangliang.ui.clean import for_storage, on_one_line
from shangliang.ui.table_files import LONGEST_CELL, decoded

FIELDS = ("title", "body", "sent_at", "author")
FIELDS_OF_PAGE = (*FIELDS, "place", "community", "number")  # what the page of imports knows besides
EARLIEST_YEAR = 1949
_DAY_FORMATS = ("%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")


class ColumnMissing(Refusal):
    """A column named on the command line is not in the table's first line."""


@dataclass(frozen=True)
class ParsedRow:
    """One data row (counted from 1): fit for storage, and ``raw``, the mapped columns as they stand in the file."""

    number: int
    title: str
    body: str
    author: str
    sent_at: datetime | None
    raw: tuple[str, ...]
    place: str = ""
    community: str = ""
    number_elsewhere: str = ""


@dataclass(frozen=True)
class Unreadable:
    """One data row that cannot be taken in, and why."""

    number: int
    why: str


def rows_of(data: bytes, columns: dict[str, str]) -> Iterator[ParsedRow | Unreadable]:
    """Return the data rows of a CSV file; ``columns`` maps our fields to its headings.

    Refuses an empty file (Refusal) and a heading that is not there (ColumnMissing), both before the first row.
    """
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(decoded(data), newline=""))
    headings = [one.strip() for one in next(reader, [])]
    if not any(headings):
        raise Refusal(_("文件是空的，没有表头，也没有数据。"))
    absent = [name for name in columns.values() if name not in headings]
    if absent:
        raise ColumnMissing(_("表头里没有这些列：%(names)s。") % {"names": "、".join(absent)})
    places = places_of(headings, columns)
    filled = (cells for cells in reader if cells)
    return (row_of(number, cells, places, len(headings)) for number, cells in enumerate(filled, 1))


def places_of(headings: Sequence[str], columns: Mapping[str, str]) -> dict[str, int]:
    """Return at which place each mapped field stands; always in one order, so that a row has one digest."""
    return {field: headings.index(columns[field]) for field in FIELDS_OF_PAGE if field in columns}


def moment_of(written: str) -> datetime | None:
    """Return the moment a cell says (ISO, 2026/9/8 9:30, 2026年9月8日 …), in the site's zone if it names none, or None."""
    said = written.strip()
    readings = [datetime.fromisoformat, *(_reader_of(one) for one in _DAY_FORMATS)]
    for read in readings:
        try:
            moment = read(said)
        except ValueError:
            continue
        if moment.year < EARLIEST_YEAR:
            return None
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    return None


def _reader_of(day_format: str):  # type: ignore[no-untyped-def]
    return lambda said: datetime.strptime(said, day_format)


def row_of(
    number: int,
    cells: Sequence[str],
    places: Mapping[str, int],
    width: int,
    read_moment: Callable[[str], datetime | None] = moment_of,
) -> ParsedRow | Unreadable:
    """Return one data row, fit to be taken in, or why it is not. ``places`` come from ``places_of``."""
    if max(places.values()) >= len(cells):
        return Unreadable(number, _("这一行的列不够。"))
    if any(cell.strip() for cell in cells[width:]):
        return Unreadable(number, _("这一行比表头多出了列，可能是引号没有配对。"))
    raw = {field: cells[place] for field, place in places.items()}
    if any("\ud800" <= one <= "\udfff" for value in raw.values() for one in value):
        return Unreadable(number, _("这一行有读不出来的字符。"))
    return _parsed(number, raw, read_moment)


def _parsed(
    number: int, raw: dict[str, str], read_moment: Callable[[str], datetime | None]
) -> ParsedRow | Unreadable:
    title, body = on_one_line(raw.get("title", "")), for_storage(raw["body"]).strip()
    if not body:
        return Unreadable(number, _("正文是空的。"))
    if len(title) > LONGEST_TITLE:  # nothing is cut off silently: a title that long is words of the body
        title, body = "", f"{title}\n{body}"
    if len(body) > MOST_CHARACTERS:
        return Unreadable(number, _("正文太长，超过 10000 个字。"))
    sent_at = read_moment(raw["sent_at"]) if "sent_at" in raw else None
    if "sent_at" in raw and sent_at is None:
        return Unreadable(
            number, _("时间看不懂：%(said)s。") % {"said": on_one_line(raw["sent_at"])[:40] or "—"}
        )
    more = [on_one_line(raw.get(field, "")) for field in ("author", "place", "community", "number")]
    author, place, community, elsewhere = more
    kept = tuple(raw[field] for field in FIELDS_OF_PAGE if field in raw)
    return ParsedRow(number, title, body, author, sent_at, kept, place, community, elsewhere)
