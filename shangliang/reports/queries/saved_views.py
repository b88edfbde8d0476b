"""The filters of the desk somebody keeps under a name: their own alone."""

from django.db.models import QuerySet

from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.reports.models import SavedView


def saved_views_of(viewer: Viewer) -> QuerySet[SavedView]:
    """Return the views kept by the appointment the viewer acts in, in the order they were kept."""
    if not isinstance(viewer, Appointed):
        return SavedView.unscoped.none()
    return SavedView.unscoped.filter(appointment=viewer.appointment_id).order_by("pk")


def get_saved_view_for(viewer: Viewer, name: str) -> SavedView | None:
    """Return one of the viewer's own views by its name, or None."""
    return saved_views_of(viewer).filter(name=name).first()
