"""Step 4: people sat down. Heads are counted once; what was said is kept with its side."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from shangliang.consultations import notices
from shangliang.consultations.actions.course import check_count
from shangliang.consultations.actions.steps import keep_step, locked_in, proxy_facts, tell_those_who_spoke
from shangliang.consultations.models import Consultation, Hall, HeadCount, Side, Statement, StepName, Support
from shangliang.consultations.rules import Line, exceeds, names_a_person
from shangliang.consultations.states import HOLD, ConsultationState
from shangliang.foundation.business import action
from shangliang.foundation.moves import move, record_fact
from shangliang.foundation.refusals import Refusal, WrongState
from shangliang.foundation.viewer import Viewer
from shangliang.topics.actions.guards import happened, written

AFTER_THE_SESSION = (ConsultationState.HELD, ConsultationState.SUBMITTED, ConsultationState.FOLLOWING)
BEFORE_RESEARCH = (ConsultationState.SELECTED, ConsultationState.PLANNED)
MINUTES_ARE_OPEN = (ConsultationState.HELD, ConsultationState.SUBMITTED)


@action
def hold_session(
    consultation: Consultation, *, held_on: date, by: Viewer, at: datetime, place: str = "",
    convener: str = "", heads: Mapping[str, int] | None = None, counted_by: str = "", how: str = "",
) -> Consultation:  # fmt: skip
    """Step 4: the session took place; its heads may be given at once. Those who spoke are told in plain words.

    Refuses a day to come and, by the state, a session before research was done or explained.
    """
    if consultation.state in BEFORE_RESEARCH:
        raise WrongState(_("不调研不协商：先记一次调研，或写明为什么没有做、谁决定的。"))
    day = happened(held_on, at)
    changes = {
        name: words.strip() for name, words in (("place", place[:80]), ("convener",
        convener[:60])) if words.strip()
    }  # fmt: skip
    move(
        consultation, HOLD, by=by, at=at, happened_on=day, held_on=day, facts=proxy_facts(consultation),
        **changes,
    )  # fmt: skip
    if heads:
        count_heads(consultation, heads=heads, counted_by=counted_by, how=how, by=by, at=at)
    keep_step(
        consultation, StepName.HELD, day, by=by, at=at, owner=consultation.convener,
        planned_on=consultation.planned_on,
    )  # fmt: skip
    tell_those_who_spoke(consultation, notices.held(day), by=by, at=at)
    return consultation


@action
def count_heads(
    consultation: Consultation, *, heads: Mapping[str, int], counted_by: str, by: Viewer, at: datetime,
    how: str = "",
) -> list[HeadCount]:  # fmt: skip
    """Keep how many of each side were in the room, who counted and how. A later correction is noted as one.

    Refuses before the session, nobody who counted, a side that is none of the four, a number below zero, and fewer
    people of a side than have been noted as agreeing or reserved.
    """
    locked_in(consultation, AFTER_THE_SESSION, by, HOLD.roles)
    if not heads:
        raise Refusal(_("写上各方到了多少人，一方没来就写 0。"))
    name = written(counted_by, _("写明是谁清点的。"), 40)
    known = {one.side: one for one in HeadCount.unscoped.filter(consultation=consultation)}
    before = {side: one.present for side, one in known.items() if one.present is not None}
    kept = [
        _keep_count(consultation, known.get(side), side, number, name, how) for side, number in heads.items()
    ]
    facts = {"present": dict(heads), **({"before": before} if before else {})}
    verb = "consultation.correct_heads" if before else "consultation.count_heads"
    record_fact(consultation, verb, by=by, at=at, happened_on=consultation.held_on, facts=facts)
    return kept


def _keep_count(
    consultation: Consultation, row: HeadCount | None, side: str, number: int, name: str, how: str
) -> HeadCount:
    check_count(side, number)
    noted = Support.unscoped.filter(suggestion__consultation=consultation, side=side)
    if any(exceeds(number, one.agree, one.reserve) for one in noted):
        raise Refusal(
            _("%(side)s只有 %(number)d 人，可是建议里记的支持和保留比这多，先改建议里的数。")
            % {"side": Side(side).label, "number": number}
        )
    row = row or HeadCount(consultation=consultation, side=side)
    row.present, row.counted_by, row.how = number, name, how.strip()[:60]
    row.save()
    return row


@action
def record_statement(
    consultation: Consultation, *, side: str, text: str, by: Viewer, at: datetime, hall: str = Hall.HALL,
    speaker: str = "",
) -> Statement:  # fmt: skip
    """Keep one thing that was said. Refuses no words, an unknown side, and a resident's name."""
    return record_statements(consultation, lines=[Line(side, speaker, text)], hall=hall, by=by, at=at)[0]


@action
def record_statements(
    consultation: Consultation, *, lines: Sequence[Line], by: Viewer, at: datetime, hall: str = Hall.HALL
) -> list[Statement]:
    """Keep what was said, in the order of the lines; those from outside the room stand among the others (LY-16).

    Refuses before the session and once the results are followed, no line, no words, an unknown side, a resident's name.
    """
    locked_in(consultation, MINUTES_ARE_OPEN, by, HOLD.roles)
    if not lines:
        raise Refusal(_("还没有写一句话。"))
    last = Statement.unscoped.filter(consultation=consultation).aggregate(last=Max("order"))["last"] or 0
    rows = [
        _statement(consultation, line, hall, last + number, at) for number, line in enumerate(lines, start=1)
    ]
    Statement.unscoped.bulk_create(rows, batch_size=100)
    record_fact(consultation, "consultation.record_statements", by=by, at=at, facts={"statements": len(rows)})
    return rows


def _statement(consultation: Consultation, line: Line, hall: str, order: int, at: datetime) -> Statement:
    check_count(line.side, 0)
    if hall not in Hall.values:
        raise Refusal(_("在会场说的还是线上说的，选一个。"))
    if line.side == Side.RESIDENTS and names_a_person(line.speaker):
        raise Refusal(
            _("居民不写姓名，写身份就行，例如“家长”“商户”。您写的是“%(speaker)s”。")
            % {"speaker": line.speaker}
        )
    return Statement(
        consultation=consultation,
        side=line.side,
        hall=hall,
        order=order,
        recorded_at=at,
        speaker=line.speaker.strip()[:40],
        text=written(line.text, _("写下说了什么。"), 4000),
    )
