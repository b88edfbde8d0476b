"""Covered pictures behind a task: asked for again at every request, never an original."""

from shangliang.delivery.models import Assignment
from shangliang.delivery.queries.assignments import units_reading
from shangliang.foundation.models import StoredFile
from shangliang.foundation.viewer import Viewer
from shangliang.protection.queries import pictures_for_unit


def pictures_shown_to_unit(viewer: Viewer, assignment: Assignment) -> list[StoredFile]:
    """Return the covered pictures behind a task as its unit sees them: the viewer's own unit, or the lead one.

    The caller has asked for the task with this viewer.
    """
    rows = assignment.suggestion.consultation.topic.topic_matters.filter(left_at=None)
    shown = pictures_for_unit(
        list(rows.values_list("matter_id", flat=True)), units_reading(viewer, assignment)
    )
    return [one.file for one in shown if one.file is not None]


def picture_shown_to_unit(viewer: Viewer, assignment: Assignment, name: str) -> StoredFile | None:
    """Return one of them by its file name, or None."""
    return next((one for one in pictures_shown_to_unit(viewer, assignment) if one.name == name), None)
