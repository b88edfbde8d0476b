"""Taking a whole import back, part after part, while nobody has done anything with what came in."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from shangliang.exchange import rules
from shangliang.exchange.actions.importing import own_office
from shangliang.exchange.models import ImportedReport, ImportRejection, ImportRun, WaitingFile
from shangliang.exchange.states import END_UNDO, UNDO_IMPORT, ImportState
from shangliang.foundation.business import action
from shangliang.foundation.erasing import empty_the_log
from shangliang.foundation.moves import move
from shangliang.foundation.refusals import Refusal
from shangliang.foundation.viewer import Viewer
from shangliang.reports.actions.retracting import retract_imported, untouched_since_import
from shangliang.reports.models import Report


def undo_import(run: ImportRun, *, by: Viewer, at: datetime) -> ImportRun:
    """Take back a whole import, up to 500 reports a call: they are withdrawn and their words deleted. Return the run.

    Refuses, and takes nothing back, when something was done with one of them. Call it until the run is undone; broken
    off, it goes on where it stopped.
    """
    own_office(by, run.committee_id)
    if run.state != ImportState.UNDOING:
        _begin_undo(run, by=by, at=at)
    for _turn in range(rules.ROWS_PER_UNDO // rules.ROWS_AT_ONCE):
        if not _undo_some(run, at):
            _end_undo(run, by=by, at=at)
            empty_the_log()
            break
    return run


@action
def _begin_undo(run: ImportRun, *, by: Viewer, at: datetime) -> None:
    reports = list(Report.unscoped.filter(pk__in=_reports_in(run)).order_by("pk"))
    touched = len(reports) - len(untouched_since_import(reports))
    if touched:
        raise Refusal(_("其中 %(count)s 条已经有人处理过，整次撤不掉了。") % {"count": touched})
    ImportRejection.unscoped.filter(run=run).delete()
    WaitingFile.unscoped.filter(run=run).delete()
    move(run, UNDO_IMPORT, by=by, at=at, facts={"reports": len(reports)})


@action
def _undo_some(run: ImportRun, at: datetime) -> int:
    """Take back a hundred; one that somebody picked up this very moment is left to them. Return how many were looked at."""
    ids = list(_reports_in(run).order_by("pk").values_list("report_id", flat=True)[: rules.ROWS_AT_ONCE])
    locked = list(Report.unscoped.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))
    retract_imported(untouched_since_import(locked), at=at)
    ImportedReport.unscoped.filter(report_id__in=ids).delete()
    return len(ids)


@action
def _end_undo(run: ImportRun, *, by: Viewer, at: datetime) -> None:
    move(run, END_UNDO, by=by, at=at, ended_at=at)


def _reports_in(run: ImportRun) -> Any:
    return ImportedReport.unscoped.filter(run=run).values("report_id")
