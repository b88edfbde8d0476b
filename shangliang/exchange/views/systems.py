"""The other systems: the list, and one with the columns of its sheet."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shangliang.exchange import actions, queries
from shangliang.exchange.forms.transfers import SystemForm
from shangliang.foundation import clock, roles
from shangliang.people.access import attempt_form, for_roles, found
from shangliang.people.permissions import MAY_MANAGE

MAY_SEE = (*roles.OFFICE, roles.ADMIN)


@for_roles(*MAY_SEE)
def systems(request: HttpRequest) -> HttpResponse:
    """The other systems of the committee."""
    shown = {"systems": queries.systems_of(request.viewer), "may_change": request.viewer.role in MAY_MANAGE,
             "is_office": request.viewer.role in roles.OFFICE}  # fmt: skip
    return render(request, "exchange/systems.html", shown)


@for_roles(*MAY_MANAGE)
def system(request: HttpRequest, code: str = "") -> HttpResponse:
    """Set one up or change it."""
    row = found(queries.get_system_for(request.viewer, code)) if code else None
    form = SystemForm(request.POST if request.method == "POST" else None, system=row)
    if request.method == "POST" and form.is_valid():
        if attempt_form(form, lambda: _described(request, row, form)):
            messages.success(request, _("存好了，筛选台上可以往这里转。"))
            return redirect("exchange:systems")
    shown = {"form": form, "system": row}
    return render(request, "exchange/system.html", shown, status=422 if form.errors else 200)


def _described(request: HttpRequest, row: Any, form: SystemForm) -> Any:
    names = ("name", "sheet_kind", "columns", "number_format", "answer_days", "is_used")
    said = {name: form.cleaned_data[name] for name in names}
    return actions.describe_system(
        row, committee=request.committee, **said, by=request.viewer, at=clock.now()
    )
