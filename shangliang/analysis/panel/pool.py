"""Who volunteered, how many seats there are and which quotas hold. Plain Python."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[float, str], None]
ALGORITHMS = ("leximin", "maximin", "lot")


class Unusable(ValueError):
    """What was handed in cannot be used; the sentence says what, where, and what to do."""


@dataclass(frozen=True)
class Quota:
    """At least ``least`` and at most ``most`` people of the panel have ``value`` in ``category``."""

    category: str
    value: str
    least: int
    most: int


@dataclass(frozen=True)
class Person:
    """A volunteer: the id, the value in every category (in the order of ``Pool.categories``), the household or ''."""

    key: str
    values: tuple[str, ...]
    household: str = ""


@dataclass(frozen=True)
class Pool:
    """``size`` seats for ``people`` under ``quotas``. Made by `read_pool` or `make_pool`, which check it."""

    quotas: tuple[Quota, ...]
    people: tuple[Person, ...]
    size: int

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories in the order in which the quotas name them."""
        return tuple(dict.fromkeys(quota.category for quota in self.quotas))


@dataclass(frozen=True)
class Cell:
    """People who may stand for each other: the same value everywhere and, where it counts, one household (a number, 0 = alone)."""

    values: tuple[str, ...]
    people: tuple[str, ...]
    household: int = 0


def cells_of(pool: Pool, *, one_per_household: bool = False) -> tuple[Cell, ...]:
    """Return the types of people, sorted; with ``one_per_household`` every person is a cell, as households differ."""
    if one_per_household:
        return _one_each(pool)
    together: dict[tuple[str, ...], list[str]] = {}
    for person in pool.people:
        together.setdefault(person.values, []).append(person.key)
    return tuple(Cell(values, tuple(sorted(keys))) for values, keys in sorted(together.items()))


def _one_each(pool: Pool) -> tuple[Cell, ...]:
    living = Counter(person.household for person in pool.people if person.household)
    shared = sorted(name for name, heads in living.items() if heads > 1)
    number = {name: place for place, name in enumerate(shared, 1)}
    cells = (Cell(one.values, (one.key,), number.get(one.household, 0)) for one in pool.people)
    return tuple(sorted(cells, key=lambda cell: (cell.values, cell.people)))


def households_of(cells: tuple[Cell, ...]) -> dict[int, list[int]]:
    """Return for each household of two or more the places of its cells."""
    found: dict[int, list[int]] = {}
    for place, cell in enumerate(cells):
        if cell.household:
            found.setdefault(cell.household, []).append(place)
    return found
