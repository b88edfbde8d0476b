"""From a report of the desk: handed to another system, or noted as being with one already."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from shangliang.analysis.redact import hide_private
from shangliang.exchange import actions, notices, queries
from shangliang.exchange.forms.transfers import ElsewhereForm, ReferOutForm
from shangliang.foundation import clock, roles
from shangliang.people.access import attempt_form, for_roles, found
from shangliang.reports.queries import get_report_for
from shangliang.ui.forms import Form


@for_roles(*roles.OFFICE)
def refer(request: HttpRequest, code: str) -> HttpResponse:
    """Refer one report of the desk to another system."""
    report = found(get_report_for(request.viewer, code))
    systems = queries.systems_of(request.viewer).filter(is_used=True)
    owner, owner_words = queries.owner_of_report(request.viewer, report, clock.today())
    form = ReferOutForm(
        request.POST if request.method == "POST" else None, systems=systems, owner=owner, hint=owner_words
    )
    if request.method == "POST" and form.is_valid():
        system, words = form.cleaned_data["system"], form.cleaned_data["words"]
        said = words or notices.begins_with(system.name)
        made = attempt_form(
            form,
            lambda: actions.refer_out(report, system=system, words=said, by=request.viewer, at=clock.now()),
        )
        if made:
            messages.success(request, _("转出去了。核对文字，列成转办单，再交过去。"))
            return redirect("exchange:transfer_step", made.code, "words")
    return _of_report(request, report, form, _("转出去"), has_systems=systems.exists())


@for_roles(*roles.OFFICE)
def elsewhere(request: HttpRequest, code: str) -> HttpResponse:
    """Note that the reporter is already with another system."""
    report = found(get_report_for(request.viewer, code))
    first = {"system": report.elsewhere, "number": report.elsewhere_number} if report.elsewhere else None
    form = ElsewhereForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if attempt_form(
            form, lambda: actions.record_elsewhere(report, **said, by=request.viewer, at=clock.now())
        ):
            messages.success(request, _("记下了，反映人凭回执也看得到。"))
            return redirect("reports:desk_report", code)
    return _of_report(request, report, form, _("记下已经找过哪里"))


def _of_report(
    request: HttpRequest, report: Any, form: Form, title: str, has_systems: bool = True
) -> HttpResponse:
    shown = {"report": report, "form": form, "title": title, "hidden_words": hide_private(report.text)[0], "has_systems": has_systems,
             "back": reverse("reports:desk_report", args=[report.code])}  # fmt: skip
    return render(request, "exchange/of_report.html", shown, status=422 if form.errors else 200)
