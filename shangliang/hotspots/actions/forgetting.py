"""What somebody took back is not read here any more: titles go to others' words, places and citations are struck out."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Q

from shangliang.foundation.business import action
from shangliang.foundation.erasing import empty_the_log
from shangliang.foundation.viewer import System
from shangliang.hotspots.actions.batches import AT_ONCE
from shangliang.hotspots.actions.seasons import title_of
from shangliang.hotspots.models import Citation, HotReport, HotTopic, SeasonMatter, SeasonReport
from shangliang.hotspots.queries.one import Proposed, members_of
from shangliang.hotspots.rules import without_words
from shangliang.reports.models import Report
from shangliang.reports.permissions import NOT_ON_THE_DESK
from shangliang.topics.actions import strike_out

GONE = Q(report__state__in=NOT_ON_THE_DESK)


def forget_taken_back(at: datetime) -> int:
    """Strike out what was taken back, locked or erased since: at most a hundred rows in a transaction. Return how many."""
    gone = 0
    while batch := _forget_reports(HotReport, "hot") + _forget_reports(SeasonReport, "season"):
        gone += batch
    while batch := _forget_citations(at):
        gone += batch
    if gone:
        empty_the_log()
    return gone


@action
def _forget_reports(member: Any, name: str) -> int:
    """Untie reports whose words may not be read any more; what they lent to a title or to the places goes with them."""
    batch = list(member.unscoped.filter(GONE).select_related("report", name).order_by("pk")[:AT_ONCE])
    for one in batch:
        proposed = getattr(one, name)
        one.delete()
        _without(proposed, one.report)
    return len(batch)


def _without(one: Proposed, report: Report) -> None:
    rows = members_of(one).exclude(GONE).select_related("report")
    changes: list[str] = []
    if one.title_from_id in (None, report.pk):
        first = rows.exclude(report_id__in=_names_others(one)).first()
        one.title_from = first.report if first else None
        one.title = title_of(first.report) if first else ""
        changes += ["title", "title_from"]
    if isinstance(one, HotTopic) and one.places:
        one.places = [place for place in one.places if _is_named(place, rows)]
        changes.append("places")
    if changes:
        one.save(update_fields=changes)


def _names_others(one: Proposed) -> Any:
    """Return the reports other matters of the same weeks are called by: each matter of a season has its own."""
    if isinstance(one, HotTopic):
        return ()
    same = SeasonMatter.unscoped.filter(committee_id=one.committee_id, season_on=one.season_on)
    return same.exclude(pk=one.pk).exclude(title_from=None).values("title_from_id")


def _is_named(place: str, rows: Any) -> bool:
    """Tell whether somebody whose words may be read names a place too."""
    spoken = Q(report__place__icontains=place) | Q(report__title__icontains=place)
    return bool(rows.filter(spoken | Q(report__text__icontains=place) | Q(report__area__name=place)).exists())


@action
def _forget_citations(at: datetime) -> int:
    """Strike words that may not be read any more out of the topics they were cited in: members read those too."""
    rows = Citation.unscoped.filter(GONE).select_related("topic", "report")
    batch = list(rows.order_by("pk")[:AT_ONCE])
    for one in batch:
        by = System("hotspots.forget", one.report.committee_id)
        strike_out(one.topic, partial(without_words, words=one.words), by=by, at=at)
        one.delete()
    return len(batch)
