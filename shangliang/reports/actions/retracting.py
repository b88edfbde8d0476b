"""Taking back reports that came with a mistaken import, as long as nobody has done anything with them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from shangliang.foundation.business import action
from shangliang.foundation.moves import move
from shangliang.foundation.viewer import System
from shangliang.reports.actions.erasing import ERASED
from shangliang.reports.models import Channel, Joining, Report, SimilarGram, ThreadEntry
from shangliang.reports.states import RETRACT

AT_ONCE = 100


def untouched_since_import(reports: Sequence[Report]) -> list[Report]:
    """Return those that lie as they came: waiting or held by the doors, nothing said, never joined, not answered."""
    ids = [one.pk for one in reports]
    touched: set[int] = set()
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        touched |= set(ThreadEntry.unscoped.filter(report__in=part).values_list("report_id", flat=True))
        touched |= set(Joining.unscoped.filter(report__in=part).values_list("report_id", flat=True))
    return [
        one
        for one in reports
        if one.channel == Channel.IMPORTED
        and one.state in RETRACT.sources
        and one.first_answered_at is None
        and one.pk not in touched
    ]


@action
def retract_imported(reports: Sequence[Report], *, at: datetime) -> None:
    """Withdraw them and delete their words, so that the same file can be imported again. Call it inside an action."""
    ids = [one.pk for one in reports]
    for start in range(0, len(ids), AT_ONCE):
        SimilarGram.unscoped.filter(report_id__in=ids[start : start + AT_ONCE]).delete()
    for one in reports:
        by = System("undo_import", one.committee_id)
        emptied: dict[str, Any] = dict.fromkeys(ERASED, "")
        move(one, RETRACT, by=by, at=at, **emptied, import_row_digest=None, withdrawn_at=at, erased_at=at)
