"""Reports that were set aside for how they came: the office looks and puts the genuine ones into the queue."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from shangliang.foundation import roles
from shangliang.foundation.business import action
from shangliang.foundation.moves import check_role, record_fact
from shangliang.foundation.refusals import Refusal
from shangliang.foundation.viewer import Viewer
from shangliang.reports import rules
from shangliang.reports.actions.locking import door_keeper
from shangliang.reports.actions.screening import MOST_AT_ONCE, check_reach
from shangliang.reports.models import Report
from shangliang.reports.permissions import NOT_ON_THE_DESK


@action
def put_in_queue(reports: Iterable[Report], *, by: Viewer, at: datetime) -> list[Report]:
    """Put reports that were set aside into the ordinary queue: the office says they are genuine. Return those put.

    Nothing else about them changes: clock, receipt and matter were theirs from the first moment. One that somebody has
    put there meanwhile, and one locked or withdrawn meanwhile, is left alone. Refuses more than 100 at once, and (NotYours)
    other roles and committees out of reach.
    """
    check_role(by, roles.OFFICE)
    wanted = {one.pk for one in reports}
    if len(wanted) > MOST_AT_ONCE:
        raise Refusal(_("一次最多选 100 条。"))
    apart = Report.unscoped.filter(pk__in=wanted).exclude(set_aside="").exclude(state__in=NOT_ON_THE_DESK)
    rows = list(
        apart.select_for_update(of=("self",)).select_related("committee", "matter", "area").order_by("pk")
    )
    for one in rows:
        check_reach(by, one)
    for one in rows:
        _put(one, by, at)
    return rows


def put_forward_for_danger(report: Report, words: str, at: datetime) -> None:
    """Put a report that lies apart into the queue when later words of its reporter speak of danger. Inside an action."""
    if report.set_aside and rules.danger_of(words):
        _put(report, door_keeper(report), at)


def _put(report: Report, by: Viewer, at: datetime) -> None:
    because, report.set_aside = report.set_aside, ""
    report.save(update_fields=["set_aside"])
    record_fact(report, "report.put_in_queue", by=by, at=at, facts={"because": because})
