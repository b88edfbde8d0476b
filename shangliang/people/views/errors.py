"""Pages for what went wrong outside a view: a form that lay too long, a database that is away."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views import defaults

from shangliang.foundation.middleware import database_away
from shangliang.foundation.typed import typed_words


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A stale form: nothing was taken, and what was typed stands on the page to be copied."""
    typed = typed_words(request)
    return render(request, "403_csrf.html", {"typed": typed, "again": request.path}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say what can be said: that the database is away, else that the fault is ours."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return database_away(request)
    return defaults.server_error(request)
