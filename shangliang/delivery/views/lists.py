"""The three lists: as page, to print, and as a workbook of three sheets; all from one computation."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shangliang.delivery.permissions import SEES_LISTS
from shangliang.delivery.queries import (
    consultations_with_lists,
    gaps_before_verdicts,
    get_lists_for,
    lists_of,
    matters_of_consultation,
)
from shangliang.delivery.views.papers import headings, on_paper
from shangliang.foundation import clock, roles
from shangliang.people.access import for_roles, found
from shangliang.ui.parts import Button
from shangliang.ui.xlsx import Sheet, workbook_response

A_PAGE = 50


@require_safe
@for_roles(*SEES_LISTS)
def lists(request: HttpRequest) -> HttpResponse:
    """Pick a consultation."""
    page = Paginator(consultations_with_lists(request.viewer), A_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "delivery/lists.html", {"page": page, "may_record": request.viewer.role in roles.OFFICE}
    )


@require_safe
@for_roles(*SEES_LISTS)
def lists_of_one(request: HttpRequest, code: str) -> HttpResponse:
    """Show the three lists of a consultation; the office also sees what is missing and may go on."""
    row = found(get_lists_for(request.viewer, code))
    papers = [(one, headings(one), on_paper(one)) for one in lists_of(request.viewer, row)]
    context = {"consultation": row, "papers": papers, "today": clock.today(),
               "xlsx_url": reverse("delivery:lists_xlsx", args=[code])}  # fmt: skip
    if request.viewer.role in roles.OFFICE and row.state not in (
        "selected",
        "planned",
        "researched",
        "closed",
    ):
        matters = list(matters_of_consultation(row))
        gaps = gaps_before_verdicts(row)
        context |= {
            "gaps": gaps,
            "matters": matters,
            "is_judging": any(one.state == "judging" for one in matters),
            "buttons": [] if gaps else _buttons(row, matters),
        }
    return render(request, "delivery/lists_of_one.html", context)


def _buttons(row, matters) -> list[Button]:  # type: ignore[no-untyped-def]
    if not matters:
        return [
            Button(_("结束这次协商"), reverse("delivery:close_consultation", args=[row.code]), is_main=True)
        ]
    buttons = []
    if any(one.state == "delivering" for one in matters):
        buttons.append(
            Button(_("请反映人评价"), reverse("delivery:ask_for_verdicts", args=[row.code]), is_main=True)
        )
    for one in matters:
        if one.state == "judging":
            url = reverse("delivery:close_matter", args=[row.code, one.code])
            buttons.append(Button(_("办结 %(code)s") % {"code": one.code}, url))
    return buttons


@require_safe
@for_roles(*SEES_LISTS)
def lists_xlsx(request: HttpRequest, code: str) -> HttpResponse:
    """Send the three lists as a workbook, one sheet each."""
    row = found(get_lists_for(request.viewer, code))
    sheets = [Sheet(one.title, [str(name) for name in one.columns], one.rows, caption=one.caption)
              for one in lists_of(request.viewer, row)]  # fmt: skip
    return workbook_response(_("三项清单 %(code)s") % {"code": code}, sheets)
