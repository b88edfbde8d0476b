"""From which likeness a committee's desk calls two reports the same, and what its staff did that moves it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from shangliang.analysis import same_matter
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.reports.models import Apart, Joining, Report, Threshold
from shangliang.reports.permissions import NOT_ON_THE_DESK, SEE_THE_BAR
from shangliang.reports.queries.weights import weights_now

STANDARD = same_matter.THRESHOLD
MOST_COUNTED = 1000  # the newest of each kind
FIGURES = ("value", "joined", "parted")


@dataclass(frozen=True)
class Bar:
    """From which likeness on two reports count as the same (0..1), and how many joins and partings moved it there."""

    value: float = STANDARD
    joined: int = 0
    parted: int = 0
    moved_at: datetime | None = None

    @property
    def is_standard(self) -> bool:
        """Tell whether it stands where it stands for everybody at first."""
        return round(self.value, 2) == round(STANDARD, 2)


@dataclass(frozen=True)
class Evidence:
    """Scores (0..1) of pairs the staff of one committee joined and of pairs it took or said apart; no words, no codes."""

    joined: list[float]
    parted: list[float]


def threshold_of(committee_id: int) -> float:
    """Return the likeness from which on reports count as the same at a committee, or the standard one."""
    kept = Threshold.unscoped.filter(committee_id=committee_id).values_list("value", flat=True).first()
    return STANDARD if kept is None else kept


def bar_for(viewer: Viewer) -> Bar:
    """Return where the bar of the viewer's own committee stands; for whoever may not see it, the standard."""
    if not isinstance(viewer, Appointed) or viewer.role not in SEE_THE_BAR:
        return Bar()
    row = Threshold.unscoped.filter(committee_id=viewer.committee_id).first()
    return Bar(row.value, row.joined, row.parted, row.moved_at) if row else Bar()


def bar_columns(committee_id: int) -> dict[str, Subquery]:
    """Return the figures of a committee's bar as annotations, so that rows that are read anyway bring it along."""
    own = Threshold.unscoped.filter(committee_id=committee_id)
    return {f"bar_{name}": Subquery(own.values(name)[:1]) for name in FIGURES}


def bar_of_row(row: object) -> Bar:
    """Return the bar a row annotated with ``bar_columns`` brought along."""
    figures = {name: getattr(row, f"bar_{name}") for name in FIGURES}
    return Bar(**figures) if figures["value"] is not None else Bar()


def evidence_of(committee_id: int) -> Evidence:
    """Return what a committee's staff did since its bar was last put back: for the task that moves it.

    Joined: joins that stand. Parted: joins that were undone or split and not made again, and what was said apart and not
    taken back; one pair counts once, and only with a score of today's weights. Reports that are locked, withdrawn or
    erased count nowhere, nor does what was held against such a one alone.
    """
    kept = Threshold.unscoped.filter(committee_id=committee_id).values_list("counted_from", flat=True).first()
    joined = _standing(_joins_of(committee_id).filter(_since("joined_at", kept)))
    undone = _undone_for_good(_joins_of(committee_id).filter(_since("undone_at", kept)))
    apart = _apart_of(committee_id).filter(_since("said_at", kept))
    pairs = {
        (report, matter): score
        for rows, matter in ((undone, "to_matter_id"), (apart, "matter_id"))
        for report, matter, score in rows.values_list("report_id", matter, "score")[:MOST_COUNTED]
    }
    scores = joined.values_list("score", flat=True)[:MOST_COUNTED]
    return Evidence([one for one in scores if one is not None], [*pairs.values()][:MOST_COUNTED])


def committees_that_moved() -> list[int]:
    """Return the committees whose staff joined, undid or parted anything, or that have a bar of their own: for the task."""
    asked = (
        Joining.unscoped.exclude(score=None).values_list("report__committee_id", flat=True),
        Apart.unscoped.values_list("report__committee_id", flat=True),
        Threshold.unscoped.values_list("committee_id", flat=True),
    )
    return sorted({pk for rows in asked for pk in rows.order_by().distinct()})


def _since(column: str, moment: datetime | None) -> Q:
    return Q(**{f"{column}__gt": moment}) if moment else Q(**{f"{column}__isnull": False})


def _joins_of(committee_id: int) -> QuerySet[Joining]:
    rows = Joining.unscoped.filter(
        report__committee_id=committee_id, score__isnull=False, weights=weights_now()
    )
    return rows.exclude(report__state__in=NOT_ON_THE_DESK)


def _standing(rows: QuerySet[Joining]) -> QuerySet[Joining]:
    return rows.filter(undone_at=None).order_by("-joined_at", "-pk")


def _undone_for_good(rows: QuerySet[Joining]) -> QuerySet[Joining]:
    """Keep joins that were undone and not made again, into matters somebody still speaks of."""
    again = Joining.unscoped.filter(
        report=OuterRef("report"), to_matter=OuterRef("to_matter"), undone_at=None
    )
    return rows.filter(~Exists(again), is_spoken_of("to_matter_id")).order_by("-undone_at", "-pk")


def _apart_of(committee_id: int) -> QuerySet[Apart]:
    rows = Apart.unscoped.filter(report__committee_id=committee_id, undone_at=None, weights=weights_now())
    rows = rows.exclude(report__state__in=NOT_ON_THE_DESK).filter(is_spoken_of("matter_id"))
    return rows.order_by("-said_at", "-pk")


def is_spoken_of(column: str) -> Q:
    """Keep rows whose matter somebody speaks of whom the desk may show: in it, or begun as it and joined elsewhere."""
    return Q(Exists(reports_in(column))) | Q(Exists(begun_as(column)))


def reports_in(column: str) -> QuerySet[Report]:
    """Return the reports in the matter a column names that the desk may show."""
    return (
        Report.unscoped.filter(matter_id=OuterRef(column)).exclude(state__in=NOT_ON_THE_DESK).order_by("pk")
    )


def begun_as(column: str) -> QuerySet[Joining]:
    """Return the joins by which reports left the matter a column names, each its own at first, for another."""
    rows = Joining.unscoped.filter(from_matter_id=OuterRef(column), undone_at=None)
    return rows.exclude(report__state__in=NOT_ON_THE_DESK).order_by("pk")
