"""④ The end of a loop (LY-20), and the later look whether it lasted."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from shangliang.consultations import actions as consultations
from shangliang.consultations.models import Consultation
from shangliang.consultations.states import ConsultationState
from shangliang.delivery.actions.assigning import begin_following
from shangliang.delivery.actions.doors import day_between, of_office
from shangliang.delivery.actions.verdicts import follow_up_not_solved, refuse_gaps
from shangliang.delivery.models import LookBack
from shangliang.delivery.queries import (
    consultations_of_matter,
    gaps_before_verdicts,
    gaps_of_matter,
    matters_of_consultation,
)
from shangliang.foundation import clock, roles
from shangliang.foundation.business import action, note
from shangliang.foundation.ledger import Note
from shangliang.foundation.moves import check_role
from shangliang.foundation.refusals import AlreadyDone, Refusal, WrongState
from shangliang.foundation.viewer import Viewer
from shangliang.people.queries import setting
from shangliang.reports import actions as reports
from shangliang.reports.models import Matter
from shangliang.reports.states import MatterState

OVER = (MatterState.CLOSED, MatterState.ENDED)


@action
def close_matter_when_done(*, matter: Matter, by: Viewer, at: datetime) -> Matter:
    """Close a matter whose loop is whole and set the day to look back; its consultations end with their last matter.

    Refuses (LY-20) while an adopted suggestion lacks an assignment with a checked result or a told explanation.
    """
    check_role(by, roles.OFFICE)
    of_office(matter.committee_id, by)
    locked = Matter.unscoped.select_for_update(of=("self",)).get(pk=matter.pk)
    refuse_gaps(gaps_of_matter(locked))
    if locked.state != MatterState.JUDGING:
        raise WrongState(
            _("请反映人评价以后才能办结。现在是“%(state)s”。") % {"state": locked.get_state_display()}
        )
    due_on = clock.day_of(at) + timedelta(days=setting(matter.committee_id, "look_back_days"))
    reports.close_matter(matter, look_back_on=due_on, by=by, at=at)
    LookBack.unscoped.get_or_create(matter=matter, due_on=due_on)
    for consultation in consultations_of_matter(matter):
        _close_with_last_matter(consultation, by, at)
    return matter


def _close_with_last_matter(consultation: Consultation, by: Viewer, at: datetime) -> None:
    begin_following(consultation, by, at)
    still = matters_of_consultation(consultation).exclude(state__in=OVER).exists()
    if not still and consultation.state == ConsultationState.FOLLOWING:
        consultations.close_consultation(consultation, by=by, at=at)


@action
def close_consultation_when_done(*, consultation: Consultation, by: Viewer, at: datetime) -> Consultation:
    """End a consultation that has no open matter (a topic set from above). Refuses while its loop is open (LY-20)."""
    check_role(by, roles.OFFICE)
    of_office(consultation.committee_id, by)
    refuse_gaps(gaps_before_verdicts(consultation))
    if matters_of_consultation(consultation).exclude(state__in=OVER).exists():
        raise WrongState(_("这次协商的事项还没有办结，先把事项办结。"))
    _close_with_last_matter(consultation, by, at)
    if consultation.state != ConsultationState.CLOSED:
        raise WrongState(_("还没走到跟踪落实这一步，不能结束。"))
    return consultation


@action
def record_look_back(look_back: LookBack, *, finding: str, by: Viewer, at: datetime, done_on: date | None = None,
                     came_back: bool = False) -> LookBack:  # fmt: skip
    """Record what a later look found. When the trouble came back, our follow-up is opened again."""
    check_role(by, roles.OFFICE)
    row = (
        LookBack.unscoped.select_for_update(of=("self",))
        .select_related("matter__committee")
        .get(pk=look_back.pk)
    )
    of_office(row.matter.committee_id, by)
    if row.done_on:
        raise AlreadyDone(_("这次回头看已经记过了。"))
    if not finding.strip():
        raise Refusal(_("请写一句看到的情况。"))
    row.done_on, row.finding = day_between(row.matter.closed_on, done_on, at), finding.strip()[:300]
    row.save(update_fields=["done_on", "finding"])
    note(Note(row.matter.committee_id, "matter.look_back", f"matter:{row.matter.code}", by, at, row.done_on,
              {"came_back": came_back}))  # fmt: skip
    if came_back and row.matter.state == MatterState.CLOSED:
        follow_up_not_solved(row.matter, by=by, at=at)
    return row
