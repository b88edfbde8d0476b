"""Numbers and answers of many at once: pasted or uploaded, looked at, then taken in. What is refused stays in the box."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from shangliang.exchange import actions, queries
from shangliang.exchange.actions.answering import MOST_LINES, Line
from shangliang.exchange.forms.transfers import PasteTableForm
from shangliang.exchange.rules import PastedLine, pasted_answers, pasted_numbers
from shangliang.foundation import clock, roles
from shangliang.people.access import attempt_form, for_roles, found
from shangliang.ui.table_files import MOST_BYTES, read_table


@for_roles(*roles.OFFICE)
def numbers(request: HttpRequest, code: str) -> HttpResponse:
    """The numbers the other system gave: our code and their number on each line."""
    return _paste(request, code, are_answers=False)


@for_roles(*roles.OFFICE)
def answers(request: HttpRequest, code: str) -> HttpResponse:
    """The answers of the other system: our code or their number, the answer, the day."""
    return _paste(request, code, are_answers=True)


def _paste(request: HttpRequest, code: str, *, are_answers: bool) -> HttpResponse:
    system = found(queries.get_system_for(request.viewer, code))
    form = PasteTableForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    shown: dict[str, Any] = {
        "system": system,
        "form": form,
        "are_answers": are_answers,
        "lines": [],
        "unknown": 0,
    }
    if request.method == "POST" and form.is_valid():
        text = attempt_form(form, lambda: _text_of(form))
        if text:
            return _go_on(request, shown, text, are_answers)
        if not form.errors:
            form.add_error("pasted", _("贴几行，或者选一个文件。"))
    return render(request, "exchange/paste.html", shown, status=422 if form.errors else 200)


def _go_on(request: HttpRequest, shown: dict[str, Any], text: str, are_answers: bool) -> HttpResponse:
    """Show what each line speaks of; with ``act=take`` take in those that are known and leave the rest in the box."""
    read = (pasted_answers if are_answers else pasted_numbers)(text)
    known = queries.transfers_by_key(request.viewer, shown["system"], [one.key for one in read])
    lines = [(one, known.get(one.key.strip(), ())) for one in read]
    left = [(one, "") for one, mine in lines if not mine]
    if request.POST.get("act") == "take" and len(read) <= MOST_LINES:
        wanted = [Line(one.number, mine, one.words, one.day) for one, mine in lines if mine]
        refused = actions.take_lines(wanted, are_answers=are_answers, by=request.viewer, at=clock.now())
        whys = {line.number: why for line, why in refused}
        left = [(one, whys.get(one.number, "")) for one, mine in lines if not mine or one.number in whys]
        messages.success(request, _("记下 %(count)s 行。") % {"count": len(read) - len(left)})
        if not left:
            return redirect("exchange:transfers")
        lines = [(one, known.get(one.key.strip(), ())) for one, _why in left]
    return render(request, "exchange/paste.html", _filled(shown, lines, left, are_answers))


def _filled(
    shown: dict[str, Any],
    lines: list[tuple[PastedLine, Any]],
    left: list[tuple[PastedLine, str]],
    are_answers: bool,
) -> dict[str, Any]:
    whys = {one.number: why for one, why in left}
    rows = [
        {"line": one, "transfers": mine, "why": whys.get(one.number, "")
         or ("" if mine else _("没有这个编号，或已经答复过"))}
        for one, mine in lines
    ]  # fmt: skip
    text = "\n".join(
        "\t".join(filter(None, (one.key, one.words, one.day.isoformat() if one.day else "")))
        for one, _mine in lines
    )
    form = PasteTableForm(initial={"pasted": text})
    return {**shown, "form": form, "lines": rows, "unknown": sum(1 for row in rows if row["why"])}


def _text_of(form: PasteTableForm) -> str:
    """Return the pasted text, or a file as the same kind of text: tabs between cells, one line each."""
    upload = form.cleaned_data["file"]
    if not upload:
        return str(form.cleaned_data["pasted"])
    table = read_table(upload.read(MOST_BYTES + 1))
    cells = [[" ".join(cell.split()) for cell in row] for row in table.rows]
    return "\n".join("\t".join(row) for row in cells)
