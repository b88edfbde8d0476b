"""With a receipt in hand: open it, forget it, answer, add, withdraw."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shangliang.foundation import clock
from shangliang.foundation.codes import parse_receipt
from shangliang.people.access import attempt, attempt_form, for_everybody
from shangliang.people.queries import setting
from shangliang.reports import rules
from shangliang.reports.actions import add_words, reply, withdraw
from shangliang.reports.forms.resident import AddForm, ReceiptForm, ReplyForm
from shangliang.reports.queries import open_questions_to, report_of_receipt, seconds_of_receipt
from shangliang.reports.receipt_cookie import forget, holder_from, remember
from shangliang.reports.states import WITHDRAW, ReportState
from shangliang.reports.views.doors import for_holders, private, see_other
from shangliang.reports.views.proofs import (
    count_wrong_code,
    may_need_a_proof,
    may_try_a_code,
    task_for_lookup,
)

UNKNOWN, TOO_MANY_WRONG = 422, 429
PAGE_OR_FORM = require_http_methods(["GET", "HEAD", "POST"])


@for_everybody
@private
@PAGE_OR_FORM
def receipt_lookup(request: HttpRequest) -> HttpResponse:
    """Open a report by its receipt code. A wrong, an unknown and a misspelt code get the same answer.

    Nobody is locked out: after many wrong codes from one address a try wants a proof of work, or a minute's patience.
    """
    form = ReceiptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not may_try_a_code(request):
            return _wait_a_minute(request, form)
        bits = parse_receipt(form.cleaned_data["code"])
        report = report_of_receipt(bits) if bits else None
        if report is not None:
            response = see_other(status_address())
            remember(response, report.pk, form.cleaned_data["remember"], secure=request.is_secure())
            return response
        count_wrong_code(request)
        form.add_error(
            "code", _("没有查到。对着回执再看一遍，一个符号、一个字都不能差，末尾那一个也要写上。")
        )
    return _lookup_page(request, form, status=UNKNOWN if form.is_bound else 200)


def _wait_a_minute(request: HttpRequest, form: ReceiptForm) -> HttpResponse:
    form.add_error(
        "code",
        _("从这个网络来查的，刚才错得太多，不一定是您。码还在：等一分钟再点“查一查”，或者换个网络试。"),
    )
    response = _lookup_page(request, form, status=TOO_MANY_WRONG)
    response["Retry-After"] = "60"
    return response


def _lookup_page(request: HttpRequest, form: ReceiptForm, status: int) -> HttpResponse:
    context = {
        "form": form, "holder": holder_from(request), "task": task_for_lookup(), "solves": may_need_a_proof(request),
    }  # fmt: skip
    return render(request, "reports/receipt_lookup.html", context, status=status)


@for_everybody
@private
@require_POST
def receipt_forget(request: HttpRequest) -> HttpResponse:
    """Take the receipt out of this browser."""
    response = see_other(reverse("reports:receipt_lookup"))
    forget(response)
    messages.success(request, _("这部手机上不再记着了。要再看，凭回执码。"))
    return response


@for_holders
@PAGE_OR_FORM
def receipt_reply(request: HttpRequest, report: Any) -> HttpResponse:
    """Answer what the office asked; what was typed stays when it is refused."""
    holder, form = request.holder, ReplyForm(request.POST or None)  # type: ignore[attr-defined]
    if form.is_valid():
        text = form.cleaned_data["text"]
        if attempt_form(form, lambda: reply(report, text=text, by=holder, at=clock.now())):
            return _done(request, _("收到您的回答了。"), text)
    context = {"form": form, "report": report, "questions": open_questions_to(holder)}
    return render(request, "reports/receipt_reply.html", context, status=UNKNOWN if form.is_bound else 200)


@for_holders
@PAGE_OR_FORM
def receipt_add(request: HttpRequest, report: Any) -> HttpResponse:
    """Add words or pictures; the words stay when they are refused."""
    holder = request.holder  # type: ignore[attr-defined]
    form = AddForm(request.POST, request.FILES) if request.method == "POST" else AddForm()
    if form.is_valid():
        said = form.cleaned_data
        added = attempt_form(form, lambda: add_words(report, **said, by=holder, at=clock.now()))
        if added:
            return _done(request, _("补充的收到了。"), said["text"])
    seconds = seconds_of_receipt(request.holder)  # type: ignore[attr-defined]
    context = {"form": form, "report": report, "lost_photos": bool(request.FILES), "seconds": seconds}
    return render(request, "reports/receipt_add.html", context, status=UNKNOWN if form.is_bound else 200)


@for_holders
@PAGE_OR_FORM
def receipt_withdraw(request: HttpRequest, report: Any) -> HttpResponse:
    """Ask once more, then withdraw: contact data is gone at once."""
    holder = request.holder  # type: ignore[attr-defined]
    if request.method == "POST":
        if attempt(request, lambda: withdraw(report, by=holder, at=clock.now())):
            return _done(request, _("已经撤回。您留的联系方式也删掉了。"))
        return see_other(status_address())
    context = {"report": report, "seconds": seconds_of_receipt(holder), "may_withdraw": report.state in WITHDRAW.sources,
               "is_joined": report.state == ReportState.TAKEN,
               "keep_days": setting(report.committee_id, "keep_withdrawn_days")}  # fmt: skip
    return render(request, "reports/receipt_withdraw.html", context)


def status_address() -> str:
    """Return the address of the page that shows where the matter stands; a later stage owns it."""
    return reverse("portal:receipt")


def _done(request: HttpRequest, words: str, text: str = "") -> HttpResponse:
    messages.success(request, words)
    danger = rules.danger_of(text)
    if danger:
        numbers = "、".join(danger.numbers)
        messages.warning(
            request, _("要是现在有危险，先打电话：%(numbers)s。这里不是随时有人看的。") % {"numbers": numbers}
        )
    if rules.held_because(text) == rules.ACCUSATION:
        messages.warning(
            request, _("举报具体的人，这里查不了。请打 12388，或看“举报和打官司的事，去这里说”。")
        )
    return see_other(status_address())
