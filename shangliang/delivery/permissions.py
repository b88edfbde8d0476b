"""Who sees which assignments, and on which side of one a viewer stands."""

from django.db.models import Q

from shangliang.delivery.models import Assignment
from shangliang.foundation import roles
from shangliang.foundation.viewer import Appointed, LinkHolder, Viewer
from shangliang.people.permissions import rows_of_committees

SEES_LISTS = (*roles.OFFICE, roles.AUTHORITY, roles.MEMBER)
SEES_ASSIGNMENTS = (*roles.OFFICE, roles.AUTHORITY, roles.UNIT)
LINK_PURPOSE = "assignment"


def rows_of_assignments(viewer: Viewer) -> Q:
    """Return the filter of assignments a viewer sees: office by committee, unit and authority their own, link one."""
    if viewer.role in (*roles.OFFICE, roles.SYSTEM):
        return rows_of_committees(viewer)
    if isinstance(viewer, Appointed) and viewer.role == roles.UNIT:
        return Q(lead_unit_id=viewer.organisation_id) | Q(co_units=viewer.organisation_id)
    if isinstance(viewer, Appointed) and viewer.role == roles.AUTHORITY:
        return Q(issuing_authority_id=viewer.organisation_id)
    if isinstance(viewer, LinkHolder) and viewer.purpose == LINK_PURPOSE:
        return Q(links__token_digest=viewer.record)
    return Q(pk__in=())


def leads(viewer: Viewer, assignment: Assignment) -> bool:
    """Tell whether the viewer acts for the unit that leads this assignment."""
    return (
        isinstance(viewer, Appointed)
        and viewer.role == roles.UNIT
        and viewer.organisation_id == assignment.lead_unit_id
    )


def helps(viewer: Viewer, assignment: Assignment) -> bool:
    """Tell whether the viewer acts for a co-unit: it may add progress, nothing else."""
    return (
        isinstance(viewer, Appointed)
        and viewer.role == roles.UNIT
        and viewer.organisation_id in assignment.co_units.values_list("pk", flat=True)
    )


def issues(viewer: Viewer, authority_id: int) -> bool:
    """Tell whether the viewer acts for that issuing authority."""
    return (
        isinstance(viewer, Appointed)
        and viewer.role == roles.AUTHORITY
        and viewer.organisation_id == authority_id
    )


def keeps(viewer: Viewer, committee_id: int) -> bool:
    """Tell whether the viewer is of the office of that committee or of one above it."""
    return isinstance(viewer, Appointed) and viewer.role in roles.OFFICE and committee_id in viewer.reach
