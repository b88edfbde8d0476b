"""Who has read what somebody said: a role or a unit and a day, for the one who said it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from shangliang.foundation import clock, roles
from shangliang.foundation.viewer import ReceiptHolder
from shangliang.people.queries import organisations_of
from shangliang.reports.queries import readings_of

OF_A_UNIT = (roles.UNIT, roles.AUTHORITY, roles.LINK)


@dataclass(frozen=True)
class Reader:
    """``who`` in words, the day of the first reading, and ``what`` was read where it was not the own words."""

    who: str
    on: date
    what: str = ""


def readers_of(viewer: ReceiptHolder, report: Any) -> list[Reader]:
    """Return who has read the holder's report, each once, the first first. Never a name, never a minute."""
    rows = list(readings_of(viewer, report))
    units = _names(report.committee_id, {one.unit for one in rows if one.unit})
    found: dict[str, Reader] = {}
    for one in rows:
        who = _who(one.role, units.get(one.unit, ""))
        what = _("看的是办公室写的说明，看不到您的原话") if one.role in OF_A_UNIT else ""
        found.setdefault(who, Reader(who, clock.day_of(one.first_read_at), what))
    return list(found.values())


def _names(committee_id: int, units: set[int]) -> dict[int, str]:
    if not units:
        return {}
    return dict(organisations_of(committee_id).filter(pk__in=units).values_list("pk", "name"))


def _who(role: str, unit: str) -> str:
    words = {
        roles.CLERK: _("政协办公室工作人员"),
        roles.LEADER: _("政协办公室工作人员"),
        roles.OFFICER: _("专办员"),
        roles.KEEPER: _("替您记下来的人"),
        roles.MEMBER: _("委员"),
    }
    return words.get(role) or unit or _("办事的单位")
