"""Questions nobody answered: after some days we go on without, and say so to both sides."""

from datetime import date, datetime, timedelta

from django.db.models import OuterRef, Subquery

from shangliang.foundation.business import action
from shangliang.foundation.moves import move
from shangliang.foundation.viewer import System
from shangliang.people.queries import all_committees, setting
from shangliang.reports import notices
from shangliang.reports.actions.screening import tell
from shangliang.reports.models import Report, ThreadEntry, ThreadKind
from shangliang.reports.states import NO_REPLY, ReportState

AT_ONCE = 100


def go_on_without_answers(today: date, at: datetime) -> int:
    """Put reports back on the desk whose reporter did not answer within the committee's days. Return how many.

    The days are counted from the last question, at most 100 reports in a transaction.
    """
    gone_on = 0
    for committee in all_committees():
        days = setting(committee.pk, "ask_wait_days")
        while batch := _go_on(committee.pk, today - timedelta(days=days), days, at):
            gone_on += batch
    return gone_on


@action
def _go_on(committee_id: int, last: date, days: int, at: datetime) -> int:
    asked = ThreadEntry.unscoped.filter(report=OuterRef("pk"), kind=ThreadKind.QUESTION, undone_at=None)
    latest = asked.order_by("-at", "-pk")
    rows = (
        Report.unscoped.select_for_update(of=("self",))
        .filter(committee_id=committee_id, state=ReportState.ASKED)
        .annotate(question=Subquery(latest.values("pk")[:1]), asked_at=Subquery(latest.values("at")[:1]))
        .annotate(asked_by=Subquery(latest.values("appointment")[:1]))
        .filter(asked_at__date__lte=last)
        .select_related("committee", "matter")
        .order_by("pk")
    )
    batch = list(rows[:AT_ONCE])
    by = System("reports.go_on_without", committee_id)
    for report in batch:
        move(report, NO_REPLY, by=by, at=at)
        tell(report, ThreadKind.NOTICE, notices.went_on_without(days), by=by, at=at)
        notices.to_office_no_reply(report, report.question, report.asked_by, at)
    return len(batch)
