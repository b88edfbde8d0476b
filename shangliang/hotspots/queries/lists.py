"""The weeks that were looked at, their topics by heat, and what the season brings back."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from shangliang.foundation.viewer import Viewer
from shangliang.hotspots.models import HotReport, HotTopic, Look, SeasonMatter, SeasonReport, Week
from shangliang.hotspots.permissions import rows_of_office
from shangliang.hotspots.states import HotState
from shangliang.reports.models import Report
from shangliang.reports.permissions import NOT_ON_THE_DESK
from shangliang.reports.states import JOIN

LOOKS_READ = 10  # more than can be open at a time: one for each of the few latest weeks
GONE = Q(report__state__in=NOT_ON_THE_DESK)


def weeks_of(viewer: Viewer) -> QuerySet[Week]:
    """Return the weeks whose list stands, the latest first."""
    return Week.unscoped.filter(rows_of_office(viewer), is_standing=True).order_by("-week_on")


def get_week_for(viewer: Viewer, week_on: date | None) -> Week | None:
    """Return the list of the week of that Monday, or without one the latest; None where there is none."""
    rows = weeks_of(viewer)
    return (rows.filter(week_on=week_on) if week_on else rows).first()


def hot_topics_of(viewer: Viewer, week: Week) -> QuerySet[HotTopic]:
    """Return the topics of a week by falling heat, dressed for a list (see ``_dressed``)."""
    rows = HotTopic.unscoped.filter(rows_of_office(viewer, "week__committee_id"), week=week)
    return dressed_topics(rows).order_by("place_in_list")


def dressed_topics(rows: QuerySet[HotTopic]) -> QuerySet[HotTopic]:
    """Add to hot topics how many reports they have and whether their words may still be shown."""
    return _dressed(rows, HotReport, "hot").select_related("week", "topic")


def seasons_of(viewer: Viewer) -> QuerySet[SeasonMatter]:
    """Return the matters of the season, those that are expected next first."""
    rows = SeasonMatter.unscoped.filter(rows_of_office(viewer))
    return dressed_seasons(rows).order_by("season_on", "pk")


def dressed_seasons(rows: QuerySet[SeasonMatter]) -> QuerySet[SeasonMatter]:
    """Add to matters of the season what ``dressed_topics`` adds to hot topics."""
    return _dressed(rows, SeasonReport, "season").select_related("topic", "committee")


def _dressed(rows: QuerySet[Any], member: Any, name: str) -> QuerySet[Any]:
    """Add ``reports``, ``to_join`` (not raised or joined yet), ``title_stands`` (whoever said it has not taken it back)
    and ``is_touched`` (somebody has).
    """
    mine = member.unscoped.filter(**{name: OuterRef("pk")}).order_by()
    free = (
        mine.filter(report__state__in=JOIN.sources).values(name).annotate(number=Count("pk")).values("number")
    )
    count = mine.values(name).annotate(number=Count("pk")).values("number")
    said_it = Report.unscoped.filter(pk=OuterRef("title_from_id")).exclude(state__in=NOT_ON_THE_DESK)
    return rows.annotate(
        reports=Subquery(count),
        to_join=Coalesce(Subquery(free), 0),
        title_stands=Exists(said_it),
        is_touched=Exists(mine.filter(GONE)),
    )


def chosen(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    """Narrow proposals to one state; an unknown word narrows nothing."""
    return rows.filter(state=state) if state in HotState.values else rows


def counts_by_state(rows: QuerySet[Any]) -> dict[str, int]:
    """Return state → how many of these proposals, every state named; one query."""
    bare = type(rows)(rows.model, using=rows.db).filter(pk__in=rows.order_by().values("pk"))
    counted = dict(bare.values_list("state").annotate(count=Count("pk")))
    return {state: counted.get(state, 0) for state in HotState.values}


def latest_looks(viewer: Viewer) -> tuple[Look | None, Look | None]:
    """Return the look that waits or is under way, and the one that ended last, well or not; one query."""
    latest = list(Look.unscoped.filter(rows_of_office(viewer)).order_by("-pk")[:LOOKS_READ])
    going = next((one for one in latest if one.ended_at is None), None)
    return going, next((one for one in latest if one.ended_at is not None), None)
