"""Report points: the list, one of them, opening and closing, the poster to print, which communities have one."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from shangliang.foundation import clock, roles
from shangliang.people.access import Request, attempt, attempt_form, for_roles, found
from shangliang.people.queries import communities_of, setting
from shangliang.reports.actions.points import close_point, open_point, reopen_point
from shangliang.reports.forms.points import DutyForm, PaperFormsForm, PointForm
from shangliang.reports.queries.coverage import coverage_by_street
from shangliang.reports.queries.point_duties import checks_of, duties_of, who_may_be_in_charge
from shangliang.reports.queries.points import (
    get_point_for,
    get_point_once_at,
    points_seen_by,
    points_with_counts,
    retired_codes_of,
)
from shangliang.reports.receipt_slip import qr_svg
from shangliang.reports.views.point_sheets import sheets_of_coverage, sizes_of_poster
from shangliang.ui.xlsx import workbook_response

ONLY_THIS_MACHINE = ("127.0.0.1", "localhost", "[::1]")
CHECKS_SHOWN = 10
MOVES = {"close": close_point, "open": reopen_point}


@for_roles(*roles.OFFICE, roles.KEEPER)
def points(request: Request) -> HttpResponse:
    """All points by name; a keeper sees their state and no number."""
    is_office = request.viewer.role in roles.OFFICE
    rows = points_with_counts(request.viewer, clock.today()) if is_office else points_seen_by(request.viewer)
    return render(request, "reports/points.html", {"points": rows, "is_office": is_office})


@require_safe
@for_roles(*roles.OFFICE)
def point(request: Request, code: str) -> HttpResponse:
    """One point: its code and earlier ones, what to print, who is in charge, whether it still hangs, and plain counts."""
    row = points_with_counts(request.viewer, clock.today()).filter(code=code).first()
    if row is None:
        return redirect("reports:point", found(get_point_once_at(request.viewer, code)).code)
    viewer, today = request.viewer, clock.today()
    context = {
        "point": row, "today": today, "retired": retired_codes_of(viewer, row), "duties": duties_of(viewer, row),
        "checks": checks_of(viewer, row)[:CHECKS_SHOWN], "paper": PaperFormsForm(),
        "duty_form": DutyForm(people=who_may_be_in_charge(viewer, row)), "sizes": sizes_of_poster(),
    }  # fmt: skip
    return render(request, "reports/point.html", context)


@for_roles(*roles.OFFICE)
def point_new(request: Request) -> HttpResponse:
    """Open a point, then go to its poster."""
    form = PointForm(
        request.POST if request.method == "POST" else None, areas=communities_of(request.committee.pk)
    )
    if request.method == "POST" and form.is_valid():
        made = attempt_form(
            form,
            lambda: open_point(
                committee=request.committee, **form.cleaned_data, by=request.viewer, at=clock.now()
            ),
        )
        if made:
            return redirect("reports:poster", made.code)
    context = {"form": form, "is_first": "first" in request.GET}
    return render(request, "reports/point_new.html", context, status=422 if form.errors else 200)


@for_roles(*roles.OFFICE)
def poster(request: Request, code: str) -> HttpResponse:
    """The poster in one of three sizes: its code leads to the point and carries nothing else."""
    row = found(get_point_for(request.viewer, code))
    sizes = sizes_of_poster(request.GET.get("size", ""))
    context = {
        "point": row, "sizes": sizes, "size": next(key for key, _label, is_shown in sizes if is_shown),
        "qr": qr_svg(request.build_absolute_uri(f"/r/{row.code}"), _("直报点的二维码")), "cards": range(8),
        "answer_days": setting(row.committee_id, "answer_days"),
        "only_here": request.get_host().rpartition(":")[0] in ONLY_THIS_MACHINE,
    }  # fmt: skip
    return render(request, "reports/point_poster.html", context)


@require_POST
@for_roles(*roles.OFFICE)
def point_move(request: Request, code: str, verb: str) -> HttpResponse:
    """Close a point, or open it again."""
    row = found(get_point_for(request.viewer, code))
    if verb not in MOVES:
        raise Http404
    attempt(request, lambda: MOVES[verb](row, by=request.viewer, at=clock.now()))
    return redirect("reports:point", row.code)


@require_safe
@for_roles(*roles.OFFICE)
def coverage(request: Request) -> HttpResponse:
    """Communities with an open point of all communities, street by street, with those that have none (M-17)."""
    streets = coverage_by_street(request.viewer)
    if request.GET.get("format") == "xlsx":
        return workbook_response("points.xlsx", sheets_of_coverage(streets))
    context = {
        "streets": streets,
        "covered": sum(one.covered for one in streets),
        "communities": sum(len(one.communities) for one in streets),
    }
    return render(request, "reports/points_coverage.html", context)
