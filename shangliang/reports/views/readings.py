"""A page of the desk tells, once it is open, that somebody has read a report: a GET writes nothing."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from shangliang.foundation import clock, roles
from shangliang.people.access import for_roles, found
from shangliang.reports.actions import record_reading
from shangliang.reports.queries import get_report_for
from shangliang.reports.queries.readings import has_read

NOTHING_TO_SHOW = 204


@require_POST
@for_roles(*roles.OFFICE)
def desk_read(request: HttpRequest, code: str) -> HttpResponse:
    """Note that the office has read a report."""
    return _read(request, code)


@require_POST
@for_roles(roles.OFFICER)
def officer_read(request: HttpRequest, code: str) -> HttpResponse:
    """Note that an officer has read a report."""
    return _read(request, code)


def _read(request: HttpRequest, code: str) -> HttpResponse:
    report = found(get_report_for(request.viewer, code))
    if not has_read(request.viewer, report):
        record_reading(report, by=request.viewer, at=clock.now())
    return HttpResponse(status=NOTHING_TO_SHOW)
