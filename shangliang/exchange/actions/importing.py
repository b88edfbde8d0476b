"""Importing a file through its page: the bytes wait sealed, somebody looks, then batches of 100, and all can be undone."""

import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from shangliang.exchange import rules
from shangliang.exchange.models import ImportedReport, ImportMapping, ImportRejection, ImportRun, WaitingFile
from shangliang.exchange.reading import areas_by_name, parsed_rows
from shangliang.exchange.states import BEGIN, FINISH, ImportState
from shangliang.foundation import clock, codes, roles, vault
from shangliang.foundation.business import action
from shangliang.foundation.moves import check_role, move
from shangliang.foundation.refusals import NotYours, Refusal, WrongState
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.people.models import Committee
from shangliang.reports.actions.import_file import ParsedRow, Unreadable
from shangliang.reports.actions.importing import Importing, reports_of_rows, tell_officers, write_reports
from shangliang.reports.actions.receiving import answer_due_on
from shangliang.reports.models import Report, ReportPoint
from shangliang.ui.clean import on_one_line
from shangliang.ui.table_files import Table, read_table


def hold_file(
    data: bytes,
    *,
    committee: Committee,
    source: str,
    by: Viewer,
    at: datetime,
    point: ReportPoint | None = None,
) -> ImportRun:
    """Look at an upload and keep it sealed until it is imported, dropped or 24 hours old. Return the run that waits.

    The columns are those kept for a source with the same headings, else guessed. Refuses what ``read_table`` refuses
    (then nothing is kept), another committee than the own, and an empty or too long name of the source.
    """
    person = own_office(by, committee.pk)
    named = on_one_line(source)
    if not named or len(named) > rules.LONGEST_SOURCE:
        raise Refusal(_("写明从哪里来，不超过 40 个字，例如“12345 八月导出”。"))
    table = read_table(data)
    kept = mapping_that_fits(committee.pk, table.headings)
    columns = (
        {field: heading for field, heading in kept.columns.items() if heading in table.headings}
        if kept
        else {}
    )
    return _keep(
        ImportRun(
            committee=committee, point=point, code=codes.short_code(10), source=named, sheet=table.sheet[:40],
            columns=columns or rules.guess_columns(table.headings), date_format=kept.date_format if kept else "",
            rows=len(table.rows), person=person.person_id, made_at=at,
        ),
        vault.sealed_bytes(data),
        at,
    )  # fmt: skip


def mapping_that_fits(committee_id: int, headings: tuple[str, ...]) -> ImportMapping | None:
    """Return the kept mapping that fits these headings best, or None."""
    rows = list(ImportMapping.unscoped.filter(committee_id=committee_id).order_by("-pk"))
    best = max(rows, key=lambda one: rules.fits(headings, one.columns, one.headings), default=None)
    return best if best and rules.fits(headings, best.columns, best.headings) else None


@action
def _keep(run: ImportRun, sealed: bytes, at: datetime) -> ImportRun:
    run.save(force_insert=True)
    salt = vault.sealed_bytes(secrets.token_bytes(32))
    WaitingFile(run=run, sealed=sealed, sealed_salt=salt, kept_at=at).save(force_insert=True)
    return run


