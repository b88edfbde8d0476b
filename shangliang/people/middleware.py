"""Who is looking, found out when first asked; and the sign-in page for who is not, without losing what was typed."""

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject

from shangliang.foundation import clock
from shangliang.foundation.typed import typed_words
from shangliang.foundation.viewer import NOBODY, Viewer
from shangliang.people.models import Appointment
from shangliang.people.queries import described, standing_appointments, viewer_from

ACTING_KEY = "acting_as"


class ActingAs:
    """Hang the viewer on the request, lazily: an anonymous page asks the database nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.appointments = SimpleLazyObject(lambda: _to_choose_from(request))  # type: ignore[attr-defined]
        request.acting = SimpleLazyObject(lambda: _acting(request))  # type: ignore[attr-defined]
        request.viewer = SimpleLazyObject(lambda: viewer_of(request))  # type: ignore[attr-defined]
        response = self.get_response(request)
        if "sessionid" in request.COOKIES or request.method != "GET":
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response


class SignedInOnly(LoginRequiredMiddleware):
    """Django's own door, but for a form sent after the sign-in ran out: its words are given back, to be sent again."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponse:
        """Lead to the sign-in page; or, where somebody wrote something, give it back and lead there from that page."""
        typed = typed_words(request)
        if not typed:
            return super().handle_no_permission(request, view_func)
        return render(request, "403_csrf.html", {"typed": typed, "again": request.path}, status=403)


def viewer_of(request: HttpRequest) -> Viewer:
    """Return who is looking: the appointment acted in, or nobody in particular."""
    acting = _acting(request)
    return viewer_from(acting) if acting else NOBODY


def _appointments(request: HttpRequest) -> list[Appointment]:
    if not hasattr(request, "_standing"):
        signed_in = "sessionid" in request.COOKIES and request.user.is_authenticated
        request._standing = (  # type: ignore[attr-defined]
            list(standing_appointments(request.user.pk or 0, clock.today())) if signed_in else []
        )
    return request._standing  # type: ignore[attr-defined, no-any-return]


def _to_choose_from(request: HttpRequest) -> list[tuple[int, str, bool]]:
    """Return (id, words, is acted in) of each appointment, for the switch in the masthead."""
    acting = _acting(request)
    return [(one.pk, described(one), one == acting) for one in _appointments(request)]


def _acting(request: HttpRequest) -> Appointment | None:
    mine = _appointments(request)
    chosen = request.session.get(ACTING_KEY) if mine else None
    return next((one for one in mine if one.pk == chosen), mine[0] if mine else None)
