"""One matter: what of each report others may read, one answer for all that wait, and the description for units."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shangliang.analysis.redact import hide_private
from shangliang.foundation import clock, roles
from shangliang.people.access import attempt_form, for_roles, found
from shangliang.protection import actions
from shangliang.protection.forms import ExposureForm, SummaryForm
from shangliang.protection.queries import (
    overview_of,
    reports_unanswered,
    texts_of_matter,
    voices_of,
)
from shangliang.protection.views.shown import words_of
from shangliang.reports.queries import get_matter_for, reports_of

FIRST_WORDS = 60


@require_http_methods(["GET", "POST"])
@for_roles(*roles.OFFICE)
def matter(request: HttpRequest, code: str) -> HttpResponse:
    """Show the reports of a matter and ask once for all of which nobody has said how many could have said them."""
    row = found(get_matter_for(request.viewer, code))
    form = ExposureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["households"]
        answer = lambda: actions.answer_exposure_of_matter(  # noqa: E731
            row, households=said, by=request.viewer, at=clock.now()
        )
        done = attempt_form(form, answer)
        if done is not None:
            messages.success(request, _("记下了 %(count)s 条。") % {"count": done})
            return redirect("protection:matter", code=code)
    return _page(request, row, form, _summary_form(request, row, None))


@require_POST
@for_roles(*roles.OFFICE)
def summary(request: HttpRequest, code: str) -> HttpResponse:
    """Keep what units read of a matter; a refused text comes back as it was typed."""
    row = found(get_matter_for(request.viewer, code))
    form = _summary_form(request, row, request.POST)
    if form.is_valid():
        write = lambda: actions.write_summary(row, **form.cleaned_data, by=request.viewer, at=clock.now())  # noqa: E731
        if attempt_form(form, write):
            messages.success(request, _("写好了，单位在任务页上看得到。"))
            return redirect("protection:matter", code=code)
    return _page(request, row, ExposureForm(), form)


def _summary_form(request: HttpRequest, row: Any, said: Any) -> SummaryForm:
    begun = words_of(texts_of_matter(request.viewer, row)) if "from-texts" in request.GET else ""
    return SummaryForm(said, initial={"text": begun or row.summary})


def _page(request: HttpRequest, row: Any, form: Any, summary_form: Any) -> HttpResponse:
    reports = list(reports_of(request.viewer, row))
    known = overview_of(request.viewer, row)
    lines = [(one, hide_private(one.text[:FIRST_WORDS])[0], known.get(one.pk)) for one in reports]
    shown = {
        "matter": row, "lines": lines, "voices": voices_of(row), "waiting": len(reports_unanswered([row.pk])),
        "form": form, "summary_form": summary_form, "texts": texts_of_matter(request.viewer, row),
    }  # fmt: skip
    wrong = form.errors or summary_form.errors
    return render(request, "protection/matter.html", shown, status=422 if wrong else 200)
