"""A unit beside the one that leads: so that nobody somebody complains about works on it alone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shangliang.delivery import actions
from shangliang.delivery.forms import CoUnitForm
from shangliang.delivery.queries import get_assignment_for
from shangliang.foundation import clock, roles
from shangliang.people.access import attempt_form, for_roles, found


@require_http_methods(["GET", "POST"])
@for_roles(*roles.OFFICE, roles.AUTHORITY)
def co_unit(request: HttpRequest, code: str) -> HttpResponse:
    """Add a unit that works on a task beside the lead one."""
    one = found(get_assignment_for(request.viewer, code))
    said = request.POST if request.method == "POST" else None
    form = CoUnitForm(said, assignment=one, viewer=request.viewer)
    if request.method == "POST" and form.is_valid():
        add = lambda: actions.add_co_unit(one, **form.cleaned_data, by=request.viewer, at=clock.now())  # noqa: E731
        if attempt_form(form, add):
            messages.success(request, _("加上了。"))
            return redirect("delivery:assignment", code=code)
    shown = {"one": one, "form": form}
    return render(request, "delivery/co_unit.html", shown, status=422 if form.errors else 200)
