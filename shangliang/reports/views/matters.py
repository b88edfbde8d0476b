"""Established matters: how many speak of each, where it stands, and the two ways on from here."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shangliang.foundation import clock, roles
from shangliang.foundation.moves import may
from shangliang.people.access import attempt_form, for_roles, found
from shangliang.reports.actions import end_matter
from shangliang.reports.forms.desk import WordsForm
from shangliang.reports.queries import get_matter_for, matters_with_voices, reports_of
from shangliang.reports.states import END
from shangliang.ui.xlsx import Sheet, workbook_response

ON_A_PAGE = 50
REFUSED = 422


@for_roles(*roles.OFFICE)
def matters(request: HttpRequest) -> HttpResponse:
    """All established matters, latest first; ``?format=xlsx`` for a workbook."""
    rows = matters_with_voices(request.viewer)
    if request.GET.get("format") == "xlsx":
        head = [_("编号"), _("事项"), _("社区"), _("现在"), _("几条线索")]
        cells = [
            [one.code, one.title, one.area.name if one.area else "", one.get_state_display(), one.voices]
            for one in rows
        ]
        return workbook_response(_("事项"), [Sheet(_("事项"), head, cells)])
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "reports/matters.html", {"page": page})


@for_roles(*roles.OFFICE)
def end(request: HttpRequest, code: str) -> HttpResponse:
    """End a matter that will not be consulted on, in words its reporters read."""
    matter = found(get_matter_for(request.viewer, code))
    form = WordsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        words = form.cleaned_data["words"]
        if attempt_form(form, lambda: end_matter(matter, words=words, by=request.viewer, at=clock.now())):
            return redirect("reports:matters")
    context = {
        "matter": matter,
        "form": form,
        "voices": reports_of(request.viewer, matter),
        "may_end": may(request.viewer, matter, END),
    }
    return render(request, "reports/matter_end.html", context, status=REFUSED if form.errors else 200)
