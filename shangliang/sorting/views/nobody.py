"""谁都不管: kinds and places nobody answers for, each with the way to write down who does."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shangliang.foundation import clock
from shangliang.people.access import for_roles
from shangliang.sorting import queries
from shangliang.sorting.forms import EVERYWHERE, area_path
from shangliang.sorting.views.frame import OPEN_TO, sorting_page
from shangliang.ui.xlsx import Sheet, workbook_response

PAGE = 50


@require_safe
@for_roles(*OPEN_TO)
def nobody(request: HttpRequest) -> HttpResponse:
    """Kinds without a unit, everywhere or in some places; ``format=xlsx`` takes the list along."""
    today = clock.today()
    rows = queries.kinds_without_owner(request.viewer, today)
    if request.GET.get("format") == "xlsx":
        lines = [
            (one.category.path, EVERYWHERE if one.is_everywhere else "、".join(map(area_path, one.areas)))
            for one in rows
        ]
        return workbook_response(_("谁都不管"), [Sheet(_("谁都不管"), (_("类别"), _("哪里没有单位")), lines)])
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "lines": [(one, [(area_path(area), area) for area in one.areas]) for one in page],
        "table": queries.table_on(request.viewer, today),
        "has_kinds": bool(rows) or queries.current_categories(request.viewer).exists(),
    }
    return sorting_page(request, "sorting/nobody.html", "nobody", shown)
