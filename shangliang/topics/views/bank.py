"""The bank: what lies in it by state, as page and workbook, and a new topic."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from shangliang.foundation import clock, roles
from shangliang.people.access import attempt_form, for_roles
from shangliang.people.queries import areas_of
from shangliang.reports.queries import matters_free_for_topics
from shangliang.topics import actions, queries
from shangliang.topics.forms import TopicForm
from shangliang.topics.states import TopicState
from shangliang.topics.views.asked import asked_before
from shangliang.ui.xlsx import Sheet, workbook_response

ON_A_PAGE = 20
MATTERS_OFFERED = 50
ASKED = ("state", "source", "domain")


def _asked(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "") for name in ASKED}


def _address(**asked: str) -> str:
    query = "&".join(f"{name}={word}" for name, word in asked.items() if word)
    return f"{reverse('topics:bank')}{'?' if query else ''}{query}"


def _tabs(asked: dict[str, str], counts: dict[str, int]) -> list[tuple[Any, str, bool, int]]:
    rest = {name: asked[name] for name in ("source", "domain")}
    first = (_("全部"), _address(**rest), asked["state"] not in TopicState.values, sum(counts.values()))
    return [
        first,
        *(
            (label, _address(state=value, **rest), asked["state"] == value, counts[value])
            for value, label in TopicState.choices
        ),
    ]


@require_safe
@for_roles(*roles.OFFICE, roles.MEMBER)
def bank(request: HttpRequest) -> HttpResponse:
    """The topic bank: tabs by state with counts, narrowed by source and domain in the address."""
    viewer, asked = request.viewer, _asked(request)  # type: ignore[attr-defined]
    narrowed = queries.topics_chosen(queries.topics_seen_by(viewer), **{**asked, "state": ""})
    pages = Paginator(queries.topics_chosen(narrowed, state=asked["state"]), ON_A_PAGE)
    sources, page = queries.source_choices(viewer.committee_id), pages.get_page(request.GET.get("page"))
    for one in page:
        one.source_name = dict(sources)[one.source]  # type: ignore[attr-defined]
    context = {
        "tabs": _tabs(asked, queries.topics_by_state(narrowed)), "page": page, "asked": asked, "sources": sources,
        "domains": queries.domain_choices(), "may_write": viewer.role in roles.OFFICE,
        "is_narrowed": any(asked.values()), "xlsx_url": f"{reverse('topics:xlsx')}?{request.GET.urlencode()}",
    }  # fmt: skip
    return render(request, "topics/bank.html", context)


@require_safe
@for_roles(*roles.OFFICE, roles.MEMBER)
def xlsx(request: HttpRequest) -> HttpResponse:
    """The same rows as a workbook."""
    viewer = request.viewer  # type: ignore[attr-defined]
    names = dict(queries.source_choices(viewer.committee_id))
    columns = [
        _("编号"), _("议题"), _("来源"), _("领域"), _("形式"), _("地方"), _("现在"), _("入库"), _("排期"),
        _("选题背景"), _("为什么选这个题"),
    ]  # fmt: skip
    rows = queries.topics_chosen(queries.topics_seen_by(viewer), **_asked(request))
    values = (
        [one.code, one.title, names[one.source], one.get_domain_display(), one.form.name if one.form else "",
         one.area.name if one.area else "", one.get_state_display(), one.stored_on, one.scheduled_on,
         one.background, one.why_this_topic]
        for one in rows
    )  # fmt: skip
    return workbook_response(_("议题库"), [Sheet(_("议题库"), columns, values)])


def _choices(request: HttpRequest) -> dict[str, list[tuple[str, Any]]]:
    viewer = request.viewer  # type: ignore[attr-defined]
    free = matters_free_for_topics(viewer).filter(committee_id=viewer.committee_id)
    wanted = [*request.GET.getlist("matter"), *request.POST.getlist("matters")]
    offered = {one.code: one for one in [*free.filter(code__in=wanted), *free[:MATTERS_OFFERED]]}
    return {
        "source": queries.source_choices(viewer.committee_id),
        "domain": queries.domain_choices(),
        "form": queries.forms_offered(viewer.committee_id),
        "area": [(str(one.pk), one.name) for one in areas_of(viewer.committee_id)],
        "matters": [(code, f"{one.title}（{code}）") for code, one in offered.items()],
    }


def _beginning(request: HttpRequest) -> dict[str, Any]:
    viewer = request.viewer  # type: ignore[attr-defined]
    codes = request.GET.getlist("matter")
    rows = list(matters_free_for_topics(viewer).filter(code__in=codes)) if codes else []
    if not rows:
        return {}
    return {
        "matters": [one.code for one in rows],
        "title": rows[0].title,
        "background": rows[0].summary,
        "area": str(rows[0].area_id or ""),
        "source": "residents",
    }


def _store(request: HttpRequest, data: dict[str, Any]) -> Any:
    by, committee, at = request.viewer, request.committee, clock.now()  # type: ignore[attr-defined]
    matters = matters_free_for_topics(by).filter(code__in=data.pop("matters", []))
    area = next((one for one in areas_of(committee.pk) if str(one.pk) == data.pop("area", "")), None)
    form = actions.ensure_forms(committee, by=by, at=at)[data.pop("form")]
    return actions.store_topic(
        committee=committee, form=form, area=area, matters=matters, **data, by=by, at=at
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*roles.OFFICE)
def new(request: HttpRequest) -> HttpResponse:
    """A new topic, begun from a matter (?matter=CODE) or from nothing; like ones of before are shown before it is stored."""
    beginning = _beginning(request)
    form = TopicForm(request.POST or None, choices=_choices(request), initial=beginning)
    before = _before(request, beginning)
    is_asked = bool(_not_shown_yet(request, before))
    if request.method == "POST" and form.is_valid() and not is_asked:
        topic = attempt_form(form, lambda: _store(request, dict(form.cleaned_data)))
        if topic:
            return redirect("topics:one", topic.code)
    shown = {"form": form, "before": before, "is_asked": is_asked and not form.errors}
    return render(request, "topics/new.html", shown, status=422 if form.errors else 200)


def _before(request: HttpRequest, beginning: dict[str, Any]) -> list[Any]:
    """Return topics of before that are like what is typed, or like what the form begins with."""
    said = request.POST if request.method == "POST" else beginning
    return asked_before(request.viewer, said.get("title", ""), said.get("background", ""))  # type: ignore[attr-defined]


def _not_shown_yet(request: HttpRequest, before: list[Any]) -> set[str]:
    """Return the codes of those that are surely the same and were not on the page when the button was pressed."""
    seen = request.POST.getlist("seen")
    return (
        {one.topic.code for one in before if one.is_sure} - set(seen) if request.method == "POST" else set()
    )
