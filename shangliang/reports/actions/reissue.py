"""A lost receipt made anew: only against a contact in the vault, by two people, neither of whom ever sees what is kept."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from shangliang.foundation import codes, vault
from shangliang.foundation.business import action
from shangliang.foundation.moves import record_fact
from shangliang.foundation.outbox import sends_mail
from shangliang.foundation.refusals import AlreadyDone, Refusal
from shangliang.foundation.viewer import Viewer
from shangliang.reports import notices, rules
from shangliang.reports.actions.screening import tell
from shangliang.reports.actions.two_people import (
    MAY_WAIT,
    check_second,
    on_the_desk,
    person_of_office,
    tell_colleagues,
)
from shangliang.reports.models import Reissue, Report, ThreadKind
from shangliang.ui.clean import on_one_line

MOST_WRONG = 3  # per report, ever: the vault must not be guessed at


@dataclass(frozen=True)
class Reissued:
    """What came of it: ``bits`` of the new receipt where it is to be shown, None where nothing matched or it was mailed."""

    is_matched: bool
    bits: bytes | None = None
    is_mailed: bool = False


@action
def ask_reissue(report: Report, *, contact: str, by: Viewer, at: datetime) -> Reissue:
    """Ask for a new receipt for somebody who names the contact they left. What was named is sealed until compared.

    Refuses nothing named, a report without contact, one that left the desk, a fourth try after three wrong ones, and
    while another asking waits; one nobody agreed to within a week makes way.
    """
    asker = person_of_office(by, report)
    named = on_one_line(contact)[: rules.LONGEST_MAIL]
    if not named:
        raise Refusal(_("写上他说的电话或邮箱。"))
    locked = on_the_desk(report)
    if not (locked.contact_handle or locked.mail_handle):
        raise Refusal(_("这一条没有留联系方式，回执补不了。想说的，请他再说一次。"))
    if Reissue.unscoped.filter(report=locked, matched=False).count() >= MOST_WRONG:
        raise Refusal(_("这一条已经对错过 3 次，不能再补发了。想说的，请他再说一次。"))
    drop_stale(at, report=locked)
    if Reissue.unscoped.filter(report=locked, approved_at=None).exists():
        raise AlreadyDone(_("已经有人申请过了，请另一位同事来同意。"))
    row = Reissue(
        report=locked, claimed_handle=vault.seal(named, at=at), asked_by=asker.person_id, asked_at=at
    )
    row.save(force_insert=True)
    record_fact(locked, "report.ask_reissue", by=by, at=at)
    tell_colleagues(
        locked, asker, effect=f"report.reissue.{row.pk}", link=f"/desk/{locked.code}/reissue/", at=at,
        subject=_("有同事申请补发一张回执"),
    )  # fmt: skip
    return row


@action
def approve_reissue(reissue: Reissue, *, by: Viewer, at: datetime) -> Reissued:
    """Compare what was named with what lies in the vault; where it is the same, make a new receipt and end the old one.

    A wrong one is counted and ends the asking. Refuses the person who asked, an asking that was used or is older than
    a week, and a report that left the desk.
    """
    report = on_the_desk(reissue.report)
    locked = Reissue.unscoped.select_for_update(of=("self",)).get(pk=reissue.pk)
    second = person_of_office(by, report)
    check_second(locked, second, at)
    named = vault.unseal(locked.claimed_handle)
    vault.destroy(locked.claimed_handle)
    locked.matched, locked.claimed_handle = _is_the_same(report, named), ""
    locked.approved_by, locked.approved_at = second.person_id, at
    locked.save(update_fields=["matched", "claimed_handle", "approved_by", "approved_at"])
    record_fact(report, "report.reissue" if locked.matched else "report.reissue_refused", by=by, at=at)
    if locked.matched:
        return _new_receipt(report, named, by=by, at=at)
    tell(report, ThreadKind.NOTICE, notices.not_reissued(at), by=by, at=at)
    return Reissued(False)


def drop_stale(at: datetime, report: Report | None = None) -> int:
    """Forget askings that nobody agreed to within a week, with what was named. Call it inside an action."""
    old = Reissue.unscoped.filter(approved_at=None, asked_at__lt=at - MAY_WAIT)
    return _drop(old.filter(report=report) if report else old)


def drop_waiting(report: Report) -> int:
    """Forget what waits for a second person of a report that is taken back: what was named may be its contact.

    Call it inside an action. Return how many.
    """
    return _drop(Reissue.unscoped.filter(approved_at=None, report=report))


def _drop(askings: QuerySet[Reissue]) -> int:
    rows = list(askings)
    for one in rows:
        vault.destroy(one.claimed_handle)
        one.delete()
    return len(rows)


def _new_receipt(report: Report, named: str, *, by: Viewer, at: datetime) -> Reissued:
    bits = secrets.token_bytes(codes.BYTES_IN_RECEIPT)
    report.receipt_digest = codes.receipt_digest(bits, settings.PEPPER.encode())
    report.save(update_fields=["receipt_digest"])
    tell(report, ThreadKind.NOTICE, notices.reissued(at), by=by, at=at)
    if "@" in named and sends_mail():
        notices.mail_new_receipt(report, named, bits, at)
        return Reissued(True, is_mailed=True)
    return Reissued(True, bits)


def _is_the_same(report: Report, named: str) -> bool:
    """Compare with everything that is kept, in constant time; every comparison is made whatever the first one says."""
    kept = [vault.unseal(handle) for handle in (report.contact_handle, report.mail_handle) if handle]
    given = rules.contact_key(named).encode()
    found = [hmac.compare_digest(rules.contact_key(one).encode(), given) for one in kept]
    return bool(given) and any(found)
