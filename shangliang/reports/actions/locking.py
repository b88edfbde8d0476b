"""The locked queue: a report two named officers alone may see."""

from datetime import datetime

from shangliang.foundation import schedule
from shangliang.foundation.business import action
from shangliang.foundation.moves import move
from shangliang.foundation.viewer import System, Viewer
from shangliang.reports import notices
from shangliang.reports.models import Report, SimilarGram
from shangliang.reports.states import HOLD


@action
def lock_away(report: Report, *, because: str, by: Viewer, at: datetime) -> Report:
    """Move a waiting report to the locked queue: out of the index of similar texts, the officers told.

    What later stages keep of its words is struck out in the worker's next round.

    ``because`` is one of the reasons of ``rules.held_because``, or the office's own word. Refuses a report that is
    past screening.
    """
    move(report, HOLD, by=by, at=at, facts={"because": because}, held_because=because[:20])
    forget_grams(report)
    notices.to_officers(report, at)
    schedule.run_soon_after(HOLD.name, at)
    return report


def door_keeper(report: Report) -> System:
    """Return the viewer in whose name the door rules hold a report."""
    return System("report_doors", report.committee_id)


def forget_grams(report: Report) -> None:
    """Take a report out of the index of similar texts. Call it inside an action."""
    SimilarGram.unscoped.filter(report_id=report.pk).delete()
