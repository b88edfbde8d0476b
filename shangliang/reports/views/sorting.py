"""What kind a matter is: three suggestions with their reasons, the whole scheme for anything else, one press for either."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from shangliang.analysis.redact import hide_private
from shangliang.foundation import clock, roles
from shangliang.people.access import attempt, for_roles, found, is_key
from shangliang.reports.actions.sorting import sort_matter, unsort_matter
from shangliang.reports.forms.sorting import FindKindForm, kinds_with
from shangliang.reports.queries import get_matter_for, get_report_for
from shangliang.reports.queries.sorting import may_sort, words_of, words_of_matter
from shangliang.reports.views.desk_address import address
from shangliang.sorting.queries import category_choices, get_category_for, owner_book
from shangliang.sorting.queries.suggesting import (
    Suggested,
    kinds_suggested,
    lessons_of,
    models_in_use,
    units_suggested,
)
from shangliang.sorting.training import ENOUGH
from shangliang.ui.htmx import page_or_fragment, wants_fragment

PANEL = "kind"
LIKELY = 0.5
WORTH_A_REASON = 0.1  # what hardly anything speaks for is not explained


@dataclass(frozen=True)
class Sorting:
    """What is to be sorted: the matter, the words it is judged by, where it lies, and the addresses of its pages."""

    matter: Any
    words: str
    area_id: int | None
    here: str
    back: str


@for_roles(*roles.OFFICE)
def report_kind(request: HttpRequest, code: str) -> HttpResponse:
    """The kind of a report's matter, from the desk."""
    report = found(get_report_for(request.viewer, code))
    this = Sorting(
        report.matter,
        words_of(report.title, report.text),
        report.matter.area_id or report.area_id,
        address("reports:desk_kind", request, code),
        address("reports:desk_report", request, code),
    )
    return _sorting(request, this)


@for_roles(*roles.OFFICE)
def matter_kind(request: HttpRequest, code: str) -> HttpResponse:
    """The kind of an established matter, from its page."""
    matter = found(get_matter_for(request.viewer, code))
    words = words_of_matter(request.viewer, matter)
    here, back = (reverse(f"reports:{name}", args=[code]) for name in ("matter_kind", "matter_split"))
    return _sorting(request, Sorting(matter, words, matter.area_id, here, back))


def _sorting(request: HttpRequest, this: Sorting) -> HttpResponse:
    found(this.matter if may_sort(request.viewer, this.matter.committee_id) else None)
    if request.method == "POST":
        return _decide(request, this)
    scheme = {} if wants_fragment(request, PANEL) else _scheme(request)
    shown = scheme | _suggestions(request, this, scheme.get("paths"))
    pages = ("reports/kind/page.html", "reports/kind/panel.html")
    return page_or_fragment(request, *pages, {**shown, "this": this, "matter": this.matter}, target=PANEL)


def _decide(request: HttpRequest, this: Sorting) -> HttpResponse:
    said, acts = request.POST.get("category", ""), {"by": request.viewer, "at": clock.now()}
    if request.POST.get("act") == "undo":
        if attempt(request, lambda: unsort_matter(this.matter, **acts)):
            messages.success(request, _("撤销了，类别回到原来的样子。"))
        return redirect(this.back)
    kind = found(get_category_for(request.viewer, int(said)) if is_key(said) else None)
    offered = [] if this.matter.category_id else _offered(request, this)
    if attempt(request, lambda: sort_matter(this.matter, kind, offered=offered, **acts)):
        messages.success(request, _("定为“%(kind)s”。不对的话，随时可以改。") % {"kind": kind.path})
    return redirect(this.back)


def _offered(request: HttpRequest, this: Sorting) -> list[int]:
    """Return the kinds that stood beside the choice: the ledger keeps whether one of them was taken."""
    model = models_in_use(request.viewer).get("kind")
    return [one.pk for one in kinds_suggested(request.viewer, model, this.words) if one.pk]


def _suggestions(request: HttpRequest, this: Sorting, paths: dict[int, str] | None) -> dict[str, Any]:
    """Return what the models say, and what the owner table says of each kind; nothing is asked for twice."""
    models = models_in_use(request.viewer)
    book = owner_book(request.viewer, clock.today())
    hidden, matter = hide_private(this.words)[0], this.matter
    kinds = (
        [] if matter.category_id else kinds_suggested(request.viewer, models.get("kind"), this.words, paths)
    )
    owners = {row.unit_id: row.unit.name for row in book.rows.values()}
    units = units_suggested(request.viewer, models.get("unit"), this.words, owners)
    return {
        "kinds": [
            {**_told(one, place, hidden), "owner": book.owner(one.pk, this.area_id)}
            for place, one in enumerate(kinds)
        ],
        "units": [_told(one, place, hidden) for place, one in enumerate(units[:2])],
        "has_table": book.table is not None,
        "owner_words": book.words(matter.category_id, this.area_id),
        "hidden_words": hidden,
        "missing": "" if "kind" in models else _missing(request),
        "is_at_a_loss": "kind" in models and not kinds,
    }


def _told(one: Suggested, place: int, hidden: str) -> dict[str, Any]:
    """Return a suggestion in words; a reason that stands in what was hidden is not one to show."""
    first = place == 0
    trust = _("十拿九稳") if one.is_sure else _("多半是") if one.confidence >= LIKELY else _("拿不准")
    worth_saying = first or one.confidence >= WORTH_A_REASON
    why = [word for word in one.why if word in hidden] if worth_saying else []
    return {"one": one, "trust": trust if first else _("也可能"), "is_first": first, "why": why}


def _missing(request: HttpRequest) -> str:
    """Return why nothing is suggested, and what it takes."""
    lesson = lessons_of(request.viewer).get("kind")
    if lesson is None or lesson.looked_at is None:
        return _("系统还没学过：它跟着办公室定过的类别学，至少要 %(enough)s 条。先自己定。") % {
            "enough": ENOUGH
        }
    said = {"enough": ENOUGH, "have": lesson.examples}
    return (
        _(
            "系统还猜不了：它跟着办公室定过的类别学，至少要 %(enough)s 条，现在能用的有 %(have)s 条。先自己定。"
        )
        % said
    )


def _scheme(request: HttpRequest) -> dict[str, Any]:
    form = FindKindForm(request.GET)
    wanted = form.cleaned_data["q"] if form.is_valid() else ""
    groups = category_choices(request.viewer)
    paths = dict(kind for _name, kinds in groups for kind in kinds)
    shown = {"form": form, "wanted": wanted, "has_scheme": bool(groups), "paths": paths}
    return {**shown, "groups": kinds_with(groups, wanted)}
