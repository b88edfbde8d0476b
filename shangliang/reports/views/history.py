"""Who decided what and when: of a report and of a matter."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shangliang.foundation import roles
from shangliang.foundation.lifecycle import verb_labels
from shangliang.people.access import for_roles, found
from shangliang.reports.queries import get_matter_for, get_report_for, reports_of
from shangliang.reports.queries.history import Line, history_of_matter, history_of_report
from shangliang.reports.states import MatterState, ReportState
from shangliang.reports.views.desk_address import address

MOST_REPORTS = 100


@require_safe
@for_roles(*roles.OFFICE)
def report_history(request: HttpRequest, code: str) -> HttpResponse:
    """Every decision on a report."""
    report = found(get_report_for(request.viewer, code))
    return _page(
        request,
        _("线索 %(code)s") % {"code": code},
        history_of_report(request.viewer, report),
        address("reports:desk_report", request, code),
    )


@require_safe
@for_roles(*roles.OFFICE)
def matter_history(request: HttpRequest, code: str) -> HttpResponse:
    """Every decision on a matter and on the reports in it."""
    matter = found(get_matter_for(request.viewer, code))
    inside = list(reports_of(request.viewer, matter)[:MOST_REPORTS])
    lines = history_of_matter(request.viewer, matter, inside)
    return _page(
        request, f"{matter.code} {matter.title}", lines, address("reports:matter_split", request, code)
    )


def _page(request: HttpRequest, title: str, lines: list[Line], back: str) -> HttpResponse:
    labels = verb_labels()
    shown = [
        {
            "line": one,
            "what": labels.get(one.verb, one.verb),
            "code": one.subject.partition(":")[2],
            "detail": _detail(one),
        }
        for one in lines
    ]
    return render(request, "reports/history.html", {"title": title, "lines": shown, "back": back})


def _detail(line: Line) -> str:
    """Return where a step led, in words: the state, the other matter, how many."""
    labels = {**dict(ReportState.choices), **dict(MatterState.choices)}
    facts: dict[str, Any] = line.facts
    told = facts.get("to", "")
    if line.verb in ("matter.split", "report.split_off"):
        return _("拆到 %(code)s") % {"code": told}
    if line.verb in ("matter.sorted", "matter.unsorted", "matter.kind_kept"):
        return facts.get("category", "")
    if told and facts.get("from") != told:
        return _("→ %(state)s") % {"state": labels.get(told, told)}
    return _("%(count)s 条") % {"count": facts["reports"]} if "reports" in facts else ""
