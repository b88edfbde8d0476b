"""The screening desk: what waits, the report chosen, what is like it and what may be done."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shangliang.analysis.redact import hide_private
from shangliang.foundation import clock, roles
from shangliang.people.access import for_roles, found
from shangliang.people.queries import areas_of
from shangliang.reports.forms.desk import FilterForm, WholeFilterForm
from shangliang.reports.queries.desk import (
    DeskFilter,
    days_left,
    desk_queue,
    dressed,
    dressed_report,
    how_many_banked,
)
from shangliang.reports.queries.points import points_seen_by
from shangliang.reports.queries.saved_views import saved_views_of
from shangliang.reports.states import ReportState
from shangliang.reports.views.desk_address import address, filter_of, kept_query, query_of
from shangliang.reports.views.desk_pages import DeskPages
from shangliang.reports.views.desk_report import about
from shangliang.reports.views.desk_sheet import desk_file
from shangliang.reports.views.spoken import no_words_yet, spoken_lines
from shangliang.reports.views.undoing import undo_on_offer

PAGE = 100
FIRST_WORDS = 60


@dataclass(frozen=True)
class Line:
    """One line of the queue: the report, its first words with private data hidden, working days left, days asked."""

    report: Any
    words: str
    left: int | None
    url: str
    is_chosen: bool = False
    asked_for: int | None = None
    key: str = ""


@for_roles(*roles.OFFICE)
def desk(request: HttpRequest, code: str = "") -> HttpResponse:
    """The desk; the filters stand in the address, ``?format=xlsx`` or ``csv`` takes the list along."""
    wanted = filter_of(request)
    rows = desk_queue(request.viewer, wanted, clock.today())
    if request.GET.get("format") in ("xlsx", "csv"):
        return desk_file(dressed(request.viewer, rows), request.GET["format"])
    pages = DeskPages(rows, PAGE, partial(dressed, request.viewer), is_slow=bool(wanted.words))
    page = pages.get_page(request.GET.get("page", "1"))
    chosen = _chosen(request, page, code or request.GET.get("r", ""))
    lines = _lines(request, page, chosen)
    shown = {
        "page": page,
        "pages": pages,
        "lines": lines,
        "before": next((one.url for one in lines if one.key == "E"), ""),
        "after": next((one.url for one in lines if one.key == "D"), ""),
        "undo": undo_on_offer(request),
        **_filters(request, wanted),
    }
    rest = about(request, chosen) if chosen else _nothing(request)
    return render(request, "reports/desk/desk.html", shown | rest)


@require_safe
@for_roles(*roles.OFFICE)
def every_filter(request: HttpRequest) -> HttpResponse:
    """The page of all filters; it leads back to the desk with what was chosen in the address."""
    areas, points = areas_of(request.viewer.committee_id), points_seen_by(request.viewer)
    form = WholeFilterForm(initial=request.GET.dict(), areas=areas, points=points)
    return render(
        request, "reports/desk/filter.html", {"form": form, "back": address("reports:desk", request)}
    )


def _filters(request: HttpRequest, wanted: DeskFilter) -> dict[str, Any]:
    plain = query_of(wanted)
    views = [(one, reverse("reports:desk") + f"?{one.query}") for one in saved_views_of(request.viewer)]
    return {
        "tabs": _tabs(wanted, views, plain),
        "quick": _quick(request, wanted),
        "filter_form": FilterForm(request.GET),
        "is_narrowed": wanted != DeskFilter(wanted.state),
        "query": kept_query(request),
        "plain_query": plain,
        "kept_as": next((one for one, _url in views if one.query == plain), None),
        "xlsx_url": f"?{kept_query(request, format='xlsx', page='')}",
        "csv_url": f"?{kept_query(request, format='csv', page='')}",
        "state": wanted.state,
    }


def _chosen(request: HttpRequest, page: Any, code: str) -> Any:
    if not code:  # what waits for its reporter has nothing to press: the first that waits for the desk
        waits_for_us = (row for row in page if row.state != ReportState.ASKED)
        return next(waits_for_us, next(iter(page), None))
    inside = next((row for row in page if row.code == code), None)
    return inside or found(dressed_report(request.viewer, code))


def _lines(request: HttpRequest, page: Any, chosen: Any) -> list[Line]:
    today, spoken = clock.today(), spoken_lines(request, page)
    here = next((at for at, row in enumerate(page) if chosen is not None and row.pk == chosen.pk), None)
    keys = {} if here is None else {here - 1: "E", here + 1: "D"}
    return [
        Line(
            row,
            row.title or hide_private(row.text[:FIRST_WORDS])[0] or spoken.get(row.pk, no_words_yet(row)),
            days_left(row, today),
            address("reports:desk_report", request, row.code),
            at == here,
            (today - clock.day_of(row.asked_at)).days if row.asked_at else None,
            keys.get(at, ""),
        )
        for at, row in enumerate(page)
    ]


def _tabs(wanted: DeskFilter, views: list[Any], plain: str) -> list[tuple[str, str, bool]]:
    names = (
        ("waiting", _("等着的")),
        ("aside", _("先放一边")),
        ("banked", _("库里的")),
        ("done", _("处理过的")),
        ("all", _("全部")),
    )
    root = reverse("reports:desk")
    is_kept = any(one.query == plain for one, _url in views)
    own = [(one.name, url, one.query == plain) for one, url in views]
    return [
        (label, f"{root}?state={name}", wanted.state == name and not is_kept) for name, label in names
    ] + own


def _quick(request: HttpRequest, wanted: DeskFilter) -> list[tuple[str, str, bool]]:
    """Return the filters of one press, each a link that sets it, or takes it off where it is set."""
    choices = (
        (_("已超期"), "clock", "late", wanted.clock == "late"),
        (_("快到期"), "clock", "soon", wanted.clock == "soon"),
    )
    root = reverse("reports:desk")
    return [
        (label, f"{root}?{kept_query(request, page='', **{name: '' if is_on else value})}", is_on)
        for label, name, value, is_on in choices
    ]


def _nothing(request: HttpRequest) -> dict[str, Any]:
    return {"report": None, "banked": how_many_banked(request.viewer)}
