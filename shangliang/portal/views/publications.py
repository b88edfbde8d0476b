"""The desk of public words: prepare, show to named units, review, publish, take down."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shangliang.foundation import clock, publishing, roles
from shangliang.foundation.states import PublicationState
from shangliang.people.access import attempt, attempt_form, for_roles, found
from shangliang.portal.desk import context_of, draft_for
from shangliang.portal.forms import PageForm, ProxyAnswerForm, ShowForm, WithdrawForm
from shangliang.portal.published_index import grams_of
from shangliang.portal.queries import (
    draft_left_behind,
    number_of_versions,
    own_publications,
    previews_of,
    publication_counts,
    waiting_version,
)
from shangliang.portal.showing import code_of, shown, version_of

AT_ONCE, REFUSED = 30, 422
DESK = (*roles.OFFICE, roles.REVIEWER)


def _tabs(chosen: str, counts: dict[str, int]) -> list[tuple[str, str, bool, int]]:
    labels = (
        (PublicationState.PREPARED, _("待审核")),
        (PublicationState.REVIEWED, _("可公布")),
        (PublicationState.PUBLISHED, _("已公布")),
        (PublicationState.WITHDRAWN, _("已撤下")),
    )
    base = reverse("portal:publications")
    return [(label, f"{base}?state={state}", state == chosen, counts[state]) for state, label in labels]


@for_roles(*DESK)
def publications(request: HttpRequest) -> HttpResponse:
    """Everything on its way to the public, by state."""
    chosen = request.GET.get("state", "")
    chosen = chosen if chosen in PublicationState.values else PublicationState.PREPARED.value
    rows = own_publications(request.viewer).filter(state=chosen).defer("content")
    page = Paginator(rows, AT_ONCE).get_page(request.GET.get("page"))
    context = {"tabs": _tabs(chosen, publication_counts(request.viewer)), "page": page, "chosen": chosen}
    return render(request, "portal/publications.html", context)


@for_roles(*roles.OFFICE)
def prepare(request: HttpRequest) -> HttpResponse:
    """Lay down the words of the next version of a page, from what the records hold."""
    subject, viewer = request.GET.get("subject", ""), request.viewer
    draft = found(draft_for(viewer, subject))
    waiting = waiting_version(viewer, subject)
    if waiting and request.method != "POST":
        return redirect("portal:publication", waiting.code)
    form = PageForm(draft, request.POST or None, before=_words_of(draft_left_behind(viewer, subject)))
    if form.is_valid():
        kept = attempt_form(form, lambda: _prepared(request, form, waiting))
        if kept:
            return redirect("portal:publication", kept.code)
    units = draft.units_named_in(draft.title, {**draft.content, "note": ""})
    status = REFUSED if form.is_bound else 200
    return render(
        request, "portal/prepare.html", {"form": form, "draft": draft, "units": units}, status=status
    )


def _words_of(publication: Any) -> dict[str, Any]:
    content = publication.content if publication else {"steps": [], "lists": []}
    return {one["key"]: one for part in ("steps", "lists") for one in content[part]}


def _prepared(request: HttpRequest, form: PageForm, waiting: Any) -> Any:
    draft, title, content = form.draft, form.cleaned_data["title"], form.content()
    number = number_of_versions(request.viewer, draft.subject) + (0 if waiting else 1)
    return publishing.prepare(
        committee_id=draft.committee_id, subject=draft.subject, part=f"page-{number}", title=title, content=content,
        happened_on=draft.happened_on, named_units=draft.units_named_in(title, content),
        reviewers_needed=draft.reviewers, by=request.viewer, at=clock.now(),
    )  # fmt: skip


@for_roles(*DESK)
def publication(request: HttpRequest, code: str) -> HttpResponse:
    """The page exactly as it will be, with who read it, what named units said, and what may be done."""
    return _page(request, _own(request, code))


def _own(request: HttpRequest, code: str) -> Any:
    return found(own_publications(request.viewer).filter(code=code).first())


def _page(request: HttpRequest, row: Any, status: int = 200, **forms: Any) -> HttpResponse:
    given = {
        "withdraw_form": WithdrawForm(),
        "show_form": ShowForm(),
        "answer_form": ProxyAnswerForm(),
        "unit_at": 0,
    }
    words = {"shown": shown(row.content), "code": code_of(row), "version": version_of(row)}
    context = {**context_of(request.viewer, row, clock.today()), **given, **forms, **words}
    return render(request, "portal/publication.html", context, status=status)


@for_roles(*DESK)
@require_POST
def review(request: HttpRequest, code: str) -> HttpResponse:
    """One reviewer's yes."""
    return _done(request, code, publishing.review)


@for_roles(*roles.OFFICE)
@require_POST
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Make the reviewed words public."""
    return _done(request, code, lambda row, **acting: publishing.publish(row, grams=grams_of(row), **acting))


def _done(request: HttpRequest, code: str, act: Callable[..., Any]) -> HttpResponse:
    row = _own(request, code)
    attempt(request, lambda: act(row, by=request.viewer, at=clock.now()))
    return redirect("portal:publication", code)


@for_roles(*roles.OFFICE)
@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take words down, with the reason the public reads."""
    row, form = _own(request, code), WithdrawForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data["reason"]
        if attempt_form(
            form, lambda: publishing.withdraw(row, reason=said, by=request.viewer, at=clock.now())
        ):
            return redirect("portal:publication", code)
    return _page(request, _own(request, code), REFUSED, withdraw_form=form)


@for_roles(*roles.OFFICE)
@require_POST
def show(request: HttpRequest, code: str, unit: int) -> HttpResponse:
    """Record that a named unit was given the text, and how."""
    row, form = _own(request, code), ShowForm(request.POST)
    if form.is_valid():
        how = form.cleaned_data["how"]
        act = publishing.show_to_unit
        if attempt_form(form, lambda: act(row, unit=unit, how=how, by=request.viewer, at=clock.now())):
            return redirect("portal:publication", code)
    return _page(request, row, REFUSED, show_form=form, unit_at=unit)


@for_roles(*roles.OFFICE)
@require_POST
def answer(request: HttpRequest, code: str, unit: int) -> HttpResponse:
    """Record for a unit what it said of the text (代录), with where that comes from."""
    row, form = _own(request, code), ProxyAnswerForm(request.POST)
    preview = found(previews_of(request.viewer, row).get(unit))
    if form.is_valid():
        said = form.cleaned_data
        act = publishing.answer_preview
        if attempt_form(form, lambda: act(preview, **said, by=request.viewer, at=clock.now())):
            return redirect("portal:publication", code)
    return _page(request, row, REFUSED, answer_form=form, unit_at=unit)
