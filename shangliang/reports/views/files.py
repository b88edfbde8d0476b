"""Pictures: no public address, the viewer is asked at each request."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from shangliang.foundation import roles
from shangliang.foundation.files import read_file
from shangliang.people.access import for_roles, found
from shangliang.reports.queries import photo_for
from shangliang.reports.views.doors import private


@for_roles(*roles.OFFICE, roles.OFFICER)
@private
@require_safe
def photo(request: HttpRequest, name: str) -> HttpResponse:
    """Show staff a picture of a report they may see; for anybody else there is none."""
    row = found(photo_for(request.viewer, name))  # type: ignore[attr-defined]
    return HttpResponse(
        read_file(row), content_type=row.content_type, headers={"Content-Disposition": "inline"}
    )
