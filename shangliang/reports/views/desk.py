"""The screening desk: what waits, the report chosen, what is like it and what may be done."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from shangliang.analysis.redact import hide_private
from shangliang.foundation import clock, roles
from shangliang.foundation.moves import may, moves_open_to
from shangliang.people.access import for_roles, found
from shangliang.people.queries import areas_of
from shangliang.reports.forms.desk import FilterForm
from shangliang.reports.queries import get_report_for, photos_of
from shangliang.reports.queries.desk import (
    DeskFilter,
    days_left,
    desk_queue,
    how_many_banked,
    unmasking_waiting,
)
from shangliang.reports.queries.similar import similar_to
from shangliang.reports.states import HOLD, JOIN, REPORT, UNDO, ReportState
from shangliang.reports.views.course import course_of
from shangliang.reports.views.desk_address import address, filter_of, kept_query
from shangliang.reports.views.desk_sheet import sheet_of
from shangliang.reports.views.undoing import undo_on_offer
from shangliang.ui.parts import Button
from shangliang.ui.xlsx import workbook_response

PAGE = 100
FIRST_WORDS = 60
HIDDEN = "【已遮："


@dataclass(frozen=True)
class Line:
    """One line of the queue: the report, its first words with private data hidden, working days left."""

    report: Any
    words: str
    left: int | None
    url: str
    is_chosen: bool = False


@for_roles(*roles.OFFICE)
def desk(request: HttpRequest, code: str = "") -> HttpResponse:
    """The desk; ``?state=waiting|banked|all&area=&channel=&q=&page=`` filter it, ``?format=xlsx`` takes it along."""
    wanted = filter_of(request)
    rows = desk_queue(request.viewer, wanted)
    if request.GET.get("format") == "xlsx":
        return workbook_response(_("线索"), [sheet_of(rows)])
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    code = code or request.GET.get("r", "")
    chosen = _chosen(request, page, code)
    areas = areas_of(request.committee.pk)
    shown = {
        "page": page,
        "lines": _lines(request, page, chosen),
        "tabs": _tabs(wanted),
        "filter_form": FilterForm(request.GET, areas=areas),
        "is_narrowed": wanted != DeskFilter(wanted.state),
        "query": kept_query(request),
        "xlsx_url": f"?{kept_query(request, format='xlsx')}",
        "undo": undo_on_offer(request),
        "state": wanted.state,
    }
    return render(
        request, "reports/desk/desk.html", shown | (_about(request, chosen) if chosen else _nothing(request))
    )


def _chosen(request: HttpRequest, page: Any, code: str) -> Any:
    if not code:  # what waits for its reporter has nothing to press: the first that waits for the desk
        waits_for_us = (row for row in page if row.state != ReportState.ASKED)
        return next(waits_for_us, next(iter(page), None))
    inside = next((row for row in page if row.code == code), None)
    return inside or found(get_report_for(request.viewer, code))


def _lines(request: HttpRequest, page: Any, chosen: Any) -> list[Line]:
    today = clock.today()
    return [
        Line(
            row,
            row.title or hide_private(row.text[:FIRST_WORDS])[0],
            days_left(row, today),
            address("reports:desk_report", request, row.code),
            chosen is not None and row.pk == chosen.pk,
        )
        for row in page
    ]


def _tabs(wanted: DeskFilter) -> list[tuple[str, str, bool]]:
    names = (("waiting", _("等着的")), ("banked", _("库里的")), ("all", _("全部")))
    root = reverse("reports:desk")
    return [(label, f"{root}?state={name}", wanted.state == name) for name, label in names]


def _nothing(request: HttpRequest) -> dict[str, Any]:
    return {"report": None, "banked": how_many_banked(request.viewer)}


def _about(request: HttpRequest, report: Any) -> dict[str, Any]:
    hidden, _kinds = hide_private(report.text)
    has_photos = getattr(report, "has_photos", True)
    may_join = may(request.viewer, report, JOIN)
    alike = similar_to(request.viewer, report) if may_join else []
    is_plain = request.GET.get("plain") == "1"
    return {
        "report": report,
        "words": report.text if is_plain else hidden,
        "is_plain": is_plain,
        "hidden": hidden.count(HIDDEN),
        "photos": photos_of(request.viewer, report) if has_photos else (),
        "course": course_of(request.viewer, report),
        "alike": alike,
        "may_join": may_join,
        "left": days_left(report, clock.today()),
        "shared": [word for one in alike if one.is_sure for word in one.words],
        "buttons": _buttons(request, report),
        "asked": _asked(request, report),
    }


def _asked(request: HttpRequest, report: Any) -> dict[str, Any] | None:
    """Return the asking for contact data that waits, and whether this viewer is the one who asked."""
    may_wait = report.contact_handle and getattr(report, "is_asked", True)
    waiting = unmasking_waiting(request.viewer, report) if may_wait else None
    return (
        {"reason": waiting.reason, "is_mine": waiting.asked_by == request.viewer.person_id}
        if waiting
        else None
    )


def _buttons(request: HttpRequest, report: Any) -> list[Button]:
    made = []
    for one in moves_open_to(request.viewer, report, REPORT):
        verb = one.name.partition(".")[2]
        label, key = (_("合到别的事项"), "") if one == JOIN else (str(one.label), one.key)
        confirm = _("交给专办员以后，这里就看不到了。确定吗？") if one == HOLD else ""
        made.append(
            Button(
                label,
                address("reports:desk_move", request, report.code, verb),
                key,
                needs_form=one not in (HOLD, UNDO),
                confirm=confirm,
            )
        )
    return made
