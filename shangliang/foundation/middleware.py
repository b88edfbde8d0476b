"""Two middlewares: a request log without a person in it, and an honest page when the database is away."""

import time
from collections.abc import Callable

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

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
        log.info("request", method=request.method, route=route, status=response.status_code,
                 ms=round((time.perf_counter() - began) * 1000))
        return response


class HonestDatabaseError:
    """When the database cannot be reached, say so with 503, keep what was typed in the page, promise nothing."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except (OperationalError, InterfaceError):
            return self._sorry(request)

    def process_exception(self, request: HttpRequest, failure: Exception) -> HttpResponse | None:
        """Answer for a view that met the database being away."""
        return self._sorry(request) if isinstance(failure, OperationalError | InterfaceError) else None

    def _sorry(self, request: HttpRequest) -> HttpResponse:
        typed = request.POST.get("text", "") if request.method == "POST" else ""
        page = render_to_string("foundation/database_away.html", {"typed": typed})
        return HttpResponse(page, status=503, headers={"Retry-After": "30", "Cache-Control": "no-store"})
