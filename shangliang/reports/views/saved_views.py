"""Keeping the filters of the desk under a name, renaming and deleting what one kept oneself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from shangliang.foundation import clock, roles
from shangliang.people.access import attempt, attempt_form, for_roles, found
from shangliang.reports.actions.saved_views import delete_view, rename_view, save_view
from shangliang.reports.forms.desk import ViewNameForm
from shangliang.reports.queries.saved_views import get_saved_view_for
from shangliang.reports.views.desk_address import filter_of, query_of

REFUSED = 422


@for_roles(*roles.OFFICE)
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the filters that stand in the address under a name."""
    query = query_of(filter_of(request))
    form = ViewNameForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        name = form.cleaned_data["name"]
        kept = attempt_form(
            form, lambda: save_view(name=name, query=query, by=request.viewer, at=clock.now())
        )
        if kept:
            messages.success(request, _("存好了，在上面一排里，点一下就是这些条件。"))
            return redirect(_desk(query))
    shown = {"form": form, "back": _desk(query), "kept": None}
    return render(request, "reports/desk/view.html", shown, status=REFUSED if form.errors else 200)


@for_roles(*roles.OFFICE)
def change(request: HttpRequest) -> HttpResponse:
    """Give one's own view (``?view=`` its name) another name, or delete it."""
    name = request.GET.get("view", "").replace("\0", "")
    view = found(get_saved_view_for(request.viewer, name))
    back = _desk(view.query)
    if request.method == "POST" and request.POST.get("act") == "delete":
        if attempt(request, lambda: delete_view(view, by=request.viewer, at=clock.now())):
            messages.success(request, _("删掉了“%(name)s”，线索都没动。") % {"name": name})
        return redirect("reports:desk")
    form = ViewNameForm(request.POST if request.method == "POST" else None, initial={"name": view.name})
    if form.is_valid():
        wanted = form.cleaned_data["name"]
        if attempt_form(form, lambda: rename_view(view, name=wanted, by=request.viewer, at=clock.now())):
            return redirect(back)
    shown = {"form": form, "back": back, "kept": name}
    return render(request, "reports/desk/view.html", shown, status=REFUSED if form.errors else 200)


def _desk(query: str) -> str:
    return reverse("reports:desk") + (f"?{query}" if query else "")
