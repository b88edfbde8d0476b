"""The server under test: the whole product, and beside it the least a Django server can do, a one-row INSERT.

The bare view has a handler of its own without any middleware, on the same workers, threads and database connections.
"""

import os
import resource
import uuid
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test.utils import override_settings
from django.urls import path

from config.wsgi import application as whole
from shangliang.foundation import clock, ledger
from shangliang.foundation.models import Message


def insert(request: HttpRequest) -> HttpResponse:
    """Write one row into a table with four indexes, by the ORM, committed at once."""
    row = Message(
        effect=f"bench/{uuid.uuid4().hex}",
        channel="page",
        appointment=0,
        subject="bench",
        body="bench",
        state="sent",
        created_at=clock.now(),
    )
    row.save(force_insert=True)
    return HttpResponse(b"ok", content_type="text/plain")


def figures(request: HttpRequest) -> HttpResponse:
    """Tell what this worker process measured of itself."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return JsonResponse(
        {
            "pid": os.getpid(),
            "head_seconds": ledger.head_seconds[0],
            "heads": ledger.head_seconds[1],
            "peak_mb": used / (1024 if os.uname().sysname == "Linux" else 1024 * 1024),
        }
    )


urlpatterns = [path("_bench/insert/", insert), path("_bench/figures/", figures)]


class Bare(WSGIHandler):
    """Django without middleware, answering the two addresses above."""

    def get_response(self, request: HttpRequest) -> Any:
        request.urlconf = "shangliang.instance.bench.wsgi"  # type: ignore[attr-defined]
        return super().get_response(request)


with override_settings(MIDDLEWARE=[]):
    bare = Bare()


def application(environ: dict[str, Any], start_response: Any) -> Any:
    """Hand a request to the bare handler or to the product."""
    handler = bare if environ.get("PATH_INFO", "").startswith("/_bench/") else whole
    return handler(environ, start_response)


assert settings.MIDDLEWARE, "the product keeps its middleware"
