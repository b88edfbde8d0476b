"""Entering a report for somebody, and the receipt slip that is handed over."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from shangliang.foundation import clock, roles
from shangliang.foundation.codes import new_form_key, normalise_code
from shangliang.people.access import Request, attempt_form, for_roles
from shangliang.people.queries import communities_of
from shangliang.reports.actions.entering import CHANNELS_OF, already_entered, enter_report
from shangliang.reports.actions.receiving import OtherBody, Received
from shangliang.reports.forms.entry import EntryForm
from shangliang.reports.paper_form import grouped
from shangliang.reports.queries.paper import is_entered
from shangliang.reports.queries.points import open_points_of
from shangliang.reports.receipt_slip import slip_of

SAID = (
    "form_key",
    "text",
    "channel",
    "point",
    "area",
    "place",
    "contact",
    "may_unit_call",
    "happened_on",
    "photos",
    "elsewhere",
    "elsewhere_number",
)


@for_roles(*roles.OFFICE, roles.KEEPER, roles.MEMBER)
def enter(request: Request) -> HttpResponse:
    """The form; what answers it is the slip to print, so that no receipt code ever stands in an address."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        received = attempt_form(form, lambda: _entered(request, form))
        if received:
            return _slip(request, form, received)
    is_used = request.method == "GET" and is_entered(request.viewer, request.GET.get("number", ""))
    context = {
        "form": form,
        "role": request.viewer.role,
        "lost_photos": bool(request.FILES),
        "used": already_entered() if is_used else "",
    }
    return render(request, "reports/desk/enter.html", context, status=422 if form.errors else 200)


def _form(request: Request) -> EntryForm:
    """The form as sent, or empty but for what the square of a paper form says: its number and its point."""
    number, point = request.GET.get("number", ""), request.GET.get("point", "")
    channel = "paper" if number or request.GET.get("channel") == "paper" else None
    asked = {
        "form_number": grouped(normalise_code(number)),
        "point": point,
        "channel": channel,
        "source": request.GET.get("source"),
    }
    return EntryForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial={"happened_on": clock.today(), **{key: value for key, value in asked.items() if value}},
        areas=communities_of(request.committee.pk),
        points=open_points_of(request.viewer),
        channels=CHANNELS_OF[request.viewer.role],
    )


def _entered(request: Request, form: EntryForm) -> Received:
    said = form.cleaned_data
    try:
        return enter_report(
            committee=request.committee,
            **{name: said[name] for name in SAID},
            form_number=said.get("form_number", ""),
            at=clock.now(),
            has_consented=said["consent"],
            entry_source=said["source"],
            by=request.viewer,
        )
    except OtherBody:
        # the next press sends these words as a report
        form.data = {**request.POST.dict(), "form_key": new_form_key()}  # type: ignore[assignment]
        raise


def _slip(request: Request, form: EntryForm, received: Received) -> HttpResponse:
    """The receipt to hand over; nothing of it where the person tore it off the paper form already."""
    back = reverse("reports:desk" if request.viewer.role in roles.OFFICE else "reports:my_points")
    shown: dict[str, Any] = {"report": received.report, "back": back, "is_repeat": received.is_repeat}
    if form.cleaned_data.get("form_number"):
        point = form.cleaned_data["point"]
        shown |= {"number": form.cleaned_data["form_number"], "point": point}
        response = render(request, "reports/desk/paper_entered.html", shown)
    else:
        shown["slip"] = slip_of(request, received.bits)
        shown["page"] = request.build_absolute_uri(reverse("reports:receipt_lookup"))
        response = render(request, "reports/desk/slip.html", shown)
    response["Cache-Control"] = "no-store, private"
    return response
