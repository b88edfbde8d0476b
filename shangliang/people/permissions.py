"""Who sees which rows of people's own tables."""

from django.db.models import Q

from shangliang.foundation import roles
from shangliang.foundation.viewer import Appointed, System, Viewer

MAY_MANAGE = (roles.ADMIN, roles.LEADER)
GRANTED_BY_CLERKS = (roles.UNIT, roles.AUTHORITY, roles.KEEPER, roles.MEMBER)


def rows_of_committees(viewer: Viewer, field: str = "committee_id") -> Q:
    """Return the filter of rows whose committee the viewer's appointment reaches; nothing for anybody else."""
    if isinstance(viewer, Appointed):
        return Q(**{f"{field}__in": viewer.reach})
    if viewer.role == roles.SYSTEM:
        own = getattr(viewer, "committee_id", None)
        return Q(**{field: own}) if own else Q()
    return Q(pk__in=())


def rows_of_own_committee(viewer: Viewer, field: str = "committee_id") -> Q:
    """Return the filter of rows of the very committee the viewer is appointed at."""
    own = viewer.committee_id if isinstance(viewer, Appointed | System) else None
    return Q(**{field: own}) if own else Q(pk__in=())
