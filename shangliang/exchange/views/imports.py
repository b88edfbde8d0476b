"""Imports: the list with the upload, the look before anything is saved, part after part, what came of it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shangliang.exchange import actions, queries
from shangliang.exchange.actions.importing import table_of
from shangliang.exchange.forms.imports import FIELD_LABELS, ColumnsForm, FileForm
from shangliang.exchange.reading import preview_of
from shangliang.exchange.states import ImportState
from shangliang.foundation import clock, roles
from shangliang.foundation.refusals import Refusal
from shangliang.people.access import attempt, attempt_form, for_roles, found
from shangliang.reports.queries.points import open_points_of
from shangliang.ui.htmx import go_to, wants_fragment
from shangliang.ui.table_files import MOST_BYTES, Table
from shangliang.ui.xlsx import Sheet, workbook_response

PAGE = 20


@for_roles(*roles.OFFICE)
def imports(request: HttpRequest) -> HttpResponse:
    """Earlier imports, and the form that begins a new one."""
    form = FileForm(*_sent(request), points=open_points_of(request.viewer))
    if request.method == "POST" and form.is_valid():
        run = attempt_form(form, lambda: _held(request, form))
        if run:
            return redirect("exchange:import", run.code)
    page = Paginator(queries.imports_of(request.viewer), PAGE).get_page(request.GET.get("page"))
    shown = {"form": form, "page": page, "own": request.viewer.person_id}
    return render(request, "exchange/imports.html", shown, status=422 if form.errors else 200)


def _sent(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _held(request: HttpRequest, form: FileForm) -> Any:
    said = form.cleaned_data
    return actions.hold_file(
        said["file"].read(MOST_BYTES + 1),
        committee=request.committee,
        source=said["source"],
        point=said["point"],
        by=request.viewer,
        at=clock.now(),
    )


@for_roles(*roles.OFFICE)
@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One import: the look before, how far it is, or what came of it."""
    run = found(queries.get_import_for(request.viewer, code))
    has_file = queries.has_file(request.viewer, run)
    if run.state == ImportState.WAITING and has_file:
        try:
            table = table_of(run, by=request.viewer)
        except Refusal as refused:
            messages.error(request, str(refused))
            return redirect("exchange:imports")
        return _look(request, run, table, _columns_form(None, run, table))
    shown = {"has_file": has_file, "percent": _percent(run), **_undoing(request, run)}
    return render(request, "exchange/import.html", shown)


def _percent(run: Any) -> int:
    return 100 * run.next_row // run.rows if run.rows else 0


def _columns_form(said: Any, run: Any, table: Table) -> ColumnsForm:
    first = {**run.columns, "date_format": run.date_format, "sheet": run.sheet}
    return ColumnsForm(said, headings=table.headings, sheets=table.sheets, initial=first)


def _look(request: HttpRequest, run: Any, table: Table, form: ColumnsForm) -> HttpResponse:
    seen = (
        preview_of(table, run.columns, run.date_format, run.committee, clock.today())
        if run.columns.get("body")
        else None
    )
    mapped = [(FIELD_LABELS[field], run.columns[field]) for field in FIELD_LABELS if field in run.columns]
    shown = {"run": run, "table": table, "form": form, "seen": seen, "mapped": mapped}
    return render(request, "exchange/import_look.html", shown, status=422 if form.errors else 200)


@require_POST
@for_roles(*roles.OFFICE)
def columns(request: HttpRequest, code: str) -> HttpResponse:
    """Say which column fills what, then look again."""
    run = found(queries.get_import_for(request.viewer, code))
    table = attempt(request, lambda: table_of(run, by=request.viewer))
    if table is None:
        return redirect("exchange:imports")
    form = _columns_form(request.POST, run, table)
    if not form.is_valid() or not attempt_form(form, lambda: _chosen(request, run, form)):
        return _look(request, run, table, form)
    return redirect("exchange:import", code)


def _chosen(request: HttpRequest, run: Any, form: ColumnsForm) -> Any:
    said = form.cleaned_data
    return actions.choose_columns(
        run,
        columns={field: said[field] for field in FIELD_LABELS},
        date_format=said["date_format"],
        sheet=said.get("sheet", ""),
        save_as=said["save_as"],
        by=request.viewer,
        at=clock.now(),
    )


@require_POST
@for_roles(*roles.OFFICE)
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Begin, and take in the first part."""
    run = found(queries.get_import_for(request.viewer, code))
    if attempt(request, lambda: actions.begin_import(run, by=request.viewer, at=clock.now())):
        attempt(request, lambda: actions.import_next(run, by=request.viewer, at=clock.now()))
    return redirect("exchange:import", code)


@require_POST
@for_roles(*roles.OFFICE)
def next_part(request: HttpRequest, code: str) -> HttpResponse:
    """Take in the next part: pressed by a person, or by the page itself, which then shows how far it is."""
    run = found(queries.get_import_for(request.viewer, code))
    going = attempt(request, lambda: actions.import_next(run, by=request.viewer, at=clock.now()))
    if going and going.state == ImportState.RUNNING and wants_fragment(request):
        shown = {"run": going, "has_file": True, "percent": _percent(going)}
        return render(request, "exchange/import_progress.html", shown)
    return go_to(request, reverse("exchange:import", args=[code]))


@require_POST
@for_roles(*roles.OFFICE)
def drop(request: HttpRequest, code: str) -> HttpResponse:
    """Throw a file away before it was imported."""
    run = found(queries.get_import_for(request.viewer, code))
    if attempt(request, lambda: actions.drop_file(run, by=request.viewer, at=clock.now()) or True):
        messages.success(request, _("文件删掉了，什么都没有导入。"))
    return redirect("exchange:imports")


@require_POST
@for_roles(*roles.OFFICE)
def undo(request: HttpRequest, code: str) -> HttpResponse:
    """Take a whole import back, part after part: pressed by a person, or by the page itself."""
    run = found(queries.get_import_for(request.viewer, code))
    going = attempt(request, lambda: actions.undo_import(run, by=request.viewer, at=clock.now()))
    if going and going.state == ImportState.UNDOING and wants_fragment(request):
        return render(request, "exchange/import_undoing.html", _undoing(request, going))
    if going and going.state == ImportState.UNDONE:
        messages.success(request, _("这次导入撤掉了，收进来的都不在筛选台上了。"))
    return go_to(request, reverse("exchange:import", args=[code]))


def _undoing(request: HttpRequest, run: Any) -> dict[str, Any]:
    left = queries.reports_left_in(request.viewer, run) if run.state == ImportState.UNDOING else 0
    return {"run": run, "left": left, "taken_back": run.accepted - left}


@for_roles(*roles.OFFICE)
@require_safe
def rejected(request: HttpRequest, code: str) -> HttpResponse:
    """The rows that were not taken in, each with its reason, as a workbook."""
    run = found(queries.get_import_for(request.viewer, code))
    rows = queries.rejected_rows(request.viewer, run)
    widest = max((len(cells) for _row, _why, cells in rows), default=0)
    heads = (
        _("第几行"),
        _("为什么没有收"),
        *(_("第 %(number)s 列") % {"number": at} for at in range(1, widest + 1)),
    )
    sheet = Sheet(_("没有收的行"), heads, [(row, why, *cells) for row, why, cells in rows])
    return workbook_response(_("%(source)s没有收的行") % {"source": run.source}, [sheet])
