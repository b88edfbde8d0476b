"""A proposal as a page says it: its words, how its rank moved, what its heat is made of, its weeks, its evidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shangliang.foundation.viewer import Viewer
from shangliang.hotspots import queries, rules
from shangliang.hotspots.queries import Held


@dataclass(frozen=True)
class HotLine:
    """One hot topic of a list."""

    hot: Any
    title: str
    places: str
    moved: str
    heat: str
    spark: str
    weeks: list[tuple[date, int]]
    held: Held


@dataclass(frozen=True)
class SeasonLine:
    """One matter of the season, with (year, weeks in words, people) for each earlier year."""

    season: Any
    title: str
    years: list[tuple[int, str, int]]
    expected: str
    held: Held


def hot_lines(viewer: Viewer, rows: Iterable[Any]) -> list[HotLine]:
    """Return the lines of a page of hot topics; five queries in all."""
    hots = list(rows)
    held = queries.already(viewer, hots)
    return [hot_line(one, held[one.pk]) for one in hots]


def hot_line(hot: Any, held: Held) -> HotLine:
    """Return one hot topic in words."""
    return HotLine(
        hot=hot, title=title_of(hot), places=places_of(hot), moved=moved_words(hot), heat=heat_words(hot),
        spark=spark_words(hot), weeks=weeks_of(hot), held=held,
    )  # fmt: skip


def season_lines(viewer: Viewer, rows: Iterable[Any]) -> list[SeasonLine]:
    """Return the lines of a page of the season; five queries in all."""
    seasons = list(rows)
    held = queries.already(viewer, seasons)
    return [season_line(one, held[one.pk]) for one in seasons]


def season_line(season: Any, held: Held) -> SeasonLine:
    """Return one matter of the season in words."""
    evidence = season.evidence
    return SeasonLine(
        season=season,
        title=title_of(season),
        years=[(one["year"], _weeks_words(one["weeks"]), one["people"]) for one in evidence["years"]],
        expected=_(
            "这几年里，这几周一共 %(people)d 人说起。要是一年到头平平常常，这几周只该有 %(expected).1f 人。"
        )
        % {"people": evidence["people"], "expected": evidence["expected"]},
        held=held,
    )


def title_of(one: Any) -> str:
    """Return the citizens' own words it is called by, unless whoever said them took them back."""
    return one.title if one.title and one.title_stands else _("（原话已撤回的一件事）")


def places_of(hot: Any) -> str:
    """Return the places; none while it is not known whose words named them."""
    return "" if hot.is_touched else _("、").join(hot.places)


def moved_words(hot: Any) -> str:
    """Return how its rank moved against the list of the week before."""
    if hot.place_before is None:
        return _("上周不在单子里")
    up = hot.place_before - hot.place_in_list
    if not up:
        return _("和上周一样")
    words = _("上周第 %(was)d，升 %(by)d 位") if up > 0 else _("上周第 %(was)d，降 %(by)d 位")
    return words % {"was": hot.place_before, "by": abs(up)}


def heat_words(hot: Any) -> str:
    """Return the sum behind a heat with its three parts."""
    lasting, growth = rules.added_by_lasting(hot.weeks_spoken), rules.added_by_growth(hot.growth)
    said = {
        "heat": hot.heat, "people": hot.people, "lasting": lasting, "growth": growth, "weeks": hot.weeks_spoken,
        "share": round(hot.growth * 100), "recent": rules.GROWTH_WEEKS,
    }  # fmt: skip
    return _(
        "热度 %(heat).2f = %(people)d 人 ×（1 + %(lasting).4f + %(growth).4f）：有 %(weeks)d 周有人说起，加 %(lasting).4f；"
        "%(share)d%% 的人是最近 %(recent)d 周说的，加 %(growth).4f。"
    ) % said  # fmt: skip


def spark_words(hot: Any) -> str:
    """Return in words what the small bars show."""
    most, last = max(hot.by_week, default=0), (hot.by_week or [0])[-1]
    return _("最近 %(weeks)d 周，每周几个人说起：最多的一周 %(most)d 人，最后一周 %(last)d 人。") % {
        "weeks": len(hot.by_week), "most": most, "last": last,
    }  # fmt: skip


def weeks_of(hot: Any) -> list[tuple[date, int]]:
    """Return (Monday, people) of each week with anybody in it, the latest first."""
    last = hot.week.week_on
    ago = ((last - timedelta(weeks=n), count) for n, count in enumerate(reversed(hot.by_week)))
    return [(day, count) for day, count in ago if count]


def _weeks_words(weeks: list[int]) -> str:
    if not weeks:
        return ""
    if len(weeks) == 1 or weeks[0] == weeks[-1]:
        return _("第 %(week)d 周") % {"week": weeks[0]}
    listed = _("、").join(str(week) for week in weeks)
    return ngettext("第 %(weeks)s 周", "第 %(weeks)s 周", len(weeks)) % {"weeks": listed}
