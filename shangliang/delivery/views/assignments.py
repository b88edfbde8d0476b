"""Assignments on the desk: the office sees all, a unit its own, an issuing authority those it issued."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shangliang.delivery import actions
from shangliang.delivery.forms import AssignForm
from shangliang.delivery.permissions import SEES_ASSIGNMENTS
from shangliang.delivery.queries import (
    assignments_seen_by,
    evidence_for,
    follow_ups_seen_by,
    get_assignment_for,
    handles_alone,
    left_of,
    look_backs_seen_by,
    open_assignments,
    owner_for_suggestion,
    pictures_shown_to_unit,
    results_of,
    suggestion_to_assign,
    suggestions_to_assign,
    tasks_shown_to_unit,
    words_shown_to_unit,
)
from shangliang.delivery.views.course import road_of, waits_for
from shangliang.delivery.views.steps import STEPS, StepPage, may_ever, open_steps, take_step
from shangliang.foundation import clock, roles
from shangliang.foundation.files import read_file
from shangliang.people.access import attempt, attempt_form, for_roles, found
from shangliang.people.queries import setting
from shangliang.reports.receipt_slip import qr_svg
from shangliang.ui.parts import Button

A_PAGE = 50
MAY_ASSIGN = (*roles.OFFICE, roles.AUTHORITY)


@require_safe
@for_roles(*SEES_ASSIGNMENTS)
def assignments(request: HttpRequest) -> HttpResponse:
    """List what waits, nearest deadline first; ?all=1 shows what is over too."""
    every = request.GET.get("all") == "1"
    rows = assignments_seen_by(request.viewer) if every else open_assignments(request.viewer)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    left = left_of(page.object_list, clock.today())
    shown = [(one, None if one.state in ("verified", "explained", "reassigned") else left[one.pk], waits_for(one))
             for one in page.object_list]  # fmt: skip
    return render(
        request, "delivery/assignments.html", {"page": page, "shown": shown, "tabs": tabs_for(request)}
    )


def tabs_for(request: HttpRequest) -> list[tuple[Any, ...]]:
    """Return the tabs of this page's family that the viewer's role has, with counts."""
    here = request.get_full_path()
    home = reverse("delivery:assignments")
    tabs: list[tuple[Any, ...]] = [
        (_("在办"), home, here == home),
        (_("全部"), f"{home}?all=1", "all=1" in here),
    ]
    if request.viewer.role in MAY_ASSIGN:
        url = reverse("delivery:awaiting")
        tabs.insert(0, (_("等交办"), url, here == url, suggestions_to_assign(request.viewer).count()))
    if request.viewer.role in roles.OFFICE:
        for label, name, rows in ((_("没解决，在跟踪"), "follow_ups", follow_ups_seen_by(request.viewer).exclude(state="done")),
                                  (_("回头看"), "look_backs", look_backs_seen_by(request.viewer))):  # fmt: skip
            tabs.append(
                (label, reverse(f"delivery:{name}"), here == reverse(f"delivery:{name}"), rows.count())
            )
    return tabs


@require_safe
@for_roles(*MAY_ASSIGN)
def awaiting(request: HttpRequest) -> HttpResponse:
    """List adopted suggestions nobody was given yet."""
    rows = (
        suggestions_to_assign(request.viewer)
        .select_related("consultation__topic")
        .order_by("decided_on", "pk")
    )
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "delivery/awaiting.html", {"page": page, "tabs": tabs_for(request)})


@require_http_methods(["GET", "POST"])
@for_roles(*MAY_ASSIGN)
def assign(request: HttpRequest, code: str) -> HttpResponse:
    """Record that an issuing authority took a suggestion on."""
    suggestion = found(suggestion_to_assign(request.viewer, code))
    owner, owner_words = owner_for_suggestion(request.viewer, suggestion, clock.today())
    first = {"lead_unit": owner, "task": suggestion.text, "working_days": setting(suggestion.committee_id, "default_deadline_days"),
             "issued_on": clock.today()}  # fmt: skip
    form = AssignForm(
        request.POST or None,
        initial=first,
        committee_id=suggestion.committee_id,
        viewer=request.viewer,
        owner_words=owner_words,
    )
    if request.method == "POST" and form.is_valid():
        row = attempt_form(form, lambda: actions.assign(suggestion=suggestion, **form.cleaned_data, by=request.viewer,
                                                        at=clock.now()))  # fmt: skip
        if row:
            messages.success(request, _("交办记好了，已经通知%(unit)s。") % {"unit": row.lead_unit.name})
            return redirect("delivery:assignment", code=row.code)
    return render(
        request,
        "delivery/assign.html",
        {"form": form, "suggestion": suggestion},
        status=422 if form.errors else 200,
    )


@require_safe
@for_roles(*SEES_ASSIGNMENTS)
def assignment(request: HttpRequest, code: str) -> HttpResponse:
    """Show one assignment: what, by when, its course, and the buttons of the viewer's side."""
    one = found(get_assignment_for(request.viewer, code))
    results = results_of(request.viewer, one)
    return render(request, "delivery/assignment.html", {
        "one": one, "waits_for": waits_for(one), "left": left_of([one], clock.today())[one.pk],
        "road": road_of(one, results), "buttons": _buttons(request, one), "matters": tasks_shown_to_unit(request.viewer, one),
        "pictures": [reverse("delivery:shown_picture", args=[one.code, file.name])
                     for file in pictures_shown_to_unit(request.viewer, one)],
        "words": words_shown_to_unit(request.viewer, one), "is_alone": handles_alone(request.viewer, one),
        "may_link": request.viewer.role in roles.OFFICE and one.state in ("dispatched", "accepted"),
    })  # fmt: skip


