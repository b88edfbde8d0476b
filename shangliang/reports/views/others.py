"""What helps while somebody fills in the form: what others said already, and the form without a signal."""

import hashlib

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from shangliang.people.access import for_everybody, found
from shangliang.reports.queries import point_at
from shangliang.reports.queries.others import others_said
from shangliang.reports.states import PointState
from shangliang.reports.views.doors import private

KEPT_FILES = ("ui/bootstrap.min.css", "ui/shangliang.css", "ui/resident.js", "ui/proof.js", "ui/speak.js")


@for_everybody
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The service worker of the form: its address under /r/ lets it answer for the forms there, and for nothing else."""
    names = "|".join(staticfiles_storage.url(one) for one in KEPT_FILES)
    context = {"files": KEPT_FILES, "version": hashlib.sha256(names.encode()).hexdigest()[:12]}
    response = render(request, "reports/offline.js", context, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@for_everybody
@private
@require_POST
def others(request: HttpRequest, code: str) -> HttpResponse:
    """Answer with at most three published matters like the text typed; nothing where nothing is like it.

    What is typed is neither kept nor logged. By POST, though it writes nothing: an address is kept by every server on the way, a body by none.
    """
    point = found(point_at(code))
    if point.state == PointState.CLOSED:
        return HttpResponse()
    place = point.area.name if point.area else ""
    alike = others_said(point.committee_id, request.POST.get("text", ""), place)
    return render(request, "reports/parts/others.html", {"alike": alike})
