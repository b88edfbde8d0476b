"""A lost receipt: one of the office enters the contact somebody names, another agrees, the machine compares."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shangliang.foundation import clock, roles
from shangliang.people.access import attempt, attempt_form, for_roles, found
from shangliang.reports.actions.reissue import approve_reissue, ask_reissue
from shangliang.reports.forms.receipt import ReissueForm
from shangliang.reports.queries import get_report_for
from shangliang.reports.queries.desk import reissue_waiting
from shangliang.reports.receipt_slip import slip_of


@for_roles(*roles.OFFICE)
def reissue(request: HttpRequest, code: str) -> HttpResponse:
    """Say what is possible, ask for a new receipt, or show that an asking waits and for whom."""
    report = found(get_report_for(request.viewer, code))
    form = ReissueForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        named = form.cleaned_data["contact"]
        if attempt_form(form, lambda: ask_reissue(report, contact=named, by=request.viewer, at=clock.now())):
            messages.success(request, _("已经申请，请另一位同事打开这一页来同意。"))
            return redirect("reports:reissue", code)
    waiting = reissue_waiting(request.viewer, report)
    context = {"report": report, "form": form, "waiting": waiting,
               "is_mine": waiting is not None and waiting.asked_by == request.viewer.person_id}  # fmt: skip
    return render(request, "reports/desk/reissue.html", context, status=422 if form.errors else 200)


@require_POST
@for_roles(*roles.OFFICE)
def approve(request: HttpRequest, code: str) -> HttpResponse:
    """Agree: a new receipt is shown on this one answer, or mailed; a wrong contact is answered with one sentence."""
    report = found(get_report_for(request.viewer, code))
    waiting = reissue_waiting(request.viewer, report)
    if waiting is None:
        messages.error(request, _("现在没有等您同意的补发申请。"))
        return redirect("reports:reissue", code)
    done = attempt(request, lambda: approve_reissue(waiting, by=request.viewer, at=clock.now()))
    if done and done.bits:
        return _slip(request, report, done.bits)
    if done and done.is_mailed:
        messages.success(request, _("对上了。新的回执码已经发到他留的邮箱，旧的不能用了。"))
    elif done:
        messages.error(request, _("和留着的对不上，没有补发。请他再想想当时留的是哪个；一条最多试 3 次。"))
    return redirect("reports:reissue", code)


def _slip(request: HttpRequest, report: Any, bits: bytes) -> HttpResponse:
    context = {"report": report, "slip": slip_of(request, bits), "back": reverse("reports:desk_report", args=[report.code]),
               "page": request.build_absolute_uri(reverse("reports:receipt_lookup"))}  # fmt: skip
    response = render(request, "reports/desk/reissue_slip.html", context)
    response["Cache-Control"] = "no-store, private"
    return response
