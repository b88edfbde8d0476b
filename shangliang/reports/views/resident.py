"""The page behind a code on a wall: three lines, one box, and the receipt as the answer."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from shangliang.foundation import clock
from shangliang.foundation.codes import format_symbols, new_form_key
from shangliang.foundation.refusals import Refusal
from shangliang.foundation.typed import typed_words
from shangliang.foundation.viewer import Public
from shangliang.people.access import for_everybody, found
from shangliang.people.queries import setting
from shangliang.reports import rules
from shangliang.reports.actions import OtherBody, submit_report
from shangliang.reports.forms.resident import ReportForm, blank_report_form
from shangliang.reports.queries import open_points_beside, point_at
from shangliang.reports.queries.doors import CodeOnWall, code_on_wall
from shangliang.reports.queries.others import published_title
from shangliang.reports.states import PointState
from shangliang.reports.views.doors import private
from shangliang.reports.views.proofs import doubt_about, task_for_report
from shangliang.reports.views.receipt_page import receipt_page
from shangliang.ui.clean import on_one_line

STALE, OTHER_WORDS = 422, 409


@for_everybody
@require_http_methods(["GET", "HEAD", "POST"])
def report_form(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form of a point; take it in and answer with the receipt. A closed point says where else to go."""
    led_to = found(code_on_wall(code, clock.today()))
    point = led_to.point
    request.committee = point.committee  # type: ignore[attr-defined]
    if led_to.was_changed or point.state == PointState.CLOSED:
        return _closed(request, led_to)
    if request.method == "POST":
        return _receive(request, point)
    response = _form_page(request, point, blank_report_form())
    # not "no-store": going back after a lost signal must find the same form key again
    response["Cache-Control"] = "private, no-cache"
    return response


@private
def _receive(request: HttpRequest, point: Any) -> HttpResponse:
    form = ReportForm(_with_form_key(request.POST), request.FILES)
    if not form.is_valid():
        return _form_page(request, point, form, status=STALE)
    try:
        # always as the public, even when somebody of the office is signed in: who spoke is written down nowhere
        received = submit_report(
            committee=point.committee, point=point, area=point.area, channel="qr", **form.words(),
            doubt=doubt_about(request, point.committee_id, form.cleaned_data["form_key"]),
            by=Public(point.committee_id), at=clock.now(),
        )  # fmt: skip
    except OtherBody as refused:
        again = ReportForm(_with_form_key(request.POST, fresh=True), request.FILES)
        again.add_error(None, str(refused))
        earlier = format_symbols(refused.bits) if refused.bits else ""
        return _form_page(request, point, again, earlier=earlier, status=OTHER_WORDS)
    except Refusal as refused:
        form.add_error(None, str(refused))
        return _form_page(request, point, form, status=STALE)
    return receipt_page(request, received)


def _form_page(
    request: HttpRequest, point: Any, form: ReportForm, *, earlier: str = "", status: int = 200
) -> HttpResponse:
    details = ("contact", "agrees", "may_unit_call")
    context = {
        "form": form, "point": point, "earlier": earlier, "lost_photos": "photos" in request.FILES,
        "lost_recording": "recording" in request.FILES,
        "claimed": published_title(point.committee_id, on_one_line(form["claims_matter"].value() or "")) if form.is_bound else "",
       
        "answer_days": setting(point.committee_id, "answer_days"),
        "task": task_for_report(point.committee_id, form["form_key"].value()),
        "opens_contact": form.is_bound and bool(form["contact"].value() or any(form[name].errors for name in details)),
    }  # fmt: skip
    return render(request, "reports/report_form.html", context, status=status)


def _closed(request: HttpRequest, led_to: CodeOnWall) -> HttpResponse:
    point = led_to.point
    is_closed = point.state == PointState.CLOSED
    beside = open_points_beside(point, with_itself=not is_closed and not led_to.was_revoked)
    context = {
        "point": point, "is_closed": is_closed, "beside": beside, "typed": typed_words(request),
    }  # fmt: skip
    return render(request, "reports/point_closed.html", context, status=OTHER_WORDS if request.POST else 200)


def _with_form_key(data: QueryDict, fresh: bool = False) -> QueryDict:
    """Return what was sent with a form key that is fit for use: the form's own, or a new one where it lacks one."""
    if not fresh and len(data.get("form_key", "")) >= rules.CHARACTERS_IN_FORM_KEY:
        return data
    filled = data.copy()
    filled["form_key"] = new_form_key()
    return filled


@for_everybody
@require_safe
def where_to_turn(request: HttpRequest) -> HttpResponse:
    """Say where accusations, court cases and petitions go, and how to come back."""
    return render(request, "reports/accusation.html", {"point": _point_come_from(request)})


@for_everybody
@require_safe
def how_protected(request: HttpRequest) -> HttpResponse:
    """Say what is kept of somebody who speaks up, who sees it, and what nobody can know."""
    return render(request, "reports/how_protected.html", {"point": _point_come_from(request)})


def _point_come_from(request: HttpRequest) -> Any:
    point = point_at(request.GET.get("point", ""))
    if point:
        request.committee = point.committee  # type: ignore[attr-defined]
    return point
