"""The strands of the consultations: six steps, agreement, decision."""

from datetime import datetime

from shangliang.consultations import actions as consultations
from shangliang.consultations.models import Consultation, Suggestion
from shangliang.instance.example.agreements import Agreed, Meeting
from shangliang.instance.example.clockwork import Strand, later
from shangliang.instance.example.fates import Fate
from shangliang.instance.example.speaking import Told
from shangliang.people.models import Organisation
from shangliang.protection.actions import answer_exposure_of_matter

STEPS = ("selected", "planned", "researched", "held", "submitted", "following", "closed")
SIDES = ("residents", "departments", "experts", "members")


def gets_to(fate: Fate, step: str) -> bool:
    """Tell whether a theme's consultation gets at least as far as a step."""
    return STEPS.index(fate.step) >= STEPS.index(step)


def consult(told: Told, fate: Fate, meeting: Meeting, at: datetime) -> Strand:
    """Run the six steps as far as the fate says; leaves the consultation in ``told.consultations``."""
    clerk, topic = told.cast.viewers["clerk"], told.topics[fate.theme]
    at = later(at, 1, 9)
    yield at
    row = consultations.open_consultation(topic=topic, convener="区政协社会法制委", by=clerk, at=at)
    told.consultations[fate.theme] = row
    if gets_to(fate, "planned"):
        at = later(at, 2, 10)
        yield at
        consultations.plan(
            row,
            place=meeting.place,
            planned_on=later(at, 9).date(),
            by=clerk,
            at=at,
            aim="把情况说清，把能办的定下来。",
            heads={"residents": 10, "departments": 4, "experts": 1, "members": 5},
        )
    if gets_to(fate, "researched"):
        yield from _research(told, row, meeting, at)
    if gets_to(fate, "held"):
        yield from _hold(told, fate, row, meeting, later(at, 9, 15))


def _research(told: Told, row: Consultation, meeting: Meeting, at: datetime) -> Strand:
    clerk = told.cast.viewers["clerk"]
    for number, note in enumerate(meeting.looks):
        at = later(at, 2 if number == 0 else 1, 16)
        yield at
        consultations.record_research(
            row,
            happened_on=at.date(),
            note=note,
            who="委员 3 人、街道 1 人",
            place=meeting.place,
            by=clerk,
            at=at,
        )
    consultations.finish_research(row, by=clerk, at=at)


def _hold(told: Told, fate: Fate, row: Consultation, meeting: Meeting, at: datetime) -> Strand:
    clerk, heads = told.cast.viewers["clerk"], dict(zip(SIDES, meeting.heads, strict=True))
    yield at
    consultations.hold_session(
        row,
        held_on=at.date(),
        place=meeting.place,
        heads=heads,
        counted_by="街道工作人员",
        how="现场点数",
        by=clerk,
        at=at,
    )
    for side, words in meeting.said:
        consultations.record_statement(row, side=side, text=words, by=clerk, at=at)
    for item in meeting.agreed:
        _agree(told, row, item, heads, at)
    if gets_to(fate, "submitted"):
        at = later(at, 3, 10)
        yield at
        answer_exposure_of_matter(told.matters[fate.theme], households="many", by=clerk, at=at)
        consultations.submit_results(
            row,
            submitted_to="区委、区政府",
            document_no=f"云协报〔{at.year}〕{9 + len(told.consultations)}号",
            by=clerk,
            at=at,
        )
    if gets_to(fate, "following"):
        at = later(at, 3, 11)
        yield from _decide(told, row, meeting, at)
    told.last_moment[fate.theme] = at


def _agree(told: Told, row: Consultation, item: Agreed, heads: dict[str, int], at: datetime) -> None:
    supports = {side: (number, 0, "") for side, number in heads.items() if number}
    if item.reserved:
        supports["residents"] = (heads["residents"] - item.reserved, item.reserved, item.reservation)
    units = [told.cast.units[name] for name in (item.unit, item.co_unit) if name]
    consultations.add_suggestion(
        row,
        text=item.text,
        proposer_side=item.side,
        basis=item.basis,
        concerned_units=units,
        supports=supports,
        by=told.cast.viewers["clerk"],
        at=at,
    )


def _decide(told: Told, row: Consultation, meeting: Meeting, at: datetime) -> Strand:
    clerk = told.cast.viewers["clerk"]
    yield at
    rows = list(Suggestion.unscoped.filter(consultation=row).order_by("number"))
    for suggestion, item in zip(rows, meeting.agreed, strict=True):
        if item.refused:
            consultations.turn_down_suggestion(
                suggestion,
                reason=item.refused,
                decided_by="区政府办公室",
                decided_on=at.date(),
                source="区政府办公室书面答复",
                by=clerk,
                at=at,
            )
            consultations.explain_to_proposer(suggestion, explained_on=at.date(), by=clerk, at=at)
        else:
            consultations.adopt_suggestion(
                suggestion,
                decided_by="区政府办公室",
                decided_on=at.date(),
                source="区政府办公室书面答复",
                by=clerk,
                at=at,
            )


def authority_of(told: Told) -> Organisation:
    """Return who hands out work in the example district."""
    return told.cast.units["区政府办公室"]
