"""以前议过没有: topics that were stored before and are like this one, with what became of each."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from shangliang.topics import queries
from shangliang.topics.states import TopicState
from shangliang.ui.dates import when_day


@dataclass(frozen=True)
class Before:
    """One topic of before: why it is shown, in words with the figure, what became of it, and its matters."""

    topic: Any
    is_sure: bool
    sure: str
    places: tuple[str, ...]
    marked: tuple[str, ...]
    became: list[tuple[Any, str]]
    matters: list[Any]


def asked_before(viewer: Any, title: str, background: str, but: int = 0) -> list[Before]:
    """Return what the page shows of topics that were stored before; nothing where nothing was said yet."""
    return [_before(one) for one in queries.topics_asked_before(viewer, title, background, but)]


def _before(one: queries.AskedTopic) -> Before:
    words = _("多半是同一个题") if one.asked.is_sure else _("有些像，请细看")
    sure = _("%(words)s（%(figure)s）") % {"words": words, "figure": f"{min(one.asked.score, 0.99):.2f}"}
    return Before(
        one.topic, one.asked.is_sure, sure, one.asked.place, one.asked.marked, became_of(one), one.matters
    )


def became_of(one: queries.AskedTopic) -> list[tuple[Any, str]]:
    """Return (day, what happened) of a topic in order: stored, each answer from above, not taken and why, its day."""
    topic = one.topic
    happened = [(when_day(topic.stored_on, "full"), _("进了题库"))]
    for approval in one.approvals:
        if approval.decision:
            said = {"who": approval.decided_by, "what": approval.get_decision_display()}
            words = _("%(who)s：%(what)s") % said
            happened.append((when_day(approval.decided_on, "full"), _join(words, approval.opinion)))
        else:
            words = _("报给%(who)s审批，还没有答复") % {"who": approval.submitted_to}
            happened.append((when_day(approval.submitted_on, "full"), words))
    if topic.state == TopicState.NOT_TAKEN and topic.not_taken_because:
        happened.append(("", _join(_("不采用"), topic.not_taken_because)))
    if topic.scheduled_on and topic.state in (TopicState.SCHEDULED, TopicState.CONSULTED):
        words = _("坐下来商量了") if topic.state == TopicState.CONSULTED else _("排了日子，还没有商量")
        happened.append((when_day(topic.scheduled_on, "full"), words))
    return happened


def _join(words: str, more: str) -> str:
    return _("%(words)s。%(more)s") % {"words": words, "more": more} if more else words
