"""Figures for staff: each with its definition and its rows."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from shangliang.foundation import roles
from shangliang.people.access import for_roles
from shangliang.statistics.definitions import computed
from shangliang.statistics.queries import METRICS, scope_of
from shangliang.ui.xlsx import workbook_response


def _day(said: str | None) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        return None


@for_roles(*roles.OFFICE, roles.MEMBER)
def figures(request: HttpRequest) -> HttpResponse:
    """All figures of the committee, each one opening into its rows."""
    scope = scope_of(request.committee, _day(request.GET.get("from")), _day(request.GET.get("to")))
    lines = [(metric, computed(metric, scope)) for metric in METRICS.values()]
    return render(request, "statistics/figures.html", {"lines": lines, "scope": scope})


@for_roles(*roles.OFFICE, roles.MEMBER)
def figure(request: HttpRequest, key: str) -> HttpResponse:
    """One figure with its definition, its parts and every row it counted; ``?format=xlsx`` for a workbook."""
    if key not in METRICS:
        raise Http404
    scope = scope_of(request.committee, _day(request.GET.get("from")), _day(request.GET.get("to")))
    line = computed(METRICS[key], scope)
    if request.GET.get("format") == "xlsx":
        return workbook_response(f"{key}.xlsx", [(key, ["编号"], [[code] for code in line["rows"]])])
    return render(request, "statistics/figure.html", {"metric": METRICS[key], "line": line, "scope": scope})
