"""The locked queue: what the two named officers may do with a report that accuses a named person. Nothing else."""

from datetime import datetime

from shangliang.foundation.business import action
from shangliang.foundation.moves import check_role, move
from shangliang.foundation.viewer import Viewer
from shangliang.reports.actions.locking import forget_grams
from shangliang.reports.actions.readings import record_reading
from shangliang.reports.actions.receiving import grams_of
from shangliang.reports.actions.screening import check_reach, tell
from shangliang.reports.actions.wording import said
from shangliang.reports.models import Report, SimilarGram, ThreadKind
from shangliang.reports.states import RELEASE, TURN_AWAY


@action
def release(report: Report, *, by: Viewer, at: datetime) -> Report:
    """Put a false alarm back on the desk; from then on it is matched like any other."""
    check_role(by, RELEASE.roles)
    check_reach(by, report)
    record_reading(report, by=by, at=at)
    released = move(report, RELEASE, by=by, at=at, held_because="")
    forget_grams(report)
    SimilarGram.unscoped.bulk_create(grams_of(report))
    return released


@action
def turn_away(report: Report, *, words: str, by: Viewer, at: datetime) -> Report:
    """Tell the reporter where to turn; the report stays locked. Refuses without words."""
    check_role(by, TURN_AWAY.roles)
    check_reach(by, report)
    tell(report, ThreadKind.REPLY, said(words), by=by, at=at)
    first_answered_at = report.first_answered_at or at
    return move(report, TURN_AWAY, by=by, at=at, first_answered_at=first_answered_at)
