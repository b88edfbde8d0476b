"""Which open points have been quiet for long, as the desk sees it."""

from datetime import date, datetime, time

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from shangliang.foundation.ledger import chain_of
from shangliang.foundation.models import LedgerEntry
from shangliang.foundation.moves import subject_of
from shangliang.reports.models import PointCheck, Report, ReportPoint, RetiredCode
from shangliang.reports.permissions import NOT_ON_THE_DESK
from shangliang.reports.states import OPEN_POINT, PointState


def quiet_points(committee_id: int, since: date, point_id: int | None = None) -> list[ReportPoint]:
    """Return open points that opened, got their code and were last answered for on ``since`` or before, without a
    report since and without an open question. For the daily job.

    A report counts as in the lists of the office: a question that stays away must not betray a locked one.
    """
    moment = timezone.make_aware(datetime.combine(since, time.max))
    rows = ReportPoint.unscoped.filter(committee_id=committee_id, state=PointState.OPEN, opened_on__lte=since)
    if point_id:
        rows = rows.filter(pk=point_id)
    quiet = rows.exclude(Exists(_heard_after(moment))).exclude(Exists(_seen_to_after(since)))
    found = list(quiet.exclude(Exists(_new_code_after(moment))).select_related("committee").order_by("pk"))
    again = _reopened_after(committee_id, [subject_of(one) for one in found], moment)
    return [one for one in found if subject_of(one) not in again]


def _heard_after(moment: datetime) -> QuerySet[Report]:
    return Report.unscoped.filter(point=OuterRef("pk"), received_at__gt=moment).exclude(
        state__in=NOT_ON_THE_DESK
    )


def _seen_to_after(since: date) -> QuerySet[PointCheck]:
    mine = PointCheck.unscoped.filter(point=OuterRef("pk"))
    return mine.exclude(answered_on__lte=since)


def _new_code_after(moment: datetime) -> QuerySet[RetiredCode]:
    return RetiredCode.unscoped.filter(point=OuterRef("pk"), retired_at__gt=moment)


def _reopened_after(committee_id: int, subjects: list[str], moment: datetime) -> set[str]:
    """A point that opened again lately has had no time to be heard from."""
    lines = LedgerEntry.unscoped.filter(
        chain=chain_of(committee_id), subject__in=subjects, verb=OPEN_POINT.name, recorded_at__gt=moment
    )
    return set(lines.values_list("subject", flat=True))
