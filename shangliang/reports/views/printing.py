"""Blank paper forms to print: a number on what is handed in, the receipt on the stub. Nothing of them is kept."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shangliang.foundation import roles
from shangliang.people.access import Request, for_roles, found
from shangliang.people.queries import setting
from shangliang.reports.forms.points import PaperFormsForm
from shangliang.reports.paper_form import PaperForm, blank_form, grouped
from shangliang.reports.queries.points import get_point_for
from shangliang.reports.receipt_slip import qr_svg, slip_of
from shangliang.reports.views.doors import private


@require_safe
@for_roles(*roles.OFFICE)
@private
def paper_forms(request: Request, code: str) -> HttpResponse:
    """Show 1 to 50 fresh forms of a point. For the office alone: whoever prints them could copy the codes of the stubs."""
    point = found(get_point_for(request.viewer, code))
    form = PaperFormsForm(request.GET if "n" in request.GET else {"n": 1})
    wanted = form.cleaned_data["n"] if form.is_valid() else 0
    pepper = settings.PEPPER.encode()
    context = {
        "point": point, "form": form, "sheets": [_sheet(request, point.code, blank_form(pepper)) for _n in range(wanted)],
        "answer_days": setting(point.committee_id, "answer_days"),
        "page": request.build_absolute_uri(reverse("reports:receipt_lookup")),
    }  # fmt: skip
    return render(request, "reports/point_paper.html", context, status=422 if form.errors else 200)


def _sheet(request: Request, code: str, blank: PaperForm) -> dict[str, object]:
    """The number's square opens the page where this very form is entered; the number alone unlocks nothing."""
    enter = f"{reverse('reports:enter')}?point={code}&number={blank.number}"
    square = qr_svg(request.build_absolute_uri(enter), _("录这张表的二维码"))
    return {"number": grouped(blank.number), "square": square, "slip": slip_of(request, blank.bits)}
