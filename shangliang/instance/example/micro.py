"""Two small consultations, each entered on one screen; one of them is done and being judged."""

from datetime import timedelta

from shangliang.delivery import actions as delivery
from shangliang.delivery.actions.micro import Agreed, MicroSheet, record_micro
from shangliang.delivery.models import Assignment
from shangliang.foundation.codes import new_form_key
from shangliang.instance.example.clockwork import Strand, later
from shangliang.instance.example.consulting import authority_of
from shangliang.instance.example.delivering import judge
from shangliang.instance.example.fates import Fate
from shangliang.instance.example.speaking import Told

SHEETS = {
    "ramp": (
        "区城管局",
        "做一个缓坡，装扶手，坡度按无障碍标准。",
        "量了台阶：三级，共四十二公分；一上午有五位坐轮椅的老人。",
    ),
    "bus_stop": (
        "桂园街道办事处",
        "装两条长凳和一个雨棚，站牌换大字。",
        "早上七点到九点数了人：等车的六十一位，四十多位是老人。",
    ),
}
AREAS = {"ramp": "柳岸社区", "bus_stop": "滨河社区"}


def meet_small(told: Told, fate: Fate, title: str) -> Strand:
    """Enter a micro-consultation on a theme's matter as one sheet; where the fate says so, have it done and judged."""
    clerk, at = told.cast.viewers["clerk"], told.day(fate.began - fate.over - 6, 15)
    unit, agreed, seen = SHEETS[fate.theme]
    yield at
    matter, area = told.matters[fate.theme], told.cast.areas[AREAS[fate.theme]]
    sheet = MicroSheet(
        title=f"关于“{title}”的微协商",
        source=fate.source,
        domain=fate.domain,
        place=f"{area.name}活动室",
        held_on=at.date(),
        heads={"residents": 7, "departments": 2, "experts": 0, "members": 2},
        counted_by="街道工作人员",
        research=[(at.date() - timedelta(days=1), seen)],
        approver="街道党工委",
        approval_document="街道党工委口头同意，有记录",
        agreed=[Agreed(agreed, told.cast.units[unit], later(at, 25).date(), "到场的人都同意")],
        issuing_authority=authority_of(told),
        document_no=f"云府办交〔{at.year}〕{12 + len(told.consultations)}号",
        entry_source="会议记录",
        matters=[matter],
        households="many",
        area=area,
    )
    told.consultations[fate.theme] = row = record_micro(
        committee=told.cast.committee, sheet=sheet, entry_key=new_form_key(), by=clerk, at=at
    )
    told.topics[fate.theme] = row.topic
    if fate.ending == "judging":
        yield from _do(told, fate, agreed)


def _do(told: Told, fate: Fate, done: str) -> Strand:
    clerk, source = told.cast.viewers["clerk"], "街道书面回函"
    assignment = Assignment.unscoped.get(suggestion__consultation=told.consultations[fate.theme])
    at = later(assignment.recorded_at, 1, 10)
    yield at
    assignment.refresh_from_db()
    if assignment.state == "dispatched":
        delivery.accept(assignment, by=clerk, source=source, at=at)
    at = later(at, 16, 15)
    yield at
    delivery.claim_done(
        assignment,
        text=f"做完了：{done}",
        real_outcome="done",
        finished_on=at.date(),
        by=clerk,
        source=source,
        at=at,
    )
    at = later(at, 2, 10)
    yield at
    delivery.verify(assignment, verified_by="街道联络组", note="坐上去试过，站牌看得清。", by=clerk, at=at)
    yield from judge(told, fate, ("yes", "yes", "partly"), later(at, 1, 10))
