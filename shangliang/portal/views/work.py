"""等我办的: everything that waits for the seat somebody acts in, over all stages, on one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from shangliang.foundation import clock, roles
from shangliang.people.access import for_roles
from shangliang.portal.pending import work_of


@require_safe
@for_roles(*roles.STAFF)
def work(request: HttpRequest) -> HttpResponse:
    """What waits, late ones first, each with how many, the oldest day and the way there."""
    rows = work_of(request.viewer, clock.today())  # type: ignore[attr-defined]
    shown = {
        "late": [one for one in rows if one.is_late],
        "rest": [one for one in rows if not one.is_late],
        "wants_digest": request.acting.wants_digest,  # type: ignore[attr-defined]
    }
    return render(request, "portal/work.html", shown)
