"""Pure decisions: what a table of kinds or owners says, what importing it would change, who answers for what where."""

import hashlib
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar

from shangliang.ui.clean import bare_heading, on_one_line

PARTING = " / "
LEVELS = 3
LONGEST_NAME = 40
LONGEST_BECAUSE = 55  # two reasons and a mark between them fit into the column of an owner's row
MOST_LINES = 5_000
ROWS_AT_ONCE = 100
YEARS = (2000, 2100)
MOST_DAYS_AHEAD = 366
STANDARD_ERRORS = 1.96  # either side of an estimate: 95 % of all cases
LEVEL_WORDS = (
    ("level1", "一级", "一级类别", "一级分类", "大类"),
    ("level2", "二级", "二级类别", "二级分类", "中类"),
    ("level3", "三级", "三级类别", "三级分类", "小类"),
)
CATEGORY_WORDS = ("类别", "分类", "归类", "category", "path")
AREA_WORDS = ("街道社区", "区域", "社区", "街道", "地区", "area")
UNIT_WORDS = ("主责单位", "责任单位", "单位", "unit", "owner")
_SLASHES = re.compile(r"\s*[/>]\s*")

U = TypeVar("U")
Path = tuple[str, ...]


@dataclass(frozen=True)
class Problem:
    """A row that is not taken: its number (the first row below the headings is 1), its cells, and a word for why."""

    row: int
    text: str
    why: str


@dataclass(frozen=True)
class SchemePlan:
    """What importing a scheme would do to each path, and the rows that are refused."""

    new: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    revived: tuple[str, ...] = ()
    retired: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """Return a short mark of exactly these changes: a form that was looked at before something moved has another."""
        return mark_of((self.new, self.revived, self.retired))

    @property
    def changes(self) -> int:
        """Return how many names would change."""
        return len(self.new) + len(self.revived) + len(self.retired)


@dataclass(frozen=True)
class OwnerLine:
    """One row of an owner table as read: ids of a kind, of an area (None: everywhere) and of a unit."""

    category: int
    area: int | None
    unit: int


@dataclass(frozen=True)
class OwnerPlan:
    """What importing rows into an owner table would do: rows to add, (id of the row that ends, its successor), the same."""

    new: tuple[OwnerLine, ...] = ()
    changed: tuple[tuple[int, OwnerLine], ...] = ()
    same: int = 0

    @property
    def mark(self) -> str:
        """Return a short mark of exactly these changes."""
        return mark_of((self.new, self.changed))


@dataclass
class Names:
    """Ways to name a row: the whole path, or its last name where only one row has it."""

    by_path: dict[str, int] = field(default_factory=dict)
    by_name: dict[str, list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, paths: Iterable[tuple[int, str]]) -> "Names":
        """Build from (id, path)."""
        names = cls()
        for pk, path in paths:
            names.by_path[bare_path(path)] = pk
            names.by_name.setdefault(bare_path(path.split(PARTING)[-1]), []).append(pk)
        return names

    def find(self, said: str) -> int | str:
        """Return the id, or "unknown" or "several" where the words name none or more than one."""
        bare = bare_path(said)
        if bare in self.by_path:
            return self.by_path[bare]
        found = self.by_name.get(bare, [])
        return found[0] if len(found) == 1 else "several" if found else "unknown"


def bare_path(path: str) -> str:
    """Return a path in half width, parted by bare slashes, to be compared."""
    return _SLASHES.sub("/", unicodedata.normalize("NFKC", on_one_line(path))).casefold()


def mark_of(said: Any) -> str:
    """Return sixteen symbols that differ where what is said differs."""
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def owner_for(
    rows: Mapping[tuple[int, int | None], U], category_path: Sequence[int], area_path: Sequence[int]
) -> U | None:
    """Return what stands for the most specific (kind, area), or None where nobody answers.

    ``category_path`` and ``area_path`` go from the widest to the nearest (city management → street order → stalls;
    street → community). The deeper kind goes first, among rows of one kind the nearer area, and a row for everywhere
    (area None) last: who answers for one sort of trouble in the whole district goes before who answers for everything
    in one street.
    """
    for category in reversed(category_path):
        for area in (*reversed(area_path), None):
            if (category, area) in rows:
                return rows[category, area]
    return None


def column_of(headings: Sequence[str], words: Sequence[str]) -> int | None:
    """Return the place of the first heading that is one of these words, in their order, or None."""
    bare = [bare_heading(one) for one in headings]
    return next((bare.index(word) for word in map(bare_heading, words) if word in bare), None)


def level_columns(headings: Sequence[str]) -> list[int | None]:
    """Return where the three levels stand; None for a level the table does not have."""
    return [column_of(headings, words) for words in LEVEL_WORDS]


def cell_at(cells: Sequence[str], column: int | None) -> str:
    """Return a cell on one line, "" where the row or the table has none."""
    return on_one_line(cells[column]) if column is not None and column < len(cells) else ""


