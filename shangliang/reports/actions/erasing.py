"""What somebody took back is erased for good after some days; the row and its lines in the ledger stay, and verify."""

from datetime import date, datetime, timedelta

from shangliang.foundation.business import action
from shangliang.foundation.erasing import empty_the_log
from shangliang.foundation.files import delete_file
from shangliang.foundation.moves import record_fact
from shangliang.foundation.viewer import System
from shangliang.people.queries import all_committees, setting
from shangliang.reports.actions.contact import destroy_contacts
from shangliang.reports.actions.locking import forget_grams
from shangliang.reports.actions.recordings import forget_recording
from shangliang.reports.models import ConsentEnd, Report, ReportPhoto, ThreadEntry, Unmasking
from shangliang.reports.states import ReportState

AT_ONCE = 100
# What somebody said or left, and the salt: without it the ledger's commitment says nothing about guessed words.
ERASED = (
    "title", "text", "place", "entry_source", "elsewhere", "elsewhere_number", "referred_number", "import_alias",
    "text_salt", "body_digest",
)  # fmt: skip


def erase_withdrawn(today: date, at: datetime) -> int:
    """Erase what was withdrawn longer ago than the committee keeps it, at most 100 in a transaction. Return how many."""
    erased = 0
    for committee in all_committees():
        last = today - timedelta(days=setting(committee.pk, "keep_withdrawn_days"))
        while batch := _erase_some(committee.pk, last, at):
            erased += batch
    if erased:
        empty_the_log()
    return erased


@action
def _erase_some(committee_id: int, last: date, at: datetime) -> int:
    rows = Report.unscoped.select_for_update(of=("self",)).filter(
        committee_id=committee_id, state=ReportState.WITHDRAWN, erased_at=None, withdrawn_at__date__lte=last
    )
    batch = list(rows.order_by("pk")[:AT_ONCE])
    for report in batch:
        _erase(report, at)
    return len(batch)


def _erase(report: Report, at: datetime) -> None:
    """Erase one: words, thread, pictures and recording with their bytes, reasons that may quote, the index."""
    destroy_contacts(report, ConsentEnd.WITHDRAWN, at)
    photos = list(ReportPhoto.unscoped.filter(report=report).select_related("file"))
    for photo in photos:
        photo.delete()
        delete_file(photo.file)
    forget_recording(report)
    forget_grams(report)
    ThreadEntry.unscoped.filter(report=report).delete()
    Unmasking.unscoped.filter(report=report).update(reason="")
    for name in ERASED:
        setattr(report, name, "")
    report.erased_at = at
    report.save(update_fields=[*ERASED, "erased_at"])
    by = System("reports.erase_withdrawn", report.committee_id)
    record_fact(report, "report.erase", by=by, at=at, facts={"photos": len(photos)})
