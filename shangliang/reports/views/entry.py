"""Entering a report for somebody, and the receipt slip that is handed over."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from shangliang.foundation import clock, roles
from shangliang.foundation.codes import new_form_key
from shangliang.people.access import attempt_form, for_roles
from shangliang.people.queries import communities_of
from shangliang.reports.actions.entering import enter_report
from shangliang.reports.actions.receiving import OtherBody, Received
from shangliang.reports.forms.desk import EntryForm
from shangliang.reports.queries.points import open_points_of
from shangliang.reports.receipt_slip import slip_of


@for_roles(*roles.OFFICE, roles.KEEPER)
def enter(request: HttpRequest) -> HttpResponse:
    """The form; what answers it is the slip to print, so that no receipt code ever stands in an address."""
    form = EntryForm(
        request.POST if request.method == "POST" else None,
        initial={"happened_on": clock.today()},
        areas=communities_of(request.committee.pk),
        points=open_points_of(request.viewer),
    )
    if request.method == "POST" and form.is_valid():
        received = attempt_form(form, lambda: _entered(request, form))
        if received:
            return _slip(request, received)
    return render(request, "reports/desk/enter.html", {"form": form}, status=422 if form.errors else 200)


def _entered(request: HttpRequest, form: EntryForm) -> Received:
    said = form.cleaned_data
    names = (
        "form_key",
        "text",
        "channel",
        "point",
        "area",
        "place",
        "contact",
        "may_unit_call",
        "happened_on",
    )
    try:
        return enter_report(
            committee=request.committee,
            **{name: said[name] for name in names},
            at=clock.now(),
            has_consented=said["consent"],
            entry_source=said["source"],
            by=request.viewer,
        )
    except OtherBody:
        form.data = {
            **request.POST.dict(),
            "form_key": new_form_key(),
        }  # the next press sends these words as a report
        raise


def _slip(request: HttpRequest, received: Received) -> HttpResponse:
    back = reverse("reports:desk" if request.viewer.role in roles.OFFICE else "reports:points")
    shown = {
        "report": received.report,
        "slip": slip_of(request, received.bits),
        "back": back,
        "page": request.build_absolute_uri(reverse("reports:receipt_lookup")),
    }
    response = render(request, "reports/desk/slip.html", shown)
    response["Cache-Control"] = "no-store, private"
    return response
