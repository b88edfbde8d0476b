"""The kind of a matter: set by the office, taken back by the office. A suggestion is only ever one of the choices."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from shangliang.foundation import roles
from shangliang.foundation.business import action
from shangliang.foundation.moves import check_role, record_fact
from shangliang.foundation.refusals import AlreadyDone, NotYours, Refusal
from shangliang.foundation.viewer import Viewer
from shangliang.reports.actions.screening import check_reach
from shangliang.reports.models import Matter
from shangliang.reports.queries import standing_reports
from shangliang.reports.queries.sorting import KEPT, SORTED, UNSORTED, kind_before, kinds_before
from shangliang.sorting.actions.training import learn_soon_at_first
from shangliang.sorting.models import Category


@action
def sort_matter(
    matter: Matter, category: Category, *, by: Viewer, at: datetime, offered: Sequence[int] = ()
) -> Matter:
    """Set the kind of a matter, established or still one report's shell. Return it.

    ``offered`` are the ids of the kinds a model suggested, likeliest first: the ledger keeps which of them was taken.
    Refuses a retired kind, one of another committee, the kind it has already, and a matter whose reports are all
    locked or withdrawn.
    """
    locked = _locked(matter, by)
    if category.committee_id != locked.committee_id:
        raise NotYours(_("这一类不在这家政协的类别方案里。"))
    if not category.is_current:
        raise Refusal(_("“%(kind)s”已经停用，请另选一类。") % {"kind": category.path})
    if locked.category_id == category.pk:
        raise AlreadyDone(_("刚才已经定为这一类了。"))
    before = locked.category_id or 0
    first = standing_reports(locked).values_list("code", flat=True).first()
    if first is None:
        raise Refusal(_("这件事项里没有可以看的线索，不用定类别。"))
    _set(matter, category, at)
    offers = list(offered)
    rank = offers.index(category.pk) + 1 if category.pk in offers else 0
    facts = {"matter": matter.pk, "category": category.path, "kind": category.pk, "before": before}
    offer = {"report": first, "offered": len(offers), "rank": rank}
    record_fact(matter, SORTED, by=by, at=at, facts={**facts, **offer})
    learn_soon_at_first(matter.committee_id, "kind", at)
    return matter


@action
def unsort_matter(matter: Matter, *, by: Viewer, at: datetime) -> Matter:
    """Take the last decision on a matter's kind back: it has the kind it had before, or none. Refuses where it has none."""
    locked = _locked(matter, by)
    if locked.category_id is None:
        raise AlreadyDone(_("它现在没有类别，没有可撤销的。"))
    earlier = kind_before(by, locked)
    back_to = Category.unscoped.filter(pk=earlier, committee_id=locked.committee_id).first()
    given_up = locked.category
    _set(matter, back_to, at if back_to else None)
    paths = {"category": given_up.path if given_up else "", "back_to": back_to.path if back_to else ""}
    facts = {"matter": matter.pk, **paths}
    record_fact(matter, UNSORTED, by=by, at=at, facts=facts)
    return matter


def keep_kind(matter: Matter, came_from: str, *, by: Viewer, at: datetime) -> None:
    """Note that a matter that just got its number has the kind of what it came from, and the course of kinds before it.

    ``came_from`` is the code of its shell, or of the matter it was parted from. Nothing is noted where it has no kind or
    had its number before.
    Call it inside an action.
    """
    if matter.category is None or came_from == matter.code:
        return
    facts = {
        "matter": matter.pk,
        "category": matter.category.path,
        "kind": matter.category.pk,
        "from": came_from,
        "before": kinds_before(by, matter.committee_id, came_from),
    }
    record_fact(matter, KEPT, by=by, at=at, facts=facts)


def _locked(matter: Matter, by: Viewer) -> Matter:
    check_role(by, roles.OFFICE)
    check_reach(by, matter)
    return Matter.unscoped.select_for_update(of=("self",)).get(pk=matter.pk)


def _set(matter: Matter, category: Category | None, at: datetime | None) -> None:
    matter.category, matter.sorted_at = category, at
    matter.save(update_fields=["category", "sorted_at"])
