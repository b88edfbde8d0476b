"""A referred report that the other side does not take, or that is not handed over after all, waits on the desk again."""

from datetime import datetime

from shangliang.foundation.business import action
from shangliang.foundation.moves import move
from shangliang.foundation.viewer import System, Viewer
from shangliang.reports.actions.indexing import index_again
from shangliang.reports.actions.screening import check_reach, tell
from shangliang.reports.models import Report, ThreadKind
from shangliang.reports.states import COME_BACK


@action
def come_back(report: Report, *, words: str, by: Viewer, at: datetime) -> Report:
    """Put a referred report back on the desk; its reporter reads ``words``. What was answered and when stays as it was.

    The move is the program's, on behalf of the act on the transfer (``by``) that the ledger names beside it. Refuses a
    report that is not referred.
    """
    check_reach(by, report)
    tell(report, ThreadKind.NOTICE, words, by=by, at=at)
    task = System("transfer_returned", report.committee_id)
    back = move(report, COME_BACK, by=task, at=at, referred_to="", referred_number="")
    index_again(report)
    return back
