"""Switches kept in a cookie, and the component gallery."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from shangliang.ui.context import ELDER_COOKIE
from shangliang.ui.gallery import everything_once

_A_YEAR = 365 * 24 * 3600


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """Where `next` says, if it is ours; else the front page."""
    there = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(there if safe else "/")


def _remember(request: HttpRequest, response: HttpResponse, name: str, value: str) -> HttpResponse:
    response.set_cookie(
        name, value, max_age=_A_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
    )
    return response


@login_not_required
@require_safe
def elder(request: HttpRequest) -> HttpResponse:
    """?elder=1 large letters, ?elder=0 usual ones; remembered a year on this browser, then back to `next`."""
    chosen = "1" if request.GET.get("elder") == "1" else "0"
    return _remember(request, _back(request), ELDER_COOKIE, chosen)


@login_not_required
@require_safe
def language(request: HttpRequest) -> HttpResponse:
    """?to=en or zh-hans; a language we do not have changes nothing."""
    wanted = request.GET.get("to", "")
    if wanted not in dict(settings.LANGUAGES):
        return _back(request)
    return _remember(request, _back(request), settings.LANGUAGE_COOKIE_NAME, wanted)


@login_not_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component once, with invented data; for those who build pages (DEBUG or signed in), else 404."""
    user = getattr(request, "user", None)
    if not (settings.DEBUG or getattr(user, "is_authenticated", False)):
        raise Http404
    template = "ui/gallery_staff.html" if request.GET.get("frame") == "staff" else "ui/gallery.html"
    return render(request, template, everything_once(request))
