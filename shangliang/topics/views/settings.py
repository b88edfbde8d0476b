"""A committee's forms of consultation and their settings."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shangliang.foundation import clock, roles
from shangliang.people.access import attempt, attempt_form, for_roles, found
from shangliang.topics import actions, queries
from shangliang.topics.forms import FormSettingsForm


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*roles.OFFICE, roles.ADMIN)
def all_forms(request: HttpRequest) -> HttpResponse:
    """The forms of this committee; where there are none yet, one press makes the usual five."""
    by, committee = request.viewer, request.committee  # type: ignore[attr-defined]
    if request.method == "POST":
        attempt(request, lambda: actions.ensure_forms(committee, by=by, at=clock.now()))
        return redirect("topics:forms")
    return render(request, "topics/forms.html", {"rows": queries.forms_of(committee.pk)})


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*roles.OFFICE, roles.ADMIN)
def one_form(request: HttpRequest, key: str) -> HttpResponse:
    """One form: its name, who approves, how many days of notice."""
    by = request.viewer  # type: ignore[attr-defined]
    row = found(queries.get_form_for(by, key))
    form = FormSettingsForm(
        request.POST or None,
        initial={"name": row.name, "approver": row.approver, "notice_days": row.notice_days},
    )
    if request.method == "POST" and form.is_valid():
        if attempt_form(form, lambda: actions.change_form(row, **form.cleaned_data, by=by, at=clock.now())):
            messages.success(request, _("改好了，以后报审的议题照新的来。"))
            return redirect("topics:forms")
    return render(request, "topics/form.html", {"row": row, "form": form}, status=422 if form.errors else 200)
