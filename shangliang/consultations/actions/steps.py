"""What every step shares: its record, the lock on its consultation, and who hears of it."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from shangliang.consultations.models import Consultation, StepRecord
from shangliang.foundation.moves import check_role
from shangliang.foundation.refusals import WrongState
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.people.queries import names_of
from shangliang.reports.actions import tell_reporters
from shangliang.topics.queries import matters_of


def keep_step(
    consultation: Consultation, step: str, day: date, *, by: Viewer, at: datetime, owner: str = "",
    artefact: str = "", planned_on: date | None = None,
) -> None:  # fmt: skip
    """Record that a step happened on a day, with who carried it and the paper it left. Call it inside an action."""
    StepRecord(
        consultation=consultation,
        step=step,
        happened_on=day,
        owner=(owner.strip() or name_of(by))[:40],
        artefact=artefact.strip()[:120],
        planned_on=planned_on,
        recorded_at=at,
    ).save(force_insert=True)


def keep_step_not_done(
    consultation: Consultation, step: str, because: str, decided_by: str, at: datetime
) -> None:
    """Record that a step did not happen, because, and who decided it (LY-7). Call it inside an action."""
    StepRecord(
        consultation=consultation, step=step, not_done_because=because, decided_by=decided_by, recorded_at=at
    ).save(force_insert=True)


def name_of(by: Viewer) -> str:
    """Return the name of the staff member who acts, "" for anybody else."""
    return names_of([by.appointment_id]).get(by.appointment_id, "") if isinstance(by, Appointed) else ""


def locked_in(
    consultation: Consultation, states: Collection[str], by: Viewer, allowed: tuple[str, ...]
) -> Consultation:
    """Return the consultation locked until commit. Refuses other roles, and other states with a sentence."""
    check_role(by, allowed)
    row = (
        Consultation.unscoped.select_for_update(of=("self",)).select_related("topic").get(pk=consultation.pk)
    )
    if row.state not in states:
        raise WrongState(
            _("这次协商现在是“%(state)s”，这一步现在做不了。请看过再决定。")
            % {"state": row.get_state_display()}
        )
    return row


def tell_those_who_spoke(consultation: Consultation, text: str, *, by: Viewer, at: datetime) -> None:
    """Tell the reporters of every matter the topic holds."""
    for matter in matters_of(consultation.topic):
        tell_reporters(matter, text=text, by=by, at=at)


def proxy_facts(consultation: Consultation) -> dict[str, Any]:
    """Return what the ledger says of a session that was entered from paper or by telephone."""
    return {"via": "proxy"} if consultation.entry_source else {}
