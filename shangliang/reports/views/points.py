"""Report points: the list, opening and closing, the poster to print."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shangliang.foundation import clock, roles
from shangliang.people.access import attempt, attempt_form, for_roles, found
from shangliang.people.queries import communities_of, setting
from shangliang.reports.actions.points import close_point, open_point, reopen_point
from shangliang.reports.forms.desk import PointForm
from shangliang.reports.queries.points import get_point_for, points_seen_by, points_with_counts
from shangliang.reports.receipt_slip import qr_svg

ONLY_THIS_MACHINE = ("127.0.0.1", "localhost", "[::1]")


@for_roles(*roles.OFFICE, roles.KEEPER)
def points(request: HttpRequest) -> HttpResponse:
    """All points by name; a keeper sees their state and no number."""
    is_office = request.viewer.role in roles.OFFICE
    rows = points_with_counts(request.viewer, clock.today()) if is_office else points_seen_by(request.viewer)
    return render(request, "reports/points.html", {"points": rows, "is_office": is_office})


@for_roles(*roles.OFFICE)
def point_new(request: HttpRequest) -> HttpResponse:
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
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """The A4 poster: its code leads to the point and carries nothing else."""
    point = found(get_point_for(request.viewer, code))
    qr = qr_svg(request.build_absolute_uri(f"/r/{point.code}"), _("直报点的二维码"))
    days = setting(point.committee_id, "answer_days")
    only_here = request.get_host().rpartition(":")[0] in ONLY_THIS_MACHINE
    context = {"point": point, "qr": qr, "answer_days": days, "only_here": only_here}
    return render(request, "reports/point_poster.html", context)


@require_POST
@for_roles(*roles.OFFICE)
def point_move(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Close a point, or open it again."""
    point = found(get_point_for(request.viewer, code))
    act = close_point if verb == "close" else reopen_point
    attempt(request, lambda: act(point, by=request.viewer, at=clock.now()))
    return redirect("reports:points")
