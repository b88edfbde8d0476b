"""Recordings as screeners may hear them. Nobody else learns more than that there is one, and how long it is."""

from collections.abc import Iterable

from shangliang.foundation import roles
from shangliang.foundation.models import StoredFile
from shangliang.foundation.viewer import Appointed, ReceiptHolder, Viewer
from shangliang.reports.models import Recording, Report
from shangliang.reports.queries.reports import reports_seen_by

LISTENING = (*roles.OFFICE, roles.OFFICER)


def recording_of(viewer: Viewer, report: Report) -> Recording | None:
    """Return the recording of a report the viewer screens, with its file, or None."""
    if not _listens(viewer):
        return None
    return Recording.unscoped.select_related("file").filter(report__in=_mine(viewer, report)).first()


def recording_file_for(viewer: Viewer, name: str) -> StoredFile | None:
    """Return the stored sound of that name if the viewer screens its report, or None: asked anew at each request."""
    if not _listens(viewer):
        return None
    rows = Recording.unscoped.filter(file__name=name, report__in=reports_seen_by(viewer))
    row = rows.select_related("file").first()
    return row.file if row else None


def seconds_said(viewer: Viewer, reports: Iterable[Report]) -> dict[int, int]:
    """Return how long the recordings of some reports last, by the report's id; one query, none where all have words.

    For screeners, and for whoever holds the receipt of the one report. A report without words and without a recording
    is not in it.
    """
    wordless = [one.pk for one in reports if not one.text]
    if not wordless or not (_listens(viewer) or isinstance(viewer, ReceiptHolder)):
        return {}
    mine = reports_seen_by(viewer).filter(pk__in=wordless)
    return dict(Recording.unscoped.filter(report__in=mine).values_list("report_id", "seconds"))


def seconds_of_receipt(viewer: Viewer) -> int:
    """Return how long the recording lasts that came with the report whose receipt the viewer showed; 0 without one."""
    if not isinstance(viewer, ReceiptHolder):
        return 0
    found = Recording.unscoped.filter(report_id=viewer.report_id).values_list("seconds", flat=True).first()
    return found or 0


def _mine(viewer: Viewer, report: Report):  # type: ignore[no-untyped-def]
    return reports_seen_by(viewer).filter(pk=report.pk)


def _listens(viewer: Viewer) -> bool:
    return isinstance(viewer, Appointed) and viewer.role in LISTENING
