"""The season page (未诉先办): what came back in the same weeks of earlier years, ahead of its weeks."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shangliang.foundation import clock, roles
from shangliang.hotspots import queries
from shangliang.hotspots.views.lines import season_lines
from shangliang.hotspots.views.week import page_of, tabs_of
from shangliang.people.access import for_roles


def _rows(request: HttpRequest) -> Any:
    """Return what is to come or under way; the seasons that are over with ?past=1."""
    rows, today = queries.seasons_of(request.viewer), clock.today()
    if request.GET.get("past"):
        return rows.filter(until_on__lt=today).order_by("-season_on", "pk")
    return rows.filter(until_on__gte=today)


@require_safe
@for_roles(*roles.OFFICE)
def season(request: HttpRequest) -> HttpResponse:
    """The matters of the season, those expected next first, narrowed by what was decided (?state=)."""
    viewer, state, past = request.viewer, request.GET.get("state", ""), request.GET.get("past", "") and "1"
    every = _rows(request)
    counts = queries.counts_by_state(every)
    page = page_of(request, queries.chosen(every, state), counts, state)
    context = {
        "page": page,
        "lines": season_lines(viewer, page),
        "past": past,
        "state": state,
        "tabs": tabs_of("hotspots:season", state, counts, past=past),
    }
    return render(request, "hotspots/season.html", context)


@require_safe
@for_roles(*roles.OFFICE)
def print_view(request: HttpRequest) -> HttpResponse:
    """The matters of the season to print."""
    lines = season_lines(request.viewer, _rows(request))
    return render(request, "hotspots/season_print.html", {"lines": lines, "today": clock.today()})
