"""Doors of the resident's pages: what is private stays out of caches, and a receipt opens one report only."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from shangliang.foundation.typed import typed_words
from shangliang.people.access import for_everybody
from shangliang.reports.queries import get_report_of_holder
from shangliang.reports.receipt_cookie import holder_from

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    """Keep the answer out of every cache and its address out of every referrer.

    The page's own <meta> widens the referrer to our own site again: with none at all a browser sends ``Origin: null``
    and its forms would be refused.
    """

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["Referrer-Policy"] = "no-referrer"
        return response

    return kept


def for_holders(view: View) -> View:
    """Open a view to whoever showed a receipt in this browser, with ``request.holder`` and the report it opens.

    Anybody else is led to the page where the receipt code is typed; what was written too long after it was shown is
    given back.
    """

    @wraps(view)
    def behind(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        holder = holder_from(request)
        report = get_report_of_holder(holder) if holder else None
        if report is None:
            return _show_the_receipt_first(request)
        request.holder, request.committee = holder, report.committee  # type: ignore[attr-defined]
        return view(request, report, *args, **kwargs)

    return for_everybody(private(behind))


def _show_the_receipt_first(request: HttpRequest) -> HttpResponse:
    again, typed = reverse("reports:receipt_lookup"), typed_words(request)
    if not typed:
        return see_other(again)
    return render(request, "403_csrf.html", {"typed": typed, "again": again}, status=403)


def see_other(address: str) -> HttpResponse:
    """Lead on after a POST: the next page is fetched with GET, whatever the browser."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
