"""What everybody may read: published versions of pages, and the points where one can speak. All of it is public."""

from collections.abc import Iterator

from django.db.models import Count, QuerySet

from shangliang.foundation.models import Publication
from shangliang.foundation.states import PublicationState
from shangliang.reports.models import ReportPoint
from shangliang.reports.states import PointState

AT_ONCE = 100
KINDS = ("matter", "topic")


def latest_pages(committee_id: int, *kinds: str, words: str = "") -> QuerySet[Publication]:
    """Return the standing pages of a committee, the latest first; ``words`` must be in the title.

    A page whose latest version was taken down is down: an earlier version does not come up in its place.
    """
    rows = Publication.unscoped.filter(
        committee_id=committee_id, kind__in=kinds or KINDS, state=PublicationState.PUBLISHED, replaced_at=None
    )
    if words:
        rows = rows.filter(title__icontains=words)
    return rows.order_by("-published_at", "-id")


def every_standing_page(kind: str) -> Iterator[Publication]:
    """Yield the standing pages of one kind in every committee, a hundred at a time: for work on all of them."""
    rows = Publication.unscoped.filter(kind=kind, state=PublicationState.PUBLISHED, replaced_at=None)
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        yield from batch
        last = batch[-1].pk


def versions_of(committee_id: int, subject: str) -> QuerySet[Publication]:
    """Return every version of a page that was ever public, without its content, the latest first.

    Each has ``readers``, how many reviewed it. A withdrawn one has its reason and nothing else to show.
    """
    rows = Publication.unscoped.filter(committee_id=committee_id, subject=subject, published_at__isnull=False)
    return rows.annotate(readers=Count("reviews")).defer("content").order_by("-pk")


def whole_page(committee_id: int, code: str) -> Publication | None:
    """Return one published version with its content, or None."""
    rows = Publication.unscoped.filter(committee_id=committee_id, state=PublicationState.PUBLISHED)
    return rows.filter(code=code).first()


def open_points(committee_id: int) -> QuerySet[ReportPoint]:
    """Return the open report points of a committee by name."""
    rows = ReportPoint.unscoped.filter(committee_id=committee_id, state=PointState.OPEN)
    return rows.select_related("area").order_by("name", "pk")
