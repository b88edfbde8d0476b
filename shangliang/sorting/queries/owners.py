"""The door to the owner table: its issues, its rows on a day, and who answers for what where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from shangliang.foundation.viewer import Viewer
from shangliang.people.models import Area, Organisation
from shangliang.people.queries import areas_of
from shangliang.sorting import rules
from shangliang.sorting.models import Category, OwnerRow, OwnerTable
from shangliang.sorting.permissions import rows_of_own_scheme
from shangliang.sorting.queries.scheme import categories_of

Pair = tuple[int | None, int | None]


def tables_of(viewer: Viewer) -> QuerySet[OwnerTable]:
    """Return every issue of the viewer's own committee, the latest first."""
    return OwnerTable.unscoped.filter(rows_of_own_scheme(viewer)).order_by("-from_on")


def latest_issue(viewer: Viewer) -> OwnerTable | None:
    """Return the latest issue, begun or not, or None."""
    return tables_of(viewer).first()


def issue_from(viewer: Viewer, day: date) -> OwnerTable | None:
    """Return the issue that began on a day, or None."""
    return tables_of(viewer).filter(from_on=day).first()


def table_on(viewer: Viewer, on: date) -> OwnerTable | None:
    """Return the issue that held on a day, or None before the first."""
    return tables_of(viewer).filter(held_on(on)).first()


def held_on(on: date) -> Q:
    """Return the filter of issues or rows that held on a day."""
    return Q(from_on__lte=on) & (Q(until_on=None) | Q(until_on__gte=on))


def rows_of(viewer: Viewer, table: OwnerTable, on: date) -> QuerySet[OwnerRow]:
    """Return the rows of an issue that hold on a day or will later on, by kind, then area."""
    rows = OwnerRow.unscoped.filter(rows_of_own_scheme(viewer, "table__committee_id"), table=table)
    return (
        rows.filter(Q(until_on=None) | Q(until_on__gte=on))
        .select_related("category", "area__parent", "unit", "table")
        .order_by("category__path", "area__name", "from_on", "pk")
    )


def row_for(viewer: Viewer, table: OwnerTable, category: Category, area: Area | None) -> OwnerRow | None:
    """Return the row of exactly this kind and area that has not ended, or None."""
    rows = OwnerRow.unscoped.filter(rows_of_own_scheme(viewer, "table__committee_id"), table=table)
    return rows.filter(category=category, area=area, until_on=None).select_related("table", "unit").first()


@dataclass
class OwnerBook:
    """The owner table as it held on one day, with the trees of kinds and areas: asked without further queries."""

    table: OwnerTable | None = None
    rows: Mapping[tuple[int, int | None], OwnerRow] = field(default_factory=dict)
    kinds: Mapping[int, int | None] = field(default_factory=dict)  # id → the id above
    areas: Mapping[int, int | None] = field(default_factory=dict)

    def row(self, category_id: int | None, area_id: int | None) -> OwnerRow | None:
        """Return the row that decides (``rules.owner_for``), or None."""
        if category_id is None or category_id not in self.kinds:
            return None
        return rules.owner_for(self.rows, _way(self.kinds, category_id), _way(self.areas, area_id))

    def owner(self, category_id: int | None, area_id: int | None) -> Organisation | None:
        """Return the unit that answers for a kind in an area, or None."""
        row = self.row(category_id, area_id)
        return row.unit if row else None

    def owned_pairs(self, pairs: Iterable[Pair]) -> set[Pair]:
        """Return those (kind, area) for which a unit answers."""
        return {one for one in pairs if self.row(*one)}

    def words(self, category_id: int | None, area_id: int | None) -> str:
        """Return what the table says of a kind in an area, also that it names nobody; "" without a kind of its scheme."""
        if category_id is None:
            return ""
        if self.table is None:
            return _("还没有主责单位表。")
        if category_id not in self.kinds:
            return ""
        row = self.row(category_id, area_id)
        if row is None:
            return _("主责单位表：第 %(year)s 年，没有写这类事在这里归谁。") % {"year": self.table.year}
        said = {"year": self.table.year, "kind": row.category.path, "unit": row.unit.name}
        return _("主责单位表：第 %(year)s 年，“%(kind)s”归%(unit)s。") % said

    def advice(self, category_id: int | None, area_id: int | None) -> str:
        """Return ``words`` to whoever chooses a unit, also that it cannot tell without a kind: the person decides."""
        said = self.words(category_id, area_id)
        if category_id is None and self.table:
            said = _("这件事还没有归类，主责单位表看不出归谁。")
        return f"{said}{_('由您来定。')}" if said else ""


def _way(above: Mapping[int, int | None], pk: int | None) -> list[int]:
    """Return the ids from the widest down to this one."""
    way: list[int] = []
    while pk is not None:
        way.insert(0, pk)
        pk = above.get(pk)
    return way


def owner_book(viewer: Viewer, on: date) -> OwnerBook:
    """Return the owner table as it held on a day: four queries, whatever is asked of it then."""
    table = table_on(viewer, on)
    if table is None:
        return OwnerBook()
    rows = OwnerRow.unscoped.filter(held_on(on), table=table).select_related("category", "area", "unit")
    return OwnerBook(
        table,
        {(one.category_id, one.area_id): one for one in rows},
        dict(categories_of(viewer).values_list("pk", "parent_id")),
        dict(areas_of(table.committee_id).values_list("pk", "parent_id")),
    )


def owner_of(viewer: Viewer, category: Category | None, area: Area | None, on: date) -> Organisation | None:
    """Return the unit that answered for a kind in an area on a day, or None."""
    return owner_book(viewer, on).owner(category.pk if category else None, area.pk if area else None)


def owners_of(viewer: Viewer, pairs: Iterable[Pair], on: date) -> dict[Pair, Organisation | None]:
    """Return the unit for each (id of a kind, id of an area), with four queries however many are asked."""
    book = owner_book(viewer, on)
    return {one: book.owner(*one) for one in pairs}


def area_at(viewer: Viewer, path: str) -> Area | None:
    """Return a place of the viewer's own committee by "street" or "street / community", or None."""
    committee = getattr(viewer, "committee_id", None)
    names = path.split(rules.PARTING)
    if not committee or "\x00" in path or len(names) > 2:
        return None
    rows = areas_of(committee).filter(name=names[-1])
    if len(names) == 1:
        return rows.filter(parent=None).first()
    return rows.filter(parent__name=names[0]).first()
