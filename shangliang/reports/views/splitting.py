"""The reports in a matter, with ticks: taken out again, or made a matter of their own."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from shangliang.foundation import clock, roles
from shangliang.people.access import attempt, attempt_form, for_roles, found
from shangliang.reports.actions import joining, split
from shangliang.reports.actions.screening import MOST_AT_ONCE
from shangliang.reports.actions.wording import words_for
from shangliang.reports.clocks import turn_of_matter
from shangliang.reports.forms.desk import SplitForm
from shangliang.reports.permissions import may_come_apart
from shangliang.reports.queries import get_matter_for, reports_of
from shangliang.reports.queries.history import last_acts
from shangliang.reports.queries.sorting import may_sort
from shangliang.reports.queries.thresholds import threshold_of
from shangliang.reports.views.side_by_side import side_by_side
from shangliang.reports.views.turns import turn_shown

REFUSED = 422


@for_roles(*roles.OFFICE)
def matter_reports(request: HttpRequest, code: str) -> HttpResponse:
    """The reports of one matter; ticked ones are taken back to the desk or split off as a new matter."""
    matter = found(get_matter_for(request.viewer, code))
    inside = list(reports_of(request.viewer, matter)[:MOST_AT_ONCE])
    ticked = [one for one in inside if one.code in request.POST.getlist("report")]
    is_back = request.method == "POST" and request.POST.get("act") == "back"
    if is_back:
        return _taken_out(request, code, ticked)
    form = SplitForm(
        request.POST if request.method == "POST" else None, initial={"words": words_for("matter.split")}
    )
    if form.is_valid():
        said = form.cleaned_data
        new = attempt_form(form, lambda: split(matter, ticked, **said, by=request.viewer, at=clock.now()))
        if new:
            words = _("拆出来了：%(code)s。它的反映人都会看到。") % {"code": new.code}
            messages.success(request, words)
            return redirect("reports:matter_split", code)
    shown = _shown(request, matter, inside, form, [one.code for one in ticked])
    return render(request, "reports/matter_split.html", shown, status=REFUSED if form.errors else 200)


def _taken_out(request: HttpRequest, code: str, ticked: list[Any]) -> HttpResponse:
    undone = attempt(request, lambda: joining.undo_many(ticked, by=request.viewer, at=clock.now()))
    if undone:
        messages.success(request, _("放回筛选台 %(count)s 条。") % {"count": len(undone)})
    elif undone is not None:
        messages.info(request, _("没有动任何一条。先打勾，再点一次。"))
    still_there = get_matter_for(request.viewer, code)
    return redirect("reports:matter_split", code) if still_there else redirect("reports:desk")


def _shown(
    request: HttpRequest, matter: Any, inside: list[Any], form: SplitForm, ticked: list[str]
) -> dict[str, Any]:
    subject = f"matter:{matter.code}"
    moved_at = last_acts(request.viewer, matter.committee_id, [subject]).get(subject)
    since = clock.day_of(moved_at) if moved_at else matter.established_on
    turn = turn_of_matter(matter.state, since, matter.look_back_on) if since else None
    return {
        "matter": matter,
        "rows": side_by_side(inside, threshold_of(matter.committee_id)),
        "form": form,
        "ticked": ticked,
        "may_split": may_come_apart(matter) and len(inside) > 1,
        "may_take_out": may_come_apart(matter),
        "turn": turn_shown(turn, clock.today()),
        "kind_url": _kind_url(request, matter),
    }


def _kind_url(request: HttpRequest, matter: Any) -> str:
    own = may_sort(request.viewer, matter.committee_id)
    return reverse("reports:matter_kind", args=[matter.code]) if own else ""
