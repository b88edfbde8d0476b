"""The door to committees, areas, organisations, persons, appointments and settings."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Q, QuerySet, When
from django.utils.translation import gettext as _

from shangliang.foundation import roles
from shangliang.foundation.codes import link_digest
from shangliang.foundation.models import Job, Message, SpecialDay
from shangliang.foundation.models.outbox import MessageState
from shangliang.foundation.models.schedule import JobState
from shangliang.foundation.queries import inbox_of
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
    Role,
    Setting,
)
from shangliang.people.permissions import rows_of_committees, rows_of_own_committee
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
    return (
        Appointment.unscoped.filter(
            Q(until_on=None) | Q(until_on__gte=on), person_id=person_id, from_on__lte=on
        )
        .select_related("committee", "organisation", "person")
        .order_by("pk")
    )


def viewer_from(appointment: Appointment) -> Appointed:
    """Return the viewer who acts in an appointment."""
    return Appointed(
        person_id=appointment.person_id,
        appointment_id=appointment.pk,
        committee_id=appointment.committee_id,
        held_role=appointment.role,
        organisation_id=appointment.organisation_id,
        reach=reach_of(appointment.committee_id),
    )


def setting(committee_id: int, key: str) -> Any:
    """Return one setting of a committee, or its default. Refuses an unknown key (KeyError)."""
    row = Setting.unscoped.filter(committee_id=committee_id, key=key).values_list("value", flat=True).first()
    return DEFAULTS[key] if row is None else row


def settings_of(committee_id: int) -> dict[str, Any]:
    """Return all settings of a committee, defaults filled in, with one query."""
    return {
        **DEFAULTS,
        **dict(Setting.unscoped.filter(committee_id=committee_id).values_list("key", "value")),
    }


def local_word(committee_id: int, term: str) -> str:
    """Return what a committee calls a canonical term (``consultation``), or "" where it keeps ours: public."""
    return setting(committee_id, "labels").get(term, "")


def areas_of(committee_id: int) -> QuerySet[Area]:
    """Return the streets and communities of a committee: public."""
    return (
        Area.unscoped.filter(committee_id=committee_id).select_related("parent").order_by("parent_id", "pk")
    )


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
    return (
        Appointment.unscoped.filter(rows_of_committees(viewer))
        .select_related("person", "committee", "organisation")
        .order_by("role", "pk")
    )


def holders(committee_id: int, *held: str) -> QuerySet[Appointment]:
    """Return standing appointments in some roles at a committee: who is told of something."""
    return (
        Appointment.unscoped.filter(committee_id=committee_id, role__in=held, until_on=None)
        .select_related("person")
        .order_by("pk")
    )


def wanting_digest(committee_id: int, on: date) -> QuerySet[Appointment]:
    """Return the seats of a committee, standing on a day, that want to be told each day what waits for them."""
    rows = Appointment.unscoped.filter(Q(until_on=None) | Q(until_on__gte=on), committee_id=committee_id)
    rows = rows.filter(from_on__lte=on, wants_digest=True, person__is_active=True)
    return rows.select_related("person", "committee").order_by("pk")


def handlers_of(organisation_id: int) -> QuerySet[Appointment]:
    """Return the standing handlers of a unit: who is told of its assignments."""
    return Appointment.unscoped.filter(
        organisation_id=organisation_id, until_on=None, role__in=(roles.UNIT, roles.AUTHORITY)
    ).select_related("person")


def units_acted_for(person_id: int) -> set[int]:
    """Return the ids of all units and authorities a person has a standing appointment at: one person, one memory."""
    rows = Appointment.unscoped.filter(person_id=person_id, until_on=None).exclude(organisation=None)
    return set(rows.values_list("organisation_id", flat=True))


def names_of(appointment_ids: list[int]) -> dict[int, str]:
    """Return the names behind appointments, for staff pages."""
    rows = Appointment.unscoped.filter(pk__in=appointment_ids).values_list("pk", "person__name")
    return dict(rows)


def get_person_by_login(login: str) -> Person | None:
    """Return a person by sign-in name."""
    return Person.unscoped.filter(login=login).first()


def get_invitation(token: str) -> Invitation | None:
    """Return the invitation a token opens, used or not."""
    return (
        Invitation.unscoped.filter(token_digest=link_digest(token))
        .select_related("person", "committee")
        .first()
    )


def open_invitation(token: str, at: datetime) -> Invitation | None:
    """Return the invitation a token opens while it may still be used, or None."""
    row = get_invitation(token)
    return row if row and row.used_at is None and row.expires_at >= at else None


def real_committee() -> Committee | None:
    """Return the first committee that is not an example: while there is none, somebody may set one up."""
    return Committee.unscoped.filter(is_example=False).order_by("pk").first()


def has_example() -> bool:
    """Tell whether an example is loaded: public."""
    return Committee.unscoped.filter(is_example=True).exists()


def example_accounts() -> list[Appointment]:
    """Return the shared accounts of the example's own committee, which anybody may try: public by intention."""
    top = Committee.unscoped.filter(is_example=True, parent=None).order_by("pk").first()
    rows = Appointment.unscoped.filter(committee=top, until_on=None).select_related("person", "organisation")
    return list(rows.order_by("pk")) if top else []


