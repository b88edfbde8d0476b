"""本办公室: who has which role, places, units."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shangliang.foundation import clock, roles
from shangliang.people import actions, queries
from shangliang.people.access import Request, attempt, attempt_form, for_roles, found, is_key
from shangliang.people.forms.lists import PlacesForm, UnitsForm
from shangliang.people.forms.office import AppointForm, OrganisationForm
from shangliang.people.permissions import GRANTED_BY_CLERKS, MAY_MANAGE

OPEN_TO = (*roles.OFFICE, roles.ADMIN)


def office_page(
    request: Request, template: str, here: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """Answer with one of the office's pages under its row of tabs."""
    pages = (("office", _("人员")), ("places", _("街道社区")), ("units", _("单位")), ("settings", _("设置")),
             ("days", _("工作日表")), ("background", _("后台")), ("ledger", _("账链")))  # fmt: skip
    tabs = [(label, reverse(f"people:{name}"), name == here) for name, label in pages]
    may = request.viewer.role in MAY_MANAGE
    return render(request, template, {"tabs": tabs, "may_manage": may, **context}, status=status)


def links_page(request: Request, seated: list[Any], back: str, onward: str = "") -> HttpResponse:
    """Show one-time links, once: they are kept only as digests."""
    rows = [(one.appointment, request.build_absolute_uri(reverse("people:invite", args=[one.token])) if one.token else "")
            for one in seated]  # fmt: skip
    days = actions.INVITATION_DAYS
    return render(request, "people/links.html", {"rows": rows, "back": back, "onward": onward, "days": days})


@for_roles(*OPEN_TO)
def office(request: Request) -> HttpResponse:
    """Who has which role; a POST gives one and shows the one-time link."""
    form = AppointForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        seated = attempt_form(form, lambda: actions.seat_people(
            committee=request.committee, people=[form.person()], by=request.viewer, at=clock.now()))  # fmt: skip
        if seated:
            return links_page(request, seated, reverse("people:office"))
    rows = queries.standing_in_own_committee(request.viewer)
    units = queries.organisations_of(request.committee.pk)
    mine = request.viewer.appointment_id
    return office_page(request, "people/office.html", "office", {
        "form": form, "rows": rows, "units": units, "granted": GRANTED_BY_CLERKS, "mine": mine})  # fmt: skip


@for_roles(*OPEN_TO)
@require_POST
def link_again(request: Request) -> HttpResponse:
    """Make a new one-time link for somebody (a first password lost, or never set)."""
    held = found(queries.get_appointment_for(request.viewer, _number(request, "appointment")))
    token = attempt(request, lambda: actions.invite(
        person=held.person, committee=request.committee, by=request.viewer, at=clock.now()))  # fmt: skip
    if not token:
        return redirect("people:office")
    return links_page(request, [actions.Seated(held, token)], reverse("people:office"))


@for_roles(*OPEN_TO)
@require_POST
def end_appointment(request: Request) -> HttpResponse:
    """End one appointment."""
    held = found(queries.get_appointment_for(request.viewer, _number(request, "appointment")))
    if attempt(request, lambda: actions.end_appointment(held, by=request.viewer, at=clock.now())):
        messages.success(request, _("%(name)s的这个身份结束了。") % {"name": held.person.name})
    return redirect("people:office")


@for_roles(*OPEN_TO)
def places(request: Request) -> HttpResponse:
    """Streets and communities; a POST shows what was read, a second one adds it."""
    form = PlacesForm(request.POST or None, request.FILES or None)
    preview = None
    if request.method == "POST" and form.is_valid():
        if "save" in request.POST:
            added = attempt_form(form, lambda: _add_places(request, form))
            if added is not None:
                messages.success(request, _("加了 %(count)s 个。") % {"count": added})
                return redirect("people:places")
        form, preview = form.as_pasted(), form.preview()
    rows = queries.places_in_order(request.committee.pk)
    return office_page(
        request, "people/places.html", "places", {"form": form, "preview": preview, "rows": rows}
    )


def _add_places(request: Request, form: PlacesForm) -> int:
    return actions.add_places(
        committee=request.committee, places=form.rows, by=request.viewer, at=clock.now()
    )


@for_roles(*OPEN_TO)
def units(request: Request) -> HttpResponse:
    """Units; a POST adds those pasted."""
    form = UnitsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        added = attempt_form(form, lambda: actions.add_units(
            committee=request.committee, units=form.rows, by=request.viewer, at=clock.now()))  # fmt: skip
        if added is not None:
            messages.success(request, _("加了 %(count)s 个单位。") % {"count": added})
            return redirect("people:units")
    rows = [(row, _describing(row)) for row in queries.organisations_of(request.committee.pk)]
    return office_page(request, "people/units.html", "units", {"form": form, "rows": rows})


def _describing(row: Any) -> OrganisationForm:
    names = ("kind", "is_issuing_authority", "by_letter")
    return OrganisationForm(initial={name: getattr(row, name) for name in names}, auto_id=f"id_%s_{row.pk}")


@for_roles(*OPEN_TO)
@require_POST
def unit(request: Request) -> HttpResponse:
    """Change what one unit is: its kind, whether it assigns, whether it is asked by letter."""
    row = found(queries.get_organisation_for(request.viewer, _number(request, "unit")))
    form = OrganisationForm(request.POST)
    if not form.is_valid():
        return redirect("people:units")
    said = form.cleaned_data
    done = attempt(
        request, lambda: actions.describe_organisation(row, **said, by=request.viewer, at=clock.now())
    )
    if done:
        messages.success(request, _("“%(name)s”改好了。") % {"name": row.name})
    return redirect("people:units")


def _number(request: Request, name: str) -> int:
    said = request.POST.get(name, "")
    return int(said) if is_key(said) else 0
