"""Who sees what many speak of: the office of the very committee, and its weekly look."""

from django.db.models import Q

from shangliang.foundation import roles
from shangliang.foundation.viewer import Viewer
from shangliang.people.permissions import rows_of_own_committee

MAY_ASK = (*roles.OFFICE, roles.SYSTEM)


def rows_of_office(viewer: Viewer, field: str = "committee_id") -> Q:
    """Return the filter of rows of the viewer's own committee; nothing for anybody but the office and tasks."""
    if viewer.role in MAY_ASK:
        return rows_of_own_committee(viewer, field)
    return Q(pk__in=())
