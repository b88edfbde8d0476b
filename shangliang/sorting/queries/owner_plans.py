"""What a file would change in an issue of the owner table, before it is taken in."""

from collections.abc import Sequence
from dataclasses import dataclass

from shangliang.foundation.viewer import Viewer
from shangliang.people.models import Area, Organisation
from shangliang.sorting.models import Category, OwnerRow, OwnerTable
from shangliang.sorting.permissions import rows_of_own_scheme
from shangliang.sorting.rules import OwnerLine, OwnerPlan, plan_owners

SHOWN = 100


@dataclass(frozen=True)
class Change:
    """One row that a file would add, or give to another unit (``before``)."""

    category: Category
    area: Area | None
    unit: Organisation
    before: Organisation | None


def owner_plan(viewer: Viewer, table: OwnerTable, lines: Sequence[OwnerLine]) -> OwnerPlan:
    """Return what taking these rows into an issue would do now; nothing is written."""
    rows = OwnerRow.unscoped.filter(
        rows_of_own_scheme(viewer, "table__committee_id"), table=table, until_on=None
    )
    standing = {
        (kind, area): (pk, unit)
        for pk, kind, area, unit in rows.values_list("pk", "category_id", "area_id", "unit_id")
    }
    return plan_owners(standing, lines)


def plan_in_words(viewer: Viewer, plan: OwnerPlan) -> list[Change]:
    """Return the changed rows, then the new ones, with their names: the first hundred, with four queries."""
    both = [*plan.changed, *((0, line) for line in plan.new)][:SHOWN]
    own = rows_of_own_scheme(viewer)
    kinds = Category.unscoped.filter(own).in_bulk([line.category for _pk, line in both])
    areas = (
        Area.unscoped.select_related("parent")
        .filter(own)
        .in_bulk([line.area for _pk, line in both if line.area])
    )
    units = Organisation.unscoped.filter(own).in_bulk([line.unit for _pk, line in both])
    rows = OwnerRow.unscoped.filter(rows_of_own_scheme(viewer, "table__committee_id")).select_related("unit")
    before = rows.in_bulk([pk for pk, _line in both if pk])
    return [
        Change(
            kinds[line.category], areas.get(line.area or 0), units[line.unit], before[pk].unit if pk else None
        )
        for pk, line in both
    ]
