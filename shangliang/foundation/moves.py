"""The one function that changes a state, and the buttons a page shows."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from shangliang.foundation.business import action, note
from shangliang.foundation.ledger import Note
from shangliang.foundation.lifecycle import Machine, Move
from shangliang.foundation.refusals import NotYours, WrongState
from shangliang.foundation.viewer import Viewer


def moves_open_to(viewer: Viewer, record: models.Model, machine: Machine) -> list[Move]:
    """Return the moves this viewer may make on this record now, in table order: the buttons of a page."""
    return [one for one in machine.moves if record.state in one.sources and viewer.role in one.roles]  # type: ignore[attr-defined]


def may(viewer: Viewer, record: models.Model, step: Move) -> bool:
    """Tell whether ``move`` would accept: the same rule for the button and for the door."""
    return record.state in step.sources and viewer.role in step.roles  # type: ignore[attr-defined]


def check_role(by: Viewer, allowed: tuple[str, ...]) -> None:
    """Refuse (NotYours) when the viewer's role is not among ``allowed``; for acts that change no state."""
    if by.role not in allowed:
        raise NotYours(_("您现在的身份不能做这一步。"))


@action
def move(
    record: Any,
    step: Move,
    *,
    by: Viewer,
    at: datetime,
    happened_on: date | None = None,
    facts: dict[str, Any] | None = None,
    **changes: Any,
) -> Any:
    """Make one move: lock the row, check state and role, save state and ``changes``, note the ledger entry.

    Refuses with WrongState when the row has moved on, with NotYours when the role may not. Returns ``record`` renewed.
    """
    check_role(by, step.roles)
    locked = type(record).unscoped.select_for_update(of=("self",)).get(pk=record.pk)
    if locked.state not in step.sources:
        raise WrongState(
            _("这一步刚才已经有人做过，或情况变了。现在是“%(state)s”，请看过再决定。")
            % {"state": locked.get_state_display()}
        )
    came_from = locked.state
    for name, value in {"state": step.target, **changes}.items():
        setattr(record, name, value)
    record.save(update_fields=["state", *changes])
    note(
        Note(
            record.committee_id,
            step.name,
            subject_of(record),
            by,
            at,
            happened_on,
            {"from": str(came_from), "to": str(step.target), **(facts or {})},
        )
    )
    return record


@action
def record_fact(
    record: Any,
    verb: str,
    *,
    by: Viewer,
    at: datetime,
    happened_on: date | None = None,
    facts: dict[str, Any] | None = None,
) -> None:
    """Note a counted fact that changes no state (a head-count, a verdict, a question)."""
    note(Note(record.committee_id, verb, subject_of(record), by, at, happened_on, facts or {}))


def subject_of(record: Any) -> str:
    """Return kind:code of a record, as the ledger names it."""
    return f"{record._meta.model_name}:{record.code}"
