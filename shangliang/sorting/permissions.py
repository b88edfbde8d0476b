"""Who reads and who changes the scheme and the owner table: the office of that very committee, and who manages it."""

from django.db.models import Q

from shangliang.foundation import roles
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.people.permissions import MAY_MANAGE, rows_of_own_committee

MAY_CHANGE = (*roles.OFFICE, roles.ADMIN)
MAY_ISSUE = MAY_MANAGE
MAY_ASK_WHO_OWNS = (
    *MAY_CHANGE,
    roles.AUTHORITY,
    roles.SYSTEM,
)  # an authority that assigns is told who answers
NOTHING = Q(pk__in=())


def rows_of_own_scheme(viewer: Viewer, field: str = "committee_id") -> Q:
    """Return the filter of kinds, issues and rows: those of the very committee, for whoever may ask who owns what."""
    if viewer.role not in MAY_ASK_WHO_OWNS:
        return NOTHING
    return rows_of_own_committee(viewer, field)


def is_of(viewer: Viewer, committee_id: int) -> bool:
    """Tell whether somebody acts at this very committee; a task or a command without one acts at any."""
    own = getattr(viewer, "committee_id", None)
    return own == committee_id if isinstance(viewer, Appointed) or own else viewer.role == roles.SYSTEM
