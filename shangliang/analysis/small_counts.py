"""What a page outside the office may say of a count of people: nothing from which one to four of them could be read.

Rules (reliability.md T05, T32): a published count is 0 or at least five; what can be added up or subtracted within one table
too; and so is every difference from what was published before. A page that changes by itself says only steps of five.

A *table* is a partition of what was counted: groups of named cells, each with one number. Counts that may not be told stand
together in one group, so that only their sum is known.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

FEWEST = 5

Group = tuple[tuple[str, ...], int]
Table = tuple[Group, ...]
Release = dict[str, Table]


def may_say(number: int) -> bool:
    """Tell whether a count of people may be said at all: nobody, or five and more."""
    return number == 0 or number >= FEWEST


def in_steps(number: int) -> int | None:
    """Return a count for a page that changes by itself: rounded down to steps of five; None for one to four.

    Two looks at such a page differ by nothing or by five at least, whatever happened between.
    """
    if 0 < number < FEWEST:
        return None
    return number - number % FEWEST


def tabled(cells: Mapping[str, int]) -> Table | None:
    """Return what may be published of the cells of one table beside their total, or None when not even the total may.

    Cells of one to four are put into one group. While the group is a single cell, or its sum is below five or no more
    than one each, the smallest other cell that is not 0 joins it (complementary suppression).
    """
    if not may_say(sum(cells.values())):
        return None
    hidden = sorted(name for name, number in cells.items() if not may_say(number))
    told = sorted((number, name) for name, number in cells.items() if number >= FEWEST)
    while hidden and told and not _is_safe([cells[name] for name in hidden]):
        hidden.append(told.pop(0)[1])
    alone = tuple(((name,), number) for name, number in cells.items() if name not in hidden)
    if not hidden:
        return alone
    return (*alone, (tuple(sorted(hidden)), sum(cells[name] for name in hidden)))


def _is_safe(numbers: Sequence[int]) -> bool:
    return len(numbers) > 1 and sum(numbers) >= FEWEST and sum(numbers) > len(numbers)


def number_in(table: Table | None, *names: str) -> int | None:
    """Return the number of cells taken together, when the table says it; all of them are the total."""
    if table is None:
        return None
    wanted, found = set(names), 0
    for cells, number in table:
        if wanted.issuperset(cells):
            wanted, found = wanted - set(cells), found + number
    return None if wanted else found


def total_of(table: Table | None) -> int | None:
    """Return the total of a table, None where there is none."""
    return None if table is None else sum(number for _cells, number in table)


def sums_in(table: Table) -> dict[frozenset[str], int]:
    """Return everything that can be added up from a table: every union of its groups with its number."""
    found: dict[frozenset[str], int] = {}
    for many in range(1, len(table) + 1):
        for groups in combinations(table, many):
            names = frozenset(name for cells, _number in groups for name in cells)
            found[names] = sum(number for _cells, number in groups)
    return found


def fits(table: Table, earlier: Table) -> bool:
    """Tell whether nothing in a table differs by one to four from an earlier one, whatever is added up in either."""
    before = sums_in(earlier)
    return all(
        may_say(abs(number - before[names])) for names, number in sums_in(table).items() if names in before
    )


def released(counted: Mapping[str, Mapping[str, int]], history: Iterable[Release] = ()) -> Release:
    """Return what may be published now of several tables: a table is missing where nothing may be told.

    ``history`` holds everything published before, oldest first. Where a table would differ by one to four from any of
    it, the latest that was published stands instead, for all tables that were counted together.
    """
    new = {name: table for name, cells in counted.items() if (table := tabled(cells)) is not None}
    before = list(history)
    fine = all(fits(new[name], old[name]) for old in before for name in new.keys() & old.keys())
    if fine:
        return new
    return next((old for old in reversed(before) if old), {})


def from_json(said: object) -> Release:
    """Read a release that was kept as JSON; anything else is no release."""
    if not isinstance(said, dict):
        return {}
    return {
        str(name): tuple((tuple(map(str, cells)), int(number)) for cells, number in table)
        for name, table in said.items()
    }
