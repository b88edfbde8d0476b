"""What a committee sets for itself."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from shangliang.foundation.business import action, note
from shangliang.foundation.ledger import Note
from shangliang.foundation.refusals import NotYours, Refusal
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.people.actions.doors import check_committee
from shangliang.people.models import Appointment, Committee, OutcomeLetter, Setting
from shangliang.people.permissions import MAY_MANAGE
from shangliang.people.rules import LIMITS, within_limits
from shangliang.people.settings_of import DEFAULTS


@action
def want_digest(*, wanted: bool, by: Viewer, at: datetime) -> None:
    """Turn the daily word of what waits on or off for the seat somebody acts in; nobody else's. Not for the ledger."""
    if not isinstance(by, Appointed):
        raise NotYours(_("您现在的身份不能做这一步。"))
    Appointment.unscoped.filter(pk=by.appointment_id).update(wants_digest=wanted)


@action
def change_setting(*, committee: Committee, key: str, value: Any, by: Viewer, at: datetime) -> None:
    """Change one setting of a committee. Refuses unknown keys (KeyError) and figures outside their limits."""
    check_committee(by, committee.pk, MAY_MANAGE)
    if key not in DEFAULTS:
        raise KeyError(key)
    if not within_limits(key, value):
        low, high = LIMITS[key]
        raise Refusal(_("这一项只能填 %(low)s 到 %(high)s。") % {"low": low, "high": high})
    Setting.unscoped.update_or_create(committee=committee, key=key, defaults={"value": value})
    note(
        Note(
            committee.pk,
            "setting.change",
            f"setting:{key}",
            by,
            at,
            facts={"value": value} if isinstance(value, int) else {},
        )
    )


@action
def change_settings(*, committee: Committee, values: dict[str, Any], by: Viewer, at: datetime) -> int:
    """Change those settings that differ from what holds now. Return how many."""
    kept = dict(Setting.unscoped.filter(committee=committee).values_list("key", "value"))
    changed = {key: value for key, value in values.items() if {**DEFAULTS, **kept}.get(key) != value}
    for key, value in changed.items():
        change_setting(committee=committee, key=key, value=value, by=by, at=at)
    return len(changed)


@action
def set_letters(
    *, committee: Committee, letters: Iterable[tuple[str, str, str]], by: Viewer, at: datetime
) -> None:
    """Set the local outcome letters, (letter, label, real outcome) each; a letter left out is no longer offered."""
    check_committee(by, committee.pk, MAY_MANAGE)
    kept = []
    for letter, label, real in letters:
        OutcomeLetter.unscoped.update_or_create(
            committee=committee, letter=letter, defaults={"label": label, "real_outcome": real}
        )
        kept.append(letter)
    OutcomeLetter.unscoped.filter(committee=committee).exclude(letter__in=kept).delete()
    note(Note(committee.pk, "setting.letters", f"committee:{committee.slug}", by, at))


@action
def change_preferences(
    *,
    committee: Committee,
    names: dict[str, str],
    values: dict[str, Any],
    letters: list[tuple[str, str, str]],
    by: Viewer,
    at: datetime,
) -> None:
    """Change names, settings and letters of a committee together or not at all; what stays as it was is not noted."""
    if names != {"name": committee.name, "short_name": committee.short_name}:
        rename_committee(committee, **names, by=by, at=at)
    change_settings(committee=committee, values=values, by=by, at=at)
    held = OutcomeLetter.unscoped.filter(committee=committee).values_list("letter", "label", "real_outcome")
    if sorted(held) != sorted(letters):
        set_letters(committee=committee, letters=letters, by=by, at=at)


@action
def rename_committee(
    committee: Committee, *, name: str, short_name: str, by: Viewer, at: datetime
) -> Committee:
    """Change the names a committee goes by. Its address and number prefix stay: they are printed on posters."""
    check_committee(by, committee.pk, MAY_MANAGE)
    committee.name, committee.short_name = name, short_name
    committee.save(update_fields=["name", "short_name"])
    note(Note(committee.pk, "committee.rename", f"committee:{committee.slug}", by, at))
    return committee
