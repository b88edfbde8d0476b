"""Leaving a contact later, changing it, taking the consent back. What is left lies sealed; the consent is kept apart."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shangliang.foundation import vault
from shangliang.foundation.business import action
from shangliang.foundation.moves import record_fact
from shangliang.foundation.outbox import sends_mail
from shangliang.foundation.refusals import AlreadyDone, NotYours, Refusal, WrongState
from shangliang.foundation.viewer import Viewer
from shangliang.reports import rules
from shangliang.reports.models import Consent, ConsentEnd, Contact, Report
from shangliang.reports.permissions import is_own_report
from shangliang.reports.states import OPEN, ReportState
from shangliang.ui.clean import on_one_line

HANDLES = {Contact.PHONE: "contact_handle", Contact.MAIL: "mail_handle"}
# Every sentence somebody ever agreed to, by what it is about and its version; an old one is never changed.
SENTENCES = {
    (Contact.PHONE, "2026-11"): gettext_lazy("同意只为问清这件事联系我"),
    (Contact.MAIL, "2026-11"): gettext_lazy("同意只为这件事，有进展时往这个邮箱发一封信"),
}


def sentence_of(what: str, version: str = rules.CONSENT_VERSION) -> Any:
    """Return the sentence of consent a person reads, of the version that holds now or of an earlier one."""
    return SENTENCES[Contact(what), version]


@action
def leave_contact(
    report: Report, *, what: str, value: str, has_agreed: bool, by: Viewer, at: datetime, may_unit_call: bool = False
) -> Consent:  # fmt: skip
    """Leave a telephone number or a mail address with the receipt in hand; one left before is destroyed and replaced.

    Refuses a viewer without this receipt, a report that has ended, no consent, what is no number or no address, and an
    address where the instance sends no mail.
    """
    kind = Contact(what)
    _check_own(by, report)
    said = _fit(kind, value)
    if not has_agreed:
        raise Refusal(_("要留下，请在“同意”前面打个勾；不想留，就不用交。"))
    locked = _fresh(report)
    if locked.state not in (*OPEN, ReportState.HELD):
        raise WrongState(_("这件事已经有了结果，不用再留联系方式了。"))
    destroy_contacts(locked, ConsentEnd.REPLACED, at, kind)
    _keep(locked, kind, vault.seal(said, at=at), kind == Contact.PHONE and may_unit_call)
    record_fact(locked, "report.leave_contact", by=by, at=at,
                facts={"what": str(kind), "consent": rules.CONSENT_VERSION})  # fmt: skip
    return note_consent(locked, kind, rules.CONSENT_VERSION, at)


@action
def take_back_consent(report: Report, *, what: str, by: Viewer, at: datetime) -> None:
    """Take the consent to a contact back: it is destroyed at once. Refuses another's report and where none is left."""
    kind = Contact(what)
    _check_own(by, report)
    if not destroy_contacts(_fresh(report), ConsentEnd.TAKEN_BACK, at, kind):
        raise AlreadyDone(_("这里没有留着的，可能已经删掉了。"))
    record_fact(report, "report.take_back_consent", by=by, at=at, facts={"what": str(kind)})


def note_consent(report: Report, what: str, version: str, at: datetime) -> Consent:
    """Keep that somebody agreed, to which version and when. Call it inside an action, after the report is saved."""
    row = Consent(report=report, what=what, version=version, given_at=at)
    row.save(force_insert=True)
    return row


def destroy_contacts(report: Report, because: ConsentEnd, at: datetime, *kinds: str) -> list[str]:
    """Destroy the contacts of these kinds (of all, when none is named) and end their consents. Return what was there.

    Call it inside an action with a locked row.
    """
    gone = [kind for kind in kinds or HANDLES if getattr(report, HANDLES[Contact(kind)])]
    for kind in gone:
        name = HANDLES[Contact(kind)]
        vault.destroy(getattr(report, name))
        setattr(report, name, "")
    if Contact.PHONE in gone:
        report.may_unit_call = False
    if gone:
        report.save(update_fields=[*HANDLES.values(), "may_unit_call"])
        standing = Consent.unscoped.filter(report=report, what__in=gone, ended_at=None)
        standing.update(ended_at=at, ended_because=because)
    return gone


def _keep(report: Report, kind: Contact, handle: str, may_unit_call: bool) -> None:
    setattr(report, HANDLES[kind], handle)
    if kind == Contact.PHONE:
        report.may_unit_call, report.consent_version = may_unit_call, rules.CONSENT_VERSION
    report.save(update_fields=[HANDLES[kind], "may_unit_call", "consent_version"])


def _fit(kind: Contact, value: str) -> str:
    said = on_one_line(value)
    if kind == Contact.PHONE:
        if not rules.LEAST_DIGITS <= len(rules.digits_of(said)) or len(said) > rules.LONGEST_CONTACT:
            raise Refusal(_("这个电话号码看着不全，请再看一遍。"))
        return said
    if not sends_mail():
        raise Refusal(_("这里还没接通邮件，留不了邮箱。进展凭回执码随时能看。"))
    try:
        validate_email(said)
    except ValidationError as wrong:
        raise Refusal(_("这个邮箱看着不对，请再看一遍。")) from wrong
    return said


def _check_own(by: Viewer, report: Report) -> None:
    if not is_own_report(by, report.pk):
        raise NotYours(_("要凭这件事的回执码才能这么做。"))


def _fresh(report: Report) -> Report:
    return Report.unscoped.select_for_update(of=("self",)).get(pk=report.pk)
