"""The index of similar texts: what may be shown beside a report stands in it, and nothing else does."""

from collections import defaultdict

from shangliang.foundation.business import action
from shangliang.reports.actions.locking import forget_grams
from shangliang.reports.actions.receiving import grams_of
from shangliang.reports.models import Report, SimilarGram
from shangliang.reports.queries.similar import JOINABLE

AT_ONCE = 100


def index_again(report: Report) -> None:
    """Put a report that can be joined again back into the index. Call it inside an action."""
    forget_grams(report)
    SimilarGram.unscoped.bulk_create(grams_of(report))


def mend_index(after: int) -> tuple[int, int, int]:
    """Bring the next hundred reports after an id in line with the index; write only what differs.

    Return (the last id looked at, or 0 at the end; reports looked at; reports whose rows were wrong). Broken off, it
    goes on wherever it is begun again.
    """
    reports = list(Report.unscoped.filter(pk__gt=after).order_by("pk")[:AT_ONCE])
    if not reports:
        return 0, 0, _drop_beyond(after)
    wanted = {one.pk: _grams_wanted(one) for one in reports}  # the slow part, outside the transaction
    return reports[-1].pk, len(reports), _write(after, reports[-1].pk, wanted, reports)


def _grams_wanted(report: Report) -> set[int]:
    return {row.gram for row in grams_of(report)} if report.state in JOINABLE else set()


@action
def _write(after: int, last: int, wanted: dict[int, set[int]], reports: list[Report]) -> int:
    """Replace the rows of reports that have others than they should, and drop those of reports that are gone."""
    held = defaultdict(list)
    rows = SimilarGram.unscoped.filter(report_id__gt=after, report_id__lte=last)
    for pk, gram in rows.values_list("report_id", "gram"):
        held[pk].append(gram)
    gone = held.keys() - wanted.keys()
    wrong = [one for one in reports if sorted(held[one.pk]) != sorted(wanted[one.pk])]
    if not gone and not wrong:
        return 0
    SimilarGram.unscoped.filter(report_id__in=[*gone, *(one.pk for one in wrong)]).delete()
    SimilarGram.unscoped.bulk_create(
        SimilarGram(committee_id=one.committee_id, gram=gram, report_id=one.pk)
        for one in _still_as_read(wrong)
        for gram in sorted(wanted[one.pk])
    )
    return len(gone) + len(wrong)


def _still_as_read(reports: list[Report]) -> list[Report]:
    """Somebody may have answered or withdrawn one since it was read: its state now decides."""
    rows = Report.unscoped.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in reports])
    now = dict(rows.order_by("pk").values_list("pk", "state"))
    return [one for one in reports if now.get(one.pk) in JOINABLE]


@action
def _drop_beyond(last: int) -> int:
    """Drop what is left behind the last report."""
    rows = SimilarGram.unscoped.filter(report_id__gt=last)
    if not rows.exists() or Report.unscoped.filter(pk__gt=last).exists():
        return 0
    deleted: int = rows.delete()[0]
    return deleted
