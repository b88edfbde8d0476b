"""Proof of work at the resident's pages: the task in the page, a fresh one where it lay open, and what goes without it."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from shangliang.foundation import clock, codes, limits, proof
from shangliang.people.access import for_everybody
from shangliang.reports import rules
from shangliang.reports.views.doors import private


def task_for_report(committee_id: int, form_key: str) -> str:
    """Return the task a form's page carries, as JSON for ``data-proof``: for this form key in this committee alone."""
    return json.dumps(proof.new_challenge(_of_report(committee_id, form_key), at=clock.now()))


def task_for_lookup() -> str:
    """Return the task of the page on which a receipt code is typed."""
    return json.dumps(proof.new_challenge(proof.purpose(proof.LOOKUP), at=clock.now()))


def doubt_about(request: HttpRequest, committee_id: int, form_key: str) -> str:
    """Return the doubt about how a report came: ``rules.UNPROVEN``, ``rules.FLOOD``, or "" when there is none.

    A solution needs no row to count once: it holds for one form key, and a form key makes one report.
    """
    said = request.POST.get("proof", "")
    if not proof.solved(said, _of_report(committee_id, form_key), at=clock.now()):
        return rules.UNPROVEN
    return "" if limits.REPORTS.take(limits.address_key(request)) else rules.FLOOD


def may_try_a_code(request: HttpRequest) -> bool:
    """Tell whether a receipt code from this address is looked at: always, unless many were wrong within the minute.

    Then a proof of work opens the way once for each try; it is spent even when the code is wrong.
    """
    if not limits.WRONG_CODES.is_empty(limits.address_key(request)):
        return True
    solved = proof.solved(request.POST.get("proof", ""), proof.purpose(proof.LOOKUP), at=clock.now())
    return solved is not None and proof.spend(solved)


def may_need_a_proof(request: HttpRequest) -> bool:
    """Tell whether codes from this address were wrong of late: then the page brings the script that works on its task."""
    return not limits.WRONG_CODES.is_full(limits.address_key(request))


def count_wrong_code(request: HttpRequest) -> None:
    """Count a code that opened nothing against the address it came from, in memory alone."""
    limits.WRONG_CODES.take(limits.address_key(request))


@for_everybody
@private
@require_safe
def fresh_task(request: HttpRequest) -> HttpResponse:
    """Give a page that lay open a new task for what its old one was for. The token comes in a header: no log keeps it."""
    said = request.headers.get("X-Proof-For", "")
    for_what = said if proof.is_purpose(said) else proof.purpose(proof.LOOKUP)
    return JsonResponse(proof.new_challenge(for_what, at=clock.now()))


def _of_report(committee_id: int, form_key: str) -> str:
    return proof.purpose(proof.REPORT, committee_id, codes.form_key_digest(form_key))
