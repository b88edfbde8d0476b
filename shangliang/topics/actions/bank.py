"""Into the topic bank, onto the list, back again, and out of it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from shangliang.foundation import roles
from shangliang.foundation.business import action
from shangliang.foundation.moves import check_role, move, record_fact
from shangliang.foundation.refusals import AlreadyDone, Refusal
from shangliang.foundation.sequences import numbered_code
from shangliang.foundation.viewer import Viewer
from shangliang.people.models import Area, Committee
from shangliang.reports.actions import begin_consulting, leave_consulting, tell_reporters
from shangliang.reports.models import Matter
from shangliang.reports.states import MatterState
from shangliang.sorting.actions.asked import Put, index_asked, mend_asked
from shangliang.topics.actions.guards import happened, within_reach, written
from shangliang.topics.models import ConsultationForm, Domain, Source, Topic, TopicMatter
from shangliang.topics.rules import ASKED_AS
from shangliang.topics.states import SHORTLIST, STORE_BACK, TURN_DOWN, TopicState

INDEXED_AT_ONCE = 100


@action
def store_topic(
    *, committee: Committee, title: str, source: str, domain: str, form: ConsultationForm, by: Viewer,
    at: datetime, matters: Iterable[Matter] = (), area: Area | None = None, background: str = "",
    why_this_topic: str = "", stored_on: date | None = None,
) -> Topic:  # fmt: skip
    """Put a topic into the bank; its matters go into consultation.

    Refuses no title, a source that is none of the six, a domain that is none of the three, a form, place or matter of
    another committee, and a matter another topic holds.
    """
    check_role(by, roles.OFFICE)
    within_reach(by, committee.pk)
    held = list(matters)
    _check_vocabulary(source, domain)
    _check_one_committee(committee, [form, area, *held])
    day = happened(stored_on, at)
    row = Topic(
        committee=committee, form=form, area=area or _place_of(held), source=source, domain=domain,
        code=numbered_code(committee.prefix, day.year, "Y"), stored_on=day, background=background.strip(),
        title=written(title, _("给议题起个名字，一句话说清商量什么。"), 80),
        why_this_topic=why_this_topic.strip(),
    )  # fmt: skip
    row.save(force_insert=True)
    index_asked(committee, ASKED_AS, row.pk, row.title, row.background)
    for matter in held:
        _take(row, matter, by, at)
    facts = {"source": source, "domain": domain, "form": form.key, "matters": [one.code for one in held]}
    record_fact(row, "topic.store", by=by, at=at, happened_on=day, facts=facts)
    return row


def mend_index(after: int) -> tuple[int, int, int]:
    """Bring the next hundred topics after an id in line with the index of what was asked; write only what differs.

    Return (the last id looked at, or 0 at the end; topics looked at; topics whose rows were wrong).
    """
    topics = list(Topic.unscoped.filter(pk__gt=after).order_by("pk")[:INDEXED_AT_ONCE])
    wrong = mend_asked(
        ASKED_AS, after, [Put(one.committee_id, one.pk, one.title, one.background) for one in topics]
    )
    return topics[-1].pk if topics else 0, len(topics), wrong


def _check_vocabulary(source: str, domain: str) -> None:
    if source not in Source.values:
        raise Refusal(_("来源要从六个里选一个，而且只选一个。"))
    if domain not in Domain.values:
        raise Refusal(_("领域要从三个里选一个，而且只选一个。"))


def _check_one_committee(committee: Committee, rows: list[Any]) -> None:
    if any(one is not None and one.committee_id != committee.pk for one in rows):
        raise Refusal(_("议题、形式、地方和事项要属于同一个政协。"))


def _place_of(held: list[Matter]) -> Area | None:
    return next((one.area for one in held if one.area_id), None)


def _take(topic: Topic, matter: Matter, by: Viewer, at: datetime) -> None:
    standing = (
        TopicMatter.unscoped.select_for_update(of=("self",))
        .filter(matter=matter, left_at=None)
        .select_related("topic")
        .first()
    )
    if standing and standing.topic.state != TopicState.CONSULTED:
        raise AlreadyDone(
            _("事项 %(matter)s 已经在议题 %(topic)s 里了。")
            % {"matter": matter.code, "topic": standing.topic.code}
        )
    begin_consulting(matter, by=by, at=at)
    if standing:  # a second round: the earlier topic lets go of it
        standing.left_at = at
        standing.save(update_fields=["left_at"])
    TopicMatter(topic=topic, matter=matter).save(force_insert=True)


@action
def shortlist(topic: Topic, *, by: Viewer, at: datetime) -> Topic:
    """Put a stored or returned topic on the list of those to be submitted."""
    return move(topic, SHORTLIST, by=by, at=at)


@action
def store_back(topic: Topic, *, by: Viewer, at: datetime) -> Topic:
    """Put a topic back into the bank for later; its matters stay with it."""
    return move(topic, STORE_BACK, by=by, at=at)


@action
def turn_down(
    topic: Topic, *, because: str, decided_by: str, by: Viewer, at: datetime,
    decided_on: date | None = None, words_to_reporters: str = "",
) -> Topic:  # fmt: skip
    """Let a topic fall away before its session: reason and name kept, matters given back, reporters told.

    Refuses no reason or no name, and a topic that lies with its approver: there ``record_decision`` speaks.
    """
    if topic.approvals.filter(decision="").exists():
        raise Refusal(_("议题正在报审，请按答复记下决定。"))
    reason = written(because, _("写明为什么不用这个议题了。"), 250)
    name = written(decided_by, _("写明是谁定的。"), 40)
    move(
        topic, TURN_DOWN, by=by, at=at, happened_on=happened(decided_on, at),
        not_taken_because=_("%(reason)s（%(name)s定）") % {"reason": reason, "name": name},
    )  # fmt: skip
    give_matters_back(topic, words=words_to_reporters, by=by, at=at)
    return topic


@action
def give_matters_back(topic: Topic, *, by: Viewer, at: datetime, words: str = "") -> None:
    """Let go of every matter a topic holds: those who spoke are told that it is laid back, and ``words`` if any."""
    for held in (
        TopicMatter.unscoped.filter(topic=topic, left_at=None).select_related("matter").order_by("pk")
    ):
        held.left_at = at
        held.save(update_fields=["left_at"])
        if held.matter.state == MatterState.CONSULTING:
            leave_consulting(held.matter, by=by, at=at)
        if words.strip():
            tell_reporters(held.matter, text=words.strip(), by=by, at=at)
