"""The weekly list: what many speak of, by heat, as page, paper and workbook; and the button that asks for a look."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shangliang.foundation import clock, roles
from shangliang.hotspots import actions, queries, rules
from shangliang.hotspots.states import HotState
from shangliang.hotspots.views.lines import HotLine, hot_lines
from shangliang.people.access import attempt, for_roles, found
from shangliang.ui.xlsx import Sheet, workbook_response

ON_A_PAGE = 20
WEEKS_OFFERED = 60


def _asked_week(request: HttpRequest) -> date | None:
    try:
        return rules.monday_of(date.fromisoformat(request.GET.get("week", "")))
    except (ValueError, OverflowError):
        return None


def address(name: str, **asked: Any) -> str:
    """Return the address of a list with what was asked for."""
    query = "&".join(f"{key}={value}" for key, value in asked.items() if value)
    return f"{reverse(name)}{'?' if query else ''}{query}"


def tabs_of(name: str, asked: str, counts: dict[str, int], **kept: Any) -> list[tuple[Any, str, bool, int]]:
    """Return the tabs by state, all first, each with its count."""
    everything = (_("全部"), address(name, **kept), asked not in HotState.values, sum(counts.values()))
    by_state = (
        (label, address(name, state=value, **kept), asked == value, counts[value])
        for value, label in HotState.choices
    )
    return [everything, *by_state]


@require_safe
@for_roles(*roles.OFFICE)
def week(request: HttpRequest) -> HttpResponse:
    """The hot topics of a week (?week=, by default the latest), narrowed by what was decided (?state=)."""
    viewer, state, asked = request.viewer, request.GET.get("state", ""), _asked_week(request)
    weeks = list(queries.weeks_of(viewer)[:WEEKS_OFFERED])
    row = next((one for one in weeks if one.week_on == asked), None)
    row = row or (asked and queries.get_week_for(viewer, asked)) or next(iter(weeks), None)
    waiting, last = queries.latest_looks(viewer)
    context: dict[str, Any] = {
        "week": row,
        "waiting": waiting,
        "failed": last if last and last.trouble else None,
    }
    if row:
        every, kept = queries.hot_topics_of(viewer, row), {"week": row.week_on.isoformat()}
        counts = queries.counts_by_state(every)
        page = page_of(request, queries.chosen(every, state), counts, state)
        context |= {
            "page": page, "lines": hot_lines(viewer, page), "sunday": rules.end_of(row.week_on), "state": state,
            "tabs": tabs_of("hotspots:week", state, counts, **kept), "weeks": [one.week_on for one in weeks],
            "xlsx_url": address("hotspots:xlsx", **kept), "print_url": address("hotspots:print", **kept),
        }  # fmt: skip
    return render(request, "hotspots/week.html", context)


def page_of(request: HttpRequest, rows: Any, counts: dict[str, int], state: str) -> Any:
    """Return the page the address asks for; how many there are is known already."""
    pages = Paginator(rows, ON_A_PAGE)
    pages.count = counts[state] if state in counts else sum(counts.values())  # type: ignore[misc]
    return pages.get_page(request.GET.get("page"))


def _all_lines(request: HttpRequest) -> tuple[Any, list[HotLine]]:
    row = found(queries.get_week_for(request.viewer, _asked_week(request)))
    return row, hot_lines(request.viewer, queries.hot_topics_of(request.viewer, row))


@require_safe
@for_roles(*roles.OFFICE)
def print_view(request: HttpRequest) -> HttpResponse:
    """The same week to print."""
    row, lines = _all_lines(request)
    shown = {"week": row, "lines": lines, "sunday": rules.end_of(row.week_on)}
    return render(request, "hotspots/week_print.html", shown)


@require_safe
@for_roles(*roles.OFFICE)
def xlsx(request: HttpRequest) -> HttpResponse:
    """The same week as a workbook, with the people of each of the 26 weeks."""
    row, lines = _all_lines(request)
    columns = [
        _("名次"), _("上周名次"), _("编号"), _("事情"), _("热度"), _("人数"), _("前后几周"), _("最近 8 周的人占几成"), _("线索条数"),
        _("从哪天"), _("到哪天"), _("地方"), _("现在"), _("为什么不用议"), _("已立事项"), _("已成议题"), _("最近 26 周每周人数"),
    ]  # fmt: skip
    sheet = Sheet(_("热点"), columns, (_cells(line) for line in lines), caption=_caption(row))
    return workbook_response(_("热点 %(week)s") % {"week": row.week_on.isoformat()}, [sheet])


def _caption(row: Any) -> str:
    return _("%(first)s 到 %(last)s 这一周。热度 = 人数 ×（1 + 持续 + 新近），点赞不算。") % {
        "first": row.week_on.isoformat(), "last": rules.end_of(row.week_on).isoformat(),
    }  # fmt: skip


def _cells(line: HotLine) -> list[Any]:
    hot = line.hot
    return [
        hot.place_in_list, hot.place_before, hot.code, line.title, hot.heat, hot.people, hot.weeks_spoken, hot.growth,
        hot.reports or 0, hot.since, hot.until, line.places, hot.get_state_display(), hot.because,
        " ".join(one.code for one in line.held.matters), " ".join(one.code for one in line.held.topics),
        " ".join(str(count) for count in hot.by_week),
    ]  # fmt: skip


@require_POST
@for_roles(*roles.OFFICE)
def look(request: HttpRequest) -> HttpResponse:
    """Ask the worker for a look at what was said up to now."""
    asked = attempt(
        request,
        lambda: actions.ask_for_look(committee=request.committee, by=request.viewer, at=clock.now()),
    )
    if asked:
        messages.success(request, _("后台这就看。看完这一页会换成新的，现在的单子先留着。"))
    return redirect("hotspots:week")
