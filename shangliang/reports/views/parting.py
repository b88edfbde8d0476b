"""Not the same: said of a report and what stands beside it, in one press; taken back where it is shown."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shangliang.foundation import clock, roles
from shangliang.people.access import attempt, for_roles, found
from shangliang.reports.actions import parting
from shangliang.reports.queries import get_matter_for, get_report_for
from shangliang.reports.queries.aparts import apart_of
from shangliang.reports.views.desk_address import address


@require_POST
@for_roles(*roles.OFFICE)
def set_apart(request: HttpRequest, code: str) -> HttpResponse:
    """The report is not what stands beside it: a matter by its number, or another report that waits."""
    report = found(get_report_for(request.viewer, code))
    number = request.POST.get("matter", "")
    if number:
        matter = found(get_matter_for(request.viewer, number))
    else:
        matter = found(get_report_for(request.viewer, request.POST.get("report", ""))).matter
    if attempt(request, lambda: parting.set_apart(report, matter, by=request.viewer, at=clock.now())):
        messages.success(
            request, _("记下了：不是一件事，不再放在一起问您。点错了，在“说过不是一件事的”里收回。")
        )
    return redirect(address("reports:desk_report", request, code))


@require_POST
@for_roles(*roles.OFFICE)
def take_back(request: HttpRequest, code: str) -> HttpResponse:
    """Take back that the two are not the same."""
    report = found(get_report_for(request.viewer, code))
    said = found(apart_of(request.viewer, report, request.POST.get("other", "")))
    if attempt(request, lambda: parting.take_back_apart(said, by=request.viewer, at=clock.now())):
        messages.success(request, _("收回了，像的话会再放在一起。"))
    return redirect(address("reports:desk_report", request, code))
