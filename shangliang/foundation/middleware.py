"""A request log without a person in it, no NUL in an address or a code, and an honest page when the database is away."""

import time
from collections.abc import Callable

import structlog
from django.db import DataError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import page_not_found

from shangliang.foundation.typed import typed_words

Answer = Callable[[HttpRequest], HttpResponse]
log = structlog.get_logger("shangliang.request")


class RequestLog:
    """Log method, route name, status and milliseconds: no address, no path parameter, no query, no body."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        route = request.resolver_match.view_name if request.resolver_match else ""
        log.info(
            "request",
            method=request.method,
            route=route,
            status=response.status_code,
            ms=round((time.perf_counter() - began) * 1000),
        )
        return response


class NoNul:
    """An address or a code with a NUL in it leads nowhere: PostgreSQL would break where SQLite only finds nothing."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, failure: Exception) -> HttpResponse | None:
        """Answer 404 where the database refused a code with a NUL in it: words are cleaned, codes only looked up."""
        sent = (one for values in request.POST.lists() for one in values[1])
        is_ours = isinstance(failure, ValueError | DataError) and any("\0" in str(one) for one in sent)
        return page_not_found(request, failure) if is_ours else None


def database_away(request: HttpRequest) -> HttpResponse:
    """Answer 503: nothing was lost, come back later; what was typed stands on the page to be copied."""
    page = render_to_string("foundation/database_away.html", {"typed": typed_words(request)})
    return HttpResponse(page, status=503, headers={"Retry-After": "30", "Cache-Control": "no-store"})


class HonestDatabaseError:
    """When a view cannot reach the database, say so. What fails outside a view (sign-in, session) is ``handler500``'s."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, failure: Exception) -> HttpResponse | None:
        """Answer for a view that met the database being away."""
        return database_away(request) if isinstance(failure, OperationalError | InterfaceError) else None
