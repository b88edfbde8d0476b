"""Listening to a recording and writing it down: for screeners, who are asked at each request."""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shangliang.foundation import clock, roles
from shangliang.foundation.files import read_file
from shangliang.people.access import attempt_form, for_roles, found
from shangliang.reports import rules
from shangliang.reports.actions import write_down
from shangliang.reports.forms.recordings import WriteDownForm
from shangliang.reports.queries import get_report_for
from shangliang.reports.queries.recordings import recording_file_for, recording_of
from shangliang.reports.states import ReportState
from shangliang.reports.views.desk_address import address
from shangliang.reports.views.doors import private

_RANGE = re.compile(r"bytes=(\d+)-(\d*)$")


@for_roles(*roles.OFFICE, roles.OFFICER)
@private
@require_safe
def recording(request: HttpRequest, name: str) -> HttpResponse:
    """Play a recording of a report the viewer screens; for anybody else there is none."""
    row = found(recording_file_for(request.viewer, name))  # type: ignore[attr-defined]
    return _part_of(read_file(row), request.headers.get("Range", ""), row.content_type)


def _part_of(data: bytes, wanted: str, content_type: str) -> HttpResponse:
    """Answer with the part a player asks for; some play nothing of a server that cannot give parts."""
    asked, last = _RANGE.match(wanted), len(data) - 1
    first = int(asked[1]) if asked else 0
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(data)}"})
    end = min(int(asked[2]), last) if asked and asked[2] else last
    response = HttpResponse(data[first : end + 1], content_type=content_type, status=206 if asked else 200)
    response["Accept-Ranges"], response["Content-Disposition"] = "bytes", "inline"
    if asked:
        response["Content-Range"] = f"bytes {first}-{end}/{len(data)}"
    return response


@for_roles(*roles.OFFICE)
@private
def desk_write_down(request: HttpRequest, code: str) -> HttpResponse:
    """The page on which a screener listens and writes; the recording is deleted when the words are kept."""
    viewer = request.viewer  # type: ignore[attr-defined]
    report = found(get_report_for(viewer, code))
    form = WriteDownForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        kept = attempt_form(form, lambda: write_down(report, **said, by=viewer, at=clock.now()))
        if kept:
            return _written(request, kept)
    heard = recording_of(viewer, report)
    if heard is None and request.method != "POST":
        messages.info(request, _("这段录音已经写下来了，或者已经删掉了。"))
        return redirect(address("reports:desk_report", request, code))
    back = address("reports:desk_report", request, code)
    shown = {"report": report, "recording": heard, "form": form, "back": back}
    return render(request, "reports/desk/write_down.html", shown, status=422 if form.errors else 200)


def _written(request: HttpRequest, report: object) -> HttpResponse:
    """Go back to the report, or to the desk where its words locked it away; say at once when somebody is in danger."""
    text, state, code = report.text, report.state, report.code  # type: ignore[attr-defined]
    danger = rules.danger_of(text)
    if danger:
        numbers = "、".join(danger.numbers)
        messages.warning(request, _("他说的可能有危险，请马上看：%(numbers)s。") % {"numbers": numbers})
    if state == ReportState.HELD:
        messages.success(request, _("写下来了，录音删了。里面点到了具体的人，已经交给专办员，这里不再显示。"))
        return redirect(address("reports:desk", request))
    messages.success(request, _("写下来了，录音删了。"))
    return redirect(address("reports:desk_report", request, code))
