"""Figures for staff: each with its definition and its rows."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from shangliang.foundation import roles
from shangliang.people.access import for_roles
from shangliang.statistics.definitions import Metric, computed, has_small_denominator
from shangliang.statistics.forms import PeriodForm
from shangliang.statistics.queries import METRICS, scope_of
from shangliang.ui.xlsx import Sheet, workbook_response

ROWS_ON_A_PAGE = 100


@for_roles(*roles.OFFICE, roles.MEMBER)
def figures(request: HttpRequest) -> HttpResponse:
    """All figures of the committee, each one opening into its rows."""
    form = PeriodForm(request.GET)
    scope = scope_of(request.committee, **form.days())
    lines = [_shown(metric, computed(metric, scope)) for metric in METRICS.values()]
    period = request.GET.urlencode()
    return render(request, "statistics/figures.html", {"lines": lines, "form": form, "period": period})


@for_roles(*roles.OFFICE, roles.MEMBER)
def figure(request: HttpRequest, key: str) -> HttpResponse:
    """One figure with its definition, its parts and every row it counted; ``?format=xlsx`` for a workbook."""
    if key not in METRICS:
        raise Http404
    metric, form = METRICS[key], PeriodForm(request.GET)
    line = computed(metric, scope_of(request.committee, **form.days()))
    if request.GET.get("format") == "xlsx":
        return workbook_response(f"{key}.xlsx", _sheets(metric, line))
    query = request.GET.copy()
    query["format"] = "xlsx"
    page = Paginator(line["rows"], ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    may_open = request.viewer.role in roles.OFFICE or not metric.page.startswith("portal:")
    context = {**_shown(metric, line), "form": form, "page": page, "xlsx_url": f"?{query.urlencode()}",
               "page_name": metric.page if may_open else ""}  # fmt: skip
    return render(request, "statistics/figure.html", context)


def _shown(metric: Metric, line: dict) -> dict:
    parts = [(metric.labels[name], number) for name, number in line["parts"].items() if name != metric.of]
    of = (metric.labels[metric.of], line["parts"][metric.of]) if metric.of else None
    return {
        "metric": metric,
        "line": line,
        "parts": parts,
        "of": of,
        "is_small": has_small_denominator(metric, line),
    }


def _sheets(metric: Metric, line: dict) -> list[Sheet]:
    caption = _("%(key)s 第 %(version)s 版：%(text)s") % {
        "key": metric.key,
        "version": metric.version,
        "text": metric.text,
    }
    parts = [(metric.labels[name], number) for name, number in line["parts"].items()]
    return [
        Sheet(str(metric.name), [_("编号")], [[code] for code in line["rows"]], caption),
        Sheet(_("分项"), [_("分项"), _("数")], [*parts, (_("校验码"), line["sha256"])]),
    ]
