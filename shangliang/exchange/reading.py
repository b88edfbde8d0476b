"""The rows of an upload as they would come in: parsed with the chosen columns, nothing written."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from shangliang.analysis.redact import hide_private
from shangliang.exchange import rules
from shangliang.foundation import clock
from shangliang.people.models import Committee
from shangliang.people.queries import communities_of
from shangliang.reports.actions.import_file import ParsedRow, Unreadable, moment_of, places_of, row_of
from shangliang.reports.actions.importing import known_digests, row_digest
from shangliang.ui.table_files import Table

ASKED_AT_ONCE = 500
SHOWN_OF_TEXT = 160


@dataclass(frozen=True)
class ShownRow:
    """One row as it would come in, private data hidden, or why it would not."""

    number: int
    title: str = ""
    text: str = ""
    day: date | None = None
    place: str = ""
    has_author: bool = False
    elsewhere: str = ""
    why: str = ""


@dataclass
class Preview:
    """What an import would do: first rows, how many come in, repeat or are rejected and why."""

    rows: int = 0
    accepted: int = 0
    repeated: int = 0
    rejected: int = 0
    reasons: list[tuple[str, int]] = field(default_factory=list)
    shown: list[ShownRow] = field(default_factory=list)


def parsed_rows(
    table: Table,
    columns: Mapping[str, str],
    date_format: str,
    today: date,
    start: int = 0,
    most: int | None = None,
) -> Iterator[ParsedRow | Unreadable]:
    """Yield the data rows from ``start`` on (counted from 0), parsed or with the reason why not."""
    places = places_of(table.headings, columns)

    def read_moment(written: str) -> datetime | None:
        chosen = rules.day_said(written, date_format)
        return timezone.make_aware(chosen) if chosen else moment_of(written)

    end = len(table.rows) if most is None else start + most
    for number, cells in enumerate(table.rows[start:end], start + 1):
        row = row_of(number, cells, places, len(table.headings), read_moment)
        if isinstance(row, ParsedRow) and row.sent_at and clock.day_of(row.sent_at) > today:
            row = Unreadable(
                number, _("时间还没到：%(day)s。") % {"day": clock.day_of(row.sent_at).isoformat()}
            )
        yield row


def preview_of(
    table: Table, columns: Mapping[str, str], date_format: str, committee: Committee, today: date
) -> Preview:
    """Return what importing this table with these columns would do now; nothing is written."""
    seen = Preview()
    areas, digests, reasons = areas_by_name(committee), [], Counter[str]()
    for row in parsed_rows(table, columns, date_format, today):
        seen.rows += 1
        if isinstance(row, ParsedRow):
            digests.append(row_digest(committee, row.raw))
        else:
            reasons[reason_kind(row.why)] += 1
        if len(seen.shown) < rules.ROWS_SHOWN:
            seen.shown.append(_shown(row, areas))
    fresh = dict.fromkeys(digests)
    seen.rejected, seen.reasons = sum(reasons.values()), reasons.most_common()
    seen.accepted = len(fresh) - _how_many_known(committee, list(fresh))
    seen.repeated = len(digests) - seen.accepted
    return seen


def reason_kind(why: str) -> str:
    """Return a reason without what stood in the cell, so that equal reasons are counted together."""
    return why.partition("：")[0].rstrip("。") + "。"


def areas_by_name(committee: Committee) -> dict[str, Any]:
    """Return the communities of a committee by name."""
    return {one.name: one for one in communities_of(committee.pk)}


def _how_many_known(committee: Committee, digests: list[str]) -> int:
    parts = (digests[at : at + ASKED_AT_ONCE] for at in range(0, len(digests), ASKED_AT_ONCE))
    return sum(len(known_digests(committee, part)) for part in parts)


def _shown(row: ParsedRow | Unreadable, areas: Mapping[str, Any]) -> ShownRow:
    if isinstance(row, Unreadable):
        return ShownRow(row.number, why=row.why)
    text = row.body[:SHOWN_OF_TEXT] + ("…" if len(row.body) > SHOWN_OF_TEXT else "")
    known = areas.get(row.community)
    where = " ".join(filter(None, (known.name if known else "", row.place)))
    return ShownRow(
        row.number,
        hide_private(row.title)[0],
        hide_private(text)[0],
        clock.day_of(row.sent_at) if row.sent_at else None,
        hide_private(where)[0],
        bool(row.author),
        row.number_elsewhere,
    )
