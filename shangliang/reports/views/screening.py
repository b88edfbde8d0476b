"""The moves of the desk: each a page of its own with the words the reporter will read, or one press."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shangliang.analysis.redact import hide_private
from shangliang.foundation import clock, roles
from shangliang.foundation.lifecycle import Move
from shangliang.foundation.moves import may
from shangliang.people.access import attempt, attempt_form, for_roles, found
from shangliang.people.queries import communities_of
from shangliang.reports.actions import joining, screening
from shangliang.reports.actions.wording import channels_of, words_for
from shangliang.reports.forms.desk import JoinForm, RaiseForm, ReferForm, WordsForm
from shangliang.reports.queries import get_report_for
from shangliang.reports.queries.desk import matter_to_join, matters_to_join, next_after, reports_on_desk
from shangliang.reports.states import ANSWER, ASK, BANK, DECLINE, JOIN, RAISE, REFER
from shangliang.reports.views.desk_address import address, filter_of
from shangliang.reports.views.spoken import no_words_yet
from shangliang.reports.views.undoing import forget_undo, offer_undo
from shangliang.ui.forms import Form

WITH_WORDS: dict[str, tuple[Move, Callable[..., Any]]] = {
    "answer": (ANSWER, screening.answer), "refer": (REFER, screening.refer), "bank": (BANK, screening.bank),
    "decline": (DECLINE, screening.decline), "ask": (ASK, screening.ask), "raise": (RAISE, joining.raise_matter),
    "join": (JOIN, joining.join),
}  # fmt: skip


@for_roles(*roles.OFFICE)
def desk_move(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """The page of one move: what the reporter will read, to be looked at before it is sent."""
    if verb not in WITH_WORDS:
        raise Http404
    report = found(get_report_for(request.viewer, code))
    step, act = WITH_WORDS[verb]
    form = _form(request, report, verb)
    if request.method == "POST" and form.is_valid():
        done = attempt_form(form, lambda: act(report, **form.cleaned_data, by=request.viewer, at=clock.now()))
        if done:
            words = _("已%(label)s。") % {"label": step.label}
            return _next(request, words, [report.code], report, can_undo=step != ASK)
    elif request.method != "POST" and not may(request.viewer, report, step):
        messages.error(request, _("这一步刚才已经有人做过，请看看现在的情况。"))
        return redirect(address("reports:desk_report", request, code))
    shown = {
        "report": report,
        "step": step,
        "form": form,
        "back": address("reports:desk_report", request, code),
        "hidden_words": hide_private(report.text)[0] or no_words_yet(report),
    }
    return render(request, "reports/desk/move.html", shown, status=422 if form.errors else 200)


@require_POST
@for_roles(*roles.OFFICE)
def join_beside(request: HttpRequest, code: str) -> HttpResponse:
    """One press: join the report to the matter beside it, or make it and the report beside it one new matter."""
    report = found(get_report_for(request.viewer, code))
    done: Any
    beside = request.POST.get("matter", "")
    other = request.POST.get("report", "")
    if beside:
        matter = found(matter_to_join(request.viewer, beside))
        done = attempt(request, lambda: joining.join(report, matter, by=request.viewer, at=clock.now()))
        codes = [code]
    else:
        rows = [found(get_report_for(request.viewer, other)), report]
        done = attempt(request, lambda: joining.bulk_join(rows, by=request.viewer, at=clock.now()))
        codes = [code, other]
    if not done:
        return redirect(address("reports:desk_report", request, code))
    return _next(request, _("已合成一件。"), codes, report)


@require_POST
@for_roles(*roles.OFFICE)
def hold(request: HttpRequest, code: str) -> HttpResponse:
    """Hand a report to the two officers."""
    report = found(get_report_for(request.viewer, code))
    if attempt(request, lambda: screening.hold(report, by=request.viewer, at=clock.now())):
        messages.success(request, _("已交给专办员，这里不再显示。"))
    return redirect(address("reports:desk", request))


@require_POST
@for_roles(*roles.OFFICE)
def undo(request: HttpRequest, code: str = "") -> HttpResponse:
    """Take back what was just done, by the codes it touched, or the last act on one report."""
    codes = [code] if code else request.POST.get("undo", "").split(",")
    rows = list(reports_on_desk(request.viewer, codes[: screening.MOST_AT_ONCE]))
    undone = attempt(request, lambda: joining.undo_many(rows, by=request.viewer, at=clock.now()))
    if undone:
        forget_undo(request)
        messages.success(request, _("撤销了 %(count)s 条，它们又在等着的里面了。") % {"count": len(undone)})
    elif undone is not None:
        messages.info(request, _("没有可撤销的了。"))
    here = address("reports:desk_report", request, code) if code else address("reports:desk", request)
    return redirect(here)


def _next(
    request: HttpRequest, words: str, codes: list[str], report: Any, can_undo: bool = True
) -> HttpResponse:
    """Go on to what stands behind the report in the queue, with the filters kept, and offer to take the act back."""
    if can_undo:
        offer_undo(request, words, codes)
    else:
        messages.success(request, words)
    code = next_after(request.viewer, filter_of(request), clock.today(), report)
    return redirect(
        address("reports:desk_report", request, code) if code else address("reports:desk", request)
    )


def _form(request: HttpRequest, report: Any, verb: str) -> Form:
    said = request.POST if request.method == "POST" else None
    words = {"words": words_for(f"report.{verb}")} if verb != "refer" else {}
    if verb == "refer":
        return ReferForm(said, channels=channels_of(report.committee_id))
    if verb == "raise":
        first = {
            **words,
            "area": report.area_id,
        }  # no title: it is read by units, so it is not begun with a person's words
        return RaiseForm(said, initial=first, areas=communities_of(report.committee_id))
    if verb == "join":
        return JoinForm(said, initial=words, matters=matters_to_join(request.viewer, report))
    return WordsForm(said, initial=words)
