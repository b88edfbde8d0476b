"""The door to the kinds of a committee's scheme."""

from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from shangliang.foundation.viewer import Viewer
from shangliang.sorting.models import Category
from shangliang.sorting.permissions import rows_of_own_scheme
from shangliang.sorting.rules import PARTING


@dataclass
class Branch:
    """A kind with the kinds below it, for a page."""

    category: Category
    below: list["Branch"] = field(default_factory=list)


def categories_of(viewer: Viewer) -> QuerySet[Category]:
    """Return every kind of the viewer's own committee, retired ones too, by path."""
    return Category.unscoped.filter(rows_of_own_scheme(viewer)).order_by("path")


def current_categories(viewer: Viewer) -> QuerySet[Category]:
    """Return the kinds in use, by path: what may be chosen."""
    return categories_of(viewer).filter(is_current=True)


def retired_categories(viewer: Viewer) -> QuerySet[Category]:
    """Return the kinds out of use, each with the one above it."""
    return categories_of(viewer).filter(is_current=False).select_related("parent")


def category_choices(viewer: Viewer) -> list[tuple[str, list[tuple[int, str]]]]:
    """Return the kinds in use for a choice, grouped by the first level: [(name, [(id, path), …]), …], with one query."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for pk, path in current_categories(viewer).values_list("pk", "path"):
        groups.setdefault(path.split(PARTING)[0], []).append((pk, path))
    return list(groups.items())


def get_category_for(viewer: Viewer, pk: int) -> Category | None:
    """Return one kind by id, a retired one too (matters keep theirs), or None."""
    return categories_of(viewer).filter(pk=pk).first()


def kinds_below(viewer: Viewer, category: Category) -> QuerySet[Category]:
    """Return the kinds in use right below one."""
    return current_categories(viewer).filter(parent=category)


def category_at(viewer: Viewer, path: str) -> Category | None:
    """Return one kind by its path ("一级 / 二级 / 三级"), a retired one too, or None."""
    rows = categories_of(viewer).select_related("parent")
    return rows.filter(path=path).first() if "\x00" not in path else None


def scheme_tree(viewer: Viewer, *, is_current: bool = True) -> list[Branch]:
    """Return the first level, each with what is below it, with one query."""
    branches = {one.pk: Branch(one) for one in categories_of(viewer).filter(is_current=is_current)}
    for one in branches.values():
        above = branches.get(one.category.parent_id or 0)
        if above:
            above.below.append(one)
    return [one for one in branches.values() if (one.category.parent_id or 0) not in branches]


def scheme_names(viewer: Viewer) -> list[tuple[str, str, str]]:
    """Return the scheme in use as rows of three names; a name with nothing below it has a row, others are in theirs."""
    paths = [tuple(path.split(PARTING)) for path in current_categories(viewer).values_list("path", flat=True)]
    above = {path[:depth] for path in paths for depth in range(1, len(path))}
    return [(*path, *[""] * (3 - len(path))) for path in paths if path not in above]  # type: ignore[misc]


@dataclass(frozen=True)
class SchemeCounts:
    """How many kinds are in use on each level, and how many are out of use."""

    levels: tuple[int, int, int]
    retired: int


def scheme_counts(viewer: Viewer) -> SchemeCounts:
    """Return how many kinds there are, with one query."""
    rows = categories_of(viewer).order_by().values_list("level", "is_current").annotate(n=Count("pk"))
    found = {(level, current): n for level, current, n in rows}
    levels = tuple(found.get((level, True), 0) for level in (1, 2, 3))
    return SchemeCounts(levels, sum(n for (_level, current), n in found.items() if not current))  # type: ignore[arg-type]
