"""Looking after a report point: its code, who is in charge, whether it still hangs."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shangliang.foundation import clock, roles
from shangliang.people.access import Request, attempt, attempt_form, for_roles, found, is_key
from shangliang.people.queries import get_appointment_for
from shangliang.reports.actions.point_checks import answer_check
from shangliang.reports.actions.point_duties import put_in_charge, take_off_duty
from shangliang.reports.actions.points import revoke_code, rotate_code, stop_old_code
from shangliang.reports.forms.points import AT_ONCE, CheckForm, NewCodeForm
from shangliang.reports.queries.point_duties import (
    checks_of,
    get_duty_for,
    get_point_cared_for,
    public_texts_near,
)
from shangliang.reports.queries.points import (
    get_point_for,
    get_point_once_at,
    points_in_charge,
    retired_codes_of,
)

CARING = (*roles.OFFICE, roles.MEMBER, roles.KEEPER)


@require_safe
@for_roles(roles.MEMBER, roles.KEEPER)
def my_points(request: Request) -> HttpResponse:
    """The points somebody is in charge of: state, an open question, public texts of the community. No report, no count."""
    mine = list(points_in_charge(request.viewer))
    texts = public_texts_near(request.viewer, mine)
    context = {"rows": [(one, texts.get(one.pk, [])) for one in mine], "slug": request.committee.slug}
    return render(request, "reports/points_mine.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*roles.OFFICE)
def change_code(request: Request, code: str) -> HttpResponse:
    """Give a point another code; the old one goes on for some days or stops at once. Then print it again."""
    point = get_point_for(request.viewer, code)
    if point is None:
        messages.error(request, _("这个点刚才已经换过码了。请先看看现在的码。"))
        return redirect("reports:point", found(get_point_once_at(request.viewer, code)).code)
    form = NewCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt_form(form, lambda: _changed(request, point, form.cleaned_data)):
        messages.success(request, _("换好了。请把新码印出来贴上，再把旧的揭下来。"))
        return redirect("reports:poster", point.code)
    context = {"form": form, "point": point}
    return render(request, "reports/point_code.html", context, status=422 if form.errors else 200)


def _changed(request: Request, point: Any, said: dict[str, Any]) -> Any:
    if said["how"] == AT_ONCE:
        return revoke_code(point, by=request.viewer, at=clock.now())
    return rotate_code(point, leads_until=said["leads_until"], by=request.viewer, at=clock.now())


@require_POST
@for_roles(*roles.OFFICE)
def stop_old(request: Request, code: str) -> HttpResponse:
    """Stop an old code before its last day."""
    point = found(get_point_for(request.viewer, code))
    old = found(retired_codes_of(request.viewer, point).filter(code=request.POST.get("old", "")).first())
    attempt(request, lambda: stop_old_code(old, by=request.viewer, at=clock.now()))
    return redirect("reports:point", point.code)


@require_POST
@for_roles(*roles.OFFICE)
def put_on(request: Request, code: str) -> HttpResponse:
    """Put a member or a keeper in charge."""
    point = found(get_point_for(request.viewer, code))
    said = request.POST.get("appointment", "")
    held = get_appointment_for(request.viewer, int(said)) if is_key(said) else None
    if held is None:
        messages.error(request, _("请先选一位委员或联络人。"))
    elif attempt(request, lambda: put_in_charge(point, appointment=held, by=request.viewer, at=clock.now())):
        messages.success(request, _("已经告诉%(name)s。") % {"name": held.person.name})
    return redirect("reports:point", point.code)


@require_POST
@for_roles(*roles.OFFICE)
def take_off(request: Request, code: str) -> HttpResponse:
    """Take somebody off a point."""
    point, said = found(get_point_for(request.viewer, code)), request.POST.get("duty", "")
    duty = found(get_duty_for(request.viewer, point, int(said)) if is_key(said) else None)
    attempt(request, lambda: take_off_duty(duty, by=request.viewer, at=clock.now()))
    return redirect("reports:point", point.code)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*CARING)
def check(request: Request, code: str) -> HttpResponse:
    """Answer whether a point still hangs; broken or gone leads on to another print or another code."""
    point = found(get_point_cared_for(request.viewer, code))
    latest, form = checks_of(request.viewer, point).first(), CheckForm(request.POST or None)
    if request.method == "POST" and latest is None:
        messages.info(request, _("现在没有人问，不用答。"))
        return redirect("reports:point_check", point.code)
    if form.is_valid() and latest:
        said = {**form.cleaned_data, "by": request.viewer, "at": clock.now()}
        if attempt_form(form, lambda: answer_check(latest, **said)):
            return redirect("reports:point_check", point.code)
    context = {
        "form": form,
        "point": point,
        "check": latest,
        "is_office": request.viewer.role in roles.OFFICE,
    }
    return render(request, "reports/point_check.html", context, status=422 if form.errors else 200)
