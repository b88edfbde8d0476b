"""委员代提: a member raises in own words what few could have said; the first words are never dispatched then."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from shangliang.foundation import clock, roles
from shangliang.foundation.business import action
from shangliang.foundation.codes import short_code
from shangliang.foundation.moves import check_role, move, record_fact
from shangliang.foundation.refusals import NotYours, Refusal, WrongState
from shangliang.foundation.viewer import Appointed, System, Viewer
from shangliang.people.models import Appointment
from shangliang.protection import notices, rules
from shangliang.protection.actions.exposures import answer_exposure
from shangliang.protection.actions.screeners import appointment_of, exposure_standing, locked_report
from shangliang.protection.models import Finding, Households
from shangliang.protection.queries.exposures import STANDING_FINDING, members_to_ask
from shangliang.protection.states import (
    CALL_BACK,
    LEAVE_TO_MEMBER,
    NOT_MINE,
    TAKE_IN,
    WRITE,
    ExposureState,
    FindingState,
)
from shangliang.reports.actions import join, submit_report
from shangliang.reports.models import Channel, Report
from shangliang.reports.states import ReportState
from shangliang.ui.clean import for_storage, on_one_line


@dataclass(frozen=True)
class Raised:
    """What became of a member's own words: the finding, and the 10 bytes of the receipt of the report they are."""

    finding: Finding
    bits: bytes


@action
def ask_member(report: Report, *, member: Appointment, hint: str, by: Viewer, at: datetime) -> Finding:
    """Ask a member to look at a topic and raise it as an own finding. ``hint`` is all the member reads.

    Refuses a report that is in no matter yet or not locked, a hint that is empty, private or repeats the reporter's
    words, a member who acts for a unit complained about, and a second one while the first is asked.
    """
    row = locked_report(report, by)
    exposure = exposure_standing(row)
    if row.state != ReportState.TAKEN:
        raise WrongState(_("先把这一条立为事项或合进事项，再请委员提。"))
    if exposure is None or exposure.state not in LEAVE_TO_MEMBER.sources:
        raise WrongState(_("这一条没有锁着，用不着委员代提。"))
    words = _hint(hint, row)
    if not members_to_ask(row, clock.day_of(at)).filter(pk=member.pk).exists():
        raise Refusal(_("这位委员不能请：不是本政协在任的委员，或者就在被反映的单位里。"))
    if Finding.unscoped.filter(exposure=exposure, state__in=STANDING_FINDING).exists():
        raise WrongState(_("已经请了一位委员，等他看过再说。"))
    finding = Finding(
        committee_id=row.committee_id, exposure=exposure, code=short_code(10), member=member, hint=words,
        asked_by=appointment_of(by), asked_at=at,
    )  # fmt: skip
    finding.save(force_insert=True)
    record_fact(finding, "finding.ask", by=by, at=at, facts={"member": member.pk})
    notices.to_member_asked(finding, at)
    return finding


def _hint(hint: str, report: Report) -> str:
    words = on_one_line(hint)
    if not words or len(words) > rules.LONGEST_HINT:
        raise Refusal(_("写一句让委员去看什么，不超过 %(most)s 个字。") % {"most": rules.LONGEST_HINT})
    if rules.private_in(words):
        raise Refusal(_("提示里不能有姓名、电话、住址，只写去看哪一类事。"))
    if rules.quotes(f"{report.title}\n{report.text}", words):
        raise Refusal(_("提示里有反映人的原话，换个说法，只写去看哪一类事。"))
    return words


@action
def raise_own(finding: Finding, *, text: str, form_key: str, by: Viewer, at: datetime) -> Raised:
    """The member says in own words what was found: a report of channel "member". Return it with its receipt.

    Refuses anybody but the member asked, an empty or too long text, and a finding that was answered or called back.
    """
    check_role(by, WRITE.roles)
    _check_asked(finding, by)
    first = finding.exposure.report
    received = submit_report(
        committee=finding.committee, form_key=form_key, text=for_storage(text), channel=Channel.MEMBER,
        by=System("protection.finding", finding.committee_id), at=at, area=first.matter.area,
    )  # fmt: skip
    if received.is_repeat and finding.report_id == received.report.pk:  # pressed twice
        return Raised(finding, received.bits)
    move(finding, WRITE, by=by, at=at, report=received.report, answered_at=at)
    notices.to_office_finding(finding, at)
    return Raised(finding, received.bits)


@action
def decline_finding(finding: Finding, *, by: Viewer, at: datetime) -> Finding:
    """The member does not raise it this time; no reason is asked. Refuses anybody else."""
    check_role(by, NOT_MINE.roles)
    _check_asked(finding, by)
    move(finding, NOT_MINE, by=by, at=at, answered_at=at)
    notices.to_office_finding(finding, at)
    return finding


@action
def call_back_finding(finding: Finding, *, by: Viewer, at: datetime) -> Finding:
    """Take the request back, so that somebody else can be asked: of a member who has not answered, or whose words are
    not taken in after all; these stay a report like any other.
    """
    locked_report(finding.exposure.report, by)
    return move(finding, CALL_BACK, by=by, at=at)


@action
def take_in_finding(finding: Finding, *, by: Viewer, at: datetime) -> Report:
    """Join the member's finding to the matter of the report it stands for; from now on that one is never dispatched.

    Refuses when the member's words were locked away or joined elsewhere, and when the first report has left its matter.
    """
    first = locked_report(finding.exposure.report, by)
    if finding.report is None or finding.state != FindingState.WRITTEN:
        raise WrongState(_("委员还没写好。"))
    own = locked_report(finding.report, by)
    if first.state != ReportState.TAKEN:
        raise WrongState(_("原来那一条现在不在事项里，先把它合进去。"))
    _join_own(own, first, by, at)
    move(finding, TAKE_IN, by=by, at=at)
    move(finding.exposure, LEAVE_TO_MEMBER, by=by, at=at)
    return own


def _join_own(own: Report, first: Report, by: Viewer, at: datetime) -> None:
    """Join the member's report unless the office did already, and say, unless it said so, that a member speaks openly."""
    if own.state != ReportState.TAKEN:
        join(own, first.matter, by=by, at=at)
    elif own.matter_id != first.matter_id:
        raise WrongState(_("委员写的那一条已经在别的事项里，先把它撤下，再合进来。"))
    said = exposure_standing(own)
    if said is None or said.state != ExposureState.OPEN:
        answer_exposure(own, households=Households.MANY, by=by, at=at)


def _check_asked(finding: Finding, by: Viewer) -> None:
    asked = isinstance(by, Appointed) and by.role == roles.MEMBER and by.appointment_id == finding.member_id
    if not asked:
        raise NotYours(_("这件事请的不是您。"))
