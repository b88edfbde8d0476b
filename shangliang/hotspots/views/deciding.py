"""What the office decides about a proposal: the form of a topic, the reason it is put aside, and taking that back."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from shangliang.foundation import clock, roles
from shangliang.hotspots import actions, queries
from shangliang.hotspots.actions import Chosen
from shangliang.hotspots.actions.deciding import MOST_JOINED
from shangliang.hotspots.actions.wording import Draft, draft_of
from shangliang.hotspots.forms import AsideForm, MakeTopicForm
from shangliang.hotspots.views.one import described
from shangliang.people.access import attempt, attempt_form, for_roles, found
from shangliang.people.queries import areas_of
from shangliang.topics.actions import ensure_forms
from shangliang.topics.queries import domain_choices, forms_offered, source_choices


def _choices(request: HttpRequest, draft: Draft) -> dict[str, list[tuple[str, Any]]]:
    own = request.viewer.committee_id
    return {
        "source": source_choices(own),
        "domain": domain_choices(),
        "form": forms_offered(own),
        "area": [(str(one.pk), one.name) for one in areas_of(own)],
        "matters": [(one.code, f"{one.title}（{one.code}）") for one in draft.matters],
    }


def _form(request: HttpRequest, draft: Draft) -> MakeTopicForm:
    first = {
        "title": draft.title,
        "source": draft.source,
        "background": draft.background,
        "matters": [one.code for one in draft.matters],
        "matter_title": draft.title,
        "shown": min(draft.to_join, MOST_JOINED),
        "cited": " ".join(draft.cited),
    }
    return MakeTopicForm(
        request.POST or None, initial=first, choices=_choices(request, draft), to_join=draft.to_join
    )


def _store(request: HttpRequest, row: Any, said: dict[str, Any]) -> Any:
    by, at = request.viewer, clock.now()
    area = next((one for one in areas_of(by.committee_id) if str(one.pk) == said["area"]), None)
    form = ensure_forms(request.committee, by=by, at=at)[said["form"]]
    chosen = Chosen(
        title=said["title"], source=said["source"], domain=said["domain"], form=form, area=area,
        background=said["background"], why_this_topic=said["why_this_topic"],
        matters=tuple(said.get("matters", ())), matter_title=said.get("matter_title", ""),
        joined=said["shown"] if said.get("joined") else None, cited=tuple(said["cited"].split()),
    )  # fmt: skip
    return actions.make_topic(row, chosen=chosen, by=by, at=at)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*roles.OFFICE)
def topic(request: HttpRequest, code: str) -> HttpResponse:
    """A topic drafted from a proposal: the clerk changes what should be changed, and stores it."""
    row: Any = found(queries.get_proposed_for(request.viewer, code))
    draft = draft_of(request.viewer, row)
    form = _form(request, draft)
    if request.method == "POST" and form.is_valid():
        made = attempt_form(form, lambda: _store(request, row, form.cleaned_data))
        if made:
            return redirect("topics:one", made.code)
    held = queries.already(request.viewer, [row])[row.pk]
    to_join = min(draft.to_join, MOST_JOINED)
    shown = {**described(row, held), "form": form, "draft": draft, "to_join": to_join}
    return render(request, "hotspots/make_topic.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*roles.OFFICE)
def aside(request: HttpRequest, code: str) -> HttpResponse:
    """Why a proposal need not be consulted on."""
    row: Any = found(queries.get_proposed_for(request.viewer, code))
    form = AsideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["because"]
        if attempt_form(
            form, lambda: actions.put_aside(row, because=said, by=request.viewer, at=clock.now())
        ):
            return redirect("hotspots:one", code)
    held = queries.already(request.viewer, [row])[row.pk]
    shown = {**described(row, held), "form": form, "title": _("不用议")}
    return render(request, "hotspots/aside.html", shown, status=422 if form.errors else 200)


@require_POST
@for_roles(*roles.OFFICE)
def back(request: HttpRequest, code: str) -> HttpResponse:
    """Take back that it was put aside."""
    row: Any = found(queries.get_proposed_for(request.viewer, code))
    attempt(request, lambda: actions.take_back(row, by=request.viewer, at=clock.now()))
    return redirect("hotspots:one", code)
