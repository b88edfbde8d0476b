"""The day table every deadline is counted on. It is one for the whole instance."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from shangliang.foundation.business import action, note
from shangliang.foundation.ledger import Note
from shangliang.foundation.models import SpecialDay
from shangliang.foundation.moves import check_role
from shangliang.foundation.queries import forget_day_table
from shangliang.foundation.refusals import NotYours, Refusal
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.people.models import Committee
from shangliang.people.permissions import MAY_MANAGE


@action
def set_day(*, day: date, is_working: bool, name: str, by: Viewer, at: datetime) -> SpecialDay:
    """Say that a day is off, or is worked although it would be off. A day nobody had entered is taken as official."""
    committee_id = _own_committee(by)
    row, _made = SpecialDay.unscoped.update_or_create(
        day=day,
        defaults={"is_working": is_working, "name": name},
        create_defaults={"is_working": is_working, "name": name, "is_provisional": False},
    )
    note(Note(committee_id, "day.set", f"day:{day.isoformat()}", by, at, facts={"working": is_working}))
    forget_day_table()
    return row


@action
def drop_day(*, day: date, by: Viewer, at: datetime) -> None:
    """Let a day be what its weekday says again. Refuses the last entry of a year: a year without data counts nothing."""
    committee_id = _own_committee(by)
    if SpecialDay.unscoped.filter(day__year=day.year).exclude(day=day).count() == 0:
        raise Refusal(_("这是这一年的最后一条，去掉以后这一年的期限就算不出来了。"))
    SpecialDay.unscoped.filter(day=day).delete()
    note(Note(committee_id, "day.drop", f"day:{day.isoformat()}", by, at))
    forget_day_table()


@action
def confirm_year(*, year: int, by: Viewer, at: datetime) -> None:
    """Say that a year's table is now the official one. Refuses a year without entries."""
    committee_id = _own_committee(by)
    if not SpecialDay.unscoped.filter(day__year=year).update(is_provisional=False):
        raise Refusal(_("这一年还没有录任何一天。"))
    note(Note(committee_id, "day.confirm_year", f"year:{year}", by, at))
    forget_day_table()


def _own_committee(by: Viewer) -> int:
    """Return the committee whose chain keeps the change. The example may not change the days of a real office."""
    check_role(by, MAY_MANAGE)
    if not isinstance(by, Appointed):
        raise NotYours(_("您现在的身份不能做这一步。"))
    rows = dict(Committee.unscoped.values_list("pk", "is_example"))
    if rows[by.committee_id] and not all(rows.values()):
        raise NotYours(_("工作日表是全站共用的，示例区不能改。"))
    return by.committee_id
