"""The other ways of being heard in the example: spoken, entered for somebody, with a contact, set aside, already elsewhere."""

from datetime import datetime, timedelta
from typing import Any

from shangliang.foundation.codes import new_form_key
from shangliang.foundation.outbox import sends_mail
from shangliang.foundation.viewer import ReceiptHolder
from shangliang.instance.example.clockwork import Strand, later, moment
from shangliang.instance.example.making import soft_tone
from shangliang.instance.example.speaking import Told
from shangliang.reports import actions as reports
from shangliang.reports.actions.saved_views import save_view
from shangliang.reports.models import Contact, Doubt, Report

ASIDE = (  # days before today, why, where, the words
    (5, Doubt.UNPROVEN, "滨河社区", "滨河路上垃圾桶少，走半里地才有一个。"),
    (3, Doubt.UNPROVEN, "柳岸社区", "柳岸路口的红灯等得太久，老人站不住。"),
    (2, Doubt.FLOOD, "桂园社区", "桂园门口那盏路灯一闪一闪的，晃眼。"),
)
LOCKED = (4, "桂园社区", "举报桂园社区的会计孙德旺，他收了装修队的红包，把工程给了亲戚。")
CONTACTS = (  # days before today, where, the words, a number that does not exist, may the unit call
    (6, "柳岸社区", "柳岸里5栋后头的窨井冒味，一到傍晚就重。", "0000-5550101", False),
    (5, "石桥社区", "石桥街早上洒水车洒得行人一身，能不能晚半个钟头。", "0000-5550102", True),
    (4, "滨河社区", "滨河卫生院挂号窗口只开一个，排队排到门外。", "0000-5550103", False),
)
BY_MAIL = (3, "桂园社区", "桂园图书室的灯太暗，老人看不清报纸。", "reader@example.invalid")
ELSEWHERE = (7, "石桥社区", "石桥桥头的护栏松了两根，打过热线，说转出去了，两个星期没动静。")
ELSEWHERE_NUMBER = "RX2611020417"
ENTERED = (  # days before today, who enters it, by which channel, where, the words, from where
    (8, "clerk", "phone", "滨河社区", "滨河路公交站的夜班车取消了，下夜班回不了家。", "值班电话记录第 12 页"),
    (6, "keeper", "counter", "柳岸社区", "柳岸社区活动室的饮水机坏了半个月。", "居委会接待登记本第 7 页"),
    (5, "member", "member", "石桥社区", "石桥街的老人说，上门量血压的大夫这个月没来。", "走访石桥街三户"),
)
UNHEARD = (1, "石桥社区", "石桥街菜店门口")
SPOKEN = (6, "桂园社区", "桂园三期楼顶的水箱老往外溢，墙都湿了，找过物业两回。")
CLAIM = ("柳岸社区", "早上七点半校门口也堵，跟放学时一样。", "school_gate")
SENT = (
    len(ASIDE) + len(CONTACTS) + len(ENTERED) + 6
)  # locked, by mail, elsewhere, two spoken, the one that claims
VIEW = "柳岸社区，快到期的"


def others_heard(told: Told) -> list[Strand]:
    """Return the strands of everybody who is heard in another way than by typing at a point."""
    return [
        *(_aside(told, *one) for one in ASIDE),
        *(_with_number(told, *one) for one in CONTACTS),
        *(_entered(told, *one) for one in ENTERED),
        _one(told, *LOCKED),
        _one(told, *ELSEWHERE, elsewhere="12345 热线", elsewhere_number=ELSEWHERE_NUMBER),
        _one(told, *UNHEARD[:2], "", place=UNHEARD[2], alongside=reports.Alongside(recording=soft_tone())),
        _spoken(told),
        _by_mail(told),
        _view(told),
    ]


def claim(told: Told, minute: int = 40) -> None:
    """Let somebody say that it is the same as a matter everybody can read about; call it once that is published."""
    area, words, theme = CLAIM
    alongside = reports.Alongside(claims=told.matters[theme].code)
    told.send(area, words, moment(told.today, 8, minute), alongside=alongside)


def _one(told: Told, days: int, area: str, words: str, **more: Any) -> Strand:
    at = told.day(days, 12, days)
    yield at
    told.send(area, words, at, **more)


def _aside(told: Told, days: int, because: str, area: str, words: str) -> Strand:
    at = told.day(days, 21, days)
    yield at
    told.send(area, words, at, doubt=because)


def _with_number(told: Told, days: int, area: str, words: str, number: str, may_unit_call: bool) -> Strand:
    """Somebody leaves a number. The clerk asks to read the last one, and for the first a new receipt; both wait."""
    at, clerk = told.day(days, 13, days), told.cast.viewers["clerk"]
    yield at
    report = told.send(area, words, at)
    _leave(report, Contact.PHONE, number, at, may_unit_call=may_unit_call)
    at = moment(told.today - timedelta(days=1), 10)
    yield at
    if number == CONTACTS[0][3]:
        reports.ask_reissue(report, contact=number, by=clerk, at=at)
    if number == CONTACTS[-1][3]:
        reports.ask_unmask(report, reason="要问清是哪个窗口、哪几天", by=clerk, at=at)


def _by_mail(told: Told) -> Strand:
    """Somebody asks for news by mail, where this instance sends any; elsewhere nobody is asked for an address."""
    days, area, words, address = BY_MAIL
    at = told.day(days, 14)
    yield at
    report = told.send(area, words, at)
    if sends_mail():
        _leave(report, Contact.MAIL, address, at)


def _leave(report: Report, what: Contact, value: str, at: datetime, **more: bool) -> None:
    holder = ReceiptHolder(report.pk)
    reports.leave_contact(report, what=what, value=value, has_agreed=True, by=holder, at=at, **more)


def _spoken(told: Told) -> Strand:
    """Somebody speaks instead of writing; a day later the clerk has listened and written it down."""
    days, area, words = SPOKEN
    at, clerk = told.day(days, 17), told.cast.viewers["clerk"]
    yield at
    report = told.send(area, "", at, alongside=reports.Alongside(recording=soft_tone()))
    at = later(at, 1, 9)
    yield at
    reports.write_down(report, text=words, has_listened=True, by=clerk, at=at)
    reports.record_reading(report, by=clerk, at=at)


def _entered(told: Told, days: int, who: str, channel: str, area: str, words: str, source: str) -> Strand:
    at = told.day(days, 15, days)
    yield at
    reports.enter_report(
        committee=told.cast.committee,
        form_key=new_form_key(),
        text=words,
        channel=channel,
        entry_source=source,
        area=told.cast.areas[area],
        by=told.cast.viewers[who],
        at=at,
    )


def _view(told: Told) -> Strand:
    at = told.day(5, 9)
    yield at
    query = f"state=waiting&area={told.cast.areas['柳岸社区'].pk}&clock=soon"
    save_view(name=VIEW, query=query, by=told.cast.viewers["clerk"], at=at)
