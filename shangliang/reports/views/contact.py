"""Seeing a reporter's contact: asked by one, agreed to by another, shown once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shangliang.foundation import clock, roles
from shangliang.people.access import attempt, attempt_form, for_roles, found
from shangliang.reports.actions.unmasking import approve_unmask, ask_unmask
from shangliang.reports.forms.desk import ReasonForm
from shangliang.reports.queries import get_report_for
from shangliang.reports.queries.desk import unmasking_waiting


@for_roles(*roles.OFFICE)
def ask_contact(request: HttpRequest, code: str) -> HttpResponse:
    """Ask to see the contact, with a reason the reporter will read."""
    report = found(get_report_for(request.viewer, code))
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if attempt_form(form, lambda: ask_unmask(report, reason=reason, by=request.viewer, at=clock.now())):
            messages.success(request, _("已经申请，请另一位同事打开这条线索来同意。"))
            return redirect("reports:desk_report", code)
    return render(
        request,
        "reports/desk/contact.html",
        {"report": report, "form": form},
        status=422 if form.errors else 200,
    )


@require_POST
@for_roles(*roles.OFFICE)
def open_contact(request: HttpRequest, code: str) -> HttpResponse:
    """Agree, and show the contact on this one answer; it stands in no address and is not shown again."""
    report = found(get_report_for(request.viewer, code))
    waiting = found(unmasking_waiting(request.viewer, report))
    contact = attempt(request, lambda: approve_unmask(waiting, by=request.viewer, at=clock.now()))
    if contact is None:
        return redirect("reports:desk_report", code)
    response = render(
        request, "reports/desk/contact.html", {"report": report, "form": None, "contact": contact}
    )
    response["Cache-Control"] = "no-store, private"
    return response
