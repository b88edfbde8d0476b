"""The locked queue of the two officers: look, put back, tell where to turn. Nothing else."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shangliang.foundation import clock, roles
from shangliang.people.access import attempt, attempt_form, for_roles, found, is_key
from shangliang.reports.actions.locked_words import release_words
from shangliang.reports.actions.officers import release, turn_away
from shangliang.reports.actions.wording import words_for
from shangliang.reports.forms.desk import WordsForm
from shangliang.reports.queries import photos_of, thread_of
from shangliang.reports.queries.desk import days_left, get_held_report_for, held_reports
from shangliang.reports.queries.readings import get_locked_words_for, locked_words
from shangliang.reports.queries.recordings import recording_of

PAGE = 50


@for_roles(roles.OFFICER)
def officer_queue(request: HttpRequest) -> HttpResponse:
    """What is held, longest waiting first."""
    today = clock.today()
    page = Paginator(held_reports(request.viewer), PAGE).get_page(request.GET.get("page"))
    rows = [(one, days_left(one, today), reason_of(one.held_because)) for one in page]
    lines = locked_words(request.viewer)[:PAGE]
    return render(request, "reports/desk/officers.html", {"rows": rows, "page": page, "lines": lines})


@for_roles(roles.OFFICER)
def officer_report(request: HttpRequest, code: str) -> HttpResponse:
    """One held report, and the words that tell its reporter where to turn."""
    report = found(get_held_report_for(request.viewer, code))
    form = WordsForm(
        request.POST if request.method == "POST" else None, initial={"words": words_for("report.turn_away")}
    )
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if attempt_form(form, lambda: turn_away(report, words=words, by=request.viewer, at=clock.now())):
            messages.success(request, _("已告知去处。"))
            return redirect("reports:officer_queue")
    shown = {
        "report": report,
        "form": form,
        "reason": reason_of(report.held_because),
        "photos": photos_of(request.viewer, report),
        "recording": recording_of(request.viewer, report),
        "thread": thread_of(request.viewer, report),
    }
    return render(request, "reports/desk/officer_report.html", shown, status=422 if form.errors else 200)


@require_POST
@for_roles(roles.OFFICER)
def officer_release(request: HttpRequest, code: str) -> HttpResponse:
    """Put a false alarm back on the desk."""
    report = found(get_held_report_for(request.viewer, code))
    if attempt(request, lambda: release(report, by=request.viewer, at=clock.now())):
        messages.success(request, _("已放回筛选。"))
    return redirect("reports:officer_queue")


@require_POST
@for_roles(roles.OFFICER)
def words_release(request: HttpRequest) -> HttpResponse:
    """Let the office read an added line that was locked by mistake."""
    pk = request.POST.get("line", "")
    line = found(get_locked_words_for(request.viewer, int(pk)) if is_key(pk) else None)
    if attempt(request, lambda: release_words(line, by=request.viewer, at=clock.now())):
        messages.success(request, _("已放回，经办人看得到了。"))
    return redirect("reports:officer_queue")


def reason_of(because: str) -> str:
    """Return in words why a report is held."""
    words = {
        "accusation": _("像是指名说某个人的问题"),
        "marking": _("带有密级或内部标志"),
        "office": _("筛选时转来"),
    }
    return words.get(because, "")
