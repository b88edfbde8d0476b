"""The strands of the topics: stored, shortlisted, submitted, decided on, noticed, scheduled."""

from datetime import datetime, timedelta

from shangliang.foundation.queries import day_table
from shangliang.instance.example.clockwork import Strand, later
from shangliang.instance.example.fates import Fate
from shangliang.instance.example.speaking import Told
from shangliang.topics import actions as topics
from shangliang.topics.models import ConsultationForm, Topic

APPROVERS = {"thematic": "区委", "sector": "区委", "courtyard": "街道党工委", "micro": "街道党工委"}
ORDER = ("stored", "shortlisted", "submitted", "approved", "noticed", "scheduled", "consulted")
OPINIONS = {
    "returned": "请先弄清水泵归谁管，再报。",
    "not_taken": "已有城市养犬管理办法，由城管部门按办法办。",
}


def reaches(fate: Fate, state: str) -> bool:
    """Tell whether a theme's topic gets at least as far as a state of the straight way."""
    wanted = {"returned": "submitted", "not_taken": "submitted"}.get(fate.topic, fate.topic)
    return ORDER.index(wanted) >= ORDER.index(state)


def decide(told: Told, fate: Fate, forms: dict[str, ConsultationForm], title: str) -> Strand:
    """Take a theme's matter into the bank and on, as far as its fate says; leaves the topic in ``told.topics``."""
    clerk, at = told.cast.viewers["clerk"], told.day(fate.began - fate.over - 4, 10)
    yield at
    matter = told.matters[fate.theme]
    topic = topics.store_topic(
        committee=told.cast.committee,
        title=f"关于“{title}”的协商",
        source=fate.source,
        domain=fate.domain,
        form=forms[fate.form],
        matters=[matter],
        area=matter.area,
        by=clerk,
        at=at,
        background=f"近来有 {fate.people} 条线索说的是这件事。",
        why_this_topic="事不大，牵扯的人多，坐下来商量有用。",
    )
    told.topics[fate.theme] = topic
    if reaches(fate, "shortlisted"):
        at = later(at, 2, 11)
        yield at
        topics.shortlist(topic, by=clerk, at=at)
    if reaches(fate, "submitted"):
        yield from _approve(told, fate, topic, later(at, 1, 15))


def _approve(told: Told, fate: Fate, topic: Topic, at: datetime) -> Strand:
    clerk = told.cast.viewers["clerk"]
    yield at
    topics.submit_for_approval(topic, by=clerk, at=at)
    if fate.topic == "submitted":
        return
    at = later(at, 4, 10)
    yield at
    decision = fate.topic if fate.topic in OPINIONS else "approved"
    number = f"云委办〔{at.year}〕{20 + len(told.topics)}号"
    topics.record_decision(
        topic,
        decision=decision,
        decided_on=at.date(),
        decided_by=APPROVERS[fate.form],
        document_no=number,
        opinion=OPINIONS.get(fate.topic, ""),
        source="批复原件",
        by=clerk,
        at=at,
    )
    if decision == "approved" and fate.topic != "approved":
        yield from _schedule(told, fate, topic, at)


def _schedule(told: Told, fate: Fate, topic: Topic, at: datetime) -> Strand:
    clerk = told.cast.viewers["clerk"]
    if topic.form and topic.form.notice_days:
        at = later(at, 1, 9)
        yield at
        notice = topics.begin_notice(topic, from_on=at.date(), by=clerk, at=at)
        if fate.topic == "noticed":
            return
        at = later(at, (notice.until_on - notice.from_on).days + 1, 9)
        yield at
        topics.end_notice(topic, outcome="没有收到不同意见。", by=clerk, at=at)
    yield at + timedelta(minutes=20)
    day = day_table().add_working_days(at.date(), 4)
    topics.schedule(topic, scheduled_on=day, by=clerk, at=at + timedelta(minutes=20))
    told.last_moment[fate.theme] = at
