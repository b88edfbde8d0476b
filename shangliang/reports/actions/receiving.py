"""Taking in one person's words: once per form key, the same receipt for a repeat, and the right door."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError
from django.utils.translation import gettext as _

from shangliang.analysis.same_matter import index_keys
from shangliang.foundation import clock, codes, ledger, vault
from shangliang.foundation.business import action, note
from shangliang.foundation.models import StoredFile
from shangliang.foundation.moves import check_role, subject_of
from shangliang.foundation.queries import deadline
from shangliang.foundation.refusals import AlreadyDone, Refusal
from shangliang.foundation.viewer import Viewer
from shangliang.foundation.working_days import NoDayTable
from shangliang.people.models import Area, Committee
from shangliang.people.queries import settings_of
from shangliang.reports import notices, rules
from shangliang.reports.actions.alongside import (
    NOTHING,
    Alongside,
    Drawn,
    attach_recording,
    draw_recording,
    note_claim,
)
from shangliang.reports.actions.contact import note_consent
from shangliang.reports.actions.locking import door_keeper, lock_away
from shangliang.reports.actions.photos import attach_photos, draw_photos
from shangliang.reports.models import Contact, Matter, Report, ReportPoint, SimilarGram
from shangliang.reports.permissions import MAY_SEND
from shangliang.reports.queries import report_sent_with
from shangliang.reports.states import PointState
from shangliang.ui.clean import for_storage, on_one_line


@dataclass(frozen=True)
class Received:
    """What became of a sending: the report, the 10 bytes of its receipt, and whether it had come before."""

    report: Report
    bits: bytes
    is_repeat: bool


@dataclass(frozen=True)
class Words:
    """What one person sends, fit for storage; made by ``words_of``."""

    text: str
    title: str = ""
    place: str = ""
    contact: str = ""
    may_unit_call: bool = False
    consent_version: str = ""


class OtherBody(AlreadyDone):
    """The form was sent before with other words: ``bits`` is the receipt of those, empty where a new one ended it."""

    def __init__(self, bits: bytes) -> None:
        super().__init__(_("刚才已经收到一份，和现在写的不一样。要把现在这份也交上，请再点一次“提交”。"))
        self.bits = bits


def submit_report(
    *, committee: Committee, form_key: str, text: str, channel: str, by: Viewer, at: datetime,
    point: ReportPoint | None = None, area: Area | None = None, place: str = "", title: str = "",
    photos: Sequence[bytes] = (), contact: str = "", may_unit_call: bool = False, consent_version: str = "",
    happened_on: date | None = None, entered_by: int | None = None, entry_source: str = "", doubt: str = "",
    submitted_at: datetime | None = None, elsewhere: str = "", elsewhere_number: str = "",
    alongside: Alongside = NOTHING,
) -> Received:  # fmt: skip
    """Take in a report as a matter of its own, held where the doors say so. Return it with its receipt.

    The same form key with the same body gives the report that is there and the same receipt; with another body it
    refuses (OtherBody). Refuses an empty text without a recording, a too long one, a closed point, contact data without
    consent, and files that are no pictures or no sound. Never refuses for a word. ``form_key`` comes from
    ``codes.new_form_key``. ``doubt`` (a ``Doubt``) keeps it apart for a look unless its words outweigh that.
    """
    check_role(by, MAY_SEND)
    words = words_of(text, title, place, contact, may_unit_call, consent_version)
    _check(words, form_key, committee, point, bool(alongside.recording))
    bits = codes.receipt_bits(settings.PEPPER.encode(), form_key.encode())
    more = [*alongside.pieces(), *_elsewhere(elsewhere, elsewhere_number)]
    digest = body_digest(form_key, words, photos, more)
    earlier = _sent_before(form_key, digest, bits)
    if earlier:
        return earlier
    report = new_report(committee, words, form_key, digest, bits, channel, at, point, area)
    report.answer_due_on = answer_due_on(committee, at)
    report.happened_on = happened_on or report.happened_on
    report.entered_by, report.entry_source = entered_by, entry_source
    report.submitted_at = submitted_at or report.submitted_at
    report.elsewhere, report.elsewhere_number = elsewhere, elsewhere_number
    note_claim(report, alongside)
    report.set_aside = rules.set_aside_for(doubt, words.title, words.text, words.place, elsewhere)
    try:
        drawn = draw_photos(photos, at), draw_recording(alongside, at)
        return Received(_keep(report, words, *drawn, by=by, at=at), bits, False)
    except IntegrityError:
        twin = _sent_before(form_key, digest, bits)
        if twin is None:
            raise
        return twin


def words_of(
    text: str,
    title: str = "",
    place: str = "",
    contact: str = "",
    may_unit_call: bool = False,
    consent: str = "",
) -> Words:
    """Return what was sent as we keep it: without control characters, titles and places on one line."""
    phone = on_one_line(contact)[: rules.LONGEST_CONTACT]
    return Words(
        for_storage(text), on_one_line(title)[: rules.LONGEST_TITLE], on_one_line(place)[: rules.LONGEST_PLACE],
        phone, bool(phone) and may_unit_call, consent,
    )  # fmt: skip


def new_report(
    committee: Committee, words: Words, form_key: str, digest: str, bits: bytes, channel: str, at: datetime,
    point: ReportPoint | None = None, area: Area | None = None,
) -> Report:  # fmt: skip
    """Return an unsaved report, without its deadline, and an unsaved matter of its own; nothing is written."""
    today = clock.day_of(at)
    where = area or (point.area if point else None)
    matter = Matter(committee=committee, area=where, code=codes.short_code(10))
    return Report(
        committee=committee, point=point, matter=matter, area=where, code=codes.short_code(10), channel=channel,
        title=words.title, text=words.text, place=words.place, happened_on=today, submitted_at=at, received_at=at,
        form_key_digest=codes.form_key_digest(form_key),
        receipt_digest=codes.receipt_digest(bits, settings.PEPPER.encode()), text_salt=ledger.new_salt(),
        body_digest=digest, may_unit_call=words.may_unit_call,
        consent_version=words.consent_version if words.contact else "",
    )  # fmt: skip


def answer_due_on(committee: Committee, at: datetime) -> date:
    """Return by when a report received now is answered first. A missing day table never turns a resident away."""
    said = settings_of(committee.pk)
    today = clock.day_of(at)
    try:
        working = deadline(today, said["answer_days"])
    except NoDayTable as missing:
        notices.to_admins_no_days(committee.pk, missing.year, at)
        working = None
    return rules.answer_due(today, working, said["answer_max_days"])


def body_digest(form_key: str, words: Words, photos: Sequence[bytes], more: Sequence[bytes] = ()) -> str:
    """Return a keyed digest of everything sent. The key is the form key, which is not kept: it gives nothing away."""
    parts = [words.title, words.text, words.place, words.contact, str(words.may_unit_call)]
    pieces = [part.encode("utf-8", "surrogatepass") for part in parts]
    pieces += [hashlib.sha256(data).digest() for data in photos]
    pieces += more
    whole = b"".join(len(piece).to_bytes(8, "big") + piece for piece in pieces)
    return hmac.new(form_key.encode(), whole, hashlib.sha256).hexdigest()


def grams_of(report: Report) -> list[SimilarGram]:
    """Return the unsaved rows of the index of similar texts for a saved report."""
    own, pk = report.committee_id, report.pk
    found = index_keys(f"{report.title}\n{report.text}" if report.title else report.text)
    return [SimilarGram(committee_id=own, gram=gram, report_id=pk) for gram in dict.fromkeys(found)]


@action
def _keep(
    report: Report, words: Words, files: Sequence[StoredFile], drawn: Drawn, *, by: Viewer, at: datetime
) -> Report:
    """Write the report with all that belongs to it in one transaction, and hold it where its words say so."""
    if words.contact:
        report.contact_handle = vault.seal(words.contact, at=at)
    report.matter.save(force_insert=True)
    report.save(force_insert=True)
    if words.contact:
        note_consent(report, Contact.PHONE, words.consent_version, at)
    attach_photos(report, files)
    attach_recording(report, drawn)
    facts = {
        "text": ledger.commitment(report.text, report.text_salt), "channel": report.channel, "photos": len(files),
        "answer_due_on": report.answer_due_on, "entered": report.entered_by is not None,
    }  # fmt: skip
    if drawn.seconds:
        facts["recorded_seconds"] = drawn.seconds
    subject = subject_of(report)
    note(ledger.Note(report.committee_id, "report.receive", subject, by, at, report.happened_on, facts))
    because = rules.held_because(
        report.title, report.text, report.place, report.elsewhere, report.elsewhere_number
    )
    if because:
        lock_away(report, because=because, by=door_keeper(report), at=at)
    else:
        SimilarGram.unscoped.bulk_create(grams_of(report))
    return report


def _sent_before(form_key: str, digest: str, bits: bytes) -> Received | None:
    report = report_sent_with(form_key)
    if report is None:
        return None
    is_new = report.receipt_digest != codes.receipt_digest(bits, settings.PEPPER.encode())
    if not hmac.compare_digest(report.body_digest, digest):
        raise OtherBody(b"" if is_new else bits)
    if is_new:
        raise Refusal(_("这一份早就收到了，回执后来补发过新的。请用新的回执码查。"))
    return Received(report, bits, True)


def _elsewhere(where: str, number: str) -> list[bytes]:
    return [f"elsewhere:{where}:{number}".encode("utf-8", "replace")] if where or number else []


def _check(
    words: Words, form_key: str, committee: Committee, point: ReportPoint | None, has_recording: bool
) -> None:
    if len(form_key) < rules.CHARACTERS_IN_FORM_KEY:
        raise Refusal(_("这一页放得太久了。您写的字还在，请再点一次“提交”。"))
    if not words.text.strip() and not has_recording:
        raise Refusal(_("还没写呢。写一句话就行：在哪里，怎么了。"))
    over = len(words.text) - rules.MOST_CHARACTERS
    if over > 0:
        raise Refusal(_("多了 %(over)s 个字。您写的还在，删一删再交。") % {"over": over})
    if words.contact and not words.consent_version:
        raise Refusal(_("留了电话，请在“同意”前面打个勾；不想留，把电话删掉就行。"))
    if point and (point.state == PointState.CLOSED or point.committee_id != committee.pk):
        raise Refusal(_("这个直报点已经停用，这里收不到了。您写的字还在，可以换个地方说。"))
