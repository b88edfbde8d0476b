"""Issuing the owner table: a new issue ends the one that stands the day before, and may begin as its copy."""

from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from shangliang.foundation import clock
from shangliang.foundation.business import action, note
from shangliang.foundation.ledger import Note
from shangliang.foundation.refusals import Refusal
from shangliang.foundation.viewer import Viewer
from shangliang.people.models import Committee
from shangliang.sorting import rules
from shangliang.sorting.actions.scheme import hold_committee
from shangliang.sorting.models import OwnerRow, OwnerTable
from shangliang.sorting.permissions import MAY_ISSUE
from shangliang.sorting.queries.owners import held_on
from shangliang.sorting.queries.owners_history import subject_of
from shangliang.ui.clean import on_one_line


@action
def issue_table(
    *,
    committee: Committee,
    year: int,
    title: str,
    source: str,
    from_on: date,
    by: Viewer,
    at: datetime,
    copy_from: OwnerTable | None = None,
) -> OwnerTable:
    """Issue the owner table of a year, in force from a day on. Return it, empty or with the rows of ``copy_from``.

    The one in force ends the day before; one issued ahead that has not begun is replaced. A copy takes the rows that
    would hold on that day and whose kind is in use. Refuses a day not after the begin of one already in force, a year
    that does not go with the day, a day more than a year ahead, and an empty or too long title or source document.
    """
    hold_committee(committee.pk, by, MAY_ISSUE)
    heading, document = on_one_line(title), on_one_line(source)
    _check(year, heading, document, from_on, clock.day_of(at))
    if copy_from and copy_from.committee_id != committee.pk:
        raise Refusal(_("只能照本政协的主责单位表抄一份。"))
    kept = _rows_to_copy(copy_from, from_on) if copy_from else []
    _end_others(committee, from_on, clock.day_of(at))
    table = OwnerTable(
        committee=committee, year=year, title=heading, source=document, from_on=from_on, issued_at=at
    )
    table.save(force_insert=True)
    copied = [
        OwnerRow(table=table, category_id=one.category_id, area_id=one.area_id, unit_id=one.unit_id, from_on=from_on)
        for one in kept
    ]  # fmt: skip
    OwnerRow.unscoped.bulk_create(copied, batch_size=rules.ROWS_AT_ONCE)
    facts = {"year": year, "from_on": from_on, "copied": len(copied)}
    note(Note(committee.pk, "owners.issue", subject_of(from_on), by, at, from_on, facts))
    return table


def _check(year: int, title: str, source: str, from_on: date, today: date) -> None:
    first, last = rules.YEARS
    if not first <= year <= last or abs(from_on.year - year) > 1:
        raise Refusal(_("年份和开始的日子对不上，请看看是不是写错了。"))
    if (from_on - today).days > rules.MOST_DAYS_AHEAD:
        raise Refusal(_("开始的日子最多早定一年，请看看是不是写错了。"))
    if not title or len(title) > 80:
        raise Refusal(_("写上标题，不超过 80 个字。"))
    if not source or len(source) > 120:
        raise Refusal(_("写上依据的文件，不超过 120 个字。没有文件，写清谁在哪天定的。"))


def _rows_to_copy(table: OwnerTable, from_on: date) -> list[OwnerRow]:
    last = table.until_on
    day = min(from_on, last) if last else from_on
    rows = OwnerRow.unscoped.filter(held_on(day), table=table, category__is_current=True)
    return list(rows.order_by("pk"))


def _end_others(committee: Committee, from_on: date, today: date) -> None:
    others = OwnerTable.unscoped.filter(committee=committee)
    for one in others.filter(Q(until_on=None) | Q(until_on__gte=from_on)).order_by("from_on"):
        if one.from_on == from_on or (one.from_on > from_on and one.from_on <= today):
            said = {"year": one.year, "day": one.from_on.isoformat()}
            raise Refusal(_("第 %(year)s 年的那期从 %(day)s 开始。新的一期要从它之后的日子开始。") % said)
        one.until_on = rules.day_before(from_on)
        one.save(update_fields=["until_on"])
