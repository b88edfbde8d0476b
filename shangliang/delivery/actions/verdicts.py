"""④ The word of those who raised it: asked for, given once per receipt and round, and what follows a "not solved"."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shangliang.consultations.models import Consultation
from shangliang.delivery import notices
from shangliang.delivery.actions.assigning import begin_following
from shangliang.delivery.actions.doors import of_office
from shangliang.delivery.models import Assignment, FollowUp, Reason, Satisfied, Solved, Verdict
from shangliang.delivery.queries import consultations_of_matter, gaps_of_matter, matters_of_consultation
from shangliang.delivery.queries.verdicts import BEING_JUDGED, may_be_judged, round_judged
from shangliang.delivery.states import FINISH, SEND_REQUEST, A
from shangliang.foundation import roles
from shangliang.foundation.business import action, note
from shangliang.foundation.codes import short_code
from shangliang.foundation.ledger import Note, commitment
from shangliang.foundation.moves import check_role, move
from shangliang.foundation.refusals import AlreadyDone, NotYours, Refusal, WrongState
from shangliang.foundation.sequences import numbered_code
from shangliang.foundation.viewer import ReceiptHolder, Viewer
from shangliang.reports import actions as reports
from shangliang.reports.models import Matter, Report
from shangliang.reports.queries import get_report_of_holder
from shangliang.reports.states import MatterState, ReportState


@action
def ask_for_verdicts(*, consultation: Consultation, by: Viewer, at: datetime) -> int:
    """Ask everybody who raised the matters of a consultation to judge. Return how many matters.

    Refuses while an adopted suggestion lacks a checked result or a told explanation (LY-20), naming each.
    """
    check_role(by, roles.OFFICE)
    of_office(consultation.committee_id, by)
    begin_following(consultation, by, at)
    waiting = [one for one in matters_of_consultation(consultation) if one.state == MatterState.DELIVERING]
    if not waiting:
        raise WrongState(_("这次协商现在没有等着请人评价的事项。"))
    for matter in waiting:
        refuse_gaps(gaps_of_matter(matter))
        reports.ask_for_verdicts(matter, by=by, at=at)
    return len(waiting)


def refuse_gaps(gaps: list[str]) -> None:
    """Refuse in one sentence that names what is missing."""
    if gaps:
        raise Refusal(_("还差：%(gaps)s。") % {"gaps": "；".join(gaps)})


@action
def give_verdict(*, holder: ReceiptHolder, solved: str, satisfied: str, at: datetime, reason: str = "",
                 may_show: bool = False) -> Verdict:  # fmt: skip
    """Keep what the person who spoke says of the result. Nobody gives it for them, and once per receipt and round.

    Refuses everybody but a receipt holder, a matter that is not being judged, and a second word (AlreadyDone).
    """
    if not isinstance(holder, ReceiptHolder):
        raise NotYours(_("评价只能由反映的人凭回执码给，谁也不能替。"))
    _check_answers(solved, satisfied, reason)
    report = get_report_of_holder(holder)
    if report is None or report.state != ReportState.TAKEN:
        raise WrongState(_("这张回执现在没有要评的事。"))
    matter = Matter.unscoped.select_for_update(of=("self",)).get(pk=report.matter_id)
    if not may_be_judged(matter):
        raise _not_now(report)
    row = Verdict(committee_id=matter.committee_id, matter=matter, report=report, code=short_code(10),
                  round=round_judged(matter), solved=solved, satisfied=satisfied, reason=reason, may_show=may_show,
                  given_at=at)  # fmt: skip
    _insert(row)
    _note(row, report, holder, at)
    if solved == Solved.NO and matter.state in BEING_JUDGED:
        follow_up_not_solved(matter, by=holder, at=at)
    return row


def _check_answers(solved: str, satisfied: str, reason: str) -> None:
    if solved not in Solved.values or satisfied not in Satisfied.values or reason not in ("", *Reason.values):
        raise Refusal(_("两个问题都请选一个。您选的还在。"))


def _not_now(report: Report) -> Refusal:
    if Verdict.unscoped.filter(report=report).exists():
        return AlreadyDone(_("您已经评过了。这件事还在跟，有了新结果会再请您评。"))
    return WrongState(_("这件事现在还不能评，有了结果我们会在这里告诉您。"))


def _insert(row: Verdict) -> None:
    # No look beforehand: only the UNIQUE constraint can decide between requests that come at the same moment.
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as twice:
        raise AlreadyDone(_("您已经评过了，一个回执评一次。")) from twice


def _note(row: Verdict, report: Report, holder: ReceiptHolder, at: datetime) -> None:
    facts = {"round": row.round, "solved": str(row.solved), "satisfied": str(row.satisfied),
             "receipt": commitment(report.code, report.text_salt)}  # fmt: skip
    note(Note(row.committee_id, "verdict.give", f"matter:{row.matter.code}", holder, at, facts=facts))


def follow_up_not_solved(matter: Matter, *, by: Viewer, at: datetime) -> FollowUp:
    """Reopen our own follow-up and draft the request to the issuing authority; whether to go on is the authority's."""
    judged = matter.round
    reports.reopen_matter(matter, by=by, at=at)
    title = matter.title or matter.code
    rows = Assignment.unscoped.filter(suggestion__consultation__in=consultations_of_matter(matter))
    rows = rows.exclude(state=A.REASSIGNED).select_related("issuing_authority", "lead_unit").order_by("pk")
    follow_up = FollowUp(
        committee_id=matter.committee_id, matter=matter, round=judged, opened_at=at,
        code=numbered_code(matter.committee.prefix, at.year, "G"), request_draft=notices.request_draft(rows, title),
    )  # fmt: skip
    follow_up.save(force_insert=True)
    note(Note(matter.committee_id, "follow_up.open", f"followup:{follow_up.code}", by, at,
              facts={"matter": matter.code, "round": judged}))  # fmt: skip
    notices.tell_office_not_solved(follow_up, title, at)
    return follow_up


@action
def send_request(follow_up: FollowUp, *, text: str, by: Viewer, at: datetime) -> FollowUp:
    """Record that our request went to the issuing authority, in the words that were sent."""
    of_office(follow_up.committee_id, by)
    if not text.strip():
        raise Refusal(_("请求的内容不能空着。"))
    return move(follow_up, SEND_REQUEST, by=by, at=at, request_draft=text.strip())


@action
def finish_follow_up(follow_up: FollowUp, *, outcome: str, by: Viewer, at: datetime) -> FollowUp:
    """Record what the follow-up came to; after it those who raised the matter can be asked again."""
    of_office(follow_up.committee_id, by)
    if not outcome.strip():
        raise Refusal(_("请写一句跟踪的结果。"))
    return move(follow_up, FINISH, by=by, at=at, outcome=outcome.strip()[:300])
