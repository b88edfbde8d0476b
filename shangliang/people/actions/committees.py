"""Committees, their streets and communities, and the units they work with."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from shangliang.foundation import roles
from shangliang.foundation.business import action, note
from shangliang.foundation.ledger import Note
from shangliang.foundation.moves import check_role
from shangliang.foundation.refusals import AlreadyDone, Refusal
from shangliang.foundation.sequences import next_number
from shangliang.foundation.viewer import Viewer
from shangliang.people.actions.doors import check_committee
from shangliang.people.actions.persons import appoint, set_password
from shangliang.people.actions.preferences import change_preferences, change_setting
from shangliang.people.models import Appointment, Area, Committee, Organisation, Person
from shangliang.people.permissions import MAY_MANAGE
from shangliang.people.rules import PlaceLine, UnitLine, place_kind

RESERVED_SLUGS = frozenset(
    "r receipt desk points topics consultations delivery lists office sign-in sign-out act-as invite inbox start files"
    " static elder gallery i18n u figures ledger publications about api health account language home protect imports"
    " chats transfers work sorting".split()
)
OURSELVES = ("政协", "政治协商会议")  # the committee consults, it does not command (design.md §1)


@action
def open_committee(
    *,
    slug: str,
    name: str,
    short_name: str,
    prefix: str,
    level: str,
    by: Viewer,
    at: datetime,
    parent: Committee | None = None,
    is_example: bool = False,
    is_complete: bool = True,
) -> Committee:
    """Open a committee. Refuses a name in addresses or a number prefix that is taken, and reserved addresses."""
    check_role(by, (*MAY_MANAGE, roles.SYSTEM))
    if slug in RESERVED_SLUGS or Committee.unscoped.filter(slug=slug).exists():
        raise Refusal(_("这个网址名“%(slug)s”已经有人用了，换一个。") % {"slug": slug})
    if Committee.unscoped.filter(prefix=prefix).exists():
        raise Refusal(_("编号前缀“%(prefix)s”已经有人用了，换一个。") % {"prefix": prefix})
    row = Committee(
        slug=slug,
        name=name,
        short_name=short_name,
        prefix=prefix,
        level=level,
        parent=parent,
        is_example=is_example,
        is_complete=is_complete,
        opened_at=at,
    )
    row.save(force_insert=True)
    note(Note(row.pk, "committee.open", f"committee:{slug}", by, at))
    return row


@action
def begin_office(
    *,
    slug: str,
    name: str,
    short_name: str,
    prefix: str,
    level: str,
    local_name: str,
    person: str,
    login: str,
    password: str,
    by: Viewer,
    at: datetime,
) -> Appointment:
    """Set up the first office: a committee and the one who leads it. Refuses when a real one stands already.

    ``local_name`` is what people there call consulting; "" keeps 协商. The caller has checked the setup code.
    """
    check_role(by, (roles.SYSTEM,))
    next_number("people.begin_office")  # one at a time: two browsers must not make two first offices
    if Committee.unscoped.filter(is_example=False).exists():
        raise AlreadyDone(_("办公室已经建好了，请直接登录。"))
    if Person.unscoped.filter(login=login).exists():
        raise Refusal(_("登录名“%(login)s”已经有人用了，换一个。") % {"login": login})
    committee = open_committee(
        slug=slug, name=name, short_name=short_name, prefix=prefix, level=level, by=by, at=at
    )
    held = appoint(committee=committee, login=login, name=person, role=roles.LEADER, by=by, at=at)
    set_password(held.person, password)
    if local_name:
        change_setting(committee=committee, key="labels", value={"consultation": local_name}, by=by, at=at)
    return held


@action
def add_area(
    *, committee: Committee, kind: str, name: str, by: Viewer, at: datetime, parent: Area | None = None
) -> Area:
    """Add a street or a community; one that is there already is returned as it is."""
    check_committee(by, committee.pk)
    row, made = Area.unscoped.get_or_create(
        committee=committee, parent=parent, name=name.strip(), defaults={"kind": kind}
    )
    if made:
        note(Note(committee.pk, "area.add", f"area:{row.pk}", by, at))
    return row


@action
def add_places(*, committee: Committee, places: Iterable[PlaceLine], by: Viewer, at: datetime) -> int:
    """Add streets and communities as read from a list; those there already stay. Return how many are new."""
    check_committee(by, committee.pk)
    before = Area.unscoped.filter(committee=committee).count()
    streets: dict[str, Area] = {}
    for line in places:
        if line.street not in streets:
            streets[line.street] = add_area(
                committee=committee, kind=place_kind(line.street, True), name=line.street, by=by, at=at
            )
        if line.community:
            add_area(
                committee=committee,
                kind=place_kind(line.community, False),
                name=line.community,
                parent=streets[line.street],
                by=by,
                at=at,
            )
    return Area.unscoped.filter(committee=committee).count() - before


@action
def add_organisation(
    *,
    committee: Committee,
    kind: str,
    name: str,
    by: Viewer,
    at: datetime,
    area: Area | None = None,
    is_issuing_authority: bool = False,
    by_letter: bool = False,
    phone: str = "",
) -> Organisation:
    """Add a unit the committee works with; one of that name is returned as it is. Refuses the committee as an authority."""
    check_committee(by, committee.pk)
    _refuse_ourselves_as_authority(name, is_issuing_authority)
    row, made = Organisation.unscoped.get_or_create(
        committee=committee,
        name=name.strip(),
        defaults={
            "kind": kind,
            "area": area,
            "is_issuing_authority": is_issuing_authority,
            "by_letter": by_letter,
            "phone": phone,
        },
    )
    if made:
        note(Note(committee.pk, "organisation.add", f"organisation:{row.pk}", by, at))
    return row


@action
def add_units(
    *, committee: Committee, units: Iterable[UnitLine], by: Viewer, at: datetime, as_authorities: bool = False
) -> int:
    """Add units as read from a list; ``as_authorities`` makes them (and any there already) issue assignments."""
    check_committee(by, committee.pk)
    before = Organisation.unscoped.filter(committee=committee).count()
    for line in units:
        row = add_organisation(
            committee=committee,
            kind="authority" if as_authorities else line.kind,
            name=line.name,
            is_issuing_authority=as_authorities,
            by_letter=line.by_letter and not as_authorities,
            by=by,
            at=at,
        )
        if as_authorities and not row.is_issuing_authority:
            describe_organisation(
                row, kind=row.kind, is_issuing_authority=True, by_letter=False, by=by, at=at
            )
    return Organisation.unscoped.filter(committee=committee).count() - before


@action
def describe_organisation(
    organisation: Organisation,
    *,
    kind: str,
    is_issuing_authority: bool,
    by_letter: bool,
    by: Viewer,
    at: datetime,
) -> Organisation:
    """Say what kind a unit is, whether it issues assignments and whether it is asked by letter.

    Refuses both at once, and a consultative committee as one that issues assignments.
    """
    check_committee(by, organisation.committee_id)
    _refuse_ourselves_as_authority(organisation.name, is_issuing_authority)
    if is_issuing_authority and by_letter:
        raise Refusal(_("交办主体不用函商：能交办的单位，不会同时是要用函去商量的单位。"))
    organisation.kind = kind
    organisation.is_issuing_authority, organisation.by_letter = is_issuing_authority, by_letter
    organisation.save(update_fields=["kind", "is_issuing_authority", "by_letter"])
    note(
        Note(
            organisation.committee_id,
            "organisation.describe",
            f"organisation:{organisation.pk}",
            by,
            at,
            facts={"issues": is_issuing_authority, "by_letter": by_letter},
        )
    )
    return organisation


def _refuse_ourselves_as_authority(name: str, is_issuing_authority: bool) -> None:
    if is_issuing_authority and any(word in name for word in OURSELVES):
        raise Refusal(_("政协不是交办主体：政协商量、提建议，谁来办、哪天办完，由党委政府定。"))


@action
def set_up_work(
    *,
    committee: Committee,
    authorities: list[UnitLine],
    units: list[UnitLine],
    letters: list[tuple[str, str, str]],
    values: dict[str, Any],
    by: Viewer,
    at: datetime,
) -> None:
    """Keep the fourth screen of the start together or not at all: who assigns, which units, letters, days."""
    add_units(committee=committee, units=authorities, as_authorities=True, by=by, at=at)
    add_units(committee=committee, units=units, by=by, at=at)
    names = {"name": committee.name, "short_name": committee.short_name}
    change_preferences(committee=committee, names=names, values=values, letters=letters, by=by, at=at)
