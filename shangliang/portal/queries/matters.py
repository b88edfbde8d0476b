"""The matters of the very committee whose words the viewer keeps."""

from django.db.models import Count, Q, QuerySet

from shangliang.foundation.viewer import Viewer
from shangliang.portal.permissions import keeps_words_of
from shangliang.reports.models import Matter
from shangliang.reports.queries import matters_seen_by
from shangliang.reports.states import MatterState, ReportState


def own_matters(viewer: Viewer, words: str = "") -> QuerySet[Matter]:
    """Return the committee's matters with ``spoken``, how many reports are joined, the latest first.

    ``words`` must be in the clerk's title or the code, never in what somebody said. None for who keeps no words there.
    """
    spoken = Count("reports", filter=Q(reports__state=ReportState.TAKEN))
    return _own(viewer, words).annotate(spoken=spoken)


def matters_by_state(viewer: Viewer, words: str = "") -> dict[str, int]:
    """Return how many of these matters stand in each state, every state named, with one query."""
    counts = {state: Count("pk", filter=Q(state=state)) for state in MatterState.values}
    return _own(viewer, words).order_by().aggregate(**counts)


def _own(viewer: Viewer, words: str) -> QuerySet[Matter]:
    own = getattr(viewer, "committee_id", None)
    if own is None or not keeps_words_of(viewer, own):
        return Matter.unscoped.none()
    rows = matters_seen_by(viewer).filter(committee_id=own)
    return rows.filter(Q(title__icontains=words) | Q(code__icontains=words)) if words else rows
