"""Who answers for what a report speaks of, before it is handed to another system."""

from datetime import date

from shangliang.foundation.viewer import Viewer
from shangliang.reports.models import Report
from shangliang.reports.queries.sorting import may_sort
from shangliang.sorting.queries import owner_book


def owner_of_report(viewer: Viewer, report: Report, on: date) -> tuple[str, str]:
    """Return the name of the unit the owner table gives the report's matter to ("" for none), and what the table says.

    The caller has asked for the report with a viewer. The matter's place decides, else the report's own. Of a report of
    another committee the viewer's table says nothing: its kinds and areas are not those of the table.
    """
    if not may_sort(viewer, report.committee_id):
        return "", ""
    kind, area = report.matter.category_id, report.matter.area_id or report.area_id
    book = owner_book(viewer, on)
    owner = book.owner(kind, area)
    return owner.name if owner else "", book.advice(kind, area)
