"""What was said in a committee up to a day, as the weekly look gets it. For the look alone, never for a page."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet

from shangliang.foundation.viewer import System
from shangliang.hotspots.looking import Spoken
from shangliang.reports.models import Lane, Report
from shangliang.reports.permissions import NOT_ON_THE_DESK
from shangliang.reports.queries import reports_seen_by
from shangliang.reports.states import ReportState

AT_ONCE = 2000


def spoken_until(by: System, day: date) -> QuerySet[Report]:
    """Return the reports a look may read: on the desk, with words, about a day up to ``day``.

    Left out are locked and withdrawn ones, and those laid apart because of how they came until somebody put them into
    the queue.
    """
    rows = reports_seen_by(by).filter(happened_on__lte=day, erased_at=None)
    rows = rows.exclude(state__in=NOT_ON_THE_DESK).exclude(lane=Lane.ASIDE)
    return rows.exclude(Q(text="") & Q(title="")).order_by("pk")


def said_until(by: System, day: date) -> Iterator[Spoken]:
    """Yield what was said, in the order it came. ``who`` numbers the aliases of imports anew in each look."""
    people: dict[str, int] = {}
    columns = (
        "pk", "import_alias", "happened_on", "title", "text", "place", "area__name", "state", "matter_id",
        "matter__category_id", "area_id",
    )  # fmt: skip
    for row in spoken_until(by, day).values_list(*columns).iterator(chunk_size=AT_ONCE):
        pk, alias, on, title, text, place, area, state, matter, category, area_id = row
        yield Spoken(
            key=pk,
            who=people.setdefault(alias, len(people) + 1) if alias else None,
            on=on,
            title=title,
            body=text,
            place=place or area or "",
            group=matter if state == ReportState.TAKEN else None,
            kind=f"k{category}:{area_id}" if category else None,
        )
