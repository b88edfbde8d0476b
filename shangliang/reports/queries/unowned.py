"""归不了谁: matters without a kind, and matters whose kind and place the owner table gives to nobody."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, Q, QuerySet

from shangliang.foundation import roles
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.reports.models import Matter
from shangliang.reports.states import MatterState
from shangliang.sorting.queries import current_categories, owner_book
from shangliang.sorting.queries.owners import OwnerBook

LOOKED_AT = (MatterState.GATHERED, MatterState.CONSULTING)  # later on a unit has it, whatever a table says
Pair = tuple[int | None, int | None]


@dataclass(frozen=True)
class UnownedFilter:
    """What the address bar asks for: ``why`` kind, owner or "" (both); ``areas`` ids, empty means everywhere."""

    why: str = ""
    areas: tuple[int, ...] = ()


@dataclass(frozen=True)
class Unowned:
    """The queue: its rows oldest first (bare, to be sliced), how many for each reason, and the table they were held to."""

    rows: QuerySet[Matter]
    without_kind: int
    without_owner: int
    book: OwnerBook


def matters_unowned(viewer: Viewer, wanted: UnownedFilter, today: date) -> Unowned:
    """Return the matters of the viewer's own committee that wait for a kind or for a unit; five queries, rows not among them.

    Matters that are established or being consulted on. Both counts keep to the areas, not to the reason. Office alone.
    """
    mine = _mine(viewer)
    if wanted.areas:
        mine = mine.filter(area_id__in=wanted.areas)
    book = owner_book(viewer, today)
    pairs = mine.order_by().values_list("category_id", "area_id").annotate(number=Count("pk"))
    numbers: dict[Pair, int] = {(kind, area): number for kind, area, number in pairs}
    bare = {one for one in numbers if one[0] is not None and book.row(*one) is None}
    fits = {"kind": Q(category=None), "owner": _one_of(bare)}
    which = fits.get(wanted.why, fits["kind"] | fits["owner"])
    rows = mine.filter(which).select_related("category", "area").order_by("established_on", "pk")
    without_kind = sum(number for (kind, _area), number in numbers.items() if kind is None)
    return Unowned(rows, without_kind, sum(numbers[one] for one in bare), book)


def matters_unsorted(viewer: Viewer) -> QuerySet[Matter]:
    """Return the matters of the own committee that wait for a kind; none where it has no scheme: for the pending work."""
    return _mine(viewer).filter(Exists(current_categories(viewer)), category=None)


def _mine(viewer: Viewer) -> QuerySet[Matter]:
    if not isinstance(viewer, Appointed) or viewer.role not in roles.OFFICE:
        return Matter.unscoped.none()
    return Matter.unscoped.filter(committee_id=viewer.committee_id, state__in=LOOKED_AT)


def _one_of(pairs: Iterable[Pair]) -> Q:
    """Return the filter of these (kind, area): kinds that lack the same areas share a part, so that it stays short."""
    areas_of_kind: dict[int | None, set[int | None]] = defaultdict(set)
    for kind, area in pairs:
        areas_of_kind[kind].add(area)
    kinds: dict[frozenset[int | None], list[int | None]] = defaultdict(list)
    for kind, areas in areas_of_kind.items():
        kinds[frozenset(areas)].append(kind)
    fits = Q(pk__in=())
    for lacking, those in kinds.items():
        fits |= Q(category_id__in=those) & _in_areas(sorted(one for one in lacking if one), None in lacking)
    return fits


def _in_areas(areas: Sequence[int], also_without: bool) -> Q:
    return Q(area_id__in=areas) | Q(area=None) if also_without else Q(area_id__in=areas)
