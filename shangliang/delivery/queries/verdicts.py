"""Verdicts: a holder sees its own, everybody else only counts with their denominator."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, QuerySet

from shangliang.analysis.small_counts import in_steps
from shangliang.delivery import rules, states
from shangliang.delivery.models import Assignment, Result, Verdict
from shangliang.foundation import roles
from shangliang.foundation.viewer import ReceiptHolder, Viewer
from shangliang.reports.models import Matter, Report
from shangliang.reports.queries import get_report_of_holder
from shangliang.reports.states import MatterState, ReportState

COUNTED_FOR = (*roles.OFFICE, roles.AUTHORITY, roles.MEMBER)
BEING_JUDGED = (MatterState.JUDGING, MatterState.CLOSED)


def judgeable_matter_of(viewer: ReceiptHolder) -> Matter | None:
    """Return the matter whose result this receipt may judge now, or None."""
    report = get_report_of_holder(viewer)
    if report is None or report.state != ReportState.TAKEN or not may_be_judged(report.matter):
        return None
    return report.matter


def may_be_judged(matter: Matter) -> bool:
    """Tell whether words on a result are taken: when asked for, and still after somebody said "not solved".

    One "not solved" reopens the follow-up; it must not silence the others of that round.
    """
    return matter.state in BEING_JUDGED or (matter.state == MatterState.DELIVERING and matter.round > 1)


def verdict_of(report: Report) -> Verdict | None:
    """Return the verdict given under a receipt in the present round; for the page of that receipt alone."""
    return Verdict.unscoped.filter(report=report, round=round_judged(report.matter)).first()


def given_verdict(viewer: ReceiptHolder) -> Verdict | None:
    """Return what the holder of this receipt said in the present round, or None."""
    report = get_report_of_holder(viewer)
    return verdict_of(report) if report else None


def verdict_counts(matter: Matter) -> dict[str, int]:
    """Return counts of the latest judged round: reports, answered, silent, solved_yes/partly/no, satisfied_yes/….

    ``reports`` is the denominator; who did not answer is silent and never counted as content.
    """
    return verdict_counts_of([matter])


def verdict_counts_of(matters: Iterable[Matter]) -> dict[str, int]:
    """Return the same counts over several matters, with two queries."""
    rounds = {one.pk: round_judged(one) for one in matters}
    asked = Report.unscoped.filter(matter_id__in=rounds, state=ReportState.TAKEN).count()
    rows = (
        standing_verdicts()
        .filter(matter_id__in=rounds)
        .values_list("matter_id", "round", "solved", "satisfied")
    )
    return rules.tally([(solved, said) for pk, turn, solved, said in rows if rounds[pk] == turn], asked)


def standing_verdicts() -> QuerySet[Verdict]:
    """Return the verdicts that count: of reports that still speak of that very matter. To count, never to show one.

    Who withdraws what was said is neither asked nor counted any more; else more would have answered than were asked.
    """
    return Verdict.unscoped.filter(report__state=ReportState.TAKEN, report__matter_id=F("matter_id"))


def counts_for(viewer: Viewer, counts: dict[str, int]) -> dict[str, int | None]:
    """Return counts as the viewer may be shown them: the office exactly, an authority and a member in steps of five.

    None is one to four, and everything for a unit. Their pages change by themselves, so nothing between two looks may be
    less than five.
    """
    if viewer.role in roles.OFFICE:
        return dict(counts)
    if viewer.role in (roles.AUTHORITY, roles.MEMBER):
        return {name: in_steps(number) for name, number in counts.items()}
    return dict.fromkeys(counts)


def round_judged(matter: Matter) -> int:
    """Return the round that words on a matter belong to: the present one, or the one a "not solved" just ended."""
    judged = matter.state in BEING_JUDGED or matter.round == 1
    return matter.round if judged else matter.round - 1


def results_told_to(viewer: ReceiptHolder) -> list[dict[str, Any]]:
    """Return what was done, as the person who raised it may read it: unit, text, day, whether we looked, pictures.

    Only the latest checked result of each standing assignment on the matter of that receipt.
    """
    latest = {one.assignment_id: one for one in _checked_results(viewer)}
    return [_in_plain_words(one) for one in latest.values()]


def _in_plain_words(result: Result) -> dict[str, Any]:
    return {
        "unit": result.assignment.lead_unit.name,
        "text": result.text,
        "is_done": result.assignment.state == states.A.VERIFIED,
        "finished_on": result.finished_on,
        "next_step": result.next_step,
        "verified_on": result.verification.verified_on,
        "explanation": result.verification.note if result.assignment.state == states.A.EXPLAINED else "",
        "pictures": [(shot.file.name, shot.get_kind_display()) for shot in result.evidence.all()],
    }


def _checked_results(viewer: ReceiptHolder) -> Iterable[Result]:
    report = get_report_of_holder(viewer)
    if report is None or report.state != ReportState.TAKEN:
        return ()
    standing = Assignment.unscoped.filter(
        suggestion__consultation__topic__topic_matters__matter=report.matter_id, state__in=rules.SETTLED
    )
    rows = Result.unscoped.filter(assignment__in=standing, verification__is_confirmed=True)
    rows = rows.select_related("assignment__lead_unit", "verification").prefetch_related("evidence__file")
    return rows.order_by("assignment_id", "number")
