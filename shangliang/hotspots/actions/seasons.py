"""What came back in the same weeks of earlier years is proposed once, with its evidence, ahead of its weeks."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from shangliang.foundation.business import action
from shangliang.foundation.clock import day_of
from shangliang.foundation.codes import short_code
from shangliang.foundation.viewer import System
from shangliang.hotspots import rules
from shangliang.hotspots.actions.batches import in_batches
from shangliang.hotspots.actions.writing import hidden_title
from shangliang.hotspots.models import SeasonMatter, SeasonReport
from shangliang.hotspots.queries.said import spoken_until
from shangliang.people.models import Committee
from shangliang.reports.models import Report

SENTENCE_ENDS = "。！？!?；;\n"
LONGEST_SENTENCE = 60


def store_seasons(
    committee: Committee, seen: Sequence[dict[str, Any]], *, by: System, at: datetime
) -> list[SeasonMatter]:
    """Propose what is expected and not proposed yet for these weeks; the reports that are its evidence tied to it.

    A matter is the same as one proposed before when half of the smaller pile is in both and they begin within eight weeks
    of each other. Return what is new.
    """
    before = _proposed_before(committee)
    new = []
    for one in seen:
        if not rules.is_ahead(*_expected(one), day_of(at)):
            continue
        row = _same_as(one, before)
        if row is None:
            row = _propose(committee, one, by=by, at=at)
            if row is None:
                continue
            new.append(row)
        _tie(row, one["keys"], by)
    return new


def first_sentence(words: str) -> str:
    """Return the first sentence of what somebody said, at most sixty characters."""
    stop = min((at for at in map(words.find, SENTENCE_ENDS) if at > 0), default=len(words))
    return words[: min(stop, LONGEST_SENTENCE)].strip()


def title_of(report: Report) -> str:
    """Return what a report is called: its title, or its first sentence, with private data hidden."""
    return hidden_title(report.title or first_sentence(report.text))


@action
def _propose(committee: Committee, one: dict[str, Any], *, by: System, at: datetime) -> SeasonMatter | None:
    central = _most_central(one["keys"], by)
    if central is None:
        return None
    starts, ends = _expected(one)
    evidence = {
        name: one[name] for name in ("years", "people", "expected", "surprise", "first_week", "last_week")
    }
    row, _is_new = SeasonMatter.unscoped.get_or_create(
        committee=committee,
        season_on=starts,
        title_from=central,
        defaults={
            "code": f"S{short_code(10)}",
            "until_on": ends,
            "title": title_of(central),
            "evidence": evidence,
            "proposed_at": at,
        },
    )
    return row


def _expected(one: dict[str, Any]) -> tuple[date, date]:
    weeks = [week for year in one["years"] for week in year["weeks"]]
    return rules.span_of_evidence(date.fromisoformat(one["starts_on"]), one["first_week"], weeks)


def _most_central(keys: Sequence[int], by: System) -> Report | None:
    """Return the report the matter is called by: the first whose words may still be read."""
    for batch in in_batches(keys):
        found = {one.pk: one for one in spoken_until(by, date.max).filter(pk__in=batch)}
        for key in batch:
            if key in found:
                return found[key]
    return None


def _tie(row: SeasonMatter, keys: Sequence[int], by: System) -> None:
    for batch in in_batches(keys):
        open_now = set(spoken_until(by, date.max).filter(pk__in=batch).values_list("pk", flat=True))
        ties = [SeasonReport(season=row, report_id=key) for key in batch if key in open_now]
        SeasonReport.unscoped.bulk_create(ties, ignore_conflicts=True)


def _proposed_before(committee: Committee) -> list[tuple[SeasonMatter, set[int]]]:
    rows = SeasonMatter.unscoped.filter(committee=committee).order_by("pk")
    piles: dict[int, set[int]] = {one.pk: set() for one in rows}
    for season, report in SeasonReport.unscoped.filter(season__in=rows).values_list("season_id", "report_id"):
        piles[season].add(report)
    return [(one, piles[one.pk]) for one in rows]


def _same_as(one: dict[str, Any], before: list[tuple[SeasonMatter, set[int]]]) -> SeasonMatter | None:
    starts, keys = _expected(one)[0], set(one["keys"])
    for row, pile in before:
        if abs((row.season_on - starts).days) > rules.NEAR_DAYS:
            continue
        if rules.same_in_both([keys], [pile]):
            return row
    return None
