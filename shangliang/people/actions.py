"""One function per button of the office's own pages: committees, areas, organisations, people, settings."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shangliang.foundation import clock, roles
from shangliang.foundation.business import action, note
from shangliang.foundation.codes import link_digest, link_token
from shangliang.foundation.ledger import Note
from shangliang.foundation.moves import check_role
from shangliang.foundation.refusals import AlreadyDone, NotYours, Refusal
from shangliang.foundation.viewer import Viewer
from shangliang.people.models import (
    Appointment,
    Area,
    Committee,
    Invitation,
    Organisation,
    OutcomeLetter,
    Person,
    Setting,
)
from shangliang.people.permissions import MAY_MANAGE
from shangliang.people.settings_of import DEFAULTS

INVITATION_DAYS = 7
MANAGERS = (*MAY_MANAGE, roles.CLERK, roles.SYSTEM)
RESERVED_SLUGS = frozenset(
    "r receipt desk points topics consultations delivery lists office sign-in sign-out act-as invite inbox start files"
    " static elder gallery i18n u figures ledger publications about api health".split())


@action
def open_committee(*, slug: str, name: str, short_name: str, prefix: str, level: str, by: Viewer, at: datetime,
                   parent: Committee | None = None, is_example: bool = False, is_complete: bool = True) -> Committee:
    """Open a committee. Refuses a name in addresses or a number prefix that is taken, and reserved addresses."""
    check_role(by, (*MAY_MANAGE, roles.SYSTEM))
    if slug in RESERVED_SLUGS or Committee.unscoped.filter(slug=slug).exists():
        raise Refusal(_("这个网址名“%(slug)s”已经有人用了，换一个。") % {"slug": slug})
    if Committee.unscoped.filter(prefix=prefix).exists():
        raise Refusal(_("编号前缀“%(prefix)s”已经有人用了，换一个。") % {"prefix": prefix})
    row = Committee(slug=slug, name=name, short_name=short_name, prefix=prefix, level=level, parent=parent,
                    is_example=is_example, is_complete=is_complete, opened_at=at)
    row.save(force_insert=True)
    note(Note(row.pk, "committee.open", f"committee:{slug}", by, at))
    return row


@action
def add_area(*, committee: Committee, kind: str, name: str, by: Viewer, at: datetime, parent: Area | None = None) -> Area:
    """Add a street or a community; one that is there already is returned as it is."""
    _check_committee(by, committee.pk)
    row, made = Area.unscoped.get_or_create(committee=committee, parent=parent, name=name.strip(),
                                            defaults={"kind": kind})
    if made:
        note(Note(committee.pk, "area.add", f"area:{row.pk}", by, at))
    return row


@action
def add_organisation(*, committee: Committee, kind: str, name: str, by: Viewer, at: datetime, area: Area | None = None,
                     is_issuing_authority: bool = False, by_letter: bool = False, phone: str = "") -> Organisation:
    """Add a unit the committee works with; one of that name is returned as it is."""
    _check_committee(by, committee.pk)
    row, made = Organisation.unscoped.get_or_create(
        committee=committee, name=name.strip(),
        defaults={"kind": kind, "area": area, "is_issuing_authority": is_issuing_authority, "by_letter": by_letter,
                  "phone": phone})
    if made:
        note(Note(committee.pk, "organisation.add", f"organisation:{row.pk}", by, at))
    return row


@action
def appoint(*, committee: Committee, login: str, name: str, role: str, by: Viewer, at: datetime, title: str = "",
            email: str = "", organisation: Organisation | None = None, from_on: date | None = None) -> Appointment:
    """Give a person (new, or known by sign-in name) a role. Refuses the same standing appointment twice."""
    _check_committee(by, committee.pk)
    person, _made = Person.unscoped.get_or_create(login=login.strip(), defaults={"name": name.strip(), "email": email})
    standing = Appointment.unscoped.filter(person=person, committee=committee, organisation=organisation, role=role,
                                           until_on=None)
    if standing.exists():
        raise AlreadyDone(_("%(name)s已经有这个身份了。") % {"name": person.name})
    row = Appointment(person=person, committee=committee, organisation=organisation, role=role, title=title,
                      from_on=from_on or clock.day_of(at))
    row.save(force_insert=True)
    note(Note(committee.pk, "appointment.grant", f"appointment:{row.pk}", by, at, facts={"role": role}))
    return row


@action
def end_appointment(appointment: Appointment, *, by: Viewer, at: datetime) -> Appointment:
    """End an appointment as of yesterday: every door of it shuts at once."""
    _check_committee(by, appointment.committee_id)
    appointment.until_on = clock.day_of(at) - timedelta(days=1)
    appointment.save(update_fields=["until_on"])
    note(Note(appointment.committee_id, "appointment.end", f"appointment:{appointment.pk}", by, at))
    return appointment


@action
def invite(*, person: Person, committee: Committee, by: Viewer, at: datetime) -> str:
    """Make a one-time link for a first password. Return the token: it is shown once and kept only as a digest."""
    _check_committee(by, committee.pk)
    token = link_token()
    row = Invitation(person=person, committee=committee, token_digest=link_digest(token), made_at=at,
                     expires_at=at + timedelta(days=INVITATION_DAYS))
    row.save(force_insert=True)
    note(Note(committee.pk, "person.invite", f"person:{person.pk}", by, at))
    return token


@action
def accept_invitation(invitation: Invitation, *, password: str, by: Viewer, at: datetime) -> Person:
    """Set the first password by a link. Refuses a used or expired link and a weak password (in sentences)."""
    locked = Invitation.unscoped.select_for_update(of=("self",)).get(pk=invitation.pk)
    if locked.used_at or locked.expires_at < at:
        raise AlreadyDone(_("这个链接已经用过或过期了，请管理员再发一个。"))
    person = Person.unscoped.get(pk=locked.person_id)
    set_password(person, password)
    locked.used_at = at
    locked.save(update_fields=["used_at"])
    note(Note(locked.committee_id, "person.accept_invitation", f"person:{person.pk}", by, at))
    return person


def set_password(person: Person, password: str) -> None:
    """Store a password. Refuses a weak one with the sentences of the validators."""
    try:
        validate_password(password, person)
    except ValidationError as weak:
        raise Refusal("".join(weak.messages)) from weak
    person.set_password(password)
    person.save(update_fields=["password"])


@action
def change_setting(*, committee: Committee, key: str, value: Any, by: Viewer, at: datetime) -> None:
    """Change one setting of a committee. Refuses unknown keys (KeyError)."""
    _check_committee(by, committee.pk)
    if key not in DEFAULTS:
        raise KeyError(key)
    Setting.unscoped.update_or_create(committee=committee, key=key, defaults={"value": value})
    note(Note(committee.pk, "setting.change", f"setting:{key}", by, at))


@action
def set_letters(*, committee: Committee, letters: Iterable[tuple[str, str, str]], by: Viewer, at: datetime) -> None:
    """Set the local outcome letters: (letter, label, real outcome) each."""
    _check_committee(by, committee.pk)
    for letter, label, real in letters:
        OutcomeLetter.unscoped.update_or_create(committee=committee, letter=letter,
                                                defaults={"label": label, "real_outcome": real})
    note(Note(committee.pk, "setting.letters", f"committee:{committee.slug}", by, at))


def _check_committee(by: Viewer, committee_id: int) -> None:
    check_role(by, MANAGERS)
    reach = getattr(by, "reach", None)
    if reach is not None and committee_id not in reach:
        raise NotYours(_("这不是您所在政协的事。"))
