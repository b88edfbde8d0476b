"""Rows of the owner table within its year: a changed row ends and its successor begins, each with its reason."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from shangliang.foundation import clock
from shangliang.foundation.business import action, note
from shangliang.foundation.ledger import Note
from shangliang.foundation.refusals import Refusal, WrongState
from shangliang.foundation.viewer import Viewer
from shangliang.people.models import Area, Organisation
from shangliang.sorting import rules
from shangliang.sorting.actions.scheme import hold_committee
from shangliang.sorting.models import Category, OwnerRow, OwnerTable
from shangliang.sorting.queries.owners_history import subject_of
from shangliang.ui.clean import on_one_line


@action
def add_owner(
    table: OwnerTable,
    *,
    category: Category,
    area: Area | None,
    unit: Organisation,
    from_on: date,
    because: str,
    by: Viewer,
    at: datetime,
) -> OwnerRow:
    """Write down who answers for a kind in an area (None: everywhere) from a day on. Return the row.

    Refuses a retired kind, what another committee has, a kind and area that have a unit already, a day outside the
    issue, and an empty or too long reason.
    """
    locked = _locked(table, by)
    reason = _reason(because)
    _check_day(locked, from_on, at)
    rows: list[Any] = [category, unit, *([area] if area else [])]
    if any(one.committee_id != locked.committee_id for one in rows):
        raise Refusal(_("类别、地方和单位都要是本政协的。"))
    if not Category.unscoped.filter(pk=category.pk, is_current=True).exists():
        raise Refusal(_("“%(path)s”已经停用，选一个在用的类别。") % {"path": category.path})
    _refuse_overlap(locked, category.pk, area.pk if area else None, from_on)
    row = OwnerRow(table=locked, category=category, area=area, unit=unit, from_on=from_on, because=reason)
    row.save(force_insert=True)
    _note(locked, "owners.add", by, at, from_on, began=[row.pk], ended=[])
    return row


@action
def change_owner(
    row: OwnerRow, *, unit: Organisation, from_on: date, because: str, by: Viewer, at: datetime
) -> OwnerRow:
    """Give a kind and area to another unit from a day on: this row ends the day before. Return its successor.

    Refuses the unit it has, a row that has ended, a day before the row began or outside the issue, and no reason.
    """
    locked = _locked(row.table, by)
    reason = _reason(because)
    standing = _standing(row)
    if unit.committee_id != locked.committee_id:
        raise Refusal(_("类别、地方和单位都要是本政协的。"))
    if unit.pk == standing.unit_id:
        raise Refusal(_("现在就归%(unit)s，没有变。") % {"unit": unit.name})
    _check_day(locked, from_on, at)
    _end([standing], from_on)
    new = OwnerRow(table=locked, category_id=standing.category_id, area_id=standing.area_id, unit=unit,
                   from_on=from_on, because=reason)  # fmt: skip
    new.save(force_insert=True)
    _note(locked, "owners.change", by, at, from_on, began=[new.pk], ended=[standing.pk])
    return new


@action
def end_owner(row: OwnerRow, *, from_on: date, because: str, by: Viewer, at: datetime) -> OwnerRow:
    """From a day on nobody answers by this row (a wider one may). Return it, ended the day before.

    Refuses a row that has ended, a day before it began or outside the issue, and no reason.
    """
    locked = _locked(row.table, by)
    reason = _reason(because)
    standing = _standing(row)
    _check_day(locked, from_on, at)
    standing.because = rules.both_reasons(standing.because, reason)
    _end([standing], from_on)
    _note(locked, "owners.end", by, at, from_on, began=[], ended=[standing.pk])
    return standing


@action
def import_owners(
    table: OwnerTable,
    *,
    lines: Sequence[rules.OwnerLine],
    from_on: date,
    because: str,
    by: Viewer,
    at: datetime,
    expected: str = "",
) -> rules.OwnerPlan:
    """Take rows of a file into an issue: new ones begin, those with another unit are changed, rows not named stay.

    ``lines`` hold ids of the own committee (``rules.read_owners``). ``expected`` is the mark of the plan somebody looked
    at; when the table has moved since, nothing is done (WrongState). Refuses what ``add_owner`` and ``change_owner`` do.
    """
    locked = _locked(table, by)
    reason = _reason(because)
    _check_day(locked, from_on, at)
    rows = list(OwnerRow.unscoped.filter(table=locked, until_on=None))
    plan = rules.plan_owners({(one.category_id, one.area_id): (one.pk, one.unit_id) for one in rows}, lines)
    if expected and plan.mark != expected:
        raise WrongState(_("您看的时候，主责单位表有人改过了。请照现在的样子再看一遍，文件里的内容都还在。"))
    _refuse_strangers(locked.committee_id, lines)
    changed = {pk for pk, _line in plan.changed}
    ended = [one for one in rows if one.pk in changed]
    _end(ended, from_on)
    made = [
        OwnerRow(table=locked, category_id=one.category, area_id=one.area, unit_id=one.unit, from_on=from_on, because=reason)
        for one in (*plan.new, *(line for _pk, line in plan.changed))
    ]  # fmt: skip
    _refuse_overlaps(locked, plan.new, from_on)
    OwnerRow.unscoped.bulk_create(made, batch_size=rules.ROWS_AT_ONCE)
    _note(locked, "owners.import", by, at, from_on, [one.pk for one in made], [one.pk for one in ended])
    return plan


def _locked(table: OwnerTable, by: Viewer) -> OwnerTable:
    """Lock the committee and read the issue again. Refuses whoever may not, and an issue whose time is over."""
    hold_committee(table.committee_id, by)
    return OwnerTable.unscoped.get(pk=table.pk)


def _reason(because: str) -> str:
    reason = on_one_line(because)
    if not reason or len(reason) > rules.LONGEST_BECAUSE:
        raise Refusal(_("写一句为什么，不超过 %(most)s 个字。") % {"most": rules.LONGEST_BECAUSE})
    return reason


def _check_day(table: OwnerTable, from_on: date, at: datetime) -> None:
    if from_on < table.from_on or (table.until_on and from_on > table.until_on):
        raise Refusal(_("这一天不在这一期主责单位表的日子里，请看看日期，或换一期。"))
    if from_on > clock.day_of(at) + timedelta(days=rules.MOST_DAYS_AHEAD):
        raise Refusal(_("开始的日子最多早定一年，请看看是不是写错了。"))


def _standing(row: OwnerRow) -> OwnerRow:
    standing = OwnerRow.unscoped.select_related("category").get(pk=row.pk)
    if standing.until_on is not None:
        raise WrongState(_("这一行刚才已经有人改过或停了。请看看现在的表。"))
    return standing


def _end(rows: list[OwnerRow], from_on: date) -> None:
    late = next((one for one in rows if one.from_on > from_on), None)
    if late:
        said = {"kind": late.category.path, "day": late.from_on.isoformat()}
        raise Refusal(_("“%(kind)s”这一行从 %(day)s 才开始，改的日子不能更早。") % said)
    for one in rows:
        one.until_on = rules.day_before(from_on)
    OwnerRow.unscoped.bulk_update(rows, ["until_on", "because"], batch_size=rules.ROWS_AT_ONCE)


def _refuse_overlap(table: OwnerTable, category: int, area: int | None, from_on: date) -> None:
    same = OwnerRow.unscoped.filter(table=table, category_id=category, area_id=area)
    if same.filter(until_on=None).exists():
        raise Refusal(_("这一类在这里已经写了归谁。要换单位，请在那一行按“换单位”。"))
    if any(one.until_on and one.until_on >= max(from_on, one.from_on) for one in same):
        raise Refusal(_("那几天这一类在这里归别的单位，请写更晚的日子。"))


def _refuse_overlaps(table: OwnerTable, lines: Sequence[rules.OwnerLine], from_on: date) -> None:
    new = {(one.category, one.area) for one in lines}
    ended = OwnerRow.unscoped.filter(table=table, until_on__gte=from_on).select_related("category")
    for one in ended:
        if (one.category_id, one.area_id) in new and one.until_on and one.until_on >= one.from_on:
            said = {"kind": one.category.path, "day": one.until_on.isoformat()}
            raise Refusal(_("“%(kind)s”到 %(day)s 还归别的单位，请写更晚的日子。") % said)


def _refuse_strangers(committee_id: int, lines: Sequence[rules.OwnerLine]) -> None:
    sides = (
        (
            Category.unscoped.filter(committee_id=committee_id, is_current=True),
            {one.category for one in lines},
        ),
        (Area.unscoped.filter(committee_id=committee_id), {one.area for one in lines} - {None}),
        (Organisation.unscoped.filter(committee_id=committee_id), {one.unit for one in lines}),
    )
    if not lines or any(asked - set(rows.values_list("pk", flat=True)) for rows, asked in sides):  # type: ignore[attr-defined]
        raise Refusal(_("类别、地方和单位都要是本政协在用的，至少一行。"))


def _note(
    table: OwnerTable, verb: str, by: Viewer, at: datetime, on: date, began: list[int], ended: list[int]
) -> None:
    facts = {"began": began, "ended": ended}
    note(Note(table.committee_id, verb, subject_of(table.from_on), by, at, on, facts))
