"""With a receipt in hand: leave a number or an address, change it, take the consent back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shangliang.foundation import clock
from shangliang.foundation.outbox import sends_mail
from shangliang.people.access import attempt, attempt_form
from shangliang.people.queries import setting
from shangliang.reports.actions.contact import leave_contact, sentence_of, take_back_consent
from shangliang.reports.forms.receipt import contact_form
from shangliang.reports.queries import consents_of
from shangliang.reports.views.doors import for_holders, see_other

KINDS = ("phone", "mail")


@for_holders
@require_http_methods(["GET", "HEAD", "POST"])
def receipt_contact(request: HttpRequest, report: Any) -> HttpResponse:
    """Show what is left and to what was agreed; take a number or an address. What is kept is never shown again."""
    holder, form = request.holder, None  # type: ignore[attr-defined]
    if request.method == "POST":
        form = contact_form(request.POST.get("what", ""), request.POST)
        if form.is_valid() and attempt_form(
            form,
            lambda: bool(
                leave_contact(report, what=form.kind, **form.cleaned_data, by=holder, at=clock.now())
            ),
        ):
            messages.success(request, _("存好了，加密放着。"))
            return see_other(reverse("reports:receipt_contact"))
    context = {"report": report, "parts": _parts(holder, form), "history": _history(holder), "sends_mail": sends_mail(),
               "keep_days": setting(report.committee_id, "keep_contact_days")}  # fmt: skip
    return render(request, "reports/receipt_contact.html", context, status=422 if form else 200)


@for_holders
@require_POST
def receipt_contact_forget(request: HttpRequest, report: Any) -> HttpResponse:
    """Take the consent back: what was left is destroyed at once."""
    what, holder = request.POST.get("what", ""), request.holder  # type: ignore[attr-defined]
    if what in KINDS:
        done = attempt(
            request, lambda: take_back_consent(report, what=what, by=holder, at=clock.now()) or "done"
        )
        if done:
            messages.success(request, _("已经删掉了，不会再用。"))
    return see_other(reverse("reports:receipt_contact"))


def _parts(holder: Any, sent: Any) -> list[dict[str, Any]]:
    """Return for each kind its form and since when one is left, if one is."""
    standing = {one.what: one for one in consents_of(holder) if one.ended_at is None}
    return [
        {
            "what": what,
            "form": sent if sent and sent.kind == what else contact_form(what),
            "left": standing.get(what),
        }
        for what in KINDS
    ]


def _history(holder: Any) -> list[dict[str, Any]]:
    """Return every consent with the sentence that was agreed to, and until when it held."""
    return [
        {"consent": one, "sentence": _sentence(one), "ended": one.get_ended_because_display()}
        for one in consents_of(holder)
    ]


def _sentence(consent: Any) -> Any:
    try:
        return sentence_of(consent.what, consent.version)
    except KeyError:
        return ""
