"""Pictures: one door, which asks the viewer at each request."""

from django.http import HttpRequest, HttpResponse

from shangliang.delivery.queries import evidence_for
from shangliang.foundation.files import read_file
from shangliang.foundation.viewer import ReceiptHolder, Viewer
from shangliang.people.access import for_everybody, found
from shangliang.reports.queries import photo_for
from shangliang.reports.receipt_cookie import holder_from


@for_everybody
def file(request: HttpRequest, name: str) -> HttpResponse:
    """One stored picture, for the office of its committee or whoever holds the receipt; for everybody else there is none."""
    row = found(next((row for viewer in _viewers(request) if (row := _picture_for(viewer, name))), None))
    answer = HttpResponse(read_file(row), content_type=row.content_type)
    answer["Content-Disposition"] = "inline"
    answer["Content-Security-Policy"] = "sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store, private"
    return answer


def _viewers(request: HttpRequest) -> list[Viewer]:
    """Whoever asks may have signed in and hold a receipt at once: either may open the door."""
    holder: ReceiptHolder | None = holder_from(request)
    return [request.viewer, *([holder] if holder else [])]  # type: ignore[attr-defined]


def _picture_for(viewer: Viewer, name: str):  # type: ignore[no-untyped-def]
    return photo_for(viewer, name) or evidence_for(viewer, name)
