"""Doors: every view is closed unless it opens itself; these open it to roles, and turn refusals into sentences."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from shangliang.foundation.refusals import Refusal
from shangliang.people.models import Appointment, Committee
from shangliang.people.navigation import pages_for
from shangliang.people.queries import unread_count

View = Callable[..., HttpResponse]
R = TypeVar("R")
LONGEST_KEY = 19  # digits


class Request(HttpRequest):
    """A request as the middleware and the doors below leave it; views name it for the sake of types."""

    viewer: Any  # Appointed behind for_roles, anybody of the closed set elsewhere
    acting: Appointment | None
    committee: Committee


def for_roles(*allowed: str) -> Callable[[View], View]:
    """Open a view to people acting in one of these roles; for everybody else it does not exist (404)."""

    def door(view: View) -> View:
        @wraps(view)
        def behind(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.viewer.role not in allowed:  # type: ignore[attr-defined]
                raise Http404
            _dress(request)
            return view(request, *args, **kwargs)

        behind.open_to = allowed  # type: ignore[attr-defined]
        return behind

    return door


def for_signed_in(view: View) -> View:
    """Open a view to anybody who is signed in, in a role or in none (any more)."""

    @wraps(view)
    def behind(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.acting:  # type: ignore[attr-defined]
            _dress(request)
        return view(request, *args, **kwargs)

    behind.open_to = ("signed in",)  # type: ignore[attr-defined]
    return behind


def _dress(request: HttpRequest) -> None:
    """Hang on the request what the masthead of staff pages shows; the number of messages is counted when asked for."""
    request.committee = request.acting.committee  # type: ignore[attr-defined]
    request.nav = pages_for(request)  # type: ignore[attr-defined]
    request.inbox_count = SimpleLazyObject(lambda: unread_count(request.viewer))  # type: ignore[attr-defined]


def for_everybody(view: View) -> View:
    """Open a view to anybody, without an account."""
    view.open_to = ("everybody",)  # type: ignore[attr-defined]
    return login_not_required(view)


def found(row: R | None) -> R:
    """Return the row, or answer 404: what a viewer may not see does not exist."""
    if row is None:
        raise Http404
    return row


def is_key(said: str) -> bool:
    """Tell whether what was sent may be a row's id: digits, and no more than any database takes."""
    return said.isdecimal() and len(said) < LONGEST_KEY


def attempt(request: HttpRequest, act: Callable[[], R]) -> R | None:
    """Run an action; a refusal becomes a message for the person. Return its result, or None when refused."""
    try:
        return act()
    except Refusal as refused:
        messages.error(request, str(refused))
        return None


def attempt_form(form: BaseForm, act: Callable[[], R]) -> R | None:
    """Run an action for a filled form; a refusal becomes the form's error, and what was typed stays."""
    try:
        return act()
    except Refusal as refused:
        form.add_error(None, str(refused))
        return None