def choose_columns(
    run: ImportRun,
    *,
    columns: Mapping[str, str],
    date_format: str,
    sheet: str,
    save_as: str,
    by: Viewer,
    at: datetime,
) -> ImportRun:
    """Say which column fills what, before the import begins; with ``save_as`` keep it under that name for next time.

    Refuses headings that are not there, no column for the words, one column for two fields, and a run that has begun.
    """
    if run.state != ImportState.WAITING:
        raise WrongState(_("已经开始导入，不能再改列。"))
    table = table_of(run, by=by, sheet=sheet)
    chosen = {field: one for field, one in columns.items() if field in rules.FIELDS and one}
    if table.sheet != run.sheet and not all(one in table.headings for one in chosen.values()):
        chosen = rules.guess_columns(table.headings)  # another sheet has other headings
    if "body" not in chosen:
        raise Refusal(_("至少要说明哪一列是正文。"))
    if not set(chosen.values()) <= set(table.headings) or len(set(chosen.values())) < len(chosen):
        raise Refusal(_("一列只能填一项，而且要在表头里。请再看看。"))
    if date_format not in rules.DATE_FORMATS:
        raise Refusal(_("选一种日期的写法。"))
    changes = {
        "columns": chosen,
        "date_format": date_format,
        "sheet": table.sheet[:40],
        "rows": len(table.rows),
    }
    return _choose(run, changes, on_one_line(save_as)[:40], list(table.headings), by=by, at=at)


@action
def _choose(
    run: ImportRun, changes: dict[str, Any], name: str, headings: list[str], *, by: Viewer, at: datetime
) -> ImportRun:
    locked = _locked(run, by)
    if locked.state != ImportState.WAITING:
        raise WrongState(_("已经开始导入，不能再改列。"))
    for key, value in changes.items():
        setattr(run, key, value)
    run.save(update_fields=list(changes))
    if name:
        kept = {"headings": headings, "columns": changes["columns"], "date_format": changes["date_format"]}
        ImportMapping.unscoped.update_or_create(committee_id=run.committee_id, name=name, defaults=kept)
    return run


def begin_import(run: ImportRun, *, by: Viewer, at: datetime) -> ImportRun:
    """Begin: from here on ``import_next`` takes in part after part. Refuses a run that has begun or has no words column."""
    if "body" not in run.columns:
        raise Refusal(_("至少要说明哪一列是正文。"))
    table = table_of(run, by=by)
    # a workbook takes seconds to read: from now on its rows lie sealed as they are, read once
    rows = json.dumps([table.headings, table.rows], ensure_ascii=True)
    return _begin(run, vault.sealed_bytes(rows.encode()), by=by, at=at)


@action
def _begin(run: ImportRun, sealed: bytes, *, by: Viewer, at: datetime) -> ImportRun:
    locked = _locked(run, by)
    if locked.columns != run.columns or locked.sheet != run.sheet:
        raise WrongState(_("列刚才改过了，请再看一遍。"))
    begun = move(run, BEGIN, by=by, at=at, facts={"rows": locked.rows}, begun_at=at)
    WaitingFile.unscoped.filter(run=run).update(sealed=sealed)
    return begun