def described(appointment: Appointment) -> str:
    """Return an appointment in words: role and, where it is held for a unit, that unit; then the committee."""
    where = appointment.organisation.name if appointment.organisation else appointment.committee.short_name
    return f"{appointment.get_role_display()} · {where}"


def role_label(role: str) -> str:
    """Return a role of the ledger in words."""
    others = {
        roles.REPORTER: _("反映的人（凭回执）"),
        roles.LINK: _("单位（凭一次性链接）"),
        roles.SYSTEM: _("系统"),
        roles.PUBLIC: _("公众"),
    }
    return str(others.get(role) or dict(Role.choices).get(role, role))


def standing_in_own_committee(viewer: Viewer) -> QuerySet[Appointment]:
    """Return the standing appointments at the very committee the viewer acts in: who has which role."""
    return (
        Appointment.unscoped.filter(rows_of_own_committee(viewer), until_on=None)
        .select_related("person", "organisation")
        .order_by("role", "pk")
    )


def get_appointment_for(viewer: Viewer, pk: int) -> Appointment | None:
    """Return a standing appointment of the viewer's own committee, or None."""
    return standing_in_own_committee(viewer).select_related("committee").filter(pk=pk).first()


def get_organisation_for(viewer: Viewer, pk: int) -> Organisation | None:
    """Return a unit of the viewer's own committee, or None."""
    return Organisation.unscoped.filter(rows_of_own_committee(viewer), pk=pk).first()


def places_in_order(committee_id: int) -> list[tuple[Area, list[Area]]]:
    """Return each street with its communities, in the order they were entered."""
    rows = list(areas_of(committee_id))
    return [
        (street, [one for one in rows if one.parent_id == street.pk])
        for street in rows
        if not street.parent_id
    ]


def unread_count(viewer: Viewer) -> int:
    """Return how many messages of the appointment acted in are unread."""
    return inbox_of(viewer).filter(read_at=None).count()


def parked_messages(viewer: Viewer) -> QuerySet[Message]:
    """Return messages that were tried five times, to people of the viewer's committees; never their addresses."""
    ours = Appointment.unscoped.filter(rows_of_committees(viewer)).values("pk")
    return (
        Message.unscoped.filter(state=MessageState.PARKED, appointment__in=ours)
        .defer("address")
        .order_by("pk")
    )


def recent_jobs() -> QuerySet[Job]:
    """Return the periodic work of late, what got stuck first; it tells nothing of anybody."""
    stuck = Case(When(state=JobState.PARKED, then=0), default=1)
    return Job.unscoped.annotate(stuck=stuck).order_by("stuck", "-due_at", "name")


def special_days(year: int) -> QuerySet[SpecialDay]:
    """Return the days of a year that differ from their weekday: public."""
    return SpecialDay.unscoped.filter(day__year=year).order_by("day")


def years_entered() -> list[int]:
    """Return the years the day table covers."""
    return sorted({day.year for day in SpecialDay.unscoped.dates("day", "year")})
