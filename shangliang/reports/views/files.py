"""Pictures: no public address, the viewer is asked at each request."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from shangliang.foundation import roles
from shangliang.foundation.files import read_file
from shangliang.foundation.viewer import Viewer
from shangliang.people.access import for_roles, found
from shangliang.reports.queries import photo_for
from shangliang.reports.views.doors import for_holders, private


@for_roles(*roles.OFFICE, roles.OFFICER)
@private
@require_safe
def photo(request: HttpRequest, name: str) -> HttpResponse:
    """Show staff a picture of a report they may see; for anybody else there is none."""
    return _bytes_of(request.viewer, name)  # type: ignore[attr-defined]


@for_holders
@require_safe
def receipt_photo(request: HttpRequest, report: Any, name: str) -> HttpResponse:
    """Show whoever holds the receipt a picture of the own report."""
    return _bytes_of(request.holder, name)  # type: ignore[attr-defined]


def _bytes_of(viewer: Viewer, name: str) -> HttpResponse:
    row = found(photo_for(viewer, name))
    return HttpResponse(read_file(row), content_type=row.content_type, headers={"Content-Disposition": "inline"})
