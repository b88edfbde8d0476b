"""Who sees which imports, drafts and transfers: the office its own committee's, whoever holds a receipt the own one's."""

from django.db.models import Q

from shangliang.foundation import roles
from shangliang.foundation.viewer import Appointed, ReceiptHolder, Viewer
from shangliang.people.permissions import MAY_MANAGE
from shangliang.reports.permissions import NOT_ON_THE_DESK

SEE_SYSTEMS = (*roles.OFFICE, *MAY_MANAGE)
NOTHING = Q(pk__in=())


def rows_of_own_office(viewer: Viewer) -> Q:
    """Return the filter of imports, drafts, mappings and sheets: those of the office's own committee, else nothing."""
    if isinstance(viewer, Appointed) and viewer.role in roles.OFFICE:
        return Q(committee_id=viewer.committee_id)
    if viewer.role == roles.SYSTEM:
        own = getattr(viewer, "committee_id", None)
        return Q(committee_id=own) if own else Q()
    return NOTHING


def rows_of_systems(viewer: Viewer) -> Q:
    """Return the filter of other systems: the office's and the administrator's own committee."""
    if isinstance(viewer, Appointed) and viewer.role in SEE_SYSTEMS:
        return Q(committee_id=viewer.committee_id)
    return NOTHING


def rows_of_transfers(viewer: Viewer) -> Q:
    """Return the filter of transfers: the office's own but for reports it may not see; a receipt's holder the own one's."""
    if isinstance(viewer, ReceiptHolder):
        return Q(report_id=viewer.report_id)
    if isinstance(viewer, Appointed):
        return rows_of_own_office(viewer) & ~Q(report__state__in=NOT_ON_THE_DESK)
    return rows_of_own_office(viewer)


def is_uploader(viewer: Viewer, person: int) -> bool:
    """Tell whether the viewer is the very person who uploaded a file."""
    return isinstance(viewer, Appointed) and viewer.person_id == person
