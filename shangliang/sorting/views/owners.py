"""The owner table: one issue as page, workbook and paper; a new issue; the history of all of them."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shangliang.foundation import clock
from shangliang.foundation.lifecycle import verb_labels
from shangliang.people.access import attempt_form, for_roles, found
from shangliang.sorting import actions, queries
from shangliang.sorting.forms import EVERYWHERE, IssueForm, area_path
from shangliang.sorting.permissions import MAY_ISSUE
from shangliang.sorting.rules import PARTING
from shangliang.sorting.views.frame import OPEN_TO, day_said, sorting_page
from shangliang.ui.xlsx import Sheet, workbook_response

PAGE = 100
LONGEST_SEARCH = 40


@require_safe
@for_roles(*OPEN_TO)
def owners(request: HttpRequest) -> HttpResponse:
    """The issue in force today, else the latest; before the first, how to begin."""
    table = queries.table_on(request.viewer, clock.today()) or queries.latest_issue(request.viewer)
    if table is None:
        return sorting_page(request, "sorting/owners_none.html", "owners", {})
    return _issue_page(request, table)


@require_safe
@for_roles(*OPEN_TO)
def issue(request: HttpRequest, day: str) -> HttpResponse:
    """The issue that began on a day; ``q`` looks for words in kinds and units, ``format=xlsx`` takes it along."""
    return _issue_page(request, found(queries.issue_from(request.viewer, day_said(day))))


def _rows_shown(request: HttpRequest, table: Any) -> list[Any]:
    """Return the rows that hold today or will, or that held on the last day of an issue that is over."""
    day = min(clock.today(), table.until_on) if table.until_on else clock.today()
    asked = request.GET.get("q", "").strip()[:LONGEST_SEARCH]
    rows = list(queries.rows_of(request.viewer, table, max(day, table.from_on)))
    return [one for one in rows if asked in f"{one.category.path} {one.unit.name}"] if asked else rows


def _issue_page(request: HttpRequest, table: Any) -> HttpResponse:
    rows = _rows_shown(request, table)
    if request.GET.get("format") == "xlsx":
        return workbook_response(table.title, [_sheet_of(table, rows)])
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    today = clock.today()
    shown = {
        "table": table,
        "page": page,
        "lines": [
            (one, area_path(one.area) if one.area else EVERYWHERE, one.from_on > today) for one in page
        ],
        "asked": request.GET.get("q", "").strip()[:LONGEST_SEARCH],
        "is_over": bool(table.until_on and table.until_on < today),
        "is_ahead": table.from_on > today,
        "issues": list(queries.tables_of(request.viewer)),
    }
    return sorting_page(request, "sorting/owners.html", "owners", shown)


def _sheet_of(table: Any, rows: list[Any]) -> Sheet:
    columns = (_("一级"), _("二级"), _("三级"), _("街道社区"), _("主责单位"), _("从哪天起"), _("为什么"))
    lines = [
        (*_three(one.category.path), area_path(one.area) if one.area else "", one.unit.name, one.from_on, one.because)
        for one in rows
    ]  # fmt: skip
    return Sheet(_("第 %(year)s 年") % {"year": table.year}, columns, lines)


def _three(path: str) -> list[str]:
    names = path.split(PARTING)
    return names + [""] * (3 - len(names))


@require_safe
@for_roles(*OPEN_TO)
def issue_print(request: HttpRequest, day: str) -> HttpResponse:
    """One issue on paper, every row."""
    table = found(queries.issue_from(request.viewer, day_said(day)))
    lines = [(one, area_path(one.area) if one.area else EVERYWHERE) for one in _rows_shown(request, table)]
    shown = {"table": table, "lines": lines, "today": clock.today()}
    return sorting_page(request, "sorting/owners_print.html", "owners", shown)


@for_roles(*MAY_ISSUE)
def issue_new(request: HttpRequest) -> HttpResponse:
    """Issue the table of a new year."""
    today = clock.today()
    latest = queries.latest_issue(request.viewer)
    first: dict[str, Any] = {"year": today.year, "from_on": today, "copy": "empty"}
    if latest:
        year = latest.year + 1
        begins = max(today, date(year, 1, 1)) if year <= today.year + 1 else today
        title = latest.title.replace(str(latest.year), str(year))
        first |= {"year": year, "title": title, "from_on": begins, "copy": "latest"}
    form = IssueForm(request.POST or None, viewer=request.viewer, initial=first)
    if request.method == "POST" and form.is_valid():
        made = attempt_form(form, lambda: actions.issue_table(
            committee=request.committee, **form.chosen(), by=request.viewer, at=clock.now()))  # fmt: skip
        if made:
            messages.success(
                request, _("第 %(year)s 年的主责单位表印发了，可以接着改。") % {"year": made.year}
            )
            return redirect("sorting:issue", made.from_on.isoformat())
    shown = {"form": form, "title": _("印发新一年的主责单位表"), "submit": _("印发"), "back": reverse("sorting:owners")}  # fmt: skip
    return sorting_page(request, "sorting/one_form.html", "owners", shown, status=422 if form.errors else 200)


@require_safe
@for_roles(*OPEN_TO)
def history(request: HttpRequest) -> HttpResponse:
    """Every issue, with the acts on it; and every changed row of the one asked for (``issue``), else of the latest."""
    tables = list(queries.tables_of(request.viewer))
    issues = queries.acts_of(request.viewer, tables)
    asked = request.GET.get("issue", "")
    chosen = next((one for one in issues if one.table.from_on.isoformat() == asked), None)
    chosen = chosen or (issues[0] if issues else None)
    changed = queries.changes_of(request.viewer, chosen) if chosen else []
    page = Paginator(changed, PAGE).get_page(request.GET.get("page"))
    labels = verb_labels()
    shown = {
        "issues": [
            (one.table, [(labels.get(act.verb, act.verb), act) for act in one.acts]) for one in issues
        ],
        "chosen": chosen,
        "page": page,
        "lines": [(one, area_path(one.row.area) if one.row.area else EVERYWHERE) for one in page],
    }
    return sorting_page(request, "sorting/owners_history.html", "owners", shown)
