"""Importing messages of another system: judged and hashed outside the transaction, written 100 at a time."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import gettext as _

from shangliang.foundation import clock, codes, ledger
from shangliang.foundation.business import action
from shangliang.foundation.moves import check_role, move, record_fact
from shangliang.foundation.refusals import Refusal
from shangliang.foundation.roles import SYSTEM
from shangliang.foundation.viewer import Viewer
from shangliang.people.models import Area, Committee
from shangliang.reports import notices, rules
from shangliang.reports.actions.import_file import ParsedRow, Unreadable
from shangliang.reports.actions.locking import door_keeper
from shangliang.reports.actions.receiving import answer_due_on, body_digest, grams_of, new_report, words_of
from shangliang.reports.models import Channel, Matter, Report, ReportPoint, SimilarGram
from shangliang.reports.states import HOLD

ROWS_AT_ONCE = 100


@dataclass
class Imported:
    """What came of an import: every data row is accepted, rejected with a reason, or repeats one imported before."""

    rows: int = 0
    accepted: int = 0
    rejected: list[dict[str, Any]] = field(default_factory=list)
    repeated: int = 0


@dataclass(frozen=True)
class Importing:
    """One run: where to, when, by when answered, and the salt of its aliases, which is thrown away with it.

    ``areas`` are the communities by name, ``elsewhere`` the system the rows come from, where the file tells.
    """

    committee: Committee
    point: ReportPoint | None
    by: Viewer
    at: datetime
    due_on: date
    alias_salt: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    areas: Mapping[str, Area] = field(default_factory=dict)
    elsewhere: str = ""


def import_messages(rows: Iterable[ParsedRow | Unreadable], *, committee: Committee, point: ReportPoint, by: Viewer,
                    at: datetime) -> Imported:  # fmt: skip
    """Take in the rows of a file, each as a report of its own, in batches of 100; return the counts.

    A row repeats when all its mapped columns equal one imported before into this committee, in this file or earlier.
    Refuses a point of another committee. A broken-off import goes on where it stopped when it is run again.
    """
    check_role(by, (SYSTEM,))
    if point.committee_id != committee.pk:
        raise Refusal(_("这个直报点不是这个政协的。"))
    run = Importing(committee, point, by, at, answer_due_on(committee, at))
    outcome, held = Imported(), []
    for batch in _batches(rows):
        outcome.rows += len(batch)
        outcome.rejected += [
            {"row": one.number, "why": one.why} for one in batch if isinstance(one, Unreadable)
        ]
        written = _take_in(run, [one for one in batch if isinstance(one, ParsedRow)])
        outcome.accepted += len(written)
        held += [one for one in written if one.held_because]
    outcome.repeated = outcome.rows - outcome.accepted - len(outcome.rejected)
    if held:
        tell_officers(held[-1], at)
    return outcome


def known_digests(committee: Committee, digests: Iterable[str]) -> set[str]:
    """Return which of these rows (``row_digest``) were imported into this committee before."""
    rows = Report.unscoped.filter(committee=committee, import_row_digest__in=list(digests))
    return set(rows.values_list("import_row_digest", flat=True))


def reports_of_rows(run: Importing, rows: Sequence[ParsedRow]) -> list[Report]:
    """Return unsaved reports of the rows that are new, in their order. The slow part: outside any transaction."""
    fresh = {row_digest(run.committee, one.raw): one for one in reversed(rows)}
    known = known_digests(run.committee, fresh)
    return [_report(run, digest, row) for digest, row in reversed(fresh.items()) if digest not in known]


def row_digest(committee: Committee, raw: tuple[str, ...]) -> str:
    """Return the keyed digest of the mapped columns of a row, different in every committee."""
    pieces = [value.encode("utf-8", "surrogatepass") for value in raw]
    whole = b"".join(len(piece).to_bytes(8, "big") + piece for piece in pieces)
    return hmac.new(
        settings.PEPPER.encode(), b"import-row:%d:" % committee.pk + whole, hashlib.sha256
    ).hexdigest()


def _batches(rows: Iterable[ParsedRow | Unreadable]) -> Iterator[list[ParsedRow | Unreadable]]:
    going = iter(rows)
    while batch := list(islice(going, ROWS_AT_ONCE)):
        yield batch


def _take_in(run: Importing, rows: list[ParsedRow]) -> list[Report]:
    """Write what is new of a batch. Another import of the same rows at the same moment is met by the unique column."""
    for last_try in (False, True):
        reports = reports_of_rows(run, rows)
        try:
            return write_reports(run, reports)
        except IntegrityError:
            if last_try:
                raise
    return []


def _report(run: Importing, digest: str, row: ParsedRow) -> Report:
    words, form_key = words_of(row.body, row.title, row.place), codes.new_form_key()
    bits = codes.receipt_bits(settings.PEPPER.encode(), form_key.encode())
    report = new_report(
        run.committee,
        words,
        form_key,
        body_digest(form_key, words, ()),
        bits,
        Channel.IMPORTED,
        run.at,
        run.point,
        run.areas.get(row.community),
    )
    if row.number_elsewhere:
        report.elsewhere = run.elsewhere[:80]
        report.elsewhere_number = row.number_elsewhere[:60]
    report.answer_due_on, report.import_row_digest = run.due_on, digest
    report.import_alias = _alias(run, row.author)
    if row.sent_at:
        report.submitted_at, report.happened_on = row.sent_at, clock.day_of(row.sent_at)
    report.held_because = rules.held_because(report.title, report.text, report.place)
    return report


def _alias(run: Importing, author: str) -> str:
    """Return who wrote it as a number of this run alone: good for counting distinct people, for nothing else."""
    return hmac.new(run.alias_salt, author.encode(), hashlib.sha256).hexdigest()[:16] if author else ""


@action
def write_reports(run: Importing, reports: list[Report]) -> list[Report]:
    """Write a batch with its facts, and hold what the doors say. A row that came in meanwhile is an IntegrityError."""
    Matter.unscoped.bulk_create([one.matter for one in reports])
    for one in reports:
        one.matter_id = one.matter.pk
    Report.unscoped.bulk_create(reports)
    SimilarGram.unscoped.bulk_create(
        [gram for one in reports if not one.held_because for gram in grams_of(one)]
    )
    for one in reports:
        facts = {
            "text": ledger.commitment(one.text, one.text_salt),
            "channel": one.channel,
            "answer_due_on": one.answer_due_on,
            "point": run.point.code if run.point else "",
        }
        record_fact(one, "report.import", by=run.by, at=run.at, happened_on=one.happened_on, facts=facts)
        if one.held_because:
            move(one, HOLD, by=door_keeper(one), at=run.at, facts={"because": one.held_because})
    return reports


@action
def tell_officers(report: Report, at: datetime) -> None:
    """Say once, not for every row, that something waits in the locked queue."""
    notices.to_officers(report, at)
