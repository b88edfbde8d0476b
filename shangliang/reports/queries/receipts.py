"""From a receipt or a form key to the one report it belongs to."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import QuerySet

from shangliang.foundation import codes
from shangliang.foundation.viewer import ReceiptHolder, Viewer
from shangliang.reports.models import Consent, Reissue, Report, ThreadEntry, ThreadKind

_WITH = ("matter", "point", "committee", "area")


def report_of_receipt(bits: bytes) -> Report | None:
    """Return the report whose receipt has these 10 bytes, or None. Costs one Argon2id and one look into an index."""
    digest = codes.receipt_digest(bits, settings.PEPPER.encode())
    return Report.unscoped.filter(receipt_digest=digest).select_related(*_WITH).first()


def report_sent_with(form_key: str) -> Report | None:
    """Return the report that was sent with a form key, or None: whoever has the key filled that very form."""
    digest = codes.form_key_digest(form_key)
    return Report.unscoped.filter(form_key_digest=digest).select_related(*_WITH).first()


def get_report_of_holder(viewer: Viewer) -> Report | None:
    """Return the report whose receipt the viewer showed, whatever its state, or None for any other viewer."""
    if not isinstance(viewer, ReceiptHolder):
        return None
    return Report.unscoped.filter(pk=viewer.report_id).select_related(*_WITH).first()


def last_question_to(viewer: Viewer) -> ThreadEntry | None:
    """Return the office's latest question to the holder of a receipt, or None."""
    if not isinstance(viewer, ReceiptHolder):
        return None
    asked = ThreadEntry.unscoped.filter(report_id=viewer.report_id, kind=ThreadKind.QUESTION, undone_at=None)
    return asked.order_by("-at", "-pk").first()


def open_questions_to(viewer: Viewer) -> list[ThreadEntry]:
    """Return what the office asked the holder of a receipt since they last answered, the first question first."""
    if not isinstance(viewer, ReceiptHolder):
        return []
    said = ThreadEntry.unscoped.filter(report_id=viewer.report_id, undone_at=None)
    return questions_open_in(said.order_by("at", "pk"))


def questions_open_in(thread: Iterable[ThreadEntry]) -> list[ThreadEntry]:
    """Return the questions of a thread (oldest line first) that no later words of the reporter have answered."""
    found: list[ThreadEntry] = []
    for line in thread:
        if line.kind == ThreadKind.QUESTION:
            found.append(line)
        elif line.kind in (ThreadKind.ANSWER, ThreadKind.ADDITION):
            found = []
    return found


def consents_of(viewer: Viewer) -> QuerySet[Consent]:
    """Return what the holder of a receipt agreed to, the first first: the sentence's version, when, and until when."""
    if not isinstance(viewer, ReceiptHolder):
        return Consent.unscoped.none()
    return Consent.unscoped.filter(report_id=viewer.report_id).order_by("given_at", "pk")


def times_reissued(report_id: int) -> int:
    """Return how many receipts of a report were ended by a new one: a browser remembers which of them it was shown."""
    return Reissue.unscoped.filter(report_id=report_id, matched=True).count()
