"""Weeks, hot topics and matters of the season in the fictitious district, brought there by the real actions."""

import json
from datetime import date, datetime, time, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from shangliang.exchange.tests.factories import csv_file, imported
from shangliang.foundation.viewer import System
from shangliang.hotspots import looking, looking_child, rules
from shangliang.hotspots.actions import Chosen, look_at_week, put_aside
from shangliang.hotspots.actions.seasons import store_seasons
from shangliang.hotspots.models import HotReport, HotTopic, SeasonMatter, Week
from shangliang.people.tests.factories import MORNING, District
from shangliang.reports.models import Report
from shangliang.reports.tests.factories import sent
from shangliang.topics.tests.factories import form_in

TODAY = MORNING.date()  # Tuesday, 8 September 2026
LAST_WEEK = date(2026, 8, 31)
GATE = (
    "柳岸小学门口放学时车停满两边，孩子从车缝里钻过去。",
    "柳岸小学门口放学时车停满两边，孩子过马路太危险。",
    "柳岸小学门口放学时车停满两边，没有人管一管。",
    "柳岸小学门口放学时车停满两边，公交车也开不过去。",
)
LAMP = (
    "清河桥下的路灯坏了半个月，夜里一片黑。",
    "清河桥下的路灯坏了半个月，老人摔了一跤。",
    "清河桥下的路灯坏了半个月，没人来修。",
)
OTHERS = ("公交站牌上的字看不清。", "图书室周末不开门。", "菜市场二楼的电梯停了。", "河堤上的狗没有牵绳。")
HEAT = (
    "柳岸里的暖气不热，家里只有十四度。",
    "柳岸里的暖气不热，老人冻得睡不着。",
    "柳岸里的暖气不热，片子冰凉。",
)
# What else is said all year round, each time in other words: nothing comes back but what is said more often than this.
QUIET = (
    "钟楼报时不准", "早市占了盲道", "药房夜里关门", "游泳馆水太凉", "信箱锁不上", "天桥扶手掉漆", "渡口候船没椅子", "水果摊缺斤短两",
    "球场灯开得太早", "邮局排队太久", "树挡住了窗", "公园厕所没纸",
)  # fmt: skip


def at_noon(day: date) -> datetime:
    """Return noon of a day."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def said(place: District, /, text: str, day: date, **more: Any) -> Report:
    """Let a resident say something on a day."""
    return sent(place, text, at=at_noon(day), **more).report


def said_often(place: District, texts: tuple[str, ...] = GATE, day: date = LAST_WEEK) -> list[Report]:
    """Let several people say the same thing on days in a row."""
    return [said(place, text, day + timedelta(days=at)) for at, text in enumerate(texts)]


def import_often(place: District, authors: tuple[str, ...], texts: tuple[str, ...] = GATE) -> list[Report]:
    """Import what these authors wrote elsewhere last week, one row each."""
    rows = "".join(
        f"Z-{at},{who},,2026-09-01T09:0{at}:00+08:00,{text}\n" for at, (who, text) in enumerate(zip(authors, texts, strict=False))
    )  # fmt: skip
    before = set(Report.unscoped.values_list("pk", flat=True))
    imported(place, csv_file(rows))
    return list(Report.unscoped.exclude(pk__in=before).order_by("pk"))


def looked_in_process(rows: Any, *, until: date, today: date) -> dict[str, Any]:
    """Do what the child does, in this process: the same function on the same lines of JSON, without its limits."""
    order = {"until": until.isoformat(), "today": today.isoformat(), "most": rules.MOST_TOPICS,
             "weeks": rules.SPARK_WEEKS, "ahead": rules.AHEAD_WEEKS}  # fmt: skip
    lines = [json.loads(json.dumps([*one[:2], one.on.isoformat(), *one[3:]])) for one in rows]
    answer: dict[str, Any] = json.loads(json.dumps(looking_child.looked(order, lines)))
    return answer


def looked(place: District, week_on: date = LAST_WEEK, at: datetime = MORNING) -> Week:
    """Look at a week."""
    return look_at_week(place.committee, week_on, at=at)


def hot_topic(place: District, texts: tuple[str, ...] = GATE) -> HotTopic:
    """Return the hottest topic of last week, many having said the same."""
    said_often(place, texts)
    for number, other in enumerate(OTHERS):
        said(place, other, LAST_WEEK - timedelta(days=number))
    return looked(place).topics.order_by("place_in_list").first()


def years_of_heating(place: District) -> list[Report]:
    """Let people speak of cold homes in three autumns, in the weeks the next one begins with, and of all else all year.

    Staff made one matter of each year's, so that they stay together whatever the words.
    """
    spoken = []
    for year in (2023, 2024, 2025):
        for number, text in enumerate(HEAT):
            spoken.append(said(place, text, date(year, 10, 10) + timedelta(days=number)))
        for number, other in enumerate(QUIET):
            said(place, f"{other}，{year} 年就这样。", date(year, number + 1, 5))
    return spoken


def season_matter(place: District) -> SeasonMatter:
    """Return what the season brings back."""
    years_of_heating(place)
    looked(place)
    return SeasonMatter.unscoped.get(committee=place.committee)


def proposals_in(place: District) -> dict[str, str]:
    """Return the codes of a hot topic that waits, of a matter of the season, and of one that was put aside."""
    week = looked(place, rules.monday_of(TODAY))
    keys = list(HotReport.unscoped.filter(week=week).order_by("pk").values_list("report_id", flat=True))
    by = System("tests", place.committee.pk)
    seen = [_seen(keys[at:], 38 + at) for at in range(2)]
    season, aside = store_seasons(place.committee, seen, by=by, at=MORNING)
    put_aside(aside, because="今年不议。", by=place.clerk, at=MORNING)
    hot = week.topics.order_by("place_in_list").first()
    return {"hot": hot.code, "of_the_season": season.code, "hot_aside": aside.code}


def _seen(keys: list[int], week: int) -> dict[str, Any]:
    """Return what a look says of a matter of the season: two earlier years, two people each, in one week."""
    years = [{"year": year, "weeks": [week], "people": 2} for year in (2024, 2025)]
    starts = date.fromisocalendar(2026, week, 1)
    return {"keys": keys, "first_week": week, "last_week": week, "starts_on": starts.isoformat(), "people": 4,
            "expected": 0.4, "surprise": 2.0, "years": years}  # fmt: skip


def chosen(place: District, **more: Any) -> Chosen:
    """Return a clerk's choice for a topic."""
    first = {
        "title": "缓解小学门口放学时段拥堵",
        "source": "residents",
        "domain": "livelihood",
        "form": form_in(place),
    }
    return Chosen(**{**first, **more})


def sign_in(client: Client, place: District, key: str = "clerk") -> Client:
    """Return the client signed in as one of the cast."""
    client.force_login(place.appointments[key].person, backend="django.contrib.auth.backends.ModelBackend")
    return client


__all__ = ["MORNING", "District", "looking"]
