"""谁都不管: kinds and places the owner table gives to nobody."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from shangliang.foundation.viewer import Appointed, System, Viewer
from shangliang.people.models import Area
from shangliang.people.queries import areas_of
from shangliang.sorting.models import Category
from shangliang.sorting.queries.owners import OwnerBook, owner_book
from shangliang.sorting.queries.scheme import current_categories


@dataclass(frozen=True)
class KindWithoutOwner:
    """A kind nobody answers for: everywhere, or in these areas (a street stands for all of its communities)."""

    category: Category
    areas: tuple[Area, ...]
    is_everywhere: bool


def kinds_without_owner(viewer: Viewer, on: date) -> list[KindWithoutOwner]:
    """Return the kinds in use, with nothing below them, that have no unit on a day somewhere; six queries in all.

    Before the first issue every kind is without one.
    """
    kinds = list(current_categories(viewer))
    above = {one.parent_id for one in kinds}
    committee = viewer.committee_id if isinstance(viewer, Appointed | System) else None
    areas = list(areas_of(committee)) if committee else []
    book = owner_book(viewer, on)
    below: dict[int | None, list[Area]] = defaultdict(list)
    for area in areas:
        below[area.parent_id].append(area)
    found = (_gap(one, below, book) for one in kinds if one.pk not in above)
    return [one for one in found if one]


def _gap(kind: Category, below: dict[int | None, list[Area]], book: OwnerBook) -> KindWithoutOwner | None:
    if book.row(kind.pk, None):
        return None
    empty: list[Area] = []
    streets = below[None]
    for street in streets:
        bare = [one for one in below[street.pk] if not book.row(kind.pk, one.pk)]
        is_whole = len(bare) == len(below[street.pk]) and not book.row(kind.pk, street.pk)
        empty += [street] if is_whole else bare
    if streets and not empty:
        return None
    return KindWithoutOwner(kind, tuple(empty), empty == streets)
