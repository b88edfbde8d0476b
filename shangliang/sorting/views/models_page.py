"""系统怎么猜: which model suggests, how good it was on decisions it had not seen, and how often the office took its word."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from shangliang.foundation import clock, roles
from shangliang.people.access import attempt, for_roles
from shangliang.sorting import rules
from shangliang.sorting.actions.training import ask_training
from shangliang.sorting.models_chart import Chart, chart_of
from shangliang.sorting.queries.suggesting import calibration_of, lessons_of, models_in_use, models_seen_by
from shangliang.sorting.queries.taken import decisions_of, taken_of
from shangliang.sorting.training import ENOUGH, ENOUGH_FOR_ONE
from shangliang.sorting.views.frame import sorting_page
from shangliang.ui.xlsx import Sheet, workbook_response

ON_A_PAGE = 20
ENOUGH_FOR_A_SHARE = 100  # held-out decisions, below which a share of a hundred would say more than is known
ROWS_ON_A_PAGE = 50


@for_roles(*roles.OFFICE)
def models(request: HttpRequest) -> HttpResponse:
    """Both models with their figures, and every lesson; the button asks for one more."""
    if request.method == "POST":
        asked = attempt(request, lambda: ask_training(committee=request.committee, **_acts(request)) or True)
        if asked:
            messages.success(request, _("排上了。一两分钟后刷新这一页，会写上结果。"))
        return redirect("sorting:models")
    in_use, lessons = models_in_use(request.viewer), lessons_of(request.viewer)
    names = (("kind", _("哪一类")), ("unit", _("归哪个单位")))
    page = Paginator(models_seen_by(request.viewer), ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "parts": [_part(name, label, in_use.get(name), lessons.get(name)) for name, label in names],
        "taken": taken_of(decisions_of(request.viewer)),
        "page": page,
        "rows": [(one, round(float(one.figures.get("top1", 0)) * one.held_out)) for one in page],
        "enough": ENOUGH,
        "enough_for_one": ENOUGH_FOR_ONE,
    }
    return sorting_page(request, "sorting/models.html", "models", shown)


@require_safe
@for_roles(*roles.OFFICE)
def taken(request: HttpRequest) -> HttpResponse:
    """The decisions behind the share; ``?format=xlsx`` takes them along."""
    rows = decisions_of(request.viewer)
    if request.GET.get("format") == "xlsx":
        head = (_("什么时候"), _("线索"), _("定为"), _("系统猜了几个"), _("用的是"))
        cells = [(one.at, one.report, one.category, one.offered, _which(one.rank)) for one in rows]
        return workbook_response(_("定类别"), [Sheet(_("定类别"), head, cells)])
    page = Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    lines = [(one, _which(one.rank)) for one in page]
    shown = {"page": page, "lines": lines, "taken": taken_of(rows)}
    return sorting_page(request, "sorting/models_taken.html", "models", shown)


def _acts(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.viewer, "at": clock.now()}


def _which(rank: int) -> str:
    return _("第 %(rank)s 个") % {"rank": rank} if rank else _("自己选的")


def _part(name: str, label: str, model: Any, lesson: Any) -> dict[str, Any]:
    """Return what the page shows of one subject: its model with figures in hundredths, or what is missing."""
    bands = calibration_of(model.figures) if model else []
    chart: Chart | None = chart_of(bands)
    return {
        "name": name,
        "label": label,
        "model": model,
        "lesson": lesson,
        "shares": _shares(model.figures, model.held_out) if model else [],
        "bands": [(_percent(mean), _percent(right), count) for mean, right, count in bands],
        "chart": chart,
        "is_asked": bool(lesson and lesson.asked_at),
    }


def _shares(figures: dict[str, Any], held_out: int) -> list[tuple[str, int, str, str]]:
    """Return (what, figure, its unit, in words): shares, but plain counts where too few were held out for a share."""
    names = (
        ("top1", _("第一个就猜对"), _("猜的第一个就是办公室定的那个")),
        ("top3", _("三个里有"), _("猜的三个里有办公室定的那个")),
        ("macro_f1", _("各类平均"), _("大类小类一样算，每一类的查准查全合成一个数，再平均（macro F1）")),
    )
    if held_out >= ENOUGH_FOR_A_SHARE:
        return [(label, _percent(figures[key]), "%", words) for key, label, words in names if key in figures]
    return [
        (label, *_counted(figures[key], held_out), words) for key, label, words in names[:2] if key in figures
    ]


def _counted(share: float, held_out: int) -> tuple[int, str]:
    right = round(share * held_out)
    low = _percent(rules.at_least(right, held_out))
    return right, _("条（考了 %(held)s 条；条数少，往后大约 %(low)s%% 以上能对）") % {
        "held": held_out,
        "low": low,
    }


def _percent(share: float) -> int:
    return round(100 * share)
