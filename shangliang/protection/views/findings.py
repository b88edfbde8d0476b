"""What a member was asked to look at: only the office's own line, and the member's own words."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shangliang.foundation import clock, roles
from shangliang.people.access import attempt, attempt_form, for_roles, found
from shangliang.protection import actions
from shangliang.protection.forms import FindingForm
from shangliang.protection.queries import findings_asked_of, get_finding_for
from shangliang.reports.receipt_slip import slip_of


@require_safe
@for_roles(roles.MEMBER)
def findings(request: HttpRequest) -> HttpResponse:
    """List what the member was asked to look at, latest first."""
    return render(request, "protection/findings.html", {"rows": findings_asked_of(request.viewer)[:100]})


@require_http_methods(["GET", "POST"])
@never_cache
@for_roles(roles.MEMBER)
def finding(request: HttpRequest, code: str) -> HttpResponse:
    """Show the one line the office wrote, and take the member's own words; the receipt is shown this once."""
    one = found(get_finding_for(request.viewer, code))
    form = FindingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        raised = attempt_form(form, lambda: actions.raise_own(one, **said, by=request.viewer, at=clock.now()))
        if raised:
            return render(request, "protection/finding_done.html", {"slip": slip_of(request, raised.bits)})
    shown = {"one": one, "form": form}
    return render(request, "protection/finding.html", shown, status=422 if form.errors else 200)


@require_POST
@for_roles(roles.MEMBER)
def decline(request: HttpRequest, code: str) -> HttpResponse:
    """The member does not raise it this time."""
    one = found(get_finding_for(request.viewer, code))
    if attempt(request, lambda: actions.decline_finding(one, by=request.viewer, at=clock.now())):
        messages.success(request, _("好的，谢谢您看过。"))
    return redirect("protection:findings")
