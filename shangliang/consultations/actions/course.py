"""Opening a consultation and its steps without a room of their own: plan, submission, follow-up, and what was left out."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext as _

from shangliang.consultations import notices
from shangliang.consultations.actions.steps import (
    keep_step,
    keep_step_not_done,
    proxy_facts,
    tell_those_who_spoke,
)
from shangliang.consultations.models import (
    Consultation,
    HeadCount,
    ResearchRecord,
    Side,
    StepName,
    Suggestion,
)
from shangliang.consultations.rules import MAY_BE_SKIPPED
from shangliang.consultations.states import FOLLOW, PLAN, RESEARCH, SUBMIT, SuggestionState
from shangliang.foundation.business import action
from shangliang.foundation.moves import move, record_fact
from shangliang.foundation.refusals import Refusal
from shangliang.foundation.sequences import numbered_code
from shangliang.foundation.viewer import Viewer
from shangliang.protection.actions import refuse_unanswered
from shangliang.topics.actions import begin_topic
from shangliang.topics.actions.guards import happened, written
from shangliang.topics.models import Topic
from shangliang.topics.queries import matters_of

SKIPS = {StepName.PLANNED: PLAN, StepName.RESEARCHED: RESEARCH, StepName.SUBMITTED: SUBMIT}


@action
def open_consultation(
    *, topic: Topic, by: Viewer, at: datetime, convener: str = "", title: str = "",
    happened_on: date | None = None, entry_source: str = "", entry_key: str | None = None,
) -> Consultation:  # fmt: skip
    """Open the consultation on a scheduled topic: step 1 is done. ``entry_source`` says where a past one comes from.

    Refuses a topic that is not scheduled, a day to come, and a topic without a form.
    """
    if topic.form is None:
        raise Refusal(_("先给议题选一种协商形式。"))
    day = happened(happened_on, at)
    begin_topic(topic, by=by, at=at, happened_on=day)
    row = Consultation(
        committee=topic.committee, topic=topic, form=topic.form, area=topic.area,
        code=numbered_code(topic.committee.prefix, day.year, "X"), convener=convener.strip()[:60],
        title=written(title or topic.title, _("写一个名称。"), 80), entry_source=entry_source.strip()[:120],
        entry_key=entry_key or None,
    )  # fmt: skip
    row.save(force_insert=True)
    keep_step(row, StepName.SELECTED, day, by=by, at=at, owner=row.convener, artefact=topic.code)
    facts = {"topic": topic.code, **proxy_facts(row)}
    record_fact(row, "consultation.open", by=by, at=at, happened_on=day, facts=facts)
    return row


@action
def plan(
    consultation: Consultation, *, by: Viewer, at: datetime, place: str = "",
    planned_on: date | None = None, aim: str = "", information: str = "",
    heads: Mapping[str, int] | None = None, owner: str = "", happened_on: date | None = None,
) -> Consultation:  # fmt: skip
    """Step 2: where and when, what for, what participants are given to read, how many of each side are asked.

    Refuses a side that is none of the four and a number below zero.
    """
    day = happened(happened_on, at)
    move(
        consultation, PLAN, by=by, at=at, happened_on=day, place=place.strip()[:80], planned_on=planned_on,
        aim=aim.strip()[:300], information=information.strip(), facts=proxy_facts(consultation),
    )  # fmt: skip
    for side, number in (heads or {}).items():
        check_count(side, number)
        HeadCount.unscoped.update_or_create(
            consultation=consultation, side=side, defaults={"planned": number}
        )
    keep_step(consultation, StepName.PLANNED, day, by=by, at=at, owner=owner)
    return consultation


def check_count(side: str, number: int) -> None:
    """Refuse a side that is none of the four, and a number below zero."""
    if side not in Side.values:
        raise Refusal(_("参加的人分居民、部门、专家、委员四方。"))
    if number < 0:
        raise Refusal(_("人数不能是负的。"))


@action
def skip_step(
    consultation: Consultation, *, step: str, because: str, decided_by: str, by: Viewer, at: datetime
) -> Consultation:
    """Record "not done, because" with a name for plan, research or submission, and go on (LY-7).

    Refuses every other step, no reason, no name, and research that was done. What never met is called off instead.
    """
    if step not in MAY_BE_SKIPPED:
        raise Refusal(_("没有坐下来商量，就不能算协商。要么记下开会，要么写明为什么这次不开了。"))
    reason = written(because, _("写明为什么没有做。"), 200)
    name = written(decided_by, _("写明是谁决定不做的。"), 40)
    if step == StepName.RESEARCHED and ResearchRecord.unscoped.filter(consultation=consultation).exists():
        raise Refusal(_("已经记过调研了，直接记“调研做完了”就行。"))
    move(consultation, SKIPS[StepName(step)], by=by, at=at, facts={"not_done": True})
    if step == StepName.SUBMITTED:
        refuse_unanswered(matters_of(consultation.topic))
    keep_step_not_done(consultation, step, reason, name, at)
    return consultation


@action
def submit_results(
    consultation: Consultation, *, submitted_to: str, by: Viewer, at: datetime,
    happened_on: date | None = None, document_no: str = "", owner: str = "",
) -> Consultation:  # fmt: skip
    """Step 5: submit what was agreed. Those who spoke are told how many points, and who decides now.

    Refuses while it was not said how many people could have said what the matters rest on: from here units are near.
    """
    to = written(submitted_to, _("写明报送给谁。"), 80)
    day = happened(happened_on, at)
    agreed = (
        Suggestion.unscoped.filter(consultation=consultation).exclude(state=SuggestionState.DROPPED).count()
    )
    move(consultation, SUBMIT, by=by, at=at, happened_on=day, submitted_to=to, facts={"suggestions": agreed})
    refuse_unanswered(matters_of(consultation.topic))
    keep_step(consultation, StepName.SUBMITTED, day, by=by, at=at, owner=owner, artefact=document_no)
    tell_those_who_spoke(consultation, notices.submitted(agreed, to), by=by, at=at)
    return consultation


@action
def follow(
    consultation: Consultation, *, by: Viewer, at: datetime, happened_on: date | None = None, owner: str = ""
) -> Consultation:
    """Step 6: the committee begins to follow what was taken on."""
    day = happened(happened_on, at)
    move(consultation, FOLLOW, by=by, at=at, happened_on=day)
    keep_step(consultation, StepName.FOLLOWING, day, by=by, at=at, owner=owner)
    return consultation
