"""Who sees a consultation, and how much of it."""

from django.db.models import Q

from shangliang.consultations.states import ConsultationState
from shangliang.foundation import roles
from shangliang.foundation.viewer import Viewer
from shangliang.people.permissions import rows_of_committees

SEE_THE_SESSION = (*roles.OFFICE, roles.MEMBER, roles.SYSTEM)
READERS = (*roles.OFFICE, roles.MEMBER, roles.AUTHORITY)
DECIDERS = (*roles.OFFICE, roles.AUTHORITY)
RESULTS_ARE_OUT = (ConsultationState.SUBMITTED, ConsultationState.FOLLOWING, ConsultationState.CLOSED)


def consultations_open_to(viewer: Viewer, prefix: str = "") -> Q:
    """Return the filter of consultations: office and members see their committees', an authority what was submitted."""
    mine = rows_of_committees(viewer, f"{prefix}committee_id")
    if viewer.role in SEE_THE_SESSION:
        return mine
    if viewer.role == roles.AUTHORITY:
        return mine & Q(**{f"{prefix}state__in": RESULTS_ARE_OUT})
    return Q(pk__in=())


def sees_the_session(viewer: Viewer) -> bool:
    """Tell whether the viewer may read research and statements, beyond what was submitted."""
    return viewer.role in SEE_THE_SESSION
