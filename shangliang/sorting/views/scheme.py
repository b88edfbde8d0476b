"""The scheme of kinds: the whole tree, a file taken in after a look, one added, renamed, retired."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shangliang.foundation import clock
from shangliang.people.access import attempt, attempt_form, for_roles, found
from shangliang.sorting import actions, queries, rules
from shangliang.sorting.forms import CategoryForm, SchemeForm
from shangliang.sorting.rules import LEVELS
from shangliang.sorting.views.frame import OPEN_TO, sorting_page
from shangliang.ui.parts import Button
from shangliang.ui.xlsx import Sheet, workbook_response


@require_safe
@for_roles(*OPEN_TO)
def scheme(request: HttpRequest) -> HttpResponse:
    """The kinds in use as a tree, those out of use below; ``format=xlsx`` takes the scheme along."""
    if request.GET.get("format") == "xlsx":
        columns = (_("一级"), _("二级"), _("三级"))
        return workbook_response(
            _("类别方案"), [Sheet(_("类别方案"), columns, queries.scheme_names(request.viewer))]
        )
    counts = queries.scheme_counts(request.viewer)
    shown = {
        "tree": queries.scheme_tree(request.viewer),
        "counts": counts,
        "retired": queries.retired_categories(request.viewer) if counts.retired else [],
    }
    return sorting_page(request, "sorting/scheme.html", "scheme", shown)


@for_roles(*OPEN_TO)
def scheme_import(request: HttpRequest) -> HttpResponse:
    """Look at what a file would change; a second POST takes it in, if nothing moved meanwhile."""
    form = SchemeForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method != "POST" or not form.is_valid():
        return _import_page(request, form, 422 if form.errors else 200)
    if "save" in request.POST and (done := attempt(request, lambda: _take_in(request, form))):
        messages.success(request, _taken_in(done))
        return redirect("sorting:scheme")
    existing = dict(queries.categories_of(request.viewer).values_list("path", "is_current"))
    plan = rules.plan_scheme(existing, form.names)
    again = SchemeForm(initial={"text": form.merged, "seen": plan.mark})
    again.problems = form.problems
    return _import_page(request, again, 422 if "save" in request.POST else 200, plan)


def _take_in(request: HttpRequest, form: SchemeForm) -> rules.SchemePlan:
    return actions.import_scheme(
        committee=request.committee,
        names=form.names,
        expected=form.cleaned_data["seen"],
        by=request.viewer,
        at=clock.now(),
    )


def _taken_in(plan: rules.SchemePlan) -> str:
    said = {"new": len(plan.new), "revived": len(plan.revived), "retired": len(plan.retired)}
    return _("收进来了：新加 %(new)s 个，加回来 %(revived)s 个，停用 %(retired)s 个。") % said


def _import_page(
    request: HttpRequest, form: SchemeForm, status: int, plan: rules.SchemePlan | None = None
) -> HttpResponse:
    return sorting_page(
        request, "sorting/scheme_import.html", "scheme", {"form": form, "plan": plan}, status=status
    )


@require_safe
@for_roles(*OPEN_TO)
def category(request: HttpRequest) -> HttpResponse:
    """One kind: who answers for it in the whole district, what is below it, and what may be done with it."""
    row = found(queries.category_at(request.viewer, request.GET.get("kind", "")))
    shown = {
        "category": row,
        "below": queries.kinds_below(request.viewer, row),
        "words": queries.owner_book(request.viewer, clock.today()).words(row.pk, None)
        if row.is_current
        else "",
        "buttons": _buttons(row),
    }
    return sorting_page(request, "sorting/category.html", "scheme", shown)


def _buttons(row: Any) -> list[Button]:
    here = urlencode({"kind": row.path})
    if not row.is_current:
        again = urlencode({"under": row.parent.path if row.parent else "", "name": row.name})
        return [Button(_("加回来"), f"{reverse('sorting:category_add')}?{again}", needs_form=True)]
    add = f"{reverse('sorting:category_add')}?{urlencode({'under': row.path})}"
    rename = f"{reverse('sorting:category_rename')}?{here}"
    confirm = _("停用以后，新的事项不能再归到这里和下面的类别；已经归在这里的不变。停用吗？")
    stop = Button(_("停用"), reverse("sorting:category_retire"), confirm=confirm, fields={"kind": row.path})
    below = [Button(_("在下面加一类"), add, needs_form=True)] if row.level < LEVELS else []
    return [*below, Button(_("改名"), rename, needs_form=True), stop]


@for_roles(*OPEN_TO)
def category_add(request: HttpRequest) -> HttpResponse:
    """Add one kind, on the first level or below the one named in the address; without a name: bring that one back."""
    under = request.GET.get("under", "")
    parent = found(queries.category_at(request.viewer, under)) if under else None
    first = {"name": request.GET.get("name", "")}
    form = CategoryForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        made = attempt_form(form, lambda: actions.add_category(
            committee=request.committee, parent=parent, name=form.cleaned_data["name"], by=request.viewer,
            at=clock.now()))  # fmt: skip
        if made:
            messages.success(request, _("“%(path)s”加好了，归类时可以选了。") % {"path": made.path})
            return redirect("sorting:scheme")
    shown = {
        "title": _("在“%(path)s”下面加一类") % {"path": parent.path} if parent else _("加一个一级类别"),
        "submit": _("加上"),
    }
    return _category_page(request, form, shown)


@for_roles(*OPEN_TO)
def category_rename(request: HttpRequest) -> HttpResponse:
    """Give the kind named in the address another name."""
    row = found(queries.category_at(request.viewer, request.GET.get("kind", "")))
    form = CategoryForm(request.POST or None, initial={"name": row.name})
    if request.method == "POST" and form.is_valid():
        renamed = attempt_form(form, lambda: actions.rename_category(
            row, name=form.cleaned_data["name"], by=request.viewer, at=clock.now()))  # fmt: skip
        if renamed:
            messages.success(
                request, _("改成了“%(path)s”，归在这一类的事项都跟着改。") % {"path": renamed.path}
            )
            return redirect("sorting:scheme")
    shown = {"title": _("给“%(path)s”改名") % {"path": row.path}, "submit": _("改好"), "is_rename": True}
    return _category_page(request, form, shown)


def _category_page(request: HttpRequest, form: CategoryForm, shown: dict[str, Any]) -> HttpResponse:
    shown |= {"form": form, "back": reverse("sorting:scheme")}
    return sorting_page(request, "sorting/one_form.html", "scheme", shown, status=422 if form.errors else 200)


@require_POST
@for_roles(*OPEN_TO)
def category_retire(request: HttpRequest) -> HttpResponse:
    """Stop using a kind and what is below it."""
    row = found(queries.category_at(request.viewer, request.POST.get("kind", "")))
    stopped = attempt(request, lambda: actions.retire_category(row, by=request.viewer, at=clock.now()))
    if stopped:
        messages.success(
            request,
            _("“%(path)s”停用了（连下面的一共 %(count)s 个）。已经归在这里的事项不变。")
            % {"path": row.path, "count": stopped},
        )
    return redirect("sorting:scheme")