def import_next(run: ImportRun, *, by: Viewer, at: datetime) -> ImportRun:
    """Take in up to 500 more rows, 100 in a transaction, from where it stopped. The last part ends the run.

    Refuses a run that is not going on, somebody else's, and one whose file is gone. Two who press at once do no harm.
    """
    current = ImportRun.unscoped.select_related("committee", "point__area").get(pk=run.pk)
    table = table_of(current, by=by)
    going = _importing(current, by, at)
    for _turn in range(rules.ROWS_PER_PART // rules.ROWS_AT_ONCE):
        if current.state != ImportState.RUNNING:
            raise WrongState(_("这次导入没有在进行。"))
        if _batch(current, table, going):
            break
    return current


def _batch(run: ImportRun, table: Table, going: Importing) -> bool:
    """Take in one batch; return True when it was the last. Rows that came in from elsewhere meanwhile: once more."""
    start, today = run.next_row, clock.day_of(going.at)
    rows = list(parsed_rows(table, run.columns, run.date_format, today, start, rules.ROWS_AT_ONCE))
    for last_try in (False, True):
        reports = reports_of_rows(going, [one for one in rows if isinstance(one, ParsedRow)])
        try:
            return _write(run, rows, reports, table, going)
        except IntegrityError:
            if last_try:
                raise
    return False


@action
def _write(
    run: ImportRun, rows: list[ParsedRow | Unreadable], reports: list[Report], table: Table, going: Importing
) -> bool:
    locked = _locked(run, going.by)
    if locked.state != ImportState.RUNNING or locked.next_row != run.next_row:
        raise WrongState(_("这一部分刚才已经导入了。"))
    written = write_reports(going, reports)
    ImportedReport.unscoped.bulk_create([ImportedReport(run=run, report=one) for one in written])
    refused = [one for one in rows if isinstance(one, Unreadable)]
    ImportRejection.unscoped.bulk_create([_rejection(run, one, table) for one in refused])
    run.next_row = locked.next_row + len(rows)
    run.accepted = locked.accepted + len(written)
    run.rejected = locked.rejected + len(refused)
    run.repeated = run.next_row - run.accepted - run.rejected
    run.save(update_fields=["next_row", "accepted", "rejected", "repeated"])
    held = [one for one in written if one.held_because]
    if held:
        tell_officers(held[-1], going.at)
    return _end(run, going) if run.next_row >= len(table.rows) else False


def _end(run: ImportRun, going: Importing) -> bool:
    facts = {"accepted": run.accepted, "repeated": run.repeated, "rejected": run.rejected}
    move(run, FINISH, by=going.by, at=going.at, facts=facts, ended_at=going.at)
    WaitingFile.unscoped.filter(run=run).delete()
    return True


def _rejection(run: ImportRun, row: Unreadable, table: Table) -> ImportRejection:
    cells = json.dumps(table.rows[row.number - 1], ensure_ascii=True)
    return ImportRejection(
        run=run, row=row.number, why=row.why[:120], sealed=vault.sealed_bytes(cells.encode())
    )


@action
def drop_file(run: ImportRun, *, by: Viewer, at: datetime) -> None:
    """Throw away a file nobody has begun to import, and its run with it. Refuses one that has begun."""
    locked = _locked(run, by)
    if locked.state != ImportState.WAITING:
        raise WrongState(_("已经开始导入。要全部收回，请用“撤掉这次导入”。"))
    locked.delete()


def table_of(run: ImportRun, *, by: Viewer, sheet: str = "") -> Table:
    """Open the sealed file of a run and read it. Refuses anybody but its uploader, and a file that is gone."""
    _own(run, by)
    kept = WaitingFile.unscoped.filter(run_id=run.pk).first()
    if kept is None:
        raise Refusal(_("文件已经删掉了（只留 24 小时）。请重新上传同一个文件，导过的行会自动跳过。"))
    data = vault.opened_bytes(kept.sealed)
    if run.state == ImportState.WAITING:
        return read_table(data, sheet or run.sheet)
    headings, rows = json.loads(data)
    return Table("rows", tuple(headings), rows, run.sheet)


def _importing(run: ImportRun, by: Viewer, at: datetime) -> Importing:
    kept = WaitingFile.unscoped.filter(run_id=run.pk).values_list("sealed_salt", flat=True).first()
    return Importing(
        run.committee,
        run.point,
        by,
        at,
        answer_due_on(run.committee, run.begun_at or at),
        vault.opened_bytes(kept) if kept else secrets.token_bytes(32),
        areas_by_name(run.committee),
        run.source,
    )


def own_office(by: Viewer, committee_id: int) -> Appointed:
    """Refuse (NotYours) anybody but the office of that very committee."""
    check_role(by, roles.OFFICE)
    if not isinstance(by, Appointed) or by.committee_id != committee_id:
        raise NotYours(_("只能往自己所在的政协导入。"))
    return by


def _own(run: ImportRun, by: Viewer) -> None:
    if own_office(by, run.committee_id).person_id != run.person:
        raise NotYours(_("上传的文件只有上传的人看得到。"))


def _locked(run: ImportRun, by: Viewer) -> ImportRun:
    _own(run, by)
    return ImportRun.unscoped.select_for_update(of=("self",)).get(pk=run.pk)
