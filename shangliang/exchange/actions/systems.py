"""The other systems a committee hands reports to: a name, the columns of their sheet, their numbers, their days."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from shangliang.exchange import rules
from shangliang.exchange.models import OtherSystem, SheetKind
from shangliang.foundation import codes
from shangliang.foundation.business import action
from shangliang.foundation.moves import check_role, record_fact
from shangliang.foundation.refusals import NotYours, Refusal
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.people.actions import change_setting
from shangliang.people.models import Committee
from shangliang.people.permissions import MAY_MANAGE
from shangliang.ui.clean import on_one_line

MOST_DAYS = 90


@action
def describe_system(
    system: OtherSystem | None, *, committee: Committee, name: str, sheet_kind: str,
    columns: Sequence[tuple[str, str, str]], number_format: str, answer_days: int, by: Viewer, at: datetime,
    is_used: bool = True,
) -> OtherSystem:  # fmt: skip
    """Set up another system (None) or change one; those in use may be referred to from the desk. Return it.

    ``columns`` are (heading, fill, fixed words) in the order of that system's sheet. Refuses an empty name or one that
    is taken, no column, fills that are not known, and days outside 1 to 90.
    """
    _check_place(by, committee)
    row = system or OtherSystem(committee=committee, code=codes.short_code(10))
    named = on_one_line(name)
    others = OtherSystem.unscoped.filter(committee=committee, name=named).exclude(pk=row.pk)
    if not named or len(named) > rules.LONGEST_SOURCE or others.exists():
        raise Refusal(_("给它一个名字，不超过 40 个字，不和别的重名。"))
    kept = [
        [on_one_line(head)[:40], fill, on_one_line(fixed)[:60]]
        for head, fill, fixed in columns
        if head.strip()
    ]
    if not kept or any(fill not in rules.FILLS for _head, fill, _fixed in kept):
        raise Refusal(_("至少要有一列，每一列都要选填什么。"))
    if sheet_kind not in SheetKind.values or not 1 <= answer_days <= MOST_DAYS:
        raise Refusal(_("几个工作日回话，填 1 到 90。"))
    row.name, row.sheet_kind, row.columns, row.answer_days = named, sheet_kind, kept, answer_days
    row.number_format, row.is_used = on_one_line(number_format)[:40], is_used
    row.save()
    record_fact(row, "system.describe", by=by, at=at, facts={"columns": len(kept), "days": answer_days})
    _offer_on_desk(committee, by=by, at=at)
    return row


def _offer_on_desk(committee: Committee, *, by: Viewer, at: datetime) -> None:
    """Let the desk refer to the systems in use: it knows them by a setting, since it stands before this package."""
    rows = OtherSystem.unscoped.filter(committee=committee, is_used=True).order_by("pk")
    names = list(rows.values_list("name", flat=True))
    change_setting(committee=committee, key="other_channels", value=names, by=by, at=at)


def _check_place(by: Viewer, committee: Committee) -> None:
    check_role(by, MAY_MANAGE)
    if isinstance(by, Appointed) and by.committee_id != committee.pk:
        raise NotYours(_("这不是您所在的政协。"))
