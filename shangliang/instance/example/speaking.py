"""The strands of those who speak and of the clerk who screens: reports, their matters, their answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from shangliang.foundation.codes import new_form_key
from shangliang.foundation.queries import day_table
from shangliang.foundation.viewer import Public
from shangliang.instance.example.cast import Cast
from shangliang.instance.example.clockwork import Strand, later, moment
from shangliang.instance.example.fates import FATES, Fate
from shangliang.instance.example.words import THEMES, Theme
from shangliang.reports import actions as reports
from shangliang.reports.models import Matter, Report, ReportPoint

ALONE = (  # what belongs to no matter: what the clerk does with it, where, the words, the answer
    (
        "answer",
        "柳岸社区",
        "社区办居住证明周六开不开门？",
        "柳岸社区服务站周六上午 9 点到 11 点半开门，带上身份证就行。",
    ),
    ("answer", "滨河社区", "滨河路哪里有旧衣回收箱？", "滨河社区居委会门口右手边就有一个，每周三清运。"),
    ("answer", "桂园社区", "桂园活动室可以借来开家长会吗？", "可以，提前两天到居委会登记，不收费。"),
    (
        "decline",
        "滨河社区",
        "邻居欠我钱不还，你们给要回来。",
        "这是两家之间的债务，不适合拿来协商。可以找社区调解，或到法院起诉。",
    ),
    ("bank", "石桥社区", "希望石桥街办一次老照片展。", "这个想法好，先替您留着；办活动的时候会翻出来看。"),
    ("ask", "柳岸社区", "那条路天天有人骑得飞快，太危险了。", "您说的是哪条路、大概几点？知道了好去看。"),
)

IN_ALL, ALIKE_PER_THEME = 300, 2


@dataclass
class Told:
    """What has been told so far: the points, then by theme the matter, its reports its topic, its consultation."""

    cast: Cast
    today: date
    points: dict[str, ReportPoint] = field(default_factory=dict)
    matters: dict[str, Matter] = field(default_factory=dict)
    reports: dict[str, list[Report]] = field(default_factory=dict)
    topics: dict[str, Any] = field(default_factory=dict)
    consultations: dict[str, Any] = field(default_factory=dict)
    last_moment: dict[str, datetime] = field(default_factory=dict)
    sent: int = 0

    def day(self, before: int, hour: int = 9, minute: int = 0) -> datetime:
        """Return a moment some days before today, moved on to a working day; where that is today, back to one."""
        wanted = day = self.today - timedelta(days=before)
        while day < self.today and not day_table().is_working(day):
            day += timedelta(days=1)
        while day >= self.today or not day_table().is_working(day):
            wanted -= timedelta(days=1)
            day = wanted
        return moment(day, hour, minute)

    def send(self, area: str, text: str, at: datetime, place: str = "", **more: Any) -> Report:
        """Let one resident speak at the point of a community; ``more`` is what may come along with the words."""
        self.sent += 1
        point = self.points[area]
        received = reports.submit_report(
            committee=self.cast.committee,
            point=point,
            form_key=new_form_key(),
            text=text,
            place=place,
            channel="qr",
            by=Public(self.cast.committee.pk),
            at=at,
            **more,
        )
        return received.report


def strands(told: Told) -> list[Strand]:
    """Return the strands of all themes, and of those whose words belong to none."""
    themes = {theme.key: theme for theme in THEMES}
    every = [_theme(told, fate, themes[fate.theme]) for fate in FATES]
    return every + [_alone(told, n, *one) for n, one in enumerate(ALONE)]


def _sentences(theme: Theme, count: int) -> list[tuple[str, str]]:
    """Return that many (place, words) of a theme, all different."""
    every = [
        (place, f"{begin.format(place=place)}。{more}")
        for more in theme.additions
        for begin in theme.beginnings
        for place in theme.places
    ]
    step = next(n for n in (7, 11, 13, 17) if len(every) % n)
    return [every[(n * step) % len(every)] for n in range(count)]


def _theme(told: Told, fate: Fate, theme: Theme) -> Strand:
    """People speak; the clerk raises the matter by the first and joins the others within their days."""
    clerk = told.cast.viewers["clerk"]
    spoken: list[Report] = []
    for number, (place, words) in enumerate(_sentences(theme, fate.people)):
        at = moment(
            told.today - timedelta(days=fate.began - number * fate.over // fate.people),
            8 + number % 12,
            number % 60,
        )
        yield at
        spoken.append(told.send(theme.area, words, at, place))
        if number == 0:
            at = told.day(fate.began - 2, 10)
            yield at
            told.matters[theme.key] = reports.raise_matter(
                spoken[0],
                title=theme.title,
                summary=f"{theme.area}：{theme.title}。",
                area=told.cast.areas[theme.area],
                by=clerk,
                at=at,
            )
        elif (at := later(at, 1, 15)) < moment(told.today):  # what came over the holidays waits on the desk
            yield at
            reports.join(spoken[-1], told.matters[theme.key], by=clerk, at=at)
    told.reports[theme.key] = spoken


def _alone(told: Told, number: int, act: str, area: str, words: str, answer: str) -> Strand:
    at = told.day(40 - number * 7, 11)
    yield at
    report = told.send(area, words, at)
    at = later(at, 1, 16)
    yield at
    clerk = told.cast.viewers["clerk"]
    press: Callable[..., Any] = getattr(reports, act)
    press(report, words=answer, by=clerk, at=at)


def waiting(told: Told, others: int) -> Strand:
    """The last ones wait on the desk, like matters that are there already: some overdue, most fresh.

    ``others`` is how many reports are told elsewhere; with these there are three hundred.
    """
    alike = [(theme, _sentences(theme, 20)[-1 - n]) for theme in THEMES for n in range(ALIKE_PER_THEME)]
    fresh = alike[: max(0, IN_ALL - sum(fate.people for fate in FATES) - len(ALONE) - others)]
    for number, (theme, (place, words)) in enumerate(fresh):
        days = 9 - number * 9 // len(fresh)
        at = moment(told.today - timedelta(days=days), 9 + number % 9, (number * 7) % 60)
        yield at
        told.send(theme.area, words, at, place)