def read_names(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[list[Path], list[Problem]]:
    """Return the paths a table of kinds names (one to three names each, every path once), and the refused rows."""
    columns = level_columns(headings)
    found: dict[Path, int] = {}
    problems: list[Problem] = []
    for number, cells in enumerate(rows, 1):
        names = tuple(cell_at(cells, column) for column in columns)
        path = tuple(name for name in names if name)
        why = _wrong_with(names) or ("twice" if path in found else "")
        if why:
            problems.append(Problem(number, _shown(cells), why))
        else:
            found[path] = number
    return list(found), problems


def _wrong_with(names: Path) -> str:
    if not any(names):
        return "empty"
    if not names[0] or (names[2] and not names[1]):
        return "gap"
    return next((why for name in names if (why := wrong_name(name))), "")


def wrong_name(name: str) -> str:
    """Return why a name cannot be one of the scheme ("long", "parted"), or "" where it can."""
    if len(name) > LONGEST_NAME:
        return "long"
    return "parted" if PARTING in name else ""


def _shown(cells: Sequence[str]) -> str:
    text = " | ".join(on_one_line(one) for one in cells)
    return text if len(text) <= 80 else f"{text[:80]}…"


def with_parents(paths: Iterable[Path]) -> list[str]:
    """Return the paths in order, each behind those above it, every one once, parted."""
    found: dict[str, None] = {}
    for path in paths:
        for depth in range(1, len(path) + 1):
            found.setdefault(PARTING.join(path[:depth]))
    return list(found)


def plan_scheme(existing: Mapping[str, bool], paths: Iterable[Path]) -> SchemePlan:
    """Return what a file would do. ``existing``: path → is current. What the file lacks is retired, never deleted."""
    wanted = with_parents(paths)
    there = set(wanted)
    return SchemePlan(
        new=tuple(one for one in wanted if one not in existing),
        kept=tuple(one for one in wanted if existing.get(one)),
        revived=tuple(one for one in wanted if one in existing and not existing[one]),
        retired=tuple(sorted(one for one, current in existing.items() if current and one not in there)),
    )


def read_owners(
    headings: Sequence[str], rows: Sequence[Sequence[str]], kinds: Names, areas: Names, units: Names
) -> tuple[list[OwnerLine], list[Problem]]:
    """Return the rows of an owner table with their ids, and the refused ones: unknown or ambiguous, or said twice."""
    columns = _OwnerColumns(
        column_of(headings, CATEGORY_WORDS),
        level_columns(headings),
        column_of(headings, AREA_WORDS),
        column_of(headings, UNIT_WORDS),
    )
    found: dict[tuple[int, int | None], OwnerLine] = {}
    problems: list[Problem] = []
    for number, cells in enumerate(rows, 1):
        read = _owner_line(cells, columns, kinds, areas, units)
        if isinstance(read, OwnerLine) and (read.category, read.area) in found:
            read = "twice"
        if isinstance(read, str):
            problems.append(Problem(number, _shown(cells), read))
        else:
            found[read.category, read.area] = read
    return list(found.values()), problems


@dataclass(frozen=True)
class _OwnerColumns:
    category: int | None
    levels: list[int | None]
    area: int | None
    unit: int | None


def missing_columns(headings: Sequence[str], is_owners: bool) -> list[str]:
    """Return the headings a table lacks, in the words of the page: none when it can be read."""
    has_levels = level_columns(headings)[0] is not None
    if not is_owners:
        return [] if has_levels else [LEVEL_WORDS[0][1]]
    lacks_kind = not has_levels and column_of(headings, CATEGORY_WORDS) is None
    lacks_unit = column_of(headings, UNIT_WORDS) is None
    return [word for word, lacks in ((CATEGORY_WORDS[0], lacks_kind), (UNIT_WORDS[0], lacks_unit)) if lacks]


def columns_used(headings: Sequence[str], is_owners: bool) -> list[int]:
    """Return the places of the columns that are read, in their order; what else a file holds is not carried along."""
    more = (CATEGORY_WORDS, AREA_WORDS, UNIT_WORDS) if is_owners else ()
    found = {*level_columns(headings), *(column_of(headings, words) for words in more)}
    return sorted(one for one in found if one is not None)


def _owner_line(
    cells: Sequence[str], columns: _OwnerColumns, kinds: Names, areas: Names, units: Names
) -> OwnerLine | str:
    levels = [name for column in columns.levels if (name := cell_at(cells, column))]
    kind, area, unit = (
        PARTING.join(levels) or cell_at(cells, columns.category),
        cell_at(cells, columns.area),
        cell_at(cells, columns.unit),
    )
    if not kind or not unit:
        return "no_kind" if not kind else "no_unit"
    found = (kinds.find(kind), areas.find(area) if area else None, units.find(unit))
    for name, one in zip(("kind", "area", "unit"), found, strict=True):
        if isinstance(one, str):
            return f"{one}_{name}"
    return OwnerLine(*found)  # type: ignore[arg-type]


def plan_owners(
    standing: Mapping[tuple[int, int | None], tuple[int, int]], lines: Iterable[OwnerLine]
) -> OwnerPlan:
    """Return what rows would change. ``standing``: (kind, area) → (id of the row, its unit). Rows not named stay."""
    new, changed, same = [], [], 0
    for line in lines:
        there = standing.get((line.category, line.area))
        if there is None:
            new.append(line)
        elif there[1] != line.unit:
            changed.append((there[0], line))
        else:
            same += 1
    return OwnerPlan(tuple(new), tuple(changed), same)


def day_before(day: date) -> date:
    """Return the last day of what ends when something else begins."""
    return day - timedelta(days=1)


def both_reasons(first: str, second: str) -> str:
    """Return why a row began and why it ended, in one line."""
    return "；".join(one for one in (first, second) if one)


def at_least(right: int, of: int) -> float:
    """Return the lower end of the 95 % interval of a share (0..1), known from ``right`` cases out of ``of`` > 0.

    Wilson (1927), "Probable inference, the law of succession, and statistical inference", JASA 22. Eighteen of eighteen
    give 0.82: a small sample without a miss promises less than everything.
    """
    share, spread = right / of, STANDARD_ERRORS**2 / of
    middle = share + spread / 2
    reach = STANDARD_ERRORS * math.sqrt(share * (1 - share) / of + spread / (4 * of))
    return (middle - reach) / (1 + spread)
