"""Assignments in the fictitious district, brought to a state by the real actions of every stage before."""

from datetime import date, datetime, timedelta
from typing import Any

from django.test import Client

from shangliang.consultations import actions as consultations
from shangliang.consultations.models import Consultation, Suggestion
from shangliang.delivery import actions
from shangliang.delivery.models import Assignment
from shangliang.delivery.states import A
from shangliang.foundation.viewer import ReceiptHolder
from shangliang.people.tests.factories import MORNING, District, district
from shangliang.protection.tests.factories import said_how_many
from shangliang.reports import actions as report_actions
from shangliang.reports.models import Matter, Report
from shangliang.reports.tests.factories import WORDS, gathered_matter
from shangliang.topics.queries import matters_of
from shangliang.topics.tests.factories import topic_at

TODAY = date(2026, 9, 8)
HEADS = {"residents": 12, "departments": 5, "experts": 2, "members": 4}
LATER = MORNING + timedelta(days=21)
BY_PHONE = "9月8日区城管局电话告知，程晓岚接"


def submitted_consultation(
    place: District, *, matters: tuple[Matter, ...] = (), suggestions: int = 1
) -> Consultation:
    """Return a consultation whose results were submitted, with some suggestions."""
    topic = topic_at("scheduled", place, matters=matters)
    acts = {"by": place.clerk, "at": MORNING}
    row = consultations.open_consultation(topic=topic, **acts)
    consultations.plan(row, place="柳岸社区议事厅", planned_on=TODAY, **acts)
    consultations.record_research(
        row, happened_on=TODAY, note="放学时看了三天，校门口停车最多 40 辆。", **acts
    )
    consultations.finish_research(row, **acts)
    consultations.hold_session(row, held_on=TODAY, heads=HEADS, counted_by="程晓岚", **acts)
    for number in range(suggestions):
        consultations.add_suggestion(row, text=f"校门两侧划限时停车位，第 {number + 1} 段。", proposer_side="residents",
                                     supports={"residents": (11, 1, "怕影响送货"), "members": (4, 0, "")}, **acts)  # fmt: skip
    said_how_many(place, *matters_of(topic))
    return consultations.submit_results(row, submitted_to="区政府办公室", **acts)


def adopt(suggestion: Suggestion, place: District) -> Suggestion:
    """Adopt one suggestion."""
    said = {"decided_by": "区政府办公室", "decided_on": TODAY, "source": "云府办〔2026〕31号"}
    return consultations.adopt_suggestion(suggestion, **said, by=place.clerk, at=MORNING)


def adopted_suggestion(place: District, **more: Any) -> Suggestion:
    """Return the first suggestion of a submitted consultation, adopted."""
    return adopt(submitted_consultation(place, **more).suggestions.get(number=1), place)


def what_was_issued(place: District, **more: Any) -> dict[str, Any]:
    """Return the arguments of ``assign`` as the office copies them from the authority's paper."""
    said = {"issuing_authority": place.authority, "basis": "区政府第 12 次常务会议", "document_no": "云府办交〔2026〕31号",
            "issued_on": TODAY, "task": "在校门两侧划限时停车位。", "lead_unit": place.lead_unit,
            "co_units": [place.co_unit], "working_days": 20, "source": "云府办交〔2026〕31号原件", "by": place.clerk,
            "at": MORNING}  # fmt: skip
    return {**said, **more}


def assigned(place: District, *, suggestion: Suggestion | None = None, **more: Any) -> Assignment:
    """Return a dispatched assignment."""
    row = suggestion or adopted_suggestion(place, matters=(gathered_matter(place),))
    return actions.assign(suggestion=row, **what_was_issued(place, **more))


def claimed(one: Assignment, place: District, at: datetime = LATER, **more: Any) -> Assignment:
    """Let the unit accept, if it has not yet, and say it is done."""
    if one.state == A.DISPATCHED:
        actions.accept(one, by=place.unit, at=at)
    said = {"text": "划了 38 个限时停车位。", "real_outcome": "done", "finished_on": at.date(), **more}
    actions.claim_done(one, **said, by=place.unit, at=at)
    return one


def assignment_at(state: str, place: District, *, at: datetime = LATER, **more: Any) -> Assignment:
    """Return an assignment in a state, walked there by those whose step it is."""
    one = assigned(place, **more)
    if state in (A.OBJECTED, A.REASSIGNED):
        actions.object_to(one, reason="校门口归交警大队管。", by=place.unit, at=MORNING)
        if state == A.REASSIGNED:
            actions.reassign(
                one,
                lead_unit=place.co_unit,
                decision="改由交警大队办。",
                by=place.authority_clerk,
                at=MORNING,
            )
    elif state in (A.CANNOT, A.EXPLAINED):
        actions.accept(one, by=place.unit, at=at)
        actions.claim_cannot(one, reason="河边是行洪通道。", by=place.unit, at=at)
        if state == A.EXPLAINED:
            actions.explain(
                one, words="河边是行洪通道，不能停车。", verified_by="提案委副主任", by=place.clerk, at=at
            )
    elif state == A.ACCEPTED:
        actions.accept(one, by=place.unit, at=at)
    elif state in (A.CLAIMED, A.VERIFIED):
        claimed(one, place, at)
        if state == A.VERIFIED:
            actions.verify(one, verified_by="提案委副主任", by=place.clerk, at=at)
    assert one.state == state
    return one


def matter_of(one: Assignment) -> Matter:
    """Return the matter behind an assignment, as it stands now."""
    held = one.suggestion.consultation.topic.topic_matters.get(left_at=None)
    return Matter.unscoped.get(pk=held.matter_id)


def judging_matter(place: District, *, reports: int = 1) -> Matter:
    """Return a matter whose reporters are asked for their word."""
    matter = gathered_matter(place, reports=reports)
    one = assignment_at(A.VERIFIED, place, suggestion=adopted_suggestion(place, matters=(matter,)))
    actions.ask_for_verdicts(consultation=one.suggestion.consultation, by=place.clerk, at=LATER)
    return Matter.unscoped.get(pk=matter.pk)


def holders_of(matter: Matter) -> list[ReceiptHolder]:
    """Return the receipts of a matter's reports."""
    return [
        ReceiptHolder(pk)
        for pk in Report.unscoped.filter(matter=matter).order_by("pk").values_list("pk", flat=True)
    ]


def say(holder: ReceiptHolder, solved: str = "yes", satisfied: str = "yes", **more: Any) -> Any:
    """Give a verdict with one receipt."""
    return actions.give_verdict(holder=holder, solved=solved, satisfied=satisfied, at=LATER, **more)


def sign_in(client: Client, place: District, key: str) -> Client:
    """Return the client signed in as one of the cast."""
    client.force_login(place.appointments[key].person, backend="django.contrib.auth.backends.ModelBackend")
    return client


__all__ = ["MORNING", "WORDS", "District", "district", "gathered_matter", "report_actions"]
