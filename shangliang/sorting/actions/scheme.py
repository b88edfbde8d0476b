"""The scheme of kinds: taken in from a file, one added, renamed, retired. Nothing is ever deleted."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from shangliang.foundation import roles
from shangliang.foundation.business import action, note
from shangliang.foundation.ledger import Note
from shangliang.foundation.moves import check_role
from shangliang.foundation.refusals import NotYours, Refusal, WrongState
from shangliang.foundation.viewer import Viewer
from shangliang.people.models import Committee
from shangliang.sorting import rules
from shangliang.sorting.models import Category
from shangliang.sorting.permissions import MAY_CHANGE, is_of
from shangliang.ui.clean import on_one_line


@action
def import_scheme(
    *, committee: Committee, names: Sequence[rules.Path], by: Viewer, at: datetime, expected: str = ""
) -> rules.SchemePlan:
    """Make the scheme what a file says: new kinds come in, absent ones are retired, those that come back are revived.

    ``names``: one to three names a row, from the first level down. ``expected`` is the mark of the plan somebody looked
    at (``SchemePlan.mark``); when the scheme has moved since, nothing is done (WrongState). Refuses (Refusal) no name,
    more than 5,000, and names that cannot stand in a path. Return what was done.
    """
    hold_committee(committee.pk, by)
    if not names or len(names) > rules.MOST_LINES:
        raise Refusal(_("一次最多 5,000 行，至少一行。"))
    _refuse_names(name for path in names for name in path)
    rows = {one.path: one for one in Category.unscoped.filter(committee=committee)}
    plan = rules.plan_scheme({path: one.is_current for path, one in rows.items()}, names)
    if expected and plan.mark != expected:
        raise WrongState(_("您看的时候，类别方案有人改过了。请照现在的样子再看一遍，文件里的内容都还在。"))
    _write_new(committee, plan.new, rows)
    _set_current([rows[path].pk for path in plan.revived], True)
    _set_current([rows[path].pk for path in plan.retired], False)
    facts = {"new": len(plan.new), "kept": len(plan.kept), "revived": len(plan.revived), "retired": len(plan.retired)}  # fmt: skip
    note(Note(committee.pk, "category.import", f"committee:{committee.slug}", by, at, facts=facts))
    return plan


def _write_new(committee: Committee, paths: Iterable[str], rows: dict[str, Category]) -> None:
    by_level: dict[int, list[str]] = {1: [], 2: [], 3: []}
    for path in paths:
        by_level[path.count(rules.PARTING) + 1].append(path)
    for level, some in by_level.items():
        made = [_new(committee, path, level, rows) for path in some]
        Category.unscoped.bulk_create(made, batch_size=rules.ROWS_AT_ONCE)
        rows.update({one.path: one for one in made})


def _new(committee: Committee, path: str, level: int, rows: dict[str, Category]) -> Category:
    above, _mark, name = path.rpartition(rules.PARTING)
    return Category(
        committee=committee, parent=rows[above] if above else None, level=level, name=name, path=path
    )


def _set_current(ids: list[int], is_current: bool) -> None:
    for start in range(0, len(ids), rules.ROWS_AT_ONCE):
        some = ids[start : start + rules.ROWS_AT_ONCE]
        Category.unscoped.filter(pk__in=some).update(is_current=is_current)


@action
def add_category(
    *, committee: Committee, parent: Category | None, name: str, by: Viewer, at: datetime
) -> Category:
    """Add one kind below another (None: on the first level); one retired under that name comes back.

    Refuses an empty or too long name, one that is there, and a fourth level, or one below a retired kind.
    """
    hold_committee(committee.pk, by)
    tidy = on_one_line(name)
    _refuse_names([tidy])
    if parent and (parent.committee_id != committee.pk or parent.level >= rules.LEVELS):
        raise Refusal(_("类别最多三级，而且要加在本政协的类别下面。"))
    if parent and not _fresh(parent).is_current:
        raise Refusal(_("上面那一类已经停用，先把它加回来。"))
    path = rules.PARTING.join((parent.path, tidy)) if parent else tidy
    row = Category.unscoped.filter(committee=committee, path=path).first()
    if row and row.is_current:
        raise Refusal(_("“%(path)s”已经有了。") % {"path": path})
    came_back = row is not None
    if row is None:
        level = parent.level + 1 if parent else 1
        row = Category(committee=committee, parent=parent, level=level, name=tidy, path=path)
    row.is_current = True
    row.save()
    _note(row, "category.add", by, at, {"level": row.level, "came_back": came_back})
    return row


@action
def rename_category(category: Category, *, name: str, by: Viewer, at: datetime) -> Category:
    """Give a kind another name: it stays the same kind, with its matters and owners; paths below follow.

    Refuses the name it has, an empty or too long one, and one that another kind beside it has or had.
    """
    hold_committee(category.committee_id, by)
    row, tidy = _fresh(category), on_one_line(name)
    _refuse_names([tidy])
    above = row.path.rpartition(rules.PARTING)[0]
    path = rules.PARTING.join((above, tidy)) if above else tidy
    if path == row.path:
        raise Refusal(_("名字没有变。"))
    if Category.unscoped.filter(committee_id=row.committee_id, path=path).exists():
        raise Refusal(_("“%(path)s”已经有了，或停用以前用过。换一个名字。") % {"path": path})
    below = _below(row)
    for one in below:
        one.path = path + one.path[len(row.path) :]
    row.name, row.path = tidy, path
    Category.unscoped.bulk_update([row, *below], ["name", "path"], batch_size=rules.ROWS_AT_ONCE)
    _note(row, "category.rename", by, at, {"below": len(below)})
    return row


@action
def retire_category(category: Category, *, by: Viewer, at: datetime) -> int:
    """Stop using a kind and those below it; matters keep it. Return how many were stopped. Refuses a retired one."""
    hold_committee(category.committee_id, by)
    row = _fresh(category)
    if not row.is_current:
        raise WrongState(_("“%(path)s”已经停用了。") % {"path": row.path})
    ids = [row.pk, *(one.pk for one in _below(row) if one.is_current)]
    _set_current(ids, False)
    _note(row, "category.retire", by, at, {"retired": len(ids)})
    return len(ids)


def hold_committee(committee_id: int, by: Viewer, allowed: tuple[str, ...] = MAY_CHANGE) -> Committee:
    """Refuse (NotYours) whoever may not; lock the committee, so that its scheme and table change one act at a time."""
    check_role(by, (*allowed, roles.SYSTEM))
    if not is_of(by, committee_id):
        raise NotYours(_("这不是您所在政协的。"))
    return Committee.unscoped.select_for_update(no_key=True).get(pk=committee_id)


def _fresh(category: Category) -> Category:
    return Category.unscoped.get(pk=category.pk)


def _below(row: Category) -> list[Category]:
    children = list(Category.unscoped.filter(parent=row))
    return children + list(Category.unscoped.filter(parent__in=children)) if children else []


def _refuse_names(names: Iterable[str]) -> None:
    for name in names:
        if not name:
            raise Refusal(_("写上类别的名字。"))
        if why := rules.wrong_name(name):
            raise Refusal(
                _("名字最多 40 个字：“%(name)s…”。") % {"name": name[:20]}
                if why == "long"
                else _("名字里不能有“ / ”（斜线前后有空格）：“%(name)s”。") % {"name": name}
            )


def _note(row: Category, verb: str, by: Viewer, at: datetime, facts: dict[str, Any]) -> None:
    note(Note(row.committee_id, verb, f"category:{row.pk}", by, at, facts=facts))
