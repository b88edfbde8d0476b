"""A recording is written down by a screener, then it is gone; so it is when its time is over or it is taken back."""

from collections import Counter
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from shangliang.foundation import clock, ledger, roles
from shangliang.foundation.business import action
from shangliang.foundation.files import delete_file
from shangliang.foundation.moves import check_role, record_fact
from shangliang.foundation.refusals import AlreadyDone, Refusal
from shangliang.foundation.viewer import System, Viewer
from shangliang.people.queries import all_committees, setting
from shangliang.reports import notices, rules
from shangliang.reports.actions.doubts import put_forward_for_danger
from shangliang.reports.actions.locked_words import lock_words
from shangliang.reports.actions.locking import door_keeper, forget_grams, lock_away
from shangliang.reports.actions.receiving import grams_of
from shangliang.reports.actions.screening import check_reach, tell
from shangliang.reports.models import Recording, Report, SimilarGram, ThreadEntry, ThreadKind
from shangliang.reports.permissions import NOT_ON_THE_DESK
from shangliang.reports.queries.similar import JOINABLE
from shangliang.reports.states import HOLD, WAITING, ReportState
from shangliang.ui.clean import for_storage

AT_ONCE = 100
WARNED_BEFORE = 5  # days before a recording goes, the office is told


@action
def write_down(report: Report, *, text: str, has_listened: bool, by: Viewer, at: datetime) -> Report:
    """Put what was said into words; the recording is deleted, row and bytes, and the words go through the doors.

    Words the person typed stay, with those written down behind them. Refuses without words, without having listened,
    too many words, a viewer who does not screen, and a report without a recording (any more).
    """
    check_role(by, roles.OFFICE)
    check_reach(by, report)
    locked = Report.unscoped.select_for_update(of=("self",)).get(pk=report.pk)
    recording = _recording_of(locked)
    words, whole = _what_was_said(locked, text, has_listened)
    because = rules.held_because(locked.title, whole, locked.place)
    is_apart = bool(because) and locked.state == ReportState.TAKEN
    report.text = locked.text if is_apart else whole
    report.written_down_by = getattr(by, "appointment_id", None)
    report.save(update_fields=["text", "written_down_by"])
    facts = {"text": ledger.commitment(whole, locked.text_salt), "seconds": recording.seconds}
    record_fact(report, "report.write_down", by=by, at=at, facts=facts)
    _delete(recording)
    if is_apart:
        _lock_apart(report, words, because, at)
    else:
        _through_the_doors(report, locked.state, because, at)
    return report


def forget_recording(report: Report) -> int:
    """Delete the recording of a report, row and bytes. Call it inside an action. Return its seconds, 0 without one."""
    row = Recording.unscoped.select_related("file").filter(report_id=report.pk).first()
    if row is None:
        return 0
    _delete(row)
    return int(row.seconds)


def forget_old_recordings(today: date, at: datetime) -> int:
    """Delete recordings whose days are over, at most 100 in a transaction, and tell the office of those that soon are.

    Whoever spoke is told that nobody wrote it down. Return how many were deleted.

    The days are the committee's ``keep_audio_days`` after the report was received.
    """
    gone = 0
    for committee in all_committees():
        last = today - timedelta(days=setting(committee.pk, "keep_audio_days"))
        while batch := _forget_some(committee.pk, last, at):
            gone += batch
        _warn(committee.pk, last + timedelta(days=WARNED_BEFORE), at)
    return gone


@action
def _forget_some(committee_id: int, last: date, at: datetime) -> int:
    rows = Recording.unscoped.filter(report__committee_id=committee_id, report__received_at__date__lte=last)
    batch = list(rows.select_related("file", "report__committee", "report__matter").order_by("pk")[:AT_ONCE])
    for row in batch:
        by = System("forget_recordings", committee_id)
        record_fact(row.report, "report.forget_recording", by=by, at=at, facts={"seconds": row.seconds})
        tell(row.report, ThreadKind.NOTICE, notices.recording_gone(), by=by, at=at)
        _delete(row)
    return len(batch)


@action
def _warn(committee_id: int, last: date, at: datetime) -> None:
    """Tell the office once for each day on which recordings go. Those of the locked queue are not counted in it."""
    rows = Recording.unscoped.filter(report__committee_id=committee_id, report__received_at__date__lte=last)
    on_the_desk = rows.exclude(report__state__in=NOT_ON_THE_DESK).order_by("report__received_at")
    received = Counter(clock.day_of(one) for one in on_the_desk.values_list("report__received_at", flat=True))
    for day, number in received.items():
        goes_on = day + timedelta(days=setting(committee_id, "keep_audio_days"))
        notices.to_office_unwritten(committee_id, goes_on, number, at)


def _recording_of(report: Report) -> Recording:
    row = Recording.unscoped.select_related("file").filter(report_id=report.pk).first()
    if row is None or report.state in NOT_ON_THE_DESK:
        raise AlreadyDone(_("这段录音已经有人写下来了，或者已经不在筛选台上。"))
    return row


def _what_was_said(report: Report, text: str, has_listened: bool) -> tuple[str, str]:
    """Return the words written down, and the whole text with what the person typed in front."""
    words = for_storage(text).strip()
    if not words:
        raise Refusal(_("写上他说了什么，照原话写。"))
    if not has_listened:
        raise Refusal(_("先把录音听完，在“听过了”前面打个勾。录音写下来就删，再也听不到了。"))
    typed = report.text.strip()
    whole = f"{typed}\n{notices.spoken(words)}" if typed else words
    over = len(whole) - rules.MOST_CHARACTERS
    if over > 0:
        raise Refusal(_("多了 %(over)s 个字。您写的还在，删一删再交。") % {"over": over})
    return words, whole


def _through_the_doors(report: Report, state: str, because: str, at: datetime) -> None:
    """Treat the words as if they had been typed: locked away where they accuse somebody by name, put forward where they
    speak of danger, else found by likeness as long as the report can be joined.
    """
    forget_grams(report)
    if because and state in HOLD.sources:
        lock_away(report, because=because, by=door_keeper(report), at=at)
        return
    if state in WAITING:
        put_forward_for_danger(report, report.text, at)
    if state in JOINABLE:
        SimilarGram.unscoped.bulk_create(grams_of(report))


def _lock_apart(report: Report, words: str, because: str, at: datetime) -> None:
    """Of what is joined already the accusing words alone are locked, as with words added later."""
    entry = ThreadEntry(report=report, kind=ThreadKind.ADDITION, text=notices.spoken(words), at=at)
    entry.save(force_insert=True)
    lock_words(report, entry, because=because, by=door_keeper(report), at=at)


def _delete(row: Recording) -> None:
    file = row.file
    row.delete()
    delete_file(file)
