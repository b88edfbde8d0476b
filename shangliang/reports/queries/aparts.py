"""What somebody said of a report and a matter beside it: not the same; to be shown where it can be taken back."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from shangliang.analysis.redact import hide_private
from shangliang.foundation.viewer import Viewer
from shangliang.reports.models import Apart, Report
from shangliang.reports.queries.reports import reports_seen_by
from shangliang.reports.queries.thresholds import begun_as, is_spoken_of, reports_in
from shangliang.reports.states import MatterState

MOST_SHOWN = 20
FIRST_WORDS = 60


@dataclass(frozen=True)
class SaidApart:
    """One other matter or report: its code, its name or first words with private data hidden, and when it was said."""

    apart: Apart
    key: str
    words: str
    said_at: datetime


def aparts_of(viewer: Viewer, report: Report) -> list[SaidApart]:
    """Return up to twenty others that a report was said not to be the same as, latest first; one query.

    Whichever of the two was open when it was said. What the desk may not show any more is not among them.
    """
    return [_shown(one, report) for one in _rows(viewer, report)[:MOST_SHOWN]]


def apart_of(viewer: Viewer, report: Report, key: str) -> Apart | None:
    """Return what was said of a report and the other of this code, or None."""
    return next((one.apart for one in aparts_of(viewer, report) if one.key == key), None)


def has_aparts() -> Q:
    """Tell of the reports of a list whether anything was said of them that is to be asked for."""
    standing = Apart.unscoped.filter(undone_at=None)
    mine, there = standing.filter(report=OuterRef("pk")), standing.filter(matter=OuterRef("matter_id"))
    return Q(Exists(mine)) | Q(Exists(there))


def _rows(viewer: Viewer, report: Report) -> QuerySet[Apart]:
    said = Q(report=report.pk) | Q(matter=report.matter_id)
    rows = Apart.unscoped.filter(said, undone_at=None, report__in=reports_seen_by(viewer))
    spoken = {
        name: Coalesce(
            Subquery(reports_in("matter_id").values(name)[:1]),
            Subquery(begun_as("matter_id").values(f"report__{name}")[:1]),
        )
        for name in ("title", "text")
    }
    there = {f"there_{name}": said for name, said in spoken.items()}
    rows = rows.filter(is_spoken_of("matter_id")).select_related("matter", "report__committee")
    return rows.annotate(**there).order_by("-said_at", "-pk")


def _shown(apart: Apart, report: Report) -> SaidApart:
    if apart.report_id != report.pk:
        key, words = apart.report.code, apart.report.title or apart.report.text
    elif apart.matter.state != MatterState.UNSCREENED and apart.matter.title:
        return SaidApart(apart, apart.matter.code, apart.matter.title, apart.said_at)
    else:
        key, words = apart.matter.code, apart.there_title or apart.there_text  # type: ignore[attr-defined]
    return SaidApart(apart, key, hide_private(words[:FIRST_WORDS])[0], apart.said_at)
