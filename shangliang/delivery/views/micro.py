"""A micro-consultation on one phone screen."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shangliang.delivery import actions
from shangliang.delivery.forms import MicroForm, known_before
from shangliang.foundation import clock, roles
from shangliang.people.access import attempt_form, for_roles
from shangliang.reports.queries import get_matter_for


@require_http_methods(["GET", "POST"])
@for_roles(*roles.OFFICE)
def micro(request: HttpRequest) -> HttpResponse:
    """Take one sheet; pressing twice gives one consultation, and what is wrong says so with everything kept."""
    data = request.POST if request.method == "POST" else None
    form = MicroForm(data, viewer=request.viewer, committee_id=request.committee.pk,
                     initial=None if data else _proposed(request))  # fmt: skip
    if data and form.is_valid():
        row = attempt_form(form, lambda: actions.record_micro(
            committee=request.committee, sheet=form.sheet(), entry_key=form.cleaned_data["entry_key"],
            by=request.viewer, at=clock.now()))  # fmt: skip
        if row:
            messages.success(request, _("记好了，六步和三张清单都有了。"))
            return redirect("delivery:lists_of", code=row.code)
    return render(request, "delivery/micro.html", {"form": form}, status=422 if form.errors else 200)


def _proposed(request: HttpRequest) -> dict[str, Any]:
    """What can be known before anybody types; the matter too, where one comes from its page."""
    known = known_before(request.committee.pk, clock.today(), str(request.user))
    matter = get_matter_for(request.viewer, request.GET.get("matter", ""))
    return known | ({"matter": matter} if matter else {})
