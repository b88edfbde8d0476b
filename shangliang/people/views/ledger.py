"""账链: the committee's chain, latest first; the line to keep, and the check against a line kept earlier."""

import json
import re
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from shangliang.foundation import ledger as chain
from shangliang.foundation.lifecycle import verb_labels
from shangliang.foundation.queries import ledger_head, ledger_lines
from shangliang.people import queries
from shangliang.people.access import Request, for_roles
from shangliang.people.views.office import OPEN_TO, office_page

_KEPT = re.compile(r"(\d{1,12})\D+?([0-9a-fA-F]{8,64})\s*$")


@for_roles(*OPEN_TO)
def ledger(request: Request) -> HttpResponse:
    """Show the chain, of one subject when asked; a POST checks it and tells what was found."""
    committee_id = request.committee.pk
    if request.method == "POST":
        _check(request, chain.chain_of(committee_id))
        return redirect("people:ledger")
    rows = ledger_lines(request.viewer, committee_id)
    subject = request.GET.get("subject", "").strip()
    page = Paginator(_only(rows, subject), 50).get_page(request.GET.get("page"))
    labels = verb_labels()
    lines = [_line(entry, labels) for entry in page]
    head = ledger_head(committee_id)
    kept = _("第 %(seq)s 条 / %(hash)s") % {"seq": head.seq, "hash": _first(head.hash)} if head else ""
    return office_page(request, "people/ledger.html", "ledger", {
        "page": page, "lines": lines, "subject": subject, "kept": kept, "head": head})  # fmt: skip


def _only(rows: Any, subject: str) -> Any:
    """One record's lines: by its whole subject from a link, or by its code as people type it."""
    if not subject:
        return rows
    return rows.filter(subject=subject) if ":" in subject else rows.filter(subject__endswith=f":{subject}")


def _first(digest: Any) -> str:
    return bytes(digest).hex()[: chain.SYMBOLS_KEPT]


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def _line(entry: Any, labels: dict[str, Any]) -> dict[str, Any]:
    body = json.loads(bytes(entry.body))
    return {"seq": entry.seq, "at": entry.recorded_at, "what": labels.get(entry.verb, entry.verb),
            "subject": entry.subject, "code": entry.subject.partition(":")[2], "hash": _first(entry.hash),
            "who": queries.role_label(body["by"]["as"]), "happened_on": _day(body.get("happened_on"))}  # fmt: skip


def _check(request: Request, key: str) -> None:
    typed = request.POST.get("kept", "").strip()
    found = _KEPT.search(typed)
    if typed and not found:
        messages.error(request, _("抄下的那一行要像“第 128 条 / 9f3a01bc”这样。"))
        return
    count, wrong = chain.verify(key)
    if wrong:
        messages.error(
            request,
            _("对不上：从第 %(seq)s 条起，内容和当时留下的不一样了。请马上告诉负责人，不要再改动。")
            % {"seq": count},
        )
    elif found and not chain.holds_line(key, int(found[1]), found[2]):
        messages.error(
            request,
            _("%(count)s 条前后连得上，但您抄下的那一行不在里面：抄下以后，有人改过或删过。")
            % {"count": count},
        )
    elif found:
        messages.success(request, _("%(count)s 条都对得上，您抄下的那一行也在。") % {"count": count})
    else:
        messages.success(request, _("%(count)s 条前后都连得上。") % {"count": count})
