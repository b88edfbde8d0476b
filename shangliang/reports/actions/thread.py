"""What the person who spoke does with the receipt in hand: answer, add, withdraw."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from shangliang.foundation import schedule
from shangliang.foundation.business import action
from shangliang.foundation.models import StoredFile
from shangliang.foundation.moves import move, record_fact
from shangliang.foundation.refusals import NotYours, Refusal, WrongState
from shangliang.foundation.viewer import Viewer
from shangliang.reports import notices, rules
from shangliang.reports.actions.contact import destroy_contacts
from shangliang.reports.actions.doubts import put_forward_for_danger
from shangliang.reports.actions.locked_words import lock_words
from shangliang.reports.actions.locking import door_keeper, forget_grams, lock_away
from shangliang.reports.actions.photos import attach_photos, draw_photos
from shangliang.reports.actions.recordings import forget_recording
from shangliang.reports.actions.reissue import drop_waiting
from shangliang.reports.models import ConsentEnd, Report, ReportPhoto, ThreadEntry, ThreadKind
from shangliang.reports.permissions import is_own_report
from shangliang.reports.queries import open_questions_to
from shangliang.reports.states import HOLD, OPEN, REPLY, WITHDRAW, ReportState
from shangliang.ui.clean import for_storage

OUT_OF_SIGHT = (ReportState.TAKEN, ReportState.BANKED)  # what stands in no queue of the desk


@action
def reply(report: Report, *, text: str, by: Viewer, at: datetime) -> ThreadEntry:
    """Answer the office's questions: the report goes back to the desk and whoever asked last is told.

    An answer that comes after we went on without it is kept as an addition. Refuses an empty or too long answer, a
    viewer without this receipt, and a report in which no question is open.
    """
    words = _fit(text)
    _check_own(by, report)
    asked = open_questions_to(by)
    if asked and _fresh(report).state != ReportState.ASKED:
        entry = _keep_addition(report, words, (), by=by, at=at)
    else:
        move(report, REPLY, by=by, at=at)
        entry = _say(report, ThreadKind.ANSWER, words, at)
        _mind_the_doors(report, entry, at)
    notices.to_office_reply(report, entry.pk, asked[-1].appointment if asked else None, at)
    return entry


def add_words(
    report: Report, *, text: str = "", photos: Sequence[bytes] = (), by: Viewer, at: datetime
) -> ThreadEntry:
    """Add words or pictures to what was said. The same words sent twice in a row stand once.

    Refuses nothing at all, a viewer without this receipt, a report that has ended, and files that are no pictures.
    """
    _check_own(by, report)
    words = _fit(text) if text.strip() or not photos else ""
    return _keep_addition(report, words, draw_photos(photos, at), by=by, at=at)


@action
def withdraw(report: Report, *, by: Viewer, at: datetime) -> Report:
    """Take back what was said: contact data is destroyed at once, nobody at the office sees the words any more.

    Refuses a viewer without this receipt and a report that was answered, referred or withdrawn before.
    """
    _check_own(by, report)
    locked = _fresh(report)
    destroy_contacts(locked, ConsentEnd.WITHDRAWN, at)
    gone: dict[str, Any] = {
        "contact_handle": "",
        "mail_handle": "",
        "may_unit_call": False,
        "withdrawn_at": at,
    }
    move(report, WITHDRAW, by=by, at=at, **gone)
    schedule.run_soon_after(WITHDRAW.name, at)
    drop_waiting(report)
    forget_recording(report)
    forget_grams(report)
    if locked.state == ReportState.TAKEN:
        notices.to_office_withdrawn(report, at)
    return report


@action
def _keep_addition(
    report: Report, words: str, files: Sequence[StoredFile], *, by: Viewer, at: datetime
) -> ThreadEntry:
    locked = _fresh(report)
    if locked.state not in (*OPEN, ReportState.HELD):
        raise WrongState(_("这件事已经有了答复，不能再补充。还有话要说，请从直报点另写一条。"))
    if ReportPhoto.unscoped.filter(report=report).count() + len(files) > rules.MOST_PHOTOS_IN_ALL:
        raise Refusal(_("这件事的照片已经够多了，最多 %(most)s 张。") % {"most": rules.MOST_PHOTOS_IN_ALL})
    before = ThreadEntry.unscoped.filter(report=report).order_by("-at", "-pk").first()
    if words and not files and before and (before.kind, before.text) == (ThreadKind.ADDITION, words):
        return before
    attach_photos(report, files)
    entry = _say(
        report, ThreadKind.ADDITION, words or _("补了 %(count)s 张照片。") % {"count": len(files)}, at
    )
    record_fact(report, "report.add", by=by, at=at, facts={"photos": len(files), "words": bool(words)})
    if locked.state in OUT_OF_SIGHT and not rules.held_because(words):
        notices.to_office_added(locked, entry.pk, at)
    _mind_the_doors(locked, entry, at)
    return entry


def _say(report: Report, kind: ThreadKind, words: str, at: datetime) -> ThreadEntry:
    entry = ThreadEntry(report=report, kind=kind, text=words, at=at)
    entry.save(force_insert=True)
    return entry


def _mind_the_doors(report: Report, entry: ThreadEntry, at: datetime) -> None:
    """Lock a report away whose later words accuse somebody by name; of one that is joined already, those words alone."""
    put_forward_for_danger(report, entry.text, at)
    because = rules.held_because(entry.text)
    if because and report.state in HOLD.sources:
        lock_away(report, because=because, by=door_keeper(report), at=at)
    elif because and report.state == ReportState.TAKEN:
        lock_words(report, entry, because=because, by=door_keeper(report), at=at)


def _fit(text: str) -> str:
    words = for_storage(text).strip()
    if not words:
        raise Refusal(_("还没写呢。写一句话就行。"))
    over = len(words) - rules.MOST_CHARACTERS
    if over > 0:
        raise Refusal(_("多了 %(over)s 个字。您写的还在，删一删再交。") % {"over": over})
    return words


def _check_own(by: Viewer, report: Report) -> None:
    if not is_own_report(by, report.pk):
        raise NotYours(_("要凭这件事的回执码才能这么做。"))


def _fresh(report: Report) -> Report:
    return Report.unscoped.select_for_update(of=("self",)).select_related("matter").get(pk=report.pk)
