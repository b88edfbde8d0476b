"""What becomes of a suggestion: adopted or not, by those who may decide; and the explanation to those who proposed it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from shangliang.consultations import notices
from shangliang.consultations.actions.steps import locked_in, tell_those_who_spoke
from shangliang.consultations.models import Consultation, Suggestion
from shangliang.consultations.permissions import DECIDERS
from shangliang.consultations.states import ADOPT, NOT_ADOPT, ConsultationState, SuggestionState
from shangliang.foundation import roles
from shangliang.foundation.business import action
from shangliang.foundation.moves import check_role, move, record_fact
from shangliang.foundation.refusals import AlreadyDone, Refusal, WrongState
from shangliang.foundation.viewer import Viewer
from shangliang.topics.actions.guards import happened, written

UNDER_DECISION = (ConsultationState.SUBMITTED, ConsultationState.FOLLOWING)


@action
def adopt_suggestion(
    suggestion: Suggestion, *, decided_by: str, decided_on: date, by: Viewer, at: datetime,
    source: str = "", remark: str = "",
) -> Suggestion:  # fmt: skip
    """Record that a suggestion was adopted; by the office as 代录 with its ``source``, or by the authority itself.

    Refuses before the results were submitted, no name, 代录 without its source, a day to come, and one decided already.
    """
    return _decide(
        suggestion, ADOPT, decided_by, decided_on, source, by, at, **({"remark": remark} if remark else {})
    )


@action
def turn_down_suggestion(
    suggestion: Suggestion, *, reason: str, decided_by: str, decided_on: date, by: Viewer, at: datetime,
    source: str = "",
) -> Suggestion:  # fmt: skip
    """Record that a suggestion was not adopted, with the reason its proposers will be told. Refuses without one."""
    why = written(reason, _("没有采纳要写明理由，提出的人要听得到。"), 300)
    return _decide(suggestion, NOT_ADOPT, decided_by, decided_on, source, by, at, decision_reason=why)


def _decide(
    suggestion: Suggestion, step: Any, decided_by: str, decided_on: date, source: str, by: Viewer,
    at: datetime, **changes: str,
) -> Suggestion:  # fmt: skip
    locked_in(suggestion.consultation, UNDER_DECISION, by, step.roles)
    _check_source(by, source)
    name = written(decided_by, _("写明是谁定的。"), 60)
    day = happened(decided_on, at)
    via = "proxy" if by.role in roles.OFFICE else "self"
    return move(
        suggestion,
        step,
        by=by,
        at=at,
        happened_on=day,
        decided_by=name,
        decided_on=day,
        decision_source=source.strip()[:120],
        facts={"via": via},
        **changes,
    )


def _check_source(by: Viewer, source: str) -> None:
    if by.role in roles.OFFICE and not source.strip():
        raise Refusal(_("代录要写来源，例如文号，或谁哪天电话告知。"))


@action
def record_decisions(
    consultation: Consultation, *, decisions: Mapping[str, tuple[bool, str]], decided_by: str,
    decided_on: date, by: Viewer, at: datetime, source: str = "",
) -> list[Suggestion]:  # fmt: skip
    """Record one decision on several suggestions: code → (adopted, the reason when not). All or none.

    Refuses none at all and a code of another consultation; by the office also without ``source``.
    """
    check_role(by, DECIDERS)
    _check_source(by, source)
    rows = {
        one.code: one
        for one in Suggestion.unscoped.filter(consultation=consultation).select_related("consultation")
    }
    if not decisions or set(decisions) - set(rows):
        raise Refusal(_("选一条建议，记下采纳还是没有采纳。"))
    common: dict[str, Any] = {"decided_by": decided_by, "decided_on": decided_on, "source": source, "by": by, "at": at}  # fmt: skip
    return [
        adopt_suggestion(rows[code], **common) if adopted else turn_down_suggestion(rows[code], reason=why, **common)
        for code, (adopted, why) in decisions.items()
    ]  # fmt: skip


@action
def explain_to_proposer(
    suggestion: Suggestion, *, explained_on: date, by: Viewer, at: datetime, words: str = ""
) -> Suggestion:
    """Keep the day the proposers were told why a suggestion was not adopted; reporters read it under their receipt.

    Refuses what was not turned down, a day to come, and a second time.
    """
    check_role(by, roles.OFFICE)
    row = Suggestion.unscoped.select_for_update(of=("self",)).get(pk=suggestion.pk)
    if row.state != SuggestionState.NOT_ADOPTED:
        raise WrongState(_("只有没有采纳的建议要说明理由。"))
    if row.explained_on:
        raise AlreadyDone(_("这条的理由已经告诉提出人了。"))
    suggestion.explained_on = happened(explained_on, at)
    suggestion.save(update_fields=["explained_on"])
    record_fact(suggestion, "suggestion.explain", by=by, at=at, happened_on=explained_on)
    text = words.strip() or notices.not_adopted(row.text, row.decision_reason)
    tell_those_who_spoke(suggestion.consultation, text, by=by, at=at)
    return suggestion
