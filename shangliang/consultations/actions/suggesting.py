"""What all agreed on becomes a suggestion (list 1), with support and reservation by side (LY-17)."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from shangliang.consultations.actions.course import check_count
from shangliang.consultations.actions.steps import locked_in
from shangliang.consultations.models import Consultation, HeadCount, Side, Suggestion, Support
from shangliang.consultations.rules import exceeds, names_a_person
from shangliang.consultations.states import DROP, ConsultationState, SuggestionState
from shangliang.foundation import roles
from shangliang.foundation.business import action
from shangliang.foundation.moves import move, record_fact
from shangliang.foundation.refusals import Refusal, WrongState
from shangliang.foundation.viewer import Viewer
from shangliang.people.models import Organisation
from shangliang.topics.actions.guards import written

Said = tuple[int, int, str]  # agree, reserve, the reservation in words
LIST_IS_OPEN = (ConsultationState.HELD,)


@action
def add_suggestion(
    consultation: Consultation, *, text: str, proposer_side: str, by: Viewer, at: datetime,
    proposer_note: str = "", basis: str = "", concerned_units: Iterable[Organisation] = (),
    supports: Mapping[str, Said] | None = None, remark: str = "",
) -> Suggestion:  # fmt: skip
    """Add a consensus item while the session's list is open; it is numbered within its consultation.

    ``supports``: side → (how many agreed, how many had reservations, which). Refuses before the session and after the
    submission, no words, an unknown side, a resident's name, a unit of another committee, more people than were counted.
    """
    locked_in(consultation, LIST_IS_OPEN, by, roles.OFFICE)
    check_count(proposer_side, 0)
    if proposer_side == Side.RESIDENTS and names_a_person(proposer_note):
        raise Refusal(_("居民不写姓名，写身份就行，例如“家长”“商户”。"))
    last = Suggestion.unscoped.filter(consultation=consultation).aggregate(last=Max("number"))["last"] or 0
    row = Suggestion(
        committee_id=consultation.committee_id, consultation=consultation, number=last + 1,
        code=f"{consultation.code}-{last + 1}", text=written(text, _("写下大家同意做什么。"), 500),
        proposer_side=proposer_side, proposer_note=proposer_note.strip()[:40], basis=basis.strip()[:300],
        remark=remark.strip()[:200],
    )  # fmt: skip
    row.save(force_insert=True)
    row.concerned_units.set(_units_of(consultation, concerned_units))
    counted = {side: _keep_support(row, side, said) for side, said in (supports or {}).items()}
    record_fact(
        row, "suggestion.add", by=by, at=at, happened_on=consultation.held_on, facts={"supports": counted}
    )
    return row


def _units_of(consultation: Consultation, units: Iterable[Organisation]) -> list[Organisation]:
    rows = list(units)
    if any(one.committee_id != consultation.committee_id for one in rows):
        raise Refusal(_("涉及的单位要从本政协的单位里选。"))
    return rows


@action
def record_support(
    suggestion: Suggestion, *, side: str, agree: int, reserve: int, by: Viewer, at: datetime,
    reservation: str = "",
) -> Support:  # fmt: skip
    """Set how many of one side agreed and had reservations; noted each time. Refuses once the results were submitted."""
    record_supports(suggestion, supports={side: (agree, reserve, reservation)}, by=by, at=at)
    return Support.unscoped.get(suggestion=suggestion, side=side)


@action
def record_supports(
    suggestion: Suggestion, *, supports: Mapping[str, Said], by: Viewer, at: datetime
) -> Suggestion:
    """Set support and reservation of several sides at once: as ``record_support`` does for one."""
    locked_in(suggestion.consultation, LIST_IS_OPEN, by, roles.OFFICE)
    if Suggestion.unscoped.get(pk=suggestion.pk).state != SuggestionState.AGREED:
        raise WrongState(_("这条建议已经定了，支持和保留不能再改。"))
    counted = {side: _keep_support(suggestion, side, said) for side, said in supports.items()}
    record_fact(suggestion, "suggestion.support", by=by, at=at, facts={"supports": counted})
    return suggestion


def _keep_support(suggestion: Suggestion, side: str, said: Said) -> list[int]:
    agree, reserve, reservation = said
    for number in (agree, reserve):
        check_count(side, number)
    present = (
        HeadCount.unscoped.filter(consultation_id=suggestion.consultation_id, side=side)
        .values_list("present", flat=True)
        .first()
    )
    if exceeds(present, agree, reserve):
        raise Refusal(
            _("%(side)s到了 %(present)d 人，支持和保留加起来不能更多。")
            % {"side": Side(side).label, "present": present}
        )
    Support.unscoped.update_or_create(
        suggestion=suggestion,
        side=side,
        defaults={"agree": agree, "reserve": reserve, "reservation": reservation.strip()[:200]},
    )
    return [agree, reserve]


@action
def drop_suggestion(suggestion: Suggestion, *, by: Viewer, at: datetime, because: str = "") -> Suggestion:
    """Record that a point found no consensus after all. Refuses once the results were submitted."""
    locked_in(suggestion.consultation, LIST_IS_OPEN, by, DROP.roles)
    return move(suggestion, DROP, by=by, at=at, decision_reason=because.strip()[:300])
