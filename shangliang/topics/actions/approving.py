"""Upward and back: the decision is made elsewhere, we record it with its paper."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from shangliang.foundation.business import action
from shangliang.foundation.moves import move
from shangliang.foundation.refusals import Refusal, WrongState
from shangliang.foundation.viewer import Viewer
from shangliang.topics.actions.bank import give_matters_back
from shangliang.topics.actions.guards import day_words, happened, written
from shangliang.topics.models import Decision, Topic, TopicApproval
from shangliang.topics.rules import what_a_decision_lacks
from shangliang.topics.states import APPROVE, RETURN, SUBMIT, TURN_DOWN

MOVES = {Decision.APPROVED: APPROVE, Decision.RETURNED: RETURN, Decision.NOT_TAKEN: TURN_DOWN}


@action
def submit_for_approval(
    topic: Topic, *, by: Viewer, at: datetime, submitted_to: str = "", submitted_on: date | None = None
) -> TopicApproval:
    """Submit a shortlisted topic; to the approver of its form when nobody else is named. Refuses a day to come."""
    approver = topic.form.approver if topic.form else ""
    to = written(submitted_to or approver, _("写明报给谁审批。"), 60)
    day = happened(submitted_on, at)
    move(topic, SUBMIT, by=by, at=at, happened_on=day)
    row = TopicApproval(topic=topic, submitted_to=to, submitted_on=day)
    row.save(force_insert=True)
    return row


@action
def record_decision(
    topic: Topic, *, decision: str, decided_on: date, by: Viewer, at: datetime, decided_by: str = "",
    document_no: str = "", opinion: str = "", source: str = "", words_to_reporters: str = "",
) -> TopicApproval:  # fmt: skip
    """Record (代录) what the approver decided: approved, returned or not taken.

    Refuses a decision without who made it or without document number and source, a no or a return without its
    opinion, and a day before the submission or to come. Not taken: the matters are given back, reporters are told.
    """
    if decision not in Decision.values:
        raise Refusal(_("选一个：同意、退回修改、不采用。"))
    _check_complete(decision, decided_by, document_no, source, opinion)
    row = _open_approval(topic, happened(decided_on, at))
    row.decision, row.decided_on, row.decided_by = decision, decided_on, decided_by.strip()
    row.document_no, row.opinion, row.source = document_no.strip(), opinion.strip(), source.strip()
    row.save(update_fields=["decision", "decided_on", "decided_by", "document_no", "opinion", "source"])
    reason = {"not_taken_because": row.opinion} if decision == Decision.NOT_TAKEN else {}
    facts = {"via": "proxy", "has_document": bool(row.document_no)}
    move(topic, MOVES[Decision(decision)], by=by, at=at, happened_on=decided_on, facts=facts, **reason)
    if decision == Decision.NOT_TAKEN:
        give_matters_back(topic, words=words_to_reporters, by=by, at=at)
    return row


def _check_complete(decision: str, decided_by: str, document_no: str, source: str, opinion: str) -> None:
    sentences = {
        "who": _("写明是谁定的。"),
        "document": _("代录要有依据：写文号，或写明从哪里知道的（来源）。"),
        "opinion": _("写明退回或不采用的意见。"),
    }
    lacks = what_a_decision_lacks(decision, decided_by, document_no, source, opinion)
    if lacks:
        raise Refusal(sentences[lacks])


def _open_approval(topic: Topic, decided_on: date) -> TopicApproval:
    row = TopicApproval.unscoped.select_for_update().filter(topic=topic, decision="").first()
    if row is None:
        raise WrongState(_("这个议题现在没有在等答复，请看过再记。"))
    if decided_on < row.submitted_on:
        raise Refusal(_("%(day)s才报上去，答复不会比这天早。") % {"day": day_words(row.submitted_on)})
    return row
