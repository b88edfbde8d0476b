"""④ The committee's own acts on a result: 核实, send back, explain, take up again; one-time links for units."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from shangliang.delivery import notices
from shangliang.delivery.actions.assigning import begin_following
from shangliang.delivery.actions.doors import day_between, of_office, term_until, through_authority_door
from shangliang.delivery.models import Assignment, Result, UnitLink, Verification
from shangliang.delivery.permissions import LINK_PURPOSE
from shangliang.delivery.queries import is_followed_again, matters_of_consultation
from shangliang.delivery.states import EXPLAIN, SEND_BACK, TAKE_UP_AGAIN, VERIFY, A
from shangliang.foundation import roles
from shangliang.foundation.business import action
from shangliang.foundation.codes import link_digest, link_token
from shangliang.foundation.moves import check_role, move, record_fact
from shangliang.foundation.refusals import Refusal, WrongState
from shangliang.foundation.viewer import Viewer
from shangliang.people.queries import setting
from shangliang.reports import actions as reports

WAITS_FOR_UNIT = (A.DISPATCHED, A.ACCEPTED)


@action
def verify(assignment: Assignment, *, verified_by: str, by: Viewer, at: datetime, verified_on: date | None = None,
           note: str = "") -> Verification:  # fmt: skip
    """Record that the committee looked and found it as the unit says (核实). Refuses without who looked."""
    row = _look(assignment, verified_by, verified_on, note, by, at, VERIFY.roles)
    move(assignment, VERIFY, by=by, at=at, happened_on=row.verified_on, facts={"result": row.result.number})
    begin_following(assignment.suggestion.consultation, by, at)
    return row


@action
def send_back(assignment: Assignment, *, reason: str, verified_by: str, by: Viewer, at: datetime,
              verified_on: date | None = None) -> Verification:  # fmt: skip
    """Record that it is not as the unit says, and ask it to go on; the deadline stays. Refuses without a reason."""
    if not reason.strip():
        raise Refusal(_("请写明哪里对不上，单位要照着接着办。"))
    row = _look(assignment, verified_by, verified_on, reason, by, at, SEND_BACK.roles, is_confirmed=False)
    move(
        assignment, SEND_BACK, by=by, at=at, happened_on=row.verified_on, facts={"result": row.result.number}
    )
    notices.sent_back(assignment, row.result.number, reason.strip(), at)
    return row


@action
def explain(assignment: Assignment, *, words: str, verified_by: str, by: Viewer, at: datetime,
            told_on: date | None = None) -> Verification:  # fmt: skip
    """Tell those who raised it why it cannot be done, in ``words`` that reach their receipts: a legal end (LY-20)."""
    if not words.strip():
        raise Refusal(_("请写下讲给反映人听的话：为什么做不了，以后怎么办。"))
    row = _look(assignment, verified_by, told_on, words, by, at, EXPLAIN.roles)
    row.told_on = row.verified_on
    row.save(update_fields=["told_on"])
    move(assignment, EXPLAIN, by=by, at=at, happened_on=row.told_on, facts={"result": row.result.number})
    for matter in matters_of_consultation(assignment.suggestion.consultation):
        reports.tell_reporters(matter, text=words.strip(), by=by, at=at)
    begin_following(assignment.suggestion.consultation, by, at)
    return row


def _look(assignment: Assignment, verified_by: str, day: date | None, note: str, by: Viewer, at: datetime,
          allowed: tuple[str, ...], is_confirmed: bool = True) -> Verification:  # fmt: skip
    check_role(by, allowed)
    of_office(assignment.committee_id, by)
    if not verified_by.strip():
        raise Refusal(_("请写谁去核实的。"))
    Assignment.unscoped.select_for_update(of=("self",)).get(pk=assignment.pk)
    result = Result.unscoped.filter(assignment=assignment, verification=None).order_by("-number").first()
    if result is None:
        raise WrongState(_("现在没有等核实的结果。"))
    row = Verification(result=result, is_confirmed=is_confirmed, verified_by=verified_by.strip(), note=note.strip()[:300],
                       verified_on=day_between(assignment.issued_on, day, at))  # fmt: skip
    row.save(force_insert=True)
    notices.office_has_acted(assignment, at)
    return row


@action
def take_up_again(assignment: Assignment, *, reason: str, by: Viewer, at: datetime, deadline_on: date | None = None,
                  source: str = "") -> Assignment:  # fmt: skip
    """After "not solved" the issuing authority has the unit go on, with a new day if it sets one.

    The committee does not command: the office only records what the authority decided, with its source.
    """
    check_role(by, TAKE_UP_AGAIN.roles)
    through_authority_door(assignment.issuing_authority_id, assignment.committee_id, by=by, source=source)
    if not is_followed_again(assignment):
        raise WrongState(_("没有人评价没解决，这件事不用接着办。"))
    if not reason.strip():
        raise Refusal(_("请写一句为什么要接着办。"))
    changes: dict[str, Any] = {"remark": reason.strip()[:200]}
    if deadline_on:
        changes |= {"deadline_on": deadline_on, "working_days": term_until(assignment.issued_on, deadline_on)}
    facts = {"deadline": deadline_on or assignment.deadline_on}
    move(assignment, TAKE_UP_AGAIN, by=by, at=at, facts=facts, **changes)
    notices.taken_up_again(assignment, assignment.results.count(), reason.strip(), at)
    return assignment


@action
def make_link(assignment: Assignment, *, by: Viewer, at: datetime) -> str:
    """Make a one-time link for the lead unit. Return the token: shown once, kept only as a digest.

    Refuses when nothing waits for the unit. Links made earlier and not used stop working.
    """
    check_role(by, roles.OFFICE)
    of_office(assignment.committee_id, by)
    if Assignment.unscoped.get(pk=assignment.pk).state not in WAITS_FOR_UNIT:
        raise WrongState(_("现在不等承办单位，不用发链接。"))
    UnitLink.unscoped.filter(assignment=assignment, used_at=None).update(expires_at=at - timedelta(seconds=1))
    token = link_token()
    days = setting(assignment.committee_id, "link_days")
    row = UnitLink(assignment=assignment, purpose=LINK_PURPOSE, token_digest=link_digest(token), made_at=at,
                   expires_at=at + timedelta(days=days))  # fmt: skip
    row.save(force_insert=True)
    record_fact(assignment, "assignment.link", by=by, at=at, facts={"days": days})
    return token
