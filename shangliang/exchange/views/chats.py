"""Copied chats: pasted, taken apart and looked at, kept as drafts, each taken in, joined, changed or dropped."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from shangliang.analysis.chat_messages import split_chat
from shangliang.analysis.doors import classification_marking
from shangliang.analysis.redact import hide_private
from shangliang.exchange import actions, queries
from shangliang.exchange.forms.imports import DraftForm, PasteForm, TakeForm
from shangliang.exchange.rules import LONGEST_SOURCE, MOST_DRAFTS
from shangliang.foundation import clock, roles
from shangliang.people.access import attempt, attempt_form, for_roles, found
from shangliang.people.queries import communities_of

PAGE = 50


@for_roles(*roles.OFFICE)
def chats(request: HttpRequest) -> HttpResponse:
    """The drafts that wait and the box to paste in; what is pasted is taken apart and shown, and kept only afterwards."""
    form = PasteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        split = split_chat(form.cleaned_data["pasted"], clock.today())
        lines = [(hide_private(one.text)[0], one.day) for one in split.messages]
        if lines and len(lines) <= MOST_DRAFTS:
            shown = {"lines": _numbered(lines), "split": split, "source": form.cleaned_data["source"]}
            return _private(render(request, "exchange/chats_look.html", shown))
        form.add_error(
            "pasted",
            _("一次最多 200 条，请分几次贴。") if lines else _("没有找到说的话，只有名字、图片或空行。"),
        )
    page = Paginator(queries.drafts_of(request.viewer), PAGE).get_page(request.GET.get("page"))
    shown = {"form": form, "page": page}
    return _private(render(request, "exchange/chats.html", shown, status=422 if form.errors else 200))


def _numbered(lines: list[tuple[str, date | None]]) -> list[dict[str, Any]]:
    return [
        {"number": at, "text": text, "day": day.isoformat() if day else "", "is_kept": len(text) > 3}
        for at, (text, day) in enumerate(lines)
    ]


@require_POST
@for_roles(*roles.OFFICE)
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the ticked messages as drafts."""
    lines = _chosen_lines(request)
    source = request.POST.get("source", "")[:LONGEST_SOURCE] or _("群消息")
    texts = [(one["text"], _day(one["day"])) for one in lines if one["is_kept"]]
    made = attempt(
        request,
        lambda: actions.keep_drafts(
            texts, committee=request.committee, source=source, by=request.viewer, at=clock.now()
        ),
    )
    if made is None:  # what was typed stays; a marked text alone is taken out
        unmarked = [one for one in lines if not classification_marking(one["text"])]
        shown = {"lines": unmarked, "split": None, "source": source}
        return _private(render(request, "exchange/chats_look.html", shown, status=422))
    messages.success(request, _("留了 %(count)s 条草稿。") % {"count": len(made)})
    return redirect("exchange:chats")


def _chosen_lines(request: HttpRequest) -> list[dict[str, Any]]:
    said, kept = request.POST, set(request.POST.getlist("keep"))
    numbers = [str(at) for at in range(MOST_DRAFTS + 1) if f"text_{at}" in said]
    return [
        {
            "number": one,
            "text": said[f"text_{one}"],
            "day": said.get(f"day_{one}", ""),
            "is_kept": one in kept,
        }
        for one in numbers
    ]


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


@require_POST
@for_roles(*roles.OFFICE)
def join(request: HttpRequest) -> HttpResponse:
    """Make the ticked drafts one."""
    codes = request.POST.getlist("draft")[:MOST_DRAFTS]
    rows = [one for one in (queries.get_draft_for(request.viewer, code) for code in codes) if one]
    if attempt(request, lambda: actions.join_drafts(rows, by=request.viewer, at=clock.now())):
        messages.success(request, _("合成一条了。"))
    return redirect("exchange:chats")


@for_roles(*roles.OFFICE)
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """One draft: change its words, take it in, or drop it."""
    row = found(queries.get_draft_for(request.viewer, code))
    first = {"text": row.text, "happened_on": row.happened_on}
    form = DraftForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if attempt_form(form, lambda: actions.change_draft(row, **said, by=request.viewer, at=clock.now())):
            messages.success(request, _("改好了。"))
            return redirect("exchange:draft", code)
    shown = {"draft": row, "form": form, "take": TakeForm(areas=communities_of(request.committee.pk))}
    return render(request, "exchange/draft.html", shown, status=422 if form.errors else 200)


@require_POST
@for_roles(*roles.OFFICE)
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Take a draft in as a report."""
    row = found(queries.get_draft_for(request.viewer, code))
    form = TakeForm(request.POST, areas=communities_of(request.committee.pk))
    area = form.cleaned_data["area"] if form.is_valid() else None
    made = attempt(request, lambda: actions.take_draft_in(row, area=area, by=request.viewer, at=clock.now()))
    if made:
        messages.success(request, _("收下了，成了一条线索。"))
    return redirect("exchange:chats")


@require_POST
@for_roles(*roles.OFFICE)
def drop(request: HttpRequest, code: str) -> HttpResponse:
    """Drop a draft."""
    row = found(queries.get_draft_for(request.viewer, code))
    if attempt(request, lambda: actions.drop_draft(row, by=request.viewer, at=clock.now()) or True):
        messages.success(request, _("去掉了。"))
    return redirect("exchange:chats")


def _private(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store, private"
    return answer
