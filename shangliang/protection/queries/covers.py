"""Pictures: to screeners with what was decided of each, to everybody else only those that were covered and confirmed."""

from collections.abc import Collection, Sequence

from shangliang.foundation.models import StoredFile
from shangliang.foundation.viewer import Viewer
from shangliang.protection.models import PhotoCover
from shangliang.protection.permissions import rows_of_screened
from shangliang.protection.queries.against import implicated_in
from shangliang.protection.queries.texts import texts_for_unit
from shangliang.reports.models import Matter, Report, ReportPhoto
from shangliang.reports.permissions import NOT_ON_THE_DESK


def covers_of(viewer: Viewer, report: Report) -> list[tuple[ReportPhoto, PhotoCover | None]]:
    """Return the pictures of a report its screener sees, each with the decision that stands, or None."""
    photos = list(_photos(viewer).filter(report=report).select_related("file").order_by("pk"))
    standing = PhotoCover.unscoped.filter(photo__in=photos, replaced_at=None).select_related("file")
    decided = {one.photo_id: one for one in standing}
    return [(one, decided.get(one.pk)) for one in photos]


def photo_to_cover(viewer: Viewer, name: str) -> ReportPhoto | None:
    """Return the picture of that file name if the viewer screens its report, or None."""
    return _photos(viewer).filter(file__name=name).select_related("file", "report__matter").first()


def covered_pictures_for(viewer: Viewer, matter: Matter) -> list[PhotoCover]:
    """Return the covered pictures of a matter to its screeners, in an order that says nothing of who sent them when."""
    mine = Report.unscoped.filter(rows_of_screened(viewer), matter_id=matter.pk)
    return _shown(mine.exclude(state__in=NOT_ON_THE_DESK).values_list("pk", flat=True))


def pictures_for_unit(matters: Sequence[int], units: Collection[int]) -> list[PhotoCover]:
    """Return the covered pictures behind a task that one unit may see. The caller has asked for the task with a viewer.

    ``units`` as for `texts_for_unit`. A picture goes only with a text the unit may read. A unit somebody complains about
    sees none: the spot from which it was taken may say who took it.
    """
    if implicated_in(matters) & set(units):
        return []
    return _shown([one.report_id for one in texts_for_unit(matters, units)])


def covered_file_for(viewer: Viewer, name: str) -> StoredFile | None:
    """Return the covered picture of that name to who screens its report, or None."""
    mine = Report.unscoped.filter(rows_of_screened(viewer))
    row = PhotoCover.unscoped.filter(report__in=mine, file__name=name, replaced_at=None).exclude(photo=None)
    held = row.select_related("file").first()
    return held.file if held else None


def _photos(viewer: Viewer):  # type: ignore[no-untyped-def]
    return ReportPhoto.unscoped.filter(report__in=Report.unscoped.filter(rows_of_screened(viewer)))


def _shown(reports: Sequence[int]) -> list[PhotoCover]:
    rows = PhotoCover.unscoped.filter(report__in=list(reports), replaced_at=None).exclude(file=None)
    return list(rows.exclude(photo=None).select_related("file").order_by("file__name"))
