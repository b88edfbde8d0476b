"""The end of a consultation: closed when its loop is whole, or called off when it never met."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from shangliang.consultations import notices
from shangliang.consultations.actions.course import follow
from shangliang.consultations.actions.steps import keep_step_not_done
from shangliang.consultations.models import Consultation, StepName, Suggestion
from shangliang.consultations.states import CALL_OFF, CLOSE, ConsultationState, SuggestionState
from shangliang.foundation.business import action
from shangliang.foundation.moves import check_role, move
from shangliang.foundation.refusals import Refusal
from shangliang.foundation.viewer import Viewer
from shangliang.topics.actions import give_matters_back
from shangliang.topics.actions.guards import happened, written


@action
def close_consultation(
    consultation: Consultation, *, by: Viewer, at: datetime, happened_on: date | None = None
) -> Consultation:
    """End a consultation. Refuses while a suggestion is undecided, or was not adopted and nobody was told why.

    Whether what was adopted has been carried out is for the delivery stage, which asks before it calls this.
    """
    rows = Suggestion.unscoped.filter(consultation=consultation)
    undecided = rows.filter(state=SuggestionState.AGREED).count()
    if undecided:
        raise Refusal(_("还有 %(count)d 条建议没有记下采纳不采纳，记完再结束。") % {"count": undecided})
    unexplained = rows.filter(state=SuggestionState.NOT_ADOPTED, explained_on=None).count()
    if unexplained:
        raise Refusal(_("还有 %(count)d 条没有采纳的建议，理由还没有告诉提出人。") % {"count": unexplained})
    return move(consultation, CLOSE, by=by, at=at, happened_on=happened(happened_on, at))


@action
def end_without_adoption(consultation: Consultation, *, by: Viewer, at: datetime) -> Consultation:
    """End a consultation of which nothing was adopted; its matters are laid back for another time.

    Refuses where something was adopted: that ends when it is done, checked and judged.
    """
    check_role(by, CLOSE.roles)
    if Suggestion.unscoped.filter(consultation=consultation, state=SuggestionState.ADOPTED).exists():
        raise Refusal(_("有采纳的建议，等办完、核实、请人评过才结束，在“办理”里结束。"))
    consultation.refresh_from_db(fields=["state"])
    if consultation.state == ConsultationState.SUBMITTED:
        follow(consultation, by=by, at=at)
    close_consultation(consultation, by=by, at=at)
    give_matters_back(consultation.topic, by=by, at=at)
    return consultation


@action
def call_off(
    consultation: Consultation, *, because: str, decided_by: str, by: Viewer, at: datetime,
    words_to_reporters: str = "",
) -> Consultation:  # fmt: skip
    """End a consultation that never met, with reason and name; its matters are laid back, those who spoke are told.

    Refuses no reason, no name, and a session that took place.
    """
    reason = written(because, _("写明为什么这次不开了。"), 200)
    name = written(decided_by, _("写明是谁决定的。"), 40)
    move(consultation, CALL_OFF, by=by, at=at, facts={"not_done": True})
    keep_step_not_done(consultation, StepName.HELD, reason, name, at)
    give_matters_back(consultation.topic, words=notices.called_off(words_to_reporters), by=by, at=at)
    return consultation
