"""What a look saw is written beside the list that stands, a hundred rows at a time, and takes its place in one step."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from shangliang.analysis.redact import hide_private
from shangliang.foundation.business import action
from shangliang.foundation.codes import short_code
from shangliang.foundation.moves import move, record_fact
from shangliang.foundation.viewer import System
from shangliang.hotspots import rules
from shangliang.hotspots.actions.batches import AT_ONCE, in_batches
from shangliang.hotspots.models import HotReport, HotTopic, Week
from shangliang.hotspots.queries.said import spoken_until
from shangliang.hotspots.states import HOT_STILL_ASIDE, HOT_STILL_TAKEN, HotState
from shangliang.people.models import Committee
from shangliang.topics.states import TopicState

METHOD = "pairs-1"
LONGEST_TITLE = 80
KEPT_FOR = timedelta(days=1)  # a list that was replaced: somebody may still have it open


def store_week(
    committee: Committee, week_on: date, seen: dict[str, Any], *, seconds: float, by: System, at: datetime
) -> Week:
    """Write the list of a week and let it stand in place of an earlier look at the same week. Return it.

    What the office decided about the same matters in the list before is remembered. Broken off at any point, the
    earlier list goes on standing.
    """
    _sweep(committee, at)
    week = Week(
        committee=committee, week_on=week_on, method=METHOD, texts=seen["texts"], matters=seen["matters"],
        seconds=round(seconds, 2), computed_at=at,
    )  # fmt: skip
    week.save(force_insert=True)
    topics = _write_topics(week, seen["topics"])
    _write_reports(week, topics, seen["topics"], by)
    _stand(week, topics, by=by, at=at)
    return week


def hidden_title(words: str) -> str:
    """Return words fit for a title: private data hidden, at most eighty characters, no mark cut in two."""
    hidden = hide_private(words)[0]
    if len(hidden) <= LONGEST_TITLE:
        return hidden
    cut = hidden[: LONGEST_TITLE - 1]
    return cut[: cut.rfind("【")] + "…" if cut.rfind("【") > cut.rfind("】") else cut + "…"


def _write_topics(week: Week, seen: Sequence[dict[str, Any]]) -> list[HotTopic]:
    before = _list_before(week)
    places = {at: before[was][0].place_in_list for at, was in _same(seen, before).items()}
    rows = [
        HotTopic(
            week=week, place_in_list=at + 1, place_before=places.get(at), code=f"H{short_code(10)}",
            title=hidden_title(one["title"]), title_from_id=one["title_of"], heat=one["heat"],
            people=one["people"], weeks_spoken=one["weeks_spoken"], growth=one["growth"],
            since=date.fromisoformat(one["since"]), until=date.fromisoformat(one["until"]),
            places=[hide_private(place)[0] for place in one["places"]], by_week=one["by_week"],
        )
        for at, one in enumerate(seen)
    ]  # fmt: skip
    for batch in in_batches(rows):
        HotTopic.unscoped.bulk_create(batch)
    return rows


def _write_reports(
    week: Week, topics: Sequence[HotTopic], seen: Sequence[dict[str, Any]], by: System
) -> None:
    """Tie the reports to their topics, but for those that were taken back or locked while the look went on."""
    pairs = ((hot, key) for hot, one in zip(topics, seen, strict=True) for key in one["keys"])
    gone: dict[int, HotTopic] = {}
    for batch in in_batches(pairs):
        standing = spoken_until(by, date.max).filter(pk__in=[key for _hot, key in batch])
        open_now = set(standing.values_list("pk", flat=True))
        HotReport.unscoped.bulk_create(
            HotReport(week=week, hot=hot, report_id=key) for hot, key in batch if key in open_now
        )
        gone |= {key: hot for hot, key in batch if key not in open_now}
    for key, hot in gone.items():
        _unsay(hot, key)


def _unsay(hot: HotTopic, key: int) -> None:
    """Leave of a topic nothing a report that is gone may have lent it: no row ties it, so nobody would find it later."""
    hot.places = []
    if hot.title_from_id == key:
        hot.title, hot.title_from = "", None
    hot.save(update_fields=["places", "title", "title_from"])


@action
def _stand(week: Week, topics: Sequence[HotTopic], *, by: System, at: datetime) -> None:
    """Let the new list stand: the earlier look at this week steps back, and what was decided is remembered."""
    piles = _piles(topics)
    for before in (_list_of(_standing(week)), _list_before(week)):
        for now, was in rules.same_in_both(piles, [keys for _hot, keys in before]).items():
            _remember(topics[now], before[was][0], by=by, at=at)
    Week.unscoped.filter(committee_id=week.committee_id, week_on=week.week_on, is_standing=True).update(
        is_standing=False
    )
    week.is_standing = True
    week.save(update_fields=["is_standing"])
    facts = {"texts": week.texts, "matters": week.matters, "topics": len(topics)}
    record_fact(week, "week.look", by=by, at=at, facts=facts)


def _remember(hot: HotTopic, before: HotTopic, *, by: System, at: datetime) -> None:
    """Carry on what the office decided: put aside, unless twice as many speak of it now; made a topic that still lives."""
    if hot.state != HotState.PROPOSED:
        return
    decided: dict[str, Any] = {
        "decided_at": before.decided_at,
        "decided_by": before.decided_by,
        "because": before.because,
    }
    facts = {"as_in": before.code}
    if before.state == HotState.ASIDE and rules.stays_aside(before.people_then or before.people, hot.people):
        then = before.people_then or before.people
        move(hot, HOT_STILL_ASIDE, by=by, at=at, facts=facts, people_then=then, **decided)
    topic = before.topic if before.state == HotState.TAKEN else None
    if topic is not None and topic.state != TopicState.NOT_TAKEN:
        move(hot, HOT_STILL_TAKEN, by=by, at=at, facts=facts, topic=topic, **decided)


def _same(seen: Sequence[dict[str, Any]], before: list[tuple[HotTopic, set[int]]]) -> dict[int, int]:
    return rules.same_in_both([set(one["keys"]) for one in seen], [keys for _hot, keys in before])


def _standing(week: Week) -> Week | None:
    return Week.unscoped.filter(
        committee_id=week.committee_id, week_on=week.week_on, is_standing=True
    ).first()


def _list_before(week: Week) -> list[tuple[HotTopic, set[int]]]:
    """Return the list of the last week before this one that was looked at."""
    rows = Week.unscoped.filter(committee_id=week.committee_id, week_on__lt=week.week_on, is_standing=True)
    return _list_of(rows.order_by("-week_on").first())


def _list_of(week: Week | None) -> list[tuple[HotTopic, set[int]]]:
    if week is None:
        return []
    rows = list(HotTopic.unscoped.filter(week=week).select_related("topic", "week").order_by("place_in_list"))
    return list(zip(rows, _piles(rows), strict=True))


def _piles(topics: Sequence[HotTopic]) -> list[set[int]]:
    """Return the reports of each topic, with one query."""
    piles: dict[int, set[int]] = {one.pk: set() for one in topics}
    for hot, report in HotReport.unscoped.filter(hot__in=list(piles)).values_list("hot_id", "report_id"):
        piles[hot].add(report)
    return list(piles.values())


def _sweep(committee: Committee, at: datetime) -> None:
    """Delete lists that were replaced or broken off more than a day ago, a hundred rows at a time."""
    rows = Week.unscoped.filter(committee=committee, is_standing=False, computed_at__lt=at - KEPT_FOR)
    for week in rows:
        for model in (HotReport, HotTopic):
            while batch := _some(model.unscoped.filter(week=week)):
                model.unscoped.filter(pk__in=batch).delete()
        week.delete()


def _some(rows: Any) -> Iterable[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