def _buttons(request: HttpRequest, one: Any) -> list[Button]:
    office = request.viewer.role in roles.OFFICE
    steps = open_steps(request.viewer, one)
    return [Button(label=_label(step, office), needs_form=True, is_main=number == 0 and not (office and _is_proxy(step)),
                   url=reverse("delivery:step", args=[one.code, step.name])) for number, step in enumerate(steps)]  # fmt: skip


def _is_proxy(step: StepPage) -> bool:
    return step.name in ("accept", "object", "progress", "claim", "cannot", "uphold", "reassign")


def _label(step: StepPage, office: bool) -> str:
    return _("代录：%(step)s") % {"step": step.label} if office and _is_proxy(step) else str(step.label)


@require_http_methods(["GET", "POST"])
@for_roles(*SEES_ASSIGNMENTS)
def step(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Show the form of one step, or do it; a stale one says so and keeps what was typed."""
    one = found(get_assignment_for(request.viewer, code))
    what = found(STEPS.get(name))
    found(may_ever(request.viewer, one, what) or None)
    form, done = take_step(request, one, what, request.viewer)
    if done:
        messages.success(request, what.done)
        return redirect("delivery:assignment", code=code)
    label = _label(what, request.viewer.role in roles.OFFICE)
    return render(request, "delivery/step.html", {"one": one, "what": what, "label": label, "form": form},
                  status=422 if form.errors else 200)  # fmt: skip


@require_POST
@for_roles(*roles.OFFICE)
def link(request: HttpRequest, code: str) -> HttpResponse:
    """Make a one-time link and show it this once, with a slip to print."""
    one = found(get_assignment_for(request.viewer, code))
    token = attempt(request, lambda: actions.make_link(one, by=request.viewer, at=clock.now()))
    if token is None:
        return redirect("delivery:assignment", code=code)
    url = request.build_absolute_uri(reverse("delivery:by_link", args=[token]))
    qr = qr_svg(url, _("承办单位回复用的二维码"))
    days = setting(one.committee_id, "link_days")
    return render(request, "delivery/link_slip.html", {"one": one, "url": url, "qr": qr, "days": days})


@require_safe
@for_roles(*SEES_ASSIGNMENTS)
def evidence(request: HttpRequest, name: str) -> HttpResponse:
    """Send a picture of a result to who sees its assignment."""
    return picture(found(evidence_for(request.viewer, name)))


def picture(row: Any) -> HttpResponse:
    """Answer with a kept picture; the caller has asked the viewer."""
    headers = {"Cache-Control": "private, no-store"}
    return HttpResponse(read_file(row), content_type=row.content_type, headers=headers)
