"""What was said in earlier years, taken in from an older system, and the two latest weekly looks at everything."""

from datetime import date, datetime, timedelta
from itertools import groupby

from shangliang.foundation.viewer import System
from shangliang.hotspots import actions as hotspots
from shangliang.hotspots.models import HotTopic, Week
from shangliang.hotspots.queries import get_week_for, hot_topics_of
from shangliang.hotspots.states import HotState
from shangliang.instance.example.clockwork import Strand, moment
from shangliang.instance.example.speaking import Told
from shangliang.reports import actions as reports
from shangliang.reports.actions.import_file import ParsedRow
from shangliang.reports.actions.importing import import_messages
from shangliang.reports.models import Report

FAIR_AREA = "石桥社区"
FAIR = (  # every year in the same weeks
    "石桥庙会那几天，摊位摆到石桥街路中间，消防车进不来。",
    "石桥庙会的摊位把石桥街占满了，救护车绕了半个钟头。",
    "石桥庙会一开，摊位一直摆到石桥街口，公交车堵着过不去。",
)
ALL_YEAR = (  # what else was said: (weeks after those of the fair, where, the words)
    (7, "滨河社区", "滨河渡口候船的地方没有椅子。"),
    (14, "桂园社区", "桂园信箱的锁坏了两个，信掉在地上。"),
    (20, "柳岸社区", "柳岸药房夜里不开门，买退烧药要跑很远。"),
    (27, "滨河社区", "滨河游泳馆的水太凉，孩子上完课直哆嗦。"),
    (33, "柳岸社区", "柳岸天桥的扶手掉漆，扎手。"),
    (40, "桂园社区", "桂园邮局只开一个窗口，取包裹排一个上午。"),
)
WEEKS_AHEAD, YEARS = 3, 3
ANSWER = "这是往年的记录，留着和今年的一起看。"
NOT_NOW = "区里今年已经列进年度实事，由市政所在办，先不议。"
SENT = YEARS * len(FAIR) + (YEARS - 1) * len(ALL_YEAR) - 3


def earlier_years(told: Told, began: datetime) -> Strand:
    """The records of an older system are taken in and kept in the bank: who wrote them is known to that system alone."""
    at, committee = began + timedelta(days=1), told.cast.committee
    yield at
    by = System("import_messages", committee.pk)
    before = set(Report.unscoped.filter(committee=committee).values_list("pk", flat=True))
    for where, rows in groupby(sorted(_rows(told.today), key=_where), key=_where):
        import_messages(rows, committee=committee, point=told.points[where], by=by, at=at)
    taken_in = Report.unscoped.filter(committee=committee).exclude(pk__in=before)
    clerk = told.cast.viewers["clerk"]
    reports.bulk_bank(taken_in, words=ANSWER, by=clerk, at=at + timedelta(hours=1))


def look_twice(told: Told) -> None:
    """Look at the last two whole weeks, as the weekly job does; the clerk puts aside what need not be consulted on."""
    last, committee = _monday(told.today) - timedelta(days=7), told.cast.committee
    for week_on in (last - timedelta(days=7), last):
        hotspots.look_at_week(committee, week_on, at=moment(told.today, 7))
    clerk = told.cast.viewers["clerk"]
    week = get_week_for(clerk, last)
    cooler = _coolest(told, week) if week else None
    if cooler:
        hotspots.put_aside(cooler, because=NOT_NOW, by=clerk, at=moment(told.today, 9))


def _coolest(told: Told, week: Week) -> HotTopic | None:
    rows = hot_topics_of(told.cast.viewers["clerk"], week).filter(state=HotState.PROPOSED)
    return rows.order_by("-place_in_list").first() if rows.count() > 1 else None


def _rows(today: date) -> list[ParsedRow]:
    """Return the older records: the fair each year, and what else was said, most of it in the middle one."""
    monday = _monday(today) + timedelta(weeks=WEEKS_AHEAD)
    told: list[tuple[date, str, str]] = []
    for back in range(1, YEARS + 1):
        fair = monday - timedelta(weeks=52 * back)
        told += [(fair + timedelta(days=2 * at), FAIR_AREA, words) for at, words in enumerate(FAIR)]
        told += [(fair + timedelta(weeks=on), where, words) for on, where, words in _others(back)]
    return [
        ParsedRow(number, "", words, "", moment(day, 10), (f"{day:%Y%m%d}", words), community=where)
        for number, (day, where, words) in enumerate(told, 1)
    ]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _where(row: ParsedRow) -> str:
    return row.community


def _others(back: int) -> tuple[tuple[int, str, str], ...]:
    """Return what else was said that year; last year's is told by the example itself."""
    return ALL_YEAR[: (0, 0, len(ALL_YEAR), len(ALL_YEAR) - 3)[back]]
