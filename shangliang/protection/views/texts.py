"""写给单位和公众看的: the office's page of one report, one question at a time."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from shangliang.foundation import clock, roles
from shangliang.people.access import attempt, attempt_form, for_roles, found, is_key
from shangliang.people.queries import organisations_of
from shangliang.protection import actions, notices
from shangliang.protection.forms import ConsentForm, ExposureForm, MemberForm, TextForm, UnitForm
from shangliang.protection.queries import get_finding_for, members_to_ask, units_to_name
from shangliang.protection.views.shown import QUESTIONS, beside, proposal, texts_page, title_of
from shangliang.reports.queries import get_report_for
from shangliang.ui.forms import Form

ACTS: dict[str, Callable[..., Any]] = {
    "exposure": actions.answer_exposure,
    "dispatch": actions.confirm_dispatch_text,
    "public": actions.confirm_public_text,
    "consent": actions.ask_consent,
    "member": actions.ask_member,
    "units": actions.name_unit,
}


@require_safe
@for_roles(*roles.OFFICE)
def texts(request: HttpRequest, code: str) -> HttpResponse:
    """Show the original with what would be hidden marked, and the question that is open now."""
    report = found(get_report_for(request.viewer, code))
    page = texts_page(request.viewer, report)
    form = _form(request, report, page, page.next) if page.next else None
    return _page(request, page, page.next, form)


@require_http_methods(["GET", "POST"])
@for_roles(*roles.OFFICE)
def step(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Show one question, or take its answer; a refused one keeps what was typed."""
    if name not in ACTS:
        raise Http404
    report = found(get_report_for(request.viewer, code))
    page = texts_page(request.viewer, report)
    form = _form(request, report, page, name)
    if request.method == "POST" and form.is_valid():
        act = ACTS[name]
        if attempt_form(form, lambda: act(report, **form.cleaned_data, by=request.viewer, at=clock.now())):
            messages.success(request, _done(name))
            return redirect("protection:texts", code=code)
    return _page(request, page, name, form)


@require_POST
@for_roles(*roles.OFFICE)
def unname(request: HttpRequest, code: str) -> HttpResponse:
    """Take back that a report complains about a unit."""
    report = found(get_report_for(request.viewer, code))
    said = request.POST.get("organisation", "")
    units = organisations_of(report.committee_id)
    unit = found(units.filter(pk=int(said)).first() if is_key(said) else None)
    if attempt(request, lambda: actions.unname_unit(report, unit, by=request.viewer, at=clock.now())):
        messages.success(request, _("撤下了。"))
    return redirect("protection:texts", code=code)


@require_POST
@for_roles(*roles.OFFICE)
def finding_step(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Take the request to a member back, or join what the member wrote."""
    one = found(get_finding_for(request.viewer, code))
    act = found({"call-back": actions.call_back_finding, "take-in": actions.take_in_finding}.get(name))
    report = found(get_report_for(request.viewer, one.exposure.report.code))
    if attempt(request, lambda: act(one, by=request.viewer, at=clock.now())):
        words = (
            _("合进事项了。原来那一条不再给单位看，回执照样有进展。") if name == "take-in" else _("收回了。")
        )
        messages.success(request, words)
    return redirect("protection:texts", code=report.code)


def _page(request: HttpRequest, page: Any, name: str, form: Form | None) -> HttpResponse:
    shown = {
        "page": page, "report": page.report, "form": form, "step": name, "question": title_of(name) if name else "",
        "number": QUESTIONS.index(name) + 1 if name in QUESTIONS else 0, **beside(request.viewer, page.report),
    }  # fmt: skip
    return render(request, "protection/texts.html", shown, status=422 if form and form.errors else 200)


def _form(request: HttpRequest, report: Any, page: Any, name: str) -> Form:
    said = request.POST if request.method == "POST" else None
    if name == "exposure":
        return ExposureForm(said, initial={"households": page.exposure.households} if page.exposure else None)
    if name in ("dispatch", "public"):
        return TextForm(said, initial={"text": proposal(page, name)})
    if name == "consent":
        is_again = page.exposure is not None and page.exposure.state == "refused"
        return ConsentForm(said, initial={"words": notices.consent_question()}, is_again=is_again)
    if name == "member":
        return MemberForm(said, members=members_to_ask(report, clock.today()))
    return UnitForm(said, units=units_to_name(request.viewer, report))


def _done(name: str) -> str:
    return {
        "exposure": _("记下了。"),
        "dispatch": _("确认好了，单位看到的就是这些字。"),
        "public": _("确认好了。要公开，还要在“公布”里拟稿、审核。"),
        "consent": _("问出去了，他凭回执看得到。没回答以前一直锁着。"),
        "member": _("请了委员，他会在收件箱看到。"),
        "units": _("记下了，这件事不会交给它一家办。"),
    }[name]
