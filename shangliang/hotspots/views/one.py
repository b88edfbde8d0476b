"""One proposal opened into its rows: the reports behind its numbers."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shangliang.analysis.redact import hide_private
from shangliang.foundation import roles
from shangliang.hotspots import queries
from shangliang.hotspots.states import HotState
from shangliang.hotspots.views.lines import hot_line, season_line
from shangliang.people.access import for_roles, found

ON_A_PAGE = 30


@require_safe
@for_roles(*roles.OFFICE)
def one(request: HttpRequest, code: str) -> HttpResponse:
    """A hot topic or a matter of the season, with what it was counted from."""
    viewer = request.viewer
    row: Any = found(queries.get_proposed_for(viewer, code))
    held = queries.already(viewer, [row])[row.pk]
    page = Paginator(queries.reports_of(viewer, row), ON_A_PAGE).get_page(request.GET.get("page"))
    hidden = (row.reports or 0) - page.paginator.count
    context = {
        **described(row, held),
        "page": page,
        "rows": [_row(report) for report in page],
        "hidden": max(0, hidden),
        "shown": page.paginator.count,
    }
    return render(request, "hotspots/one.html", context)


def described(row: Any, held: Any) -> dict[str, Any]:
    """Return what every page of one proposal says about it."""
    is_hot = hasattr(row, "place_in_list")
    line = hot_line(row, held) if is_hot else season_line(row, held)
    is_old = is_hot and not row.week.is_standing
    return {
        "row": row,
        "line": line,
        "is_hot": is_hot,
        "is_old": is_old,
        "is_open": row.state == HotState.PROPOSED and not is_old,
        "is_aside": row.state == HotState.ASIDE and not is_old,
    }


def _row(report: Any) -> dict[str, Any]:
    return {
        "report": report,
        "title": hide_private(report.title)[0],
        "words": hide_private(report.text)[0],
        "place": hide_private(report.place)[0],
    }
