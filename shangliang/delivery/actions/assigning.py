"""④ An issuing authority takes a suggestion on: the committee consults, it does not command."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from shangliang.consultations import actions as consultations
from shangliang.consultations.models import Consultation, Suggestion
from shangliang.consultations.states import FOLLOW, SuggestionState
from shangliang.delivery import notices
from shangliang.delivery.actions.doors import (
    day_between,
    deadline_of,
    hand_texts_to,
    term_until,
    through_authority_door,
)
from shangliang.delivery.actions.implicated import refuse_alone
from shangliang.delivery.models import Assignment, Objection, Via
from shangliang.delivery.queries import matters_of_consultation
from shangliang.delivery.states import REASSIGN, UPHOLD, A
from shangliang.foundation import roles
from shangliang.foundation.business import action
from shangliang.foundation.moves import check_role, may, move, record_fact
from shangliang.foundation.refusals import Refusal, WrongState
from shangliang.foundation.sequences import numbered_code
from shangliang.foundation.viewer import Viewer
from shangliang.people.models import Organisation
from shangliang.reports import actions as reports
from shangliang.reports.states import MatterState

MAY_ASSIGN = (roles.AUTHORITY, *roles.OFFICE)


@action
def assign(*, suggestion: Suggestion, issuing_authority: Organisation, basis: str, document_no: str, issued_on: date,
           task: str, lead_unit: Organisation, working_days: int, by: Viewer, at: datetime,
           co_units: Sequence[Organisation] = (), responsible: str = "", phone: str = "",
           source: str = "") -> Assignment:  # fmt: skip
    """Record that an issuing authority took a suggestion on: one row of list 2, its clock running from ``issued_on``.

    By the authority itself, or by the office as 代录 with ``source``. Refuses what was not adopted, units that are no
    issuing authority, an act without basis, document number or task, and a lead unit somebody complains about when
    nobody else is beside it.
    """
    check_role(by, MAY_ASSIGN)
    via = through_authority_door(issuing_authority.pk, suggestion.committee_id, by=by, source=source)
    _check_act(suggestion, issuing_authority, basis, document_no, task, lead_unit)
    refuse_alone(suggestion, lead_unit, co_units)
    day_between(None, issued_on, at)
    row = Assignment(
        committee_id=suggestion.committee_id, suggestion=suggestion, issuing_authority=issuing_authority,
        basis=basis.strip(), document_no=document_no.strip(), issued_on=issued_on, task=task.strip(),
        lead_unit=lead_unit, by_letter=lead_unit.by_letter, responsible=responsible.strip(), phone=phone.strip(),
        working_days=working_days, deadline_on=deadline_of(issued_on, working_days), via=via, source=_kept(via, source),
    )  # fmt: skip
    _dispatch(row, co_units, by, at)
    _begin_delivery(row, by, at)
    return row


def _check_act(suggestion: Suggestion, authority: Organisation, basis: str, document_no: str, task: str,
               lead_unit: Organisation) -> None:  # fmt: skip
    state = Suggestion.unscoped.select_for_update(of=("self",)).get(pk=suggestion.pk).state
    if state != SuggestionState.ADOPTED:
        raise WrongState(_("这条建议还没有采纳，先记下采纳意见再交办。"))
    if not authority.is_issuing_authority:
        raise Refusal(_("“%(name)s”不是交办主体，不能由它交办。") % {"name": authority.name})
    if not basis.strip() or not document_no.strip():
        raise Refusal(_("交办要写明依据和文号，没有就还不能算交办。"))
    if not task.strip():
        raise Refusal(_("请写清要办的是什么事。"))
    if {authority.committee_id, lead_unit.committee_id} != {suggestion.committee_id}:
        raise Refusal(_("单位要从本政协的单位名册里选。"))


def _kept(via: Via, source: str) -> str:
    return source.strip()[:120] if via == Via.PROXY else ""


def _dispatch(row: Assignment, co_units: Sequence[Organisation], by: Viewer, at: datetime) -> None:
    """Number and save an assignment, note it, and tell its unit."""
    row.code = numbered_code(row.suggestion.committee.prefix, at.year, "B")
    row.recorded_at = at
    row.save(force_insert=True)
    row.co_units.set([one for one in co_units if one.pk != row.lead_unit_id])
    facts = {"suggestion": row.suggestion.code, "lead_unit": row.lead_unit_id, "authority": row.issuing_authority_id,
             "deadline": row.deadline_on, "working_days": row.working_days, "via": str(row.via),
             "by_letter": row.by_letter}  # fmt: skip
    record_fact(row, "assignment.assign", by=by, at=at, happened_on=row.issued_on, facts=facts)
    hand_texts_to(row, [row.lead_unit_id, *row.co_units.values_list("pk", flat=True)], at)
    notices.dispatched(row, at)


def _begin_delivery(row: Assignment, by: Viewer, at: datetime) -> None:
    consultation = row.suggestion.consultation
    begin_following(consultation, by, at, row.issued_on)
    words = notices.to_reporters_of_dispatch(row)
    for matter in matters_of_consultation(consultation):
        if matter.state == MatterState.CONSULTING:
            reports.begin_delivering(matter, words=words, by=by, at=at)
        else:
            reports.tell_reporters(matter, text=words, by=by, at=at)


def begin_following(consultation: Consultation, by: Viewer, at: datetime, day: date | None = None) -> None:
    """Move the consultation to its sixth step when its results were submitted and the viewer may do so."""
    consultation.refresh_from_db(fields=["state"])
    if may(by, consultation, FOLLOW):
        consultations.follow(consultation, happened_on=day, by=by, at=at)


@action
def uphold(assignment: Assignment, *, decision: str, by: Viewer, at: datetime, decided_on: date | None = None,
           source: str = "") -> Assignment:  # fmt: skip
    """The authority decides: the unit keeps the task; the clock went on.

    Refuses without words, and when that unit is complained about and nobody else is beside it.
    """
    objection = _decide(assignment, decision, decided_on, by, source, at)
    refuse_alone(assignment.suggestion, assignment.lead_unit, list(assignment.co_units.all()))
    move(assignment, UPHOLD, by=by, at=at, happened_on=objection.decided_on, accepted_on=objection.decided_on,
         accepted_via=Via.SIGNED_IN if by.role == roles.AUTHORITY else Via.PROXY, accepted_source=source.strip())  # fmt: skip
    notices.upheld(assignment, decision.strip(), at)
    return assignment


@action
def reassign(assignment: Assignment, *, lead_unit: Organisation, decision: str, by: Viewer, at: datetime,
             decided_on: date | None = None, deadline_on: date | None = None, source: str = "") -> Assignment:  # fmt: skip
    """The authority gives the task to another unit: a new assignment replaces this one. Return the new one.

    The clock goes on from the first dispatch; only a day the authority itself sets (``deadline_on``) changes it.
    Refuses a unit that is complained about when nobody else is beside it.
    """
    if lead_unit.pk == assignment.lead_unit_id or lead_unit.committee_id != assignment.committee_id:
        raise Refusal(_("改派要换一个单位。"))
    objection = _decide(assignment, decision, decided_on, by, source, at)
    refuse_alone(
        assignment.suggestion, lead_unit, [one for one in assignment.co_units.all() if one != lead_unit]
    )
    move(assignment, REASSIGN, by=by, at=at, happened_on=objection.decided_on, facts={"to": lead_unit.pk})
    notices.reassigned(assignment, at)
    row = _replacement(assignment, lead_unit, deadline_on)
    row.via = Via.SIGNED_IN if by.role == roles.AUTHORITY else Via.PROXY
    row.source = source.strip()[:120]
    _dispatch(row, list(assignment.co_units.all()), by, at)
    return row


def _replacement(old: Assignment, lead_unit: Organisation, deadline_on: date | None) -> Assignment:
    if deadline_on and deadline_on < old.issued_on:
        raise Refusal(_("新的期限早于交办那天，请看看是不是写错了。"))
    return Assignment(
        committee_id=old.committee_id, suggestion=old.suggestion, issuing_authority=old.issuing_authority,
        basis=old.basis, document_no=old.document_no, issued_on=old.issued_on, task=old.task, lead_unit=lead_unit,
        by_letter=lead_unit.by_letter, replaces=old, deadline_on=deadline_on or old.deadline_on,
        working_days=term_until(old.issued_on, deadline_on) if deadline_on else old.working_days,
    )  # fmt: skip


def _decide(assignment: Assignment, decision: str, decided_on: date | None, by: Viewer, source: str,
            at: datetime) -> Objection:  # fmt: skip
    check_role(by, UPHOLD.roles)
    through_authority_door(assignment.issuing_authority_id, assignment.committee_id, by=by, source=source)
    if not decision.strip():
        raise Refusal(_("裁定要写一句理由，单位看得到。"))
    row = Objection.unscoped.select_for_update().filter(assignment=assignment).first()
    if row is None or row.decided_on or assignment.state != A.OBJECTED:
        raise WrongState(_("现在没有等裁定的异议。"))
    row.decision, row.decided_on = decision.strip()[:300], day_between(row.objected_on, decided_on, at)
    row.decision_source = source.strip()[:120]
    row.save(update_fields=["decision", "decided_on", "decision_source"])
    return row
