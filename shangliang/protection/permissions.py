"""Who handles the texts of reports: the office. A member sees what was asked of it, a receipt its own question."""

from django.db.models import Q

from shangliang.foundation import roles
from shangliang.foundation.viewer import Appointed, ReceiptHolder, Viewer
from shangliang.reports.permissions import NOTHING, rows_of_reports

MAY_PROTECT = roles.OFFICE


def is_screener(viewer: Viewer) -> bool:
    """Tell whether the viewer reads original texts and so may work on what others read instead."""
    return isinstance(viewer, Appointed) and viewer.role in MAY_PROTECT


def rows_of_findings(viewer: Viewer) -> Q:
    """Return the filter of findings: the office those of reports it sees, a member those asked of that very person."""
    if is_screener(viewer):
        return Q(committee_id__in=viewer.reach)  # type: ignore[attr-defined]
    if isinstance(viewer, Appointed) and viewer.role == roles.MEMBER:
        return Q(member_id=viewer.appointment_id)
    return NOTHING


def rows_of_screened(viewer: Viewer) -> Q:
    """Return the filter of the reports whose texts the viewer works on: none for anybody but screeners and tasks."""
    if is_screener(viewer) or viewer.role == roles.SYSTEM:
        return rows_of_reports(viewer)
    return NOTHING


def rows_asked_of(viewer: Viewer) -> Q:
    """Return the filter of exposures whose question the holder of a receipt may answer: the own report's."""
    return Q(report_id=viewer.report_id) if isinstance(viewer, ReceiptHolder) else NOTHING
