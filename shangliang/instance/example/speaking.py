"""The strands of those who speak and of the clerk who screens: 300 reports, their matters, their answers."""

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

ALONE = (  # what belongs to no matter: channel, words, and what the clerk does with it
    (
        "answer",
        "柳岸社区",
        "社区办居住证明周六开不开门？",
        "柳岸社区服务站周六上午 9 点到 11 点半开门，带上身份证就行。",
    ),
    ("answer", "滨河社区", "滨河路哪里有旧衣回收箱？", "滨河社区居委会门口右手边就有一个，每周三清运。"),
    ("answer", "桂园社区", "桂园活动室可以借来开家长会吗？", "可以，提前两天到居委会登记，不收费。"),
    (
        "refer",
        "石桥社区",
        "石桥街口井盖翘起来了，车压着咣当响。",
        "这件事急，已经替您转给 12345 热线，他们会派人去看。",
    ),
    (
        "refer",
        "桂园社区",
        "桂园二期电梯今天又停了。",
        "电梯停用归物业和市场监管管，已经替您转给 12345 热线。",
    ),
    (
        "decline",
        "滨河社区",
        "邻居欠我钱不还，你们给要回来。",
        "这是两家之间的债务，不适合拿来协商。可以找社区调解，或到法院起诉。",
    ),
    ("bank", "石桥社区", "希望石桥街办一次老照片展。", "这个想法好，先替您留着；办活动的时候会翻出来看。"),
    ("ask", "柳岸社区", "那条路天天有人骑得飞快，太危险了。", "您说的是哪条路、大概几点？知道了好去看。"),
)


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
        """Return a moment some days before today, moved on to a working day."""
        day = self.today - timedelta(days=before)
        while day < self.today and not day_table().is_working(day):
            day += timedelta(days=1)
        return moment(day, hour, minute)

    def send(self, area: str, text: str, at: datetime, place: str = "") -> Report:
        """Let one resident speak at the point of a community."""
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
        )
        return received.report


def open_points(told: Told, at: datetime) -> None:
    """Hang up one code in each community."""
    for name, area in told.cast.areas.items():
        if area.parent_id:
            told.points[name] = reports.open_point(
                committee=told.cast.committee,
                area=area,
                name=f"{name}直报点",
                where=f"{name}居委会门口",
                phone="0000-5551234",
                by=told.cast.viewers["leader"],
                at=at,
            )


def strands(told: Told) -> list[Strand]:
    """Return the strands of all themes, and of those who ask for something that belongs to none."""
    themes = {theme.key: theme for theme in THEMES}
    every = [_theme(told, fate, themes[fate.theme]) for fate in FATES]
    return every + [_alone(told, n, *one) for n, one in enumerate(ALONE)] + [_waiting(told)]


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
        else:
            at = later(at, 1, 15)
            yield at
            reports.join(spoken[-1], told.matters[theme.key], by=clerk, at=at)
    told.reports[theme.key] = spoken


def _alone(told: Told, number: int, act: str, area: str, words: str, answer: str) -> Strand:
    at = told.day(40 - number * 3, 11)
    yield at
    report = told.send(area, words, at)
    at = later(at, 1, 16)
    yield at
    clerk = told.cast.viewers["clerk"]
    more: dict[str, Any] = {"channel": "12345 热线", "number": f"RX{2600 + number}"} if act == "refer" else {}
    press: Callable[..., Any] = getattr(reports, act)
    press(report, words=answer, by=clerk, at=at, **more)


def _waiting(told: Told) -> Strand:
    """The last ones wait on the desk: some overdue, most fresh, one of them in the locked queue."""
    fresh = [one for theme in THEMES for one in [(theme, _sentences(theme, 20)[-1 - n]) for n in range(2)]]
    for number, (theme, (place, words)) in enumerate(fresh[: told_wanted(told)]):
        at = moment(told.today - timedelta(days=max(0, 9 - number // 3)), 9 + number % 9, (number * 7) % 60)
        yield at
        told.send(theme.area, words, at, place)


def told_wanted(told: Told) -> int:
    """Return how many more reports make three hundred."""
    planned = sum(fate.people for fate in FATES) + len(ALONE)
    return max(0, 300 - planned)
