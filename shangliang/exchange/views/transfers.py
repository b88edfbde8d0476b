"""Transfers: the list with its clocks, referring out, "already with them", and one transfer with its steps."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from shangliang.exchange import actions, queries
from shangliang.exchange.forms.transfers import (
    AnswerForm,
    BecauseForm,
    NudgeForm,
    NumberForm,
    TransferWordsForm,
)
from shangliang.exchange.states import TRANSFER, WITH_THEM, TransferState
from shangliang.foundation import clock, roles
from shangliang.foundation.moves import moves_open_to
from shangliang.foundation.queries import day_table
from shangliang.people.access import attempt_form, for_roles, found
from shangliang.ui.forms import Form
from shangliang.ui.parts import Button
from shangliang.ui.xlsx import Sheet, workbook_response

PAGE = 50
STATES = ("open", "overdue", "answered", "all")
STEPS: dict[str, tuple[type[Form], Callable[..., Any]]] = {
    "words": (TransferWordsForm, actions.confirm_words),
    "number": (NumberForm, actions.record_number),
    "answer": (AnswerForm, actions.take_answer),
    "return": (BecauseForm, actions.take_return),
    "nudge": (NudgeForm, actions.nudge),
    "take_back": (Form, actions.take_back),
}


@for_roles(*roles.OFFICE)
def transfers(request: HttpRequest) -> HttpResponse:
    """What is with other systems; ``?state=open|overdue|answered|all&system=&page=`` filter it, ``format=xlsx`` takes it along."""
    asked = request.GET.get("state", "open")
    wanted = queries.TransferFilter(asked if asked in STATES else "open", request.GET.get("system", "")[:12])
    rows = queries.transfers_seen_by(request.viewer, wanted, clock.today())
    if request.GET.get("format") == "xlsx":
        return workbook_response(_("转办"), [_sheet_of(rows)])
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    systems = [
        (one, queries.reports_to_list(request.viewer, one).count())
        for one in queries.systems_of(request.viewer)
        if one.is_used
    ]
    shown = {
        "page": page,
        "lines": [(one, days_left(one)) for one in page],
        "wanted": wanted,
        "systems": systems,
        "tabs": _tabs(wanted),
    }
    return render(request, "exchange/transfers.html", shown)


def _tabs(wanted: queries.TransferFilter) -> list[tuple[str, str, bool]]:
    names = (
        ("open", _("没有答复的")),
        ("overdue", _("过了日子的")),
        ("answered", _("答复了的")),
        ("all", _("全部")),
    )
    root = reverse("exchange:transfers")
    return [(label, f"{root}?state={name}", wanted.state == name) for name, label in names]


def _sheet_of(rows: Any) -> Sheet:
    heads = (
        _("转办号"),
        _("转到"),
        _("现在"),
        _("那边的编号"),
        _("哪天转出"),
        _("最晚回话"),
        _("哪天答复"),
        _("答复"),
    )
    lines = (
        (
            one.code,
            one.system.name,
            one.get_state_display(),
            one.number,
            one.handed_on,
            one.due_on,
            one.answered_on,
            one.answer,
        )
        for one in rows.iterator(chunk_size=500)
    )
    return Sheet(_("转办"), heads, lines)


def days_left(one: Any) -> int | None:
    """Return the working days until the other side should answer (negative when late), None where no clock runs."""
    if one.state not in WITH_THEM or one.due_on is None:
        return None
    today = clock.today()
    try:
        left = day_table().working_days_between(today, one.due_on)
    except LookupError:
        return (one.due_on - today).days
    return -1 if left == 0 and one.due_on < today else left


@for_roles(*roles.OFFICE)
def transfer(request: HttpRequest, code: str) -> HttpResponse:
    """One transfer: where it stands, and what may be done."""
    row = found(queries.get_transfer_for(request.viewer, code))
    buttons = _buttons(request, row)
    shown = {"transfer": row, "left": days_left(row), "buttons": buttons, "nudges": queries.nudges_of(request.viewer, row),
             "is_drafted": row.state == TransferState.DRAFTED}  # fmt: skip
    return render(request, "exchange/transfer.html", shown)


def _buttons(request: HttpRequest, row: Any) -> list[Button]:
    verbs = [
        one.name.partition(".")[2]
        for one in moves_open_to(request.viewer, row, TRANSFER)
        if one.name.partition(".")[2] in STEPS
    ]
    labels = {one.name.partition(".")[2]: str(one.label) for one in TRANSFER.moves} | {"nudge": _("催一下")}
    if row.state in WITH_THEM:
        verbs.append("nudge")
    confirm = _("这条回到筛选台，反映人会知道。确定吗？")
    return [
        Button(labels[verb], reverse("exchange:transfer_step", args=[row.code, verb]), needs_form=verb != "take_back",
               confirm=confirm if verb == "take_back" else "")
        for verb in verbs
    ]  # fmt: skip


@for_roles(*roles.OFFICE)
def step(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """One step of a transfer: look at the words, number, answer, returned, reminded, or taken back."""
    row = found(queries.get_transfer_for(request.viewer, code))
    if verb not in STEPS:
        raise Http404
    kind, act = STEPS[verb]
    form = kind(request.POST if request.method == "POST" else None, initial=_first(row, verb))
    if request.method == "POST" and form.is_valid():
        said = {name: value for name, value in form.cleaned_data.items() if name != "looked"}
        if attempt_form(form, lambda: act(row, **said, by=request.viewer, at=clock.now())):
            return _after(request, row, verb)
    if verb == "take_back" and not form.errors:
        return redirect("exchange:transfer", code)
    return _step_page(request, row, verb, form)


def _first(row: Any, verb: str) -> dict[str, Any]:
    return (
        {"words": row.words, "place": row.place, "number": row.number, "on": clock.today()}
        if verb != "nudge"
        else {}
    )


def _after(request: HttpRequest, row: Any, verb: str) -> HttpResponse:
    messages.success(request, _("记下了。"))
    if verb == "words" and row.sheet_id:
        return redirect("exchange:sheet", row.sheet.code)
    return redirect("exchange:transfer", row.code)


def _step_page(request: HttpRequest, row: Any, verb: str, form: Form) -> HttpResponse:
    title, submit = {
        "words": (_("核对要转出去的文字"), _("看过了，就转这些")),
        "number": (_("记下那边的编号"), _("记下编号")),
        "answer": (_("录入那边的答复"), _("录入，反映人看得到")),
        "return": (_("对方退回"), _("退回筛选台")),
        "nudge": (_("催一下"), _("记一笔")),
        "take_back": (_("不转了"), _("不转了")),
    }[verb]
    shown = {
        "transfer": row,
        "form": form,
        "title": title,
        "submit": submit,
        "is_words": verb == "words",
        "original": row.report.text if verb == "words" else "",
        "back": reverse("exchange:transfer", args=[row.code]),
    }
    return render(request, "exchange/step.html", shown, status=422 if form.errors else 200)
