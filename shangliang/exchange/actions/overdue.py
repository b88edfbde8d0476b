"""Telling the office what another system has not answered in time."""

from collections import Counter
from datetime import date, datetime

from shangliang.exchange import notices
from shangliang.exchange.models import Transfer
from shangliang.exchange.states import WITH_THEM
from shangliang.foundation.business import action
from shangliang.reports.permissions import NOT_ON_THE_DESK


@action
def tell_overdue(day: date, at: datetime) -> int:
    """Tell the clerks of each committee, once for each system and day of answer that has passed. Return how many groups."""
    rows = Transfer.unscoped.filter(state__in=WITH_THEM, due_on__lt=day, system__is_used=True)
    rows = rows.exclude(report__state__in=NOT_ON_THE_DESK).select_related("system")
    groups = Counter((one.system, one.due_on) for one in rows.order_by("pk"))
    for (system, due_on), count in groups.items():
        if due_on:
            notices.to_office_overdue(system, due_on, count, at)
    return len(groups)
