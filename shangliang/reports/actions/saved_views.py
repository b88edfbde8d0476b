"""Keeping the present filters of the desk under a name. A preference of one seat: nothing of it goes to the ledger."""

from datetime import datetime
from urllib.parse import parse_qs

from django.utils.translation import gettext as _

from shangliang.foundation import roles
from shangliang.foundation.business import action
from shangliang.foundation.moves import check_role
from shangliang.foundation.refusals import AlreadyDone, NotYours, Refusal
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.reports import rules
from shangliang.reports.models import SavedView
from shangliang.ui.clean import on_one_line

MOST_VIEWS = 12
LONGEST_NAME, LONGEST_QUERY = 30, 300


@action
def save_view(*, name: str, query: str, by: Viewer, at: datetime) -> SavedView:
    """Keep filters (a query string of the desk) under a name. Return the view.

    Refuses no name or one that is taken, more than twelve views, and looking for a number that points at a person.
    """
    seat = _seat(by)
    kept = SavedView.unscoped.select_for_update().filter(appointment=seat)
    named = _name(name, kept)
    if kept.count() >= MOST_VIEWS:
        raise Refusal(_("最多存 12 个，先删一个不用的。"))
    words = parse_qs(query).get("q", [""])[0]
    if len(query) > LONGEST_QUERY or rules.points_at_a_person(words):
        raise Refusal(_("这些条件存不下来，请换几个说事情的词。"))
    view = SavedView(appointment_id=seat, name=named, query=query)
    view.save(force_insert=True)
    return view


@action
def rename_view(view: SavedView, *, name: str, by: Viewer, at: datetime) -> SavedView:
    """Give a view another name. Refuses no name, one that is taken, and another's view (NotYours)."""
    seat = _seat(by)
    _check_own(view, seat)
    view.name = _name(name, SavedView.unscoped.filter(appointment=seat).exclude(pk=view.pk))
    view.save(update_fields=["name"])
    return view


@action
def delete_view(view: SavedView, *, by: Viewer, at: datetime) -> bool:
    """Delete a view. Refuses another's (NotYours)."""
    _check_own(view, _seat(by))
    SavedView.unscoped.filter(pk=view.pk).delete()
    return True


def _seat(by: Viewer) -> int:
    check_role(by, roles.OFFICE)
    if not isinstance(by, Appointed):
        raise NotYours(_("您现在的身份不能做这一步。"))
    return by.appointment_id


def _check_own(view: SavedView, seat: int) -> None:
    if view.appointment_id != seat:
        raise NotYours(_("这是别人存的，您动不了。"))


def _name(name: str, others) -> str:  # type: ignore[no-untyped-def]
    named = on_one_line(name)
    if not named or len(named) > LONGEST_NAME:
        raise Refusal(_("给它起个名字，不超过 30 个字。"))
    if others.filter(name=named).exists():
        raise AlreadyDone(_("已经有一个叫“%(name)s”的了，换个名字。") % {"name": named})
    return named
