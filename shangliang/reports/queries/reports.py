"""Reports as the viewer may see them, with their thread and pictures."""

from django.db.models import QuerySet

from shangliang.foundation.models import StoredFile
from shangliang.foundation.viewer import Viewer
from shangliang.reports.models import Matter, Report, ReportPhoto, ThreadEntry
from shangliang.reports.permissions import lines_of_threads, rows_of_reports


def reports_seen_by(viewer: Viewer) -> QuerySet[Report]:
    """Return every report the viewer may see, in no particular order."""
    return Report.unscoped.filter(rows_of_reports(viewer))


def get_report_for(viewer: Viewer, code: str) -> Report | None:
    """Return one report the viewer may see with its matter, point and committee, or None."""
    return (
        reports_seen_by(viewer)
        .filter(code=code)
        .select_related("matter__category", "point", "committee", "area")
        .first()
    )


def reports_of(viewer: Viewer, matter: Matter) -> QuerySet[Report]:
    """Return the reports joined in a matter that the viewer may see, in the order they came."""
    return (
        reports_seen_by(viewer)
        .filter(matter_id=matter.pk)
        .select_related("point")
        .order_by("received_at", "pk")
    )


def thread_of(viewer: Viewer, report: Report) -> QuerySet[ThreadEntry]:
    """Return what was said between the office and the person who spoke, oldest first; what was undone is left out."""
    mine = reports_seen_by(viewer).filter(pk=report.pk)
    lines = ThreadEntry.unscoped.filter(lines_of_threads(viewer), report__in=mine, undone_at=None)
    return lines.order_by("at", "pk")


def photos_of(viewer: Viewer, report: Report) -> QuerySet[ReportPhoto]:
    """Return the pictures of a report the viewer may see."""
    mine = reports_seen_by(viewer).filter(pk=report.pk)
    return ReportPhoto.unscoped.filter(report__in=mine).select_related("file").order_by("pk")


def photo_for(viewer: Viewer, name: str) -> StoredFile | None:
    """Return the stored picture of that name if it belongs to a report the viewer may see, or None."""
    photo = ReportPhoto.unscoped.filter(file__name=name, report__in=reports_seen_by(viewer))
    row = photo.select_related("file").first()
    return row.file if row else None
