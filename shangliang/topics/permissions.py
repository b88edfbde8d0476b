"""Who sees the topic bank, and who keeps it."""

from django.db.models import Q

from shangliang.foundation import roles
from shangliang.foundation.viewer import Viewer
from shangliang.people.permissions import rows_of_committees

READERS = (*roles.OFFICE, roles.MEMBER)
KEEPERS_OF_FORMS = (*roles.OFFICE, roles.ADMIN, roles.SYSTEM)


def topics_open_to(viewer: Viewer) -> Q:
    """Return the filter of topics the viewer may see: the office, members and tasks, each in their committees."""
    if viewer.role in (*READERS, roles.SYSTEM):
        return rows_of_committees(viewer)
    return Q(pk__in=())
