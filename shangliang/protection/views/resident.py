"""With the receipt in hand: may the unit read it? One press."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shangliang.foundation import clock
from shangliang.people.access import attempt, for_everybody
from shangliang.protection import actions
from shangliang.protection.queries import consent_question
from shangliang.reports.queries import get_report_of_holder
from shangliang.reports.receipt_cookie import holder_from


@for_everybody
@require_http_methods(["GET", "POST"])
def consent(request: HttpRequest) -> HttpResponse:
    """Show the question and take a yes or a no; without a receipt the code is asked for first."""
    holder = holder_from(request)
    report = get_report_of_holder(holder) if holder else None
    if holder is None or report is None:
        return _private(redirect("reports:receipt_lookup"))
    request.committee = report.committee  # type: ignore[attr-defined]
    asked = consent_question(holder)
    if request.method == "POST" and asked and request.POST.get("answer") in ("yes", "no"):
        agrees = request.POST["answer"] == "yes"
        act = actions.give_consent if agrees else actions.refuse_consent
        if attempt(request, lambda: act(asked.exposure, by=holder, at=clock.now())):
            words = _("记下了：同意。我们去掉姓名、电话、门牌，再给单位看。") if agrees else _(
                "记下了：不同意。单位看不到您写的。"
            )  # fmt: skip
            messages.success(request, words)
        return _private(redirect("protection:consent"))
    return _private(render(request, "protection/consent.html", {"asked": asked, "report": report}))


def _private(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store, private"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
