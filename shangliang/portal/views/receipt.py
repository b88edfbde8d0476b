"""The page behind a receipt: no code in its address, in no cache, in no referrer."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from shangliang.foundation import clock
from shangliang.people.access import for_everybody
from shangliang.portal.receipts import receipt_page_of
from shangliang.reports.receipt_cookie import holder_from


@for_everybody
@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """Where the matter stands, for whoever showed a receipt in this browser; anybody else is asked for the code."""
    holder = holder_from(request)
    page = receipt_page_of(holder, clock.today()) if holder else None
    if page is None:
        return _private(HttpResponseRedirect(reverse("reports:receipt_lookup")))
    request.committee = page.report.committee  # type: ignore[attr-defined]
    return _private(
        render(request, "portal/receipt.html", {"page": page, "report": page.report, "today": clock.today()})
    )


def _private(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store, private"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
