"""Matters as the viewer may see them."""

from django.db.models import Count, Q, QuerySet

from shangliang.foundation.viewer import Viewer
from shangliang.reports.models import Matter, Report
from shangliang.reports.permissions import NOT_ON_THE_DESK, rows_of_matters
from shangliang.reports.states import MatterState


def matters_seen_by(viewer: Viewer) -> QuerySet[Matter]:
    """Return the matters the viewer may see, latest first. An unscreened one is reached through its report only."""
    return (
        Matter.unscoped.filter(rows_of_matters(viewer))
        .select_related("committee", "area", "category")
        .order_by("-pk")
    )


def get_matter_for(viewer: Viewer, code: str) -> Matter | None:
    """Return one matter the viewer may see, or None."""
    return matters_seen_by(viewer).filter(code=code).first()


def matters_free_for_topics(viewer: Viewer) -> QuerySet[Matter]:
    """Return matters that wait for a topic (established, not consulted on); topics leaves out those it already has."""
    return matters_seen_by(viewer).filter(state=MatterState.GATHERED)


def matters_with_voices(viewer: Viewer) -> QuerySet[Matter]:
    """Return established matters with the number of reports that speak of each, latest first: for staff pages."""
    speaking = Count("reports", filter=~Q(reports__state__in=NOT_ON_THE_DESK))
    return matters_seen_by(viewer).exclude(state=MatterState.UNSCREENED).annotate(voices=speaking)


def matter_by_id(pk: int) -> Matter:
    """Return a matter by id, for a later stage that holds a reference to it."""
    return Matter.unscoped.select_related("committee", "area").get(pk=pk)


def standing_reports(matter: Matter) -> QuerySet[Report]:
    """Return the reports that still speak of a matter: neither withdrawn nor locked. For actions, never for a page."""
    return Report.unscoped.filter(matter_id=matter.pk).exclude(state__in=NOT_ON_THE_DESK).order_by("pk")
