"""One proposal, hot topic or matter of the season: its reports, what became of them already, what may be done."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from shangliang.foundation.viewer import Viewer
from shangliang.hotspots.models import HotReport, HotTopic, SeasonMatter, SeasonReport
from shangliang.hotspots.permissions import rows_of_office
from shangliang.hotspots.queries.lists import dressed_seasons, dressed_topics
from shangliang.reports.models import Channel, Matter, Report
from shangliang.reports.queries import matters_free_for_topics, matters_seen_by, reports_seen_by
from shangliang.reports.states import JOIN, MatterState
from shangliang.topics.models import Topic, TopicMatter
from shangliang.topics.queries import topics_seen_by
from shangliang.topics.states import TopicState

Proposed = HotTopic | SeasonMatter


class Held(NamedTuple):
    """What a proposal has become already: standing matters, and topics that hold one of them."""

    matters: list[Matter]
    topics: list[Topic]

    @property
    def is_free(self) -> bool:
        """Tell whether one of the matters waits for a topic."""
        return any(one.state == MatterState.GATHERED for one in self.matters)


def get_proposed_for(viewer: Viewer, code: str) -> Proposed | None:
    """Return the hot topic or matter of the season of that code, dressed, or None."""
    hot = HotTopic.unscoped.filter(rows_of_office(viewer, "week__committee_id"), code=code)
    season = SeasonMatter.unscoped.filter(rows_of_office(viewer), code=code)
    return dressed_topics(hot).select_related("week__committee").first() or dressed_seasons(season).first()


def members_of(one: Proposed) -> QuerySet[Any]:
    """Return the rows that tie reports to a proposal, the most central first. For actions and queries, never for a page."""
    if isinstance(one, HotTopic):
        return HotReport.unscoped.filter(hot=one).order_by("pk")
    return SeasonReport.unscoped.filter(season=one).order_by("pk")


def reports_of(viewer: Viewer, one: Proposed) -> QuerySet[Report]:
    """Return the reports of a proposal that the viewer may see today, the latest first."""
    rows = reports_seen_by(viewer).filter(pk__in=members_of(one).order_by().values("report_id"))
    return rows.select_related("area", "matter", "committee").order_by("-happened_on", "-pk")


def central_reports_of(viewer: Viewer, one: Proposed, most: int) -> list[Report]:
    """Return the most central reports of a proposal whose words may still be read, at most so many."""
    ids = list(members_of(one).values_list("report_id", flat=True))
    open_now = set(reports_of(viewer, one).order_by().values_list("pk", flat=True))
    wanted = [pk for pk in ids if pk in open_now][:most]
    found = {row.pk: row for row in reports_of(viewer, one).filter(pk__in=wanted)}
    return [found[pk] for pk in wanted if pk in found]


def reports_to_join(viewer: Viewer, one: Proposed) -> QuerySet[Report]:
    """Return the reports of a proposal that nobody has raised or joined yet and that may be joined."""
    return reports_of(viewer, one).filter(state__in=JOIN.sources).order_by("pk")


def free_matters_of(viewer: Viewer, one: Proposed) -> QuerySet[Matter]:
    """Return the standing matters of a proposal's reports that no topic holds."""
    spoken = reports_of(viewer, one).order_by().values("matter_id")
    return matters_free_for_topics(viewer).filter(committee_id=one.committee_id, pk__in=spoken)


def sources_of(viewer: Viewer, one: Proposed) -> tuple[int, int]:
    """Return how many reports of a proposal were imported, and how many were said here."""
    counted = reports_of(viewer, one).order_by().aggregate(
        imported=Count("pk", filter=Q(channel=Channel.IMPORTED)), every=Count("pk")
    )  # fmt: skip
    return counted["imported"], counted["every"] - counted["imported"]


def already(viewer: Viewer, proposed: Iterable[Proposed]) -> dict[int, Held]:
    """Return for each proposal (all of one kind) what it has become already; three queries however many there are."""
    rows = list(proposed)
    pairs = _matters_of_each(viewer, rows)
    matters = _standing(viewer, {pk for _one, pk in pairs})
    topics = _topics_on(viewer, set(matters))
    held = {one.pk: Held([], []) for one in rows}
    for one, pk in pairs:
        if pk in matters:
            held[one].matters.append(matters[pk])
            held[one].topics.extend(topic for topic in topics.get(pk, []) if topic not in held[one].topics)
    return held


def _matters_of_each(viewer: Viewer, rows: list[Proposed]) -> list[tuple[int, int]]:
    """Return (proposal, matter) of every report that may be seen, each once."""
    if not rows:
        return []
    hot = isinstance(rows[0], HotTopic)
    members: QuerySet[Any] = HotReport.unscoped.all() if hot else SeasonReport.unscoped.all()
    name = "hot_id" if hot else "season_id"
    wanted = members.filter(
        **{f"{name}__in": [one.pk for one in rows]}, report__in=reports_seen_by(viewer)
    ).exclude(report__matter__state=MatterState.UNSCREENED)
    return list(wanted.order_by(name, "report__matter_id").values_list(name, "report__matter_id").distinct())


def _standing(viewer: Viewer, ids: set[int]) -> dict[int, Matter]:
    rows = matters_seen_by(viewer).filter(pk__in=ids)
    return {one.pk: one for one in rows}


def _topics_on(viewer: Viewer, matters: set[int]) -> dict[int, list[Topic]]:
    """Return matter → the topics that hold it now or talked about it, those that fell away left out."""
    seen = topics_seen_by(viewer).order_by().values("pk")
    ties = TopicMatter.unscoped.filter(matter_id__in=matters, topic__in=seen).select_related("topic")
    found: dict[int, list[Topic]] = {}
    for tie in ties.exclude(topic__state=TopicState.NOT_TAKEN).order_by("-topic_id"):
        found.setdefault(tie.matter_id, []).append(tie.topic)
    return found
