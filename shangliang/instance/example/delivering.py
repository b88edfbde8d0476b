"""The strands of doing: assigned, accepted, reported, done, checked, judged by those who spoke, closed."""

from datetime import datetime

from shangliang.consultations.models import Suggestion
from shangliang.consultations.states import SuggestionState
from shangliang.delivery import actions as delivery
from shangliang.delivery.models import Assignment
from shangliang.foundation.queries import day_table
from shangliang.foundation.viewer import ReceiptHolder, Viewer
from shangliang.instance.example.agreements import Agreed, Meeting
from shangliang.instance.example.clockwork import Strand, later, moment
from shangliang.instance.example.consulting import authority_of
from shangliang.instance.example.fates import Fate
from shangliang.instance.example.speaking import Told

SIGNED_IN = {"区城管局": "unit", "区交警大队": "police"}


def deliver(told: Told, fate: Fate, meeting: Meeting, at: datetime) -> Strand:
    """Hand out what was adopted; where the fate says so, have it done, checked, judged and closed."""
    at = later(at, 2, 9)
    yield at
    pairs = _assign(told, fate, meeting, at)
    ends = [at]
    for assignment, item in pairs:
        if not item.waits:
            yield from _accept(told, assignment, at)
        if item.result:
            yield from _finish(told, assignment, item, ends)
    if fate.ending in {"judging", "closed"}:
        yield from judge(told, fate, meeting.solved, later(max(ends), 1, 10))


def _assign(told: Told, fate: Fate, meeting: Meeting, at: datetime) -> list[tuple[Assignment, Agreed]]:
    rows = Suggestion.unscoped.filter(consultation=told.consultations[fate.theme]).order_by("number")
    number, pairs = f"云府办交〔{at.year}〕{28 + len(told.consultations)}号", []
    for suggestion, item in zip(rows, meeting.agreed, strict=True):
        if suggestion.state == SuggestionState.ADOPTED:
            pairs.append(
                (
                    delivery.assign(
                        suggestion=suggestion,
                        issuing_authority=authority_of(told),
                        basis="区政府办公室交办通知",
                        document_no=number,
                        issued_on=at.date(),
                        task=item.text,
                        lead_unit=told.cast.units[item.unit],
                        working_days=item.days,
                        co_units=[told.cast.units[item.co_unit]] if item.co_unit else [],
                        by=told.cast.viewers["authority"],
                        at=at,
                    ),
                    item,
                )
            )
    return pairs


def _hand(told: Told, assignment: Assignment) -> tuple[Viewer, str]:
    """Return who records a unit's step: its own handler, or the clerk with the source of it."""
    key = SIGNED_IN.get(assignment.lead_unit.name)
    return (told.cast.viewers[key], "") if key else (told.cast.viewers["clerk"], "单位书面回函")


def _accept(told: Told, assignment: Assignment, issued: datetime) -> Strand:
    by, source = _hand(told, assignment)
    at = later(issued, 1, 15)
    yield at
    delivery.accept(assignment, by=by, source=source, at=at)
    at = later(at, 5, 10)
    yield at
    delivery.report_progress(assignment, text="看过现场，定了做法，材料在备。", by=by, source=source, at=at)


def _finish(told: Told, assignment: Assignment, item: Agreed, ends: list[datetime]) -> Strand:
    """Two days before the deadline, or so many working days late; then the committee looks."""
    by, source = _hand(told, assignment)
    table = day_table()
    early = table.add_working_days(assignment.issued_on, max(1, item.days - 2))
    day = table.add_working_days(assignment.deadline_on, item.late) if item.late else early
    at = moment(day, 16)
    yield at
    delivery.claim_done(
        assignment,
        text=item.result,
        real_outcome=item.outcome,
        finished_on=day,
        by=by,
        source=source,
        at=at,
        evidence_note="现场照片存单位备查",
    )
    at = later(at, 2, 10)
    yield at
    delivery.verify(
        assignment,
        verified_by="区政协社会法制委",
        note="到现场看过，和单位说的一致。",
        by=told.cast.viewers["clerk"],
        at=at,
    )
    ends.append(at)


def judge(told: Told, fate: Fate, solved: tuple[str, ...], at: datetime) -> Strand:
    """Those who spoke are asked; some answer, some do not; then the loop is closed."""
    clerk, matter = told.cast.viewers["clerk"], told.matters[fate.theme]
    yield at
    delivery.ask_for_verdicts(consultation=told.consultations[fate.theme], by=clerk, at=at)
    for number, said in enumerate(solved):
        at = later(at, number % 2, 9 + number)
        yield at
        delivery.give_verdict(
            holder=ReceiptHolder(told.reports[fate.theme][number].pk),
            solved=said,
            at=at,
            satisfied="basically" if said == "partly" or number % 4 == 3 else "yes",
            reason="still" if said == "partly" else "",
            may_show=number == 0,
        )
    if fate.ending == "closed":
        at = later(at, 3, 15)
        yield at
        matter.refresh_from_db()
        delivery.close_matter_when_done(matter=matter, by=clerk, at=at)
