"""归不了谁: what waits for a kind or a unit, oldest first, each with what to do next."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shangliang.foundation import clock, roles
from shangliang.people.access import for_roles
from shangliang.people.queries import areas_of
from shangliang.reports.forms.sorting import EVERY_REASON, UnownedFilterForm
from shangliang.reports.queries.unowned import Unowned, UnownedFilter, matters_unowned
from shangliang.ui.xlsx import Sheet, workbook_response

ON_A_PAGE = 50


class _Counted(Paginator):
    """Pages of a list whose length is known already."""

    def __init__(self, rows: Any, per_page: int, number: int) -> None:
        super().__init__(rows, per_page)
        self._number = number

    @cached_property
    def count(self) -> int:
        """Return how many rows there are."""
        return self._number


@require_safe
@for_roles(*roles.OFFICE)
def unowned(request: HttpRequest) -> HttpResponse:
    """The queue; the filters stand in the address, ``?format=xlsx`` takes it along."""
    areas = list(areas_of(request.viewer.committee_id))
    form = UnownedFilterForm(request.GET, areas=areas)
    wanted = _wanted(form, areas)
    found = matters_unowned(request.viewer, wanted, clock.today())
    if request.GET.get("format") == "xlsx":
        return workbook_response(_("归不了谁的"), [_sheet(found)])
    counts = {"kind": found.without_kind, "owner": found.without_owner}
    counts[""] = sum(counts.values())
    page = _Counted(found.rows, ON_A_PAGE, counts[wanted.why]).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "form": form,
        "tabs": _tabs(request, wanted, counts),
        "is_narrowed": bool(wanted.why or wanted.areas),
        "total": counts[wanted.why],
        "xlsx_url": f"?{_query(request, format='xlsx')}",
        "table": found.book.table,
    }
    return render(request, "reports/unowned.html", shown)


def _wanted(form: UnownedFilterForm, areas: list[Any]) -> UnownedFilter:
    """Return what the form asks for; a street stands for its communities, what makes no sense counts as not said."""
    form.is_valid()
    said = getattr(form, "cleaned_data", {})
    area = said.get("area")
    inside = [one.pk for one in areas if area and area in (one.pk, one.parent_id)]
    return UnownedFilter(said.get("why") or "", tuple(inside))


def _tabs(
    request: HttpRequest, wanted: UnownedFilter, counts: dict[str, int]
) -> list[tuple[str, str, bool, int]]:
    root = reverse("reports:unowned")
    return [
        (
            str(label) if key else _("全部"),
            f"{root}?{_query(request, why=key)}",
            key == wanted.why,
            counts[key],
        )
        for key, label in EVERY_REASON
    ]


def _query(request: HttpRequest, **more: str) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    query.pop("format", None)
    for name, value in more.items():
        query[name] = value
        if not value:
            query.pop(name)
    return query.urlencode()


def _sheet(found: Unowned) -> Sheet:
    head = (_("编号"), _("事项"), _("社区"), _("类别"), _("现在"), _("立为事项的日子"), _("接下来"))
    return Sheet(_("归不了谁的"), head, (_line(one) for one in found.rows.iterator(chunk_size=500)))


def _line(one: Any) -> tuple[Any, ...]:
    area, kind = one.area.name if one.area else "", one.category.path if one.category else ""
    following = _("补主责单位表，或请发文单位定") if kind else _("定类别")
    return one.code, one.title, area, kind, one.get_state_display(), one.established_on, following
