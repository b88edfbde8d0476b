"""Step 3: no research, no session (不调研不协商)."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from shangliang.consultations.actions.steps import keep_step, locked_in
from shangliang.consultations.models import Consultation, ResearchRecord, StepName
from shangliang.consultations.states import RESEARCH, ConsultationState
from shangliang.foundation.business import action
from shangliang.foundation.moves import move, record_fact
from shangliang.foundation.refusals import Refusal
from shangliang.foundation.viewer import Viewer
from shangliang.topics.actions.guards import happened, written

BEFORE_THE_SESSION = (ConsultationState.SELECTED, ConsultationState.PLANNED, ConsultationState.RESEARCHED)


@action
def record_research(
    consultation: Consultation, *, happened_on: date, note: str, by: Viewer, at: datetime, who: str = "",
    place: str = "",
) -> ResearchRecord:  # fmt: skip
    """Keep one look before the session; three lines are enough. Refuses no words, a day to come, and after the session."""
    locked_in(consultation, BEFORE_THE_SESSION, by, RESEARCH.roles)
    row = ResearchRecord(
        consultation=consultation,
        happened_on=happened(happened_on, at),
        recorded_at=at,
        note=written(note, _("写几句调研看到了什么，三行就够。"), 4000),
        who=who.strip()[:120],
        place=place.strip()[:120],
    )
    row.save(force_insert=True)
    record_fact(consultation, "consultation.look", by=by, at=at, happened_on=row.happened_on)
    return row


@action
def finish_research(
    consultation: Consultation, *, by: Viewer, at: datetime, happened_on: date | None = None, owner: str = ""
) -> Consultation:
    """Step 3 is done, on the day of the last look unless another is named. Refuses without one research record."""
    last = ResearchRecord.unscoped.filter(consultation=consultation).order_by("happened_on", "pk").last()
    if last is None:
        raise Refusal(_("不调研不协商：先记一次调研，或写明为什么没有做、谁决定的。"))
    day = happened(happened_on or last.happened_on, at)
    looks = ResearchRecord.unscoped.filter(consultation=consultation).count()
    move(consultation, RESEARCH, by=by, at=at, happened_on=day, facts={"looks": looks})
    keep_step(consultation, StepName.RESEARCHED, day, by=by, at=at, owner=owner or last.who)
    return consultation
