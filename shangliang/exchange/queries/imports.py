"""Imports and drafts as the office sees them; what lies in a file, only whoever uploaded it."""

import json

from django.db.models import QuerySet

from shangliang.exchange.models import (
    ImportedReport,
    ImportMapping,
    ImportRejection,
    ImportRun,
    ReportDraft,
    WaitingFile,
)
from shangliang.exchange.permissions import is_uploader, rows_of_own_office
from shangliang.exchange.states import ImportState
from shangliang.foundation import vault
from shangliang.foundation.viewer import Viewer


def imports_of(viewer: Viewer) -> QuerySet[ImportRun]:
    """Return the imports of the own committee, latest first; files others are still looking at are left out."""
    rows = ImportRun.unscoped.filter(rows_of_own_office(viewer)).select_related("point")
    own = getattr(viewer, "person_id", 0)
    others_waiting = rows.filter(state=ImportState.WAITING).exclude(person=own)
    return rows.exclude(pk__in=others_waiting.values("pk")).order_by("-pk")


def get_import_for(viewer: Viewer, code: str) -> ImportRun | None:
    """Return one import the viewer may see with its committee and point, or None."""
    return imports_of(viewer).filter(code=code).select_related("committee", "point__area").first()


def has_file(viewer: Viewer, run: ImportRun) -> bool:
    """Tell whether the file of a run still lies there and is the viewer's own."""
    return is_uploader(viewer, run.person) and WaitingFile.unscoped.filter(run=run).exists()


def reports_left_in(viewer: Viewer, run: ImportRun) -> int:
    """Return how many reports of an import are still to be taken back."""
    return ImportedReport.unscoped.filter(run__in=imports_of(viewer).filter(pk=run.pk)).count()


def mapping_names(viewer: Viewer) -> list[str]:
    """Return the names of the kept mappings of the own committee."""
    rows = ImportMapping.unscoped.filter(rows_of_own_office(viewer)).order_by("name")
    return list(rows.values_list("name", flat=True))


def rejected_rows(viewer: Viewer, run: ImportRun) -> list[tuple[int, str, list[str]]]:
    """Return (row, reason, cells) of what was not taken in; the cells only for the uploader, and as long as they are kept."""
    rows = ImportRejection.unscoped.filter(run__in=imports_of(viewer).filter(pk=run.pk)).order_by("row")
    may_read = is_uploader(viewer, run.person)
    return [
        (one.row, one.why, json.loads(vault.opened_bytes(one.sealed)) if one.sealed and may_read else [])
        for one in rows
    ]


def drafts_of(viewer: Viewer) -> QuerySet[ReportDraft]:
    """Return the drafts of the own committee in the order they were said."""
    return ReportDraft.unscoped.filter(rows_of_own_office(viewer)).order_by("pk")


def get_draft_for(viewer: Viewer, code: str) -> ReportDraft | None:
    """Return one draft of the own committee, or None."""
    return drafts_of(viewer).filter(code=code).select_related("committee").first()
