"""Added words that accuse somebody by name in a report that is joined already: those words alone are locked."""

from datetime import datetime

from django.utils.translation import gettext as _

from shangliang.foundation import roles
from shangliang.foundation.business import action
from shangliang.foundation.moves import check_role, record_fact
from shangliang.foundation.refusals import AlreadyDone
from shangliang.foundation.viewer import Viewer
from shangliang.reports import notices
from shangliang.reports.actions.readings import record_reading
from shangliang.reports.actions.screening import check_reach, tell
from shangliang.reports.models import Report, ThreadEntry, ThreadKind


@action
def lock_words(report: Report, entry: ThreadEntry, *, because: str, by: Viewer, at: datetime) -> ThreadEntry:
    """Keep one added line for the officers and the person who wrote it; both sides read that it lies there."""
    entry.is_locked = True
    entry.save(update_fields=["is_locked"])
    record_fact(report, "report.lock_words", by=by, at=at, facts={"because": because})
    tell(report, ThreadKind.NOTICE, notices.words_locked(), by=by, at=at)
    notices.to_officers_words(report, entry.pk, at)
    return entry


@action
def release_words(entry: ThreadEntry, *, by: Viewer, at: datetime) -> ThreadEntry:
    """Let the office read an added line that was locked by mistake. Refuses all but the officers, and a second time."""
    check_role(by, (roles.OFFICER,))
    check_reach(by, entry.report)
    locked = ThreadEntry.unscoped.select_for_update(of=("self",)).select_related("report").get(pk=entry.pk)
    if not locked.is_locked:
        raise AlreadyDone(_("这一句已经放回去了。"))
    locked.is_locked = False
    locked.save(update_fields=["is_locked"])
    record_reading(locked.report, by=by, at=at)
    record_fact(locked.report, "report.release_words", by=by, at=at)
    tell(locked.report, ThreadKind.NOTICE, notices.words_released(), by=by, at=at)
    notices.to_office_added(locked.report, locked.pk, at)
    return locked
