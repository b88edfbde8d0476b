"""Who has read what somebody said: a role, or a unit, never a name. The person who spoke sees it on the receipt page."""

from datetime import datetime

from shangliang.foundation import roles
from shangliang.foundation.business import action
from shangliang.foundation.viewer import Appointed, LinkHolder, Viewer
from shangliang.reports.models import Reading, Report

OF_A_UNIT = (roles.UNIT, roles.AUTHORITY, roles.LINK)


@action
def record_reading(report: Report, *, by: Viewer, at: datetime, unit: int = 0) -> None:
    """Note that somebody acting in a role read a report, once per role and unit; nobody else is noted.

    For a unit (shown the dispatch text, never the own words) its organisation is noted: ``unit``, or the one acted for.
    """
    if not isinstance(by, Appointed | LinkHolder):
        return
    shown_to = (unit or by.organisation_id or 0) if by.role in OF_A_UNIT else 0
    Reading.unscoped.bulk_create(
        [Reading(report=report, role=by.role, unit=shown_to, first_read_at=at)], ignore_conflicts=True
    )
