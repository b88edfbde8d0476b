"""The office's own follow-ups, looks back, and the end of a loop."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shangliang.consultations.queries import get_consultation_for
from shangliang.delivery import actions
from shangliang.delivery.forms import LookBackForm, OutcomeForm, RequestForm
from shangliang.delivery.queries import (
    assignments_to_follow,
    follow_ups_seen_by,
    get_follow_up_for,
    get_look_back_for,
    get_matter_in_delivery,
    look_backs_seen_by,
)
from shangliang.delivery.states import FINISH, SEND_REQUEST
from shangliang.delivery.views.assignments import A_PAGE, tabs_for
from shangliang.foundation import clock, roles
from shangliang.foundation.moves import may
from shangliang.people.access import attempt, attempt_form, for_roles, found


@require_safe
@for_roles(*roles.OFFICE)
def follow_ups(request: HttpRequest) -> HttpResponse:
    """List what somebody said is not solved and we follow again."""
    page = Paginator(follow_ups_seen_by(request.viewer), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "delivery/follow_ups.html", {"page": page, "tabs": tabs_for(request)})


@require_http_methods(["GET", "POST"])
@for_roles(*roles.OFFICE)
def follow_up(request: HttpRequest, code: str) -> HttpResponse:
    """Show one follow-up: send the drafted request, or record what came of it."""
    row = found(get_follow_up_for(request.viewer, code))
    finishing = "outcome" in request.POST
    data = request.POST if request.method == "POST" else None
    request_form = RequestForm(None if finishing else data, initial={"text": row.request_draft})
    outcome_form = OutcomeForm(data if finishing else None)
    form = outcome_form if finishing else request_form
    if (
        data
        and form.is_valid()
        and attempt_form(form, lambda: _act(request, row, finishing, form.cleaned_data))
    ):
        messages.success(request, _("记好了。"))
        return redirect("delivery:follow_up", code=code)
    return render(request, "delivery/follow_up.html", {
        "row": row, "request_form": request_form, "outcome_form": outcome_form,
        "may_send": may(request.viewer, row, SEND_REQUEST), "may_finish": may(request.viewer, row, FINISH),
        "assignments": assignments_to_follow(request.viewer, row),
    }, status=422 if form.errors else 200)  # fmt: skip


def _act(request: HttpRequest, row, finishing: bool, data: dict):  # type: ignore[no-untyped-def, type-arg]
    act = actions.finish_follow_up if finishing else actions.send_request
    return act(row, **data, by=request.viewer, at=clock.now())


@require_safe
@for_roles(*roles.OFFICE)
def look_backs(request: HttpRequest) -> HttpResponse:
    """List the looks back still to be made, nearest day first."""
    page = Paginator(look_backs_seen_by(request.viewer), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "tabs": tabs_for(request), "today": clock.today()}
    return render(request, "delivery/look_backs.html", context)


@require_http_methods(["GET", "POST"])
@for_roles(*roles.OFFICE)
def look_back(request: HttpRequest, code: str) -> HttpResponse:
    """Record what a look back found."""
    row = found(get_look_back_for(request.viewer, code))
    form = LookBackForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        act = lambda: actions.record_look_back(row, **form.cleaned_data, by=request.viewer, at=clock.now())  # noqa: E731
        if attempt_form(form, act):
            messages.success(request, _("回头看记好了。"))
            return redirect("delivery:look_backs")
    return render(
        request, "delivery/look_back.html", {"row": row, "form": form}, status=422 if form.errors else 200
    )


@require_POST
@for_roles(*roles.OFFICE)
def ask_for_verdicts(request: HttpRequest, code: str) -> HttpResponse:
    """Ask those who raised the matters of a consultation to judge."""
    row = found(get_consultation_for(request.viewer, code))
    count = attempt(
        request, lambda: actions.ask_for_verdicts(consultation=row, by=request.viewer, at=clock.now())
    )
    if count:
        messages.success(request, _("已经请反映人来评价，%(count)s 件。") % {"count": count})
    return redirect("delivery:lists_of", code=code)


@require_POST
@for_roles(*roles.OFFICE)
def close_matter(request: HttpRequest, code: str, matter_code: str) -> HttpResponse:
    """Close one matter of a consultation, when its loop is whole."""
    matter = found(get_matter_in_delivery(request.viewer, matter_code))
    done = attempt(
        request, lambda: actions.close_matter_when_done(matter=matter, by=request.viewer, at=clock.now())
    )
    if done:
        messages.success(request, _("办结了。到日子会提醒您回头看。"))
    return redirect("delivery:lists_of", code=code)


@require_POST
@for_roles(*roles.OFFICE)
def close_consultation(request: HttpRequest, code: str) -> HttpResponse:
    """End a consultation that is on no matter."""
    row = found(get_consultation_for(request.viewer, code))
    act = lambda: actions.close_consultation_when_done(consultation=row, by=request.viewer, at=clock.now())  # noqa: E731
    if attempt(request, act):
        messages.success(request, _("这次协商结束了。"))
    return redirect("delivery:lists_of", code=code)
