"""One view, two answers: the whole page, or the part HTMX asked for."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def wants_fragment(request: HttpRequest, target: str = "") -> bool:
    """True when HTMX asked for a part: not a boosted link, not history; with `target`, only for that element id."""
    headers = request.headers
    if headers.get("HX-Request") != "true":
        return False
    if headers.get("HX-Boosted") == "true" or headers.get("HX-History-Restore-Request") == "true":
        return False
    return not target or headers.get("HX-Target") == target


def page_or_fragment(
    request: HttpRequest,
    page: str,
    fragment: str,
    context: dict | None = None,
    *,
    target: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render `page`, or only `fragment` (a template the page includes) for an HTMX request, with the same context."""
    template = fragment if wants_fragment(request, target) else page
    response = render(request, template, context, status=status)
    patch_vary_headers(response, ("HX-Request", "HX-Target"))
    return response


def go_to(request: HttpRequest, url: str) -> HttpResponse:
    """Leave for `url` after a POST: HX-Redirect for HTMX, 302 otherwise. `url` must be our own."""
    if request.headers.get("HX-Request") != "true":
        return HttpResponseRedirect(url)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = url
    return response
