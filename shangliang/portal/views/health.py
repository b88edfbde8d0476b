"""For probes: does the process answer, does its database."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from shangliang.people.access import for_everybody


@for_everybody
@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 with {"ok": true}, or 503 when the database does not answer. Tells nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return JsonResponse({"ok": False, "database": False}, status=503)
    return JsonResponse({"ok": True, "database": True})
