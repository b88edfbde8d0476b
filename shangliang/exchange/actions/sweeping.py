"""What is kept a short while only: sealed files for 24 hours, drafts for 30 days, nothing of what was erased."""

from datetime import datetime, timedelta

from shangliang.exchange import rules
from shangliang.exchange.models import ImportRejection, ImportRun, ReportDraft, Transfer, WaitingFile
from shangliang.exchange.states import STOP, ImportState
from shangliang.foundation.business import action
from shangliang.foundation.erasing import empty_the_log
from shangliang.foundation.moves import move
from shangliang.foundation.viewer import System


def sweep_files(at: datetime) -> int:
    """Delete files kept for 24 hours, one run in a transaction, and the cells of rejected rows. Return how many files."""
    old = at - timedelta(hours=rules.HOURS_KEPT)
    ids = list(WaitingFile.unscoped.filter(kept_at__lt=old).order_by("pk").values_list("run_id", flat=True))
    for run_id in ids:
        _sweep_file(run_id, at)
    while _sweep_cells(old):
        pass
    return len(ids)


def sweep_drafts(at: datetime) -> int:
    """Delete drafts that nobody took in for 30 days, at most 100 in a transaction. Return how many."""
    gone = 0
    while batch := _sweep_some_drafts(at - timedelta(days=rules.DRAFT_DAYS)):
        gone += batch
    return gone


def forget_erased() -> int:
    """Empty what transfers keep of reports whose words were erased since. Return how many; at most 100 at once."""
    gone = 0
    while batch := _forget_some():
        gone += batch
    if gone:
        empty_the_log()
    return gone


@action
def _forget_some() -> int:
    emptied = {"words": "", "place": "", "number": "", "answer": "", "returned_because": ""}
    rows = Transfer.unscoped.filter(report__erased_at__isnull=False).exclude(**emptied).order_by("pk")
    batch = list(rows.values_list("pk", flat=True)[: rules.ROWS_AT_ONCE])
    return int(Transfer.unscoped.filter(pk__in=batch).update(**emptied)) if batch else 0


@action
def _sweep_file(run_id: int, at: datetime) -> None:
    """A run nobody began goes with its file; one that was broken off stays, with what it took in."""
    run = ImportRun.unscoped.select_for_update(of=("self",)).get(pk=run_id)
    WaitingFile.unscoped.filter(run=run).delete()
    if run.state == ImportState.WAITING:
        run.delete()
    elif run.state == ImportState.RUNNING:
        facts = {"rows": run.rows, "dealt_with": run.next_row}
        move(run, STOP, by=System("sweep_files", run.committee_id), at=at, facts=facts, ended_at=at)


@action
def _sweep_cells(old: datetime) -> int:
    rows = ImportRejection.unscoped.filter(sealed__isnull=False, run__made_at__lt=old).order_by("pk")
    batch = list(rows.values_list("pk", flat=True)[: rules.ROWS_AT_ONCE])
    return int(ImportRejection.unscoped.filter(pk__in=batch).update(sealed=None)) if batch else 0


@action
def _sweep_some_drafts(old: datetime) -> int:
    rows = ReportDraft.unscoped.filter(kept_at__lt=old).order_by("pk")
    batch = list(rows.values_list("pk", flat=True)[: rules.ROWS_AT_ONCE])
    return int(ReportDraft.unscoped.filter(pk__in=batch).delete()[0]) if batch else 0
