"""What the office decides about a proposal: make it a topic, put it aside, take that back. The machine never does."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from shangliang.foundation.business import action
from shangliang.foundation.moves import check_role, move
from shangliang.foundation.refusals import NotYours, Refusal, WrongState
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.hotspots import states
from shangliang.hotspots.actions.wording import words_of
from shangliang.hotspots.models import Citation, HotTopic, SeasonMatter
from shangliang.hotspots.queries.one import Proposed, free_matters_of, reports_of, reports_to_join
from shangliang.hotspots.rules import without_words
from shangliang.people.models import Area
from shangliang.reports.actions import bulk_join
from shangliang.reports.models import Matter, Report
from shangliang.topics.actions import store_topic
from shangliang.topics.models import ConsultationForm, Topic
from shangliang.ui.clean import on_one_line

LONGEST_REASON = 120
MOST_JOINED = 100
MAKE = {HotTopic: states.HOT_MAKE, SeasonMatter: states.SEASON_MAKE}
ASIDE = {HotTopic: states.HOT_ASIDE, SeasonMatter: states.SEASON_ASIDE}
BACK = {HotTopic: states.HOT_BACK, SeasonMatter: states.SEASON_BACK}


@dataclass(frozen=True)
class Chosen:
    """What the clerk chose for a new topic: the words, the matters taken in, and whether the rest is joined first.

    ``joined``: how many open reports the clerk was shown and agreed to join into one matter; None joins none. They come
    into the first of ``matters``, or into a new one called ``matter_title``. ``cited``: codes of the reports whose words
    were offered for the background.
    """

    title: str
    source: str
    domain: str
    form: ConsultationForm
    background: str = ""
    why_this_topic: str = ""
    area: Area | None = None
    matters: tuple[str, ...] = ()
    joined: int | None = None
    matter_title: str = ""
    cited: tuple[str, ...] = field(default=())


@action
def make_topic(one: Proposed, *, chosen: Chosen, by: Viewer, at: datetime) -> Topic:
    """Put a topic into the bank from a proposal: open reports joined first where that was agreed to, matters taken in.

    Refuses a proposal that was decided on meanwhile or whose list was replaced, a number of reports that is no longer the
    one agreed to, a topic without any matter, and whatever ``bulk_join`` and ``store_topic`` refuse; then nothing is kept.
    """
    _check(one, by)
    matters = list(free_matters_of(by, one).filter(code__in=chosen.matters).order_by("code"))
    if len(matters) < len(set(chosen.matters)):
        raise Refusal(_("选的事项里，有的刚才进了别的议题。请再看一遍选了哪几件。"))
    if chosen.joined is not None:
        matters = _join_the_rest(one, matters, chosen, by=by, at=at)
    if not matters:
        raise Refusal(_("还没有事项。选一件已立的事项，或者先把还没处理的线索合成一件。"))
    topic = store_topic(
        committee=matters[0].committee, title=chosen.title, source=chosen.source, domain=chosen.domain,
        form=chosen.form, matters=matters, area=chosen.area, background=chosen.background,
        why_this_topic=chosen.why_this_topic, by=by, at=at,
    )  # fmt: skip
    _keep_citations(one, topic, chosen.cited, by)
    facts = {"topic": topic.code, "matters": [matter.code for matter in matters]}
    move(one, MAKE[type(one)], by=by, at=at, facts=facts, topic=topic, **_decided(by, at))
    return topic


@action
def put_aside(one: Proposed, *, because: str, by: Viewer, at: datetime) -> Proposed:
    """Say why a proposal need not be consulted on; its reports stay where they are. Refuses no reason, and a stale list."""
    _check(one, by)
    reason = on_one_line(because)
    if not reason:
        raise Refusal(_("写一句为什么不用议，以后的人看得懂。"))
    if len(reason) > LONGEST_REASON:
        raise Refusal(_("写得太长了，最多 %(most)d 个字。") % {"most": LONGEST_REASON})
    then: dict[str, Any] = {"people_then": one.people} if isinstance(one, HotTopic) else {}
    moved: Proposed = move(one, ASIDE[type(one)], by=by, at=at, because=reason, **then, **_decided(by, at))
    return moved


@action
def take_back(one: Proposed, *, by: Viewer, at: datetime) -> Proposed:
    """Take back that a proposal was put aside: it waits again."""
    _check(one, by)
    then: dict[str, Any] = {"people_then": None} if isinstance(one, HotTopic) else {}
    moved: Proposed = move(
        one, BACK[type(one)], by=by, at=at, because="", decided_at=None, decided_by=None, **then
    )
    return moved


def _check(one: Proposed, by: Viewer) -> None:
    """Refuse somebody of another committee, and a list that a later look has replaced."""
    check_role(by, states.HOT_MAKE.roles)
    if getattr(by, "committee_id", None) != one.committee_id:
        raise NotYours(_("这不是您所在政协的事。"))
    if isinstance(one, HotTopic):
        one.week.refresh_from_db(fields=["is_standing"])
        if not one.week.is_standing:
            raise WrongState(_("这一周刚才又看过一遍，单子换了新的。请回到热点，从新的单子里选。"))


def _decided(by: Viewer, at: datetime) -> dict[str, Any]:
    return {"decided_at": at, "decided_by": by.appointment_id if isinstance(by, Appointed) else None}


def _join_the_rest(
    one: Proposed, matters: list[Matter], chosen: Chosen, *, by: Viewer, at: datetime
) -> list[Matter]:
    """Join the open reports into one matter, as many as the clerk agreed to; at most a hundred at a time."""
    rows = list(reports_to_join(by, one)[:MOST_JOINED])
    if len(rows) != chosen.joined:
        raise WrongState(
            _("刚才有人处理过其中的线索，现在还没处理的是 %(count)d 条。请看过再选一次。")
            % {"count": len(rows)}
        )
    matter, _joined = bulk_join(
        rows, matter=matters[0] if matters else None, title=chosen.matter_title, by=by, at=at
    )
    return matters or [Matter.unscoped.select_related("committee", "area").get(pk=matter.pk)]


def _keep_citations(one: Proposed, topic: Topic, codes: Iterable[str], by: Viewer) -> None:
    """Remember whose words stand in the background, as far as they still do, so that they can be struck out again."""
    written = f"{topic.title}\n{topic.background}\n{topic.why_this_topic}"
    for report in reports_of(by, one).filter(code__in=list(codes)):
        words = _all_words(report)
        if without_words(written, words) != written:
            Citation(topic=topic, report=report, words=words).save(force_insert=True)


def _all_words(report: Report) -> str:
    """Return what of a report may have come into a draft: its title, place and words, private data hidden."""
    return "\n".join(part for part in words_of(report) if part)
