"""The door to committees, areas, organisations, persons, appointments and settings."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from shangliang.foundation import roles
from shangliang.foundation.codes import link_digest
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.people.models import (
    Appointment,
    Area,
    AreaKind,
    Committee,
    Invitation,
    Organisation,
    OutcomeLetter,
    Person,
    Setting,
)
from shangliang.people.permissions import rows_of_committees
from shangliang.people.settings_of import DEFAULTS


def all_committees() -> QuerySet[Committee]:
    """Return every committee: public."""
    return Committee.unscoped.order_by("is_example", "pk")


def get_committee(slug: str) -> Committee | None:
    """Return a committee by the name in its address: public."""
    return Committee.unscoped.filter(slug=slug).first()


def committee_by_id(pk: int) -> Committee:
    """Return a committee by id."""
    return Committee.unscoped.get(pk=pk)


def reach_of(committee_id: int) -> frozenset[int]:
    """Return the ids of a committee and all its descendants, with one query."""
    children: dict[int | None, list[int]] = defaultdict(list)
    for pk, parent in Committee.unscoped.values_list("pk", "parent_id"):
        children[parent].append(pk)
    found, waiting = set(), [committee_id]
    while waiting:
        pk = waiting.pop()
        found.add(pk)
        waiting.extend(children[pk])
    return frozenset(found)


def standing_appointments(person_id: int, on: date) -> QuerySet[Appointment]:
    """Return the appointments a person holds on a day: those they may act in."""
    return (Appointment.unscoped.filter(Q(until_on=None) | Q(until_on__gte=on), person_id=person_id, from_on__lte=on)
            .select_related("committee", "organisation").order_by("pk"))


def viewer_from(appointment: Appointment) -> Appointed:
    """Return the viewer who acts in an appointment."""
    return Appointed(person_id=appointment.person_id, appointment_id=appointment.pk,
                     committee_id=appointment.committee_id, held_role=appointment.role,
                     organisation_id=appointment.organisation_id, reach=reach_of(appointment.committee_id))


def setting(committee_id: int, key: str) -> Any:
    """Return one setting of a committee, or its default. Refuses an unknown key (KeyError)."""
    row = Setting.unscoped.filter(committee_id=committee_id, key=key).values_list("value", flat=True).first()
    return DEFAULTS[key] if row is None else row


def settings_of(committee_id: int) -> dict[str, Any]:
    """Return all settings of a committee, defaults filled in, with one query."""
    return {**DEFAULTS, **dict(Setting.unscoped.filter(committee_id=committee_id).values_list("key", "value"))}


def areas_of(committee_id: int) -> QuerySet[Area]:
    """Return the streets and communities of a committee: public."""
    return Area.unscoped.filter(committee_id=committee_id).select_related("parent").order_by("parent_id", "pk")


def communities_of(committee_id: int) -> QuerySet[Area]:
    """Return the communities and villages of a committee: public."""
    return areas_of(committee_id).filter(kind__in=(AreaKind.COMMUNITY, AreaKind.VILLAGE))


def organisations_of(committee_id: int) -> QuerySet[Organisation]:
    """Return the organisations a committee works with: their names are public."""
    return Organisation.unscoped.filter(committee_id=committee_id).order_by("pk")


def issuing_authorities_of(committee_id: int) -> QuerySet[Organisation]:
    """Return who may issue assignments."""
    return organisations_of(committee_id).filter(is_issuing_authority=True)


def letters_of(committee_id: int) -> QuerySet[OutcomeLetter]:
    """Return the local outcome letters: public."""
    return OutcomeLetter.unscoped.filter(committee_id=committee_id).order_by("letter")


def appointments_seen_by(viewer: Viewer) -> QuerySet[Appointment]:
    """Return appointments of the viewer's committees, for staff."""
    return (Appointment.unscoped.filter(rows_of_committees(viewer)).select_related("person", "committee", "organisation")
            .order_by("role", "pk"))


def holders(committee_id: int, *held: str) -> QuerySet[Appointment]:
    """Return standing appointments in some roles at a committee: who is told of something."""
    return (Appointment.unscoped.filter(committee_id=committee_id, role__in=held, until_on=None)
            .select_related("person").order_by("pk"))


def handlers_of(organisation_id: int) -> QuerySet[Appointment]:
    """Return the standing handlers of a unit: who is told of its assignments."""
    return (Appointment.unscoped.filter(organisation_id=organisation_id, until_on=None,
                                        role__in=(roles.UNIT, roles.AUTHORITY)).select_related("person"))


def names_of(appointment_ids: list[int]) -> dict[int, str]:
    """Return the names behind appointments, for staff pages."""
    rows = Appointment.unscoped.filter(pk__in=appointment_ids).values_list("pk", "person__name")
    return dict(rows)


def get_person_by_login(login: str) -> Person | None:
    """Return a person by sign-in name."""
    return Person.unscoped.filter(login=login).first()


def get_invitation(token: str) -> Invitation | None:
    """Return the invitation a token opens, used or not."""
    return Invitation.unscoped.filter(token_digest=link_digest(token)).select_related("person", "committee").first()
