"""Sheets (转办单): what is to be listed, one sheet with its reports, on paper, as a file, and handed over."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shangliang.analysis.redact import hide_private
from shangliang.exchange import actions, queries
from shangliang.exchange.forms.transfers import HandOverForm
from shangliang.exchange.rules import MOST_ON_A_SHEET
from shangliang.exchange.sheet_files import cells_of, file_response, heads_of
from shangliang.exchange.states import TransferState
from shangliang.foundation import clock, roles
from shangliang.people.access import attempt, for_roles, found

PAGE = 20
FIRST_WORDS = 80


@for_roles(*roles.OFFICE)
def to_list(request: HttpRequest, code: str) -> HttpResponse:
    """What was referred to a system and lies on no sheet yet; the ticked ones become a sheet."""
    system = found(queries.get_system_for(request.viewer, code))
    rows = queries.reports_to_list(request.viewer, system)
    if request.method == "POST":
        ticked = list(rows.filter(code__in=request.POST.getlist("report")[: MOST_ON_A_SHEET + 1]))
        made = attempt(request, lambda: actions.make_sheet(system, ticked, by=request.viewer, at=clock.now()))
        if made:
            return redirect("exchange:sheet", made.code)
    page = Paginator(rows, MOST_ON_A_SHEET).get_page(request.GET.get("page"))
    lines = [(one, one.title or hide_private(one.text[:FIRST_WORDS])[0]) for one in page]
    return render(request, "exchange/to_list.html", {"system": system, "page": page, "lines": lines})


@for_roles(*roles.OFFICE)
def sheets(request: HttpRequest) -> HttpResponse:
    """The sheets made so far, latest first."""
    page = Paginator(queries.sheets_of(request.viewer), PAGE).get_page(request.GET.get("page"))
    return render(request, "exchange/sheets.html", {"page": page})


@for_roles(*roles.OFFICE)
def sheet(request: HttpRequest, code: str) -> HttpResponse:
    """One sheet: each report with whether its words were looked at, and what comes next."""
    row = found(queries.get_sheet_for(request.viewer, code))
    return _page(request, row, HandOverForm(initial={"on": clock.today()}))


def _page(request: HttpRequest, row: Any, form: HandOverForm) -> HttpResponse:
    rows = list(queries.transfers_on(request.viewer, row))
    unseen = [one for one in rows if one.confirmed_at is None]
    waiting = [one for one in rows if one.state == TransferState.DRAFTED]
    shown = {"sheet": row, "rows": rows, "unseen": len(unseen), "next": unseen[0] if unseen else None,
             "waiting": len(waiting), "form": form}  # fmt: skip
    return render(request, "exchange/sheet.html", shown, status=422 if form.errors else 200)


@for_roles(*roles.OFFICE)
@require_safe
def print_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet on paper; only words that somebody has looked at."""
    row = found(queries.get_sheet_for(request.viewer, code))
    rows = _ready(request, row)
    if rows is None:
        return redirect("exchange:sheet", code)
    cells = cells_of(row, rows, clock.today())
    items = [list(zip(heads_of(row), line, strict=True)) for line in cells]
    return render(
        request, "exchange/sheet_print.html", {"sheet": row, "items": items, "today": clock.today()}
    )


@for_roles(*roles.OFFICE)
@require_safe
def sheet_file(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet as a file in the other system's own columns."""
    row = found(queries.get_sheet_for(request.viewer, code))
    rows = _ready(request, row)
    if rows is None:
        return redirect("exchange:sheet", code)
    return file_response(row, cells_of(row, rows, clock.today()))


def _ready(request: HttpRequest, row: Any) -> list[Any] | None:
    rows = list(queries.transfers_on(request.viewer, row))
    if rows and all(one.confirmed_at for one in rows):
        return rows
    messages.error(request, _("还有没核对过文字的。每一条都看过，才能打印和导出。"))
    return None


@require_POST
@for_roles(*roles.OFFICE)
def hand_over(request: HttpRequest, code: str) -> HttpResponse:
    """Record that the sheet was handed over."""
    row = found(queries.get_sheet_for(request.viewer, code))
    form = HandOverForm(request.POST)
    if not form.is_valid():
        return _page(request, row, form)
    on = form.cleaned_data["on"]
    count = attempt(request, lambda: actions.hand_sheet_over(row, on=on, by=request.viewer, at=clock.now()))
    if count:
        messages.success(request, _("记下了：转出 %(count)s 条，那边的期限开始算。") % {"count": count})
    return redirect("exchange:sheet", code)
