"""Rows of an issue: one added, changed or ended, and many taken in from a file after a look."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from shangliang.foundation import clock
from shangliang.people.access import attempt, attempt_form, for_roles, found
from shangliang.sorting import actions, queries, rules
from shangliang.sorting.forms import EVERYWHERE, OwnerForm, OwnersForm, area_path
from shangliang.sorting.views.frame import OPEN_TO, day_said, sorting_page

LEFT_OUT = {"add": (), "change": ("category", "area"), "end": ("category", "area", "unit")}


def _table(request: HttpRequest, day: str) -> Any:
    return found(queries.issue_from(request.viewer, day_said(day)))


@for_roles(*OPEN_TO)
def owner_step(request: HttpRequest, day: str, verb: str) -> HttpResponse:
    """Add a row, or change or end the one whose kind and place stand in the address (``kind``, ``area``)."""
    table = _table(request, day)
    if verb not in LEFT_OUT:
        raise Http404
    kind, area = _asked(request)
    row = found(queries.row_for(request.viewer, table, found(kind), area)) if verb != "add" else None
    first = {
        "category": kind.pk if kind else None,
        "area": area,
        "from_on": max(clock.today(), table.from_on),
    }
    form = OwnerForm(request.POST or None, viewer=request.viewer, committee_id=table.committee_id,
                     leaves_out=LEFT_OUT[verb], initial=first)  # fmt: skip
    if request.method == "POST" and form.is_valid():
        if attempt_form(form, lambda: _act(request, table, row, form)):
            messages.success(request, _("记下了，以前归谁还查得到。"))
            return redirect("sorting:issue", day)
    shown = {"form": form, "table": table, "row": row, "place": area_path(area) if area else EVERYWHERE, "kind": kind,
             "title": _TITLES[verb](), "submit": _SUBMITS[verb](), "back": reverse("sorting:issue", args=[day])}  # fmt: skip
    return sorting_page(
        request, "sorting/owner_step.html", "owners", shown, status=422 if form.errors else 200
    )


_TITLES = {
    "add": lambda: _("写上一类事归谁"),
    "change": lambda: _("换主责单位"),
    "end": lambda: _("这一行不再用"),
}
_SUBMITS = {"add": lambda: _("写上"), "change": lambda: _("换"), "end": lambda: _("停掉")}


def _asked(request: HttpRequest) -> tuple[Any, Any]:
    """Return the kind and the area named in the address; 404 for names that are not there."""
    path, where = request.GET.get("kind", ""), request.GET.get("area", "")
    kind = found(queries.category_at(request.viewer, path)) if path else None
    area = found(queries.area_at(request.viewer, where)) if where else None
    return kind, area


def _act(request: HttpRequest, table: Any, row: Any, form: OwnerForm) -> Any:
    said = {**form.cleaned_data, "by": request.viewer, "at": clock.now()}
    if row is None:
        kind = queries.get_category_for(request.viewer, said["category"])
        return actions.add_owner(table, **{**said, "category": kind})
    if "unit" in said:
        return actions.change_owner(row, **said)
    return actions.end_owner(row, **said)


@for_roles(*OPEN_TO)
def owners_import(request: HttpRequest, day: str) -> HttpResponse:
    """Look at what a file would change in an issue; a second POST takes it in, if nothing moved meanwhile."""
    table = _table(request, day)
    known: dict[str, Any] = {"viewer": request.viewer, "committee_id": table.committee_id}
    first = {"from_on": table.from_on, "because": _("照文件导入")}
    if request.method != "POST":
        return _import_page(request, table, OwnersForm(**known, initial=first))
    form = OwnersForm(request.POST, request.FILES, **known)
    if not form.is_valid():
        return _import_page(request, table, form, status=422)
    if "save" in request.POST and (done := attempt(request, lambda: _take_in(request, table, form))):
        messages.success(request, _("收进来了：新加 %(new)s 行，换单位 %(changed)s 行，没变 %(same)s 行。")
                         % {"new": len(done.new), "changed": len(done.changed), "same": done.same})  # fmt: skip
        return redirect("sorting:issue", day)
    plan = queries.owner_plan(request.viewer, table, form.lines)
    kept = {name: form.cleaned_data[name] for name in ("from_on", "because")}
    again = OwnersForm(**known, initial={"text": form.merged, "seen": plan.mark, **kept})
    again.problems = form.problems
    return _import_page(request, table, again, plan, 422 if "save" in request.POST else 200)


def _take_in(request: HttpRequest, table: Any, form: OwnersForm) -> rules.OwnerPlan:
    said = form.cleaned_data
    return actions.import_owners(
        table,
        lines=form.lines,
        from_on=said["from_on"],
        because=said["because"],
        expected=said["seen"],
        by=request.viewer,
        at=clock.now(),
    )


def _import_page(
    request: HttpRequest, table: Any, form: OwnersForm, plan: Any = None, status: int = 200
) -> HttpResponse:
    shown: dict[str, Any] = {"form": form, "table": table, "plan": plan}
    if plan:
        shown["changes"] = queries.plan_in_words(request.viewer, plan)
    return sorting_page(request, "sorting/owners_import.html", "owners", shown, status=status)
