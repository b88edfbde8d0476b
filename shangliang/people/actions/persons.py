"""People, the roles they hold, and how they get in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shangliang.foundation import clock, roles
from shangliang.foundation.business import action, note
from shangliang.foundation.codes import link_digest, link_token
from shangliang.foundation.ledger import Note
from shangliang.foundation.refusals import AlreadyDone, NotYours, Refusal
from shangliang.foundation.viewer import Viewer
from shangliang.people.actions.doors import check_committee, check_is_ours, check_may_grant
from shangliang.people.models import Appointment, Committee, Invitation, Organisation, Person
from shangliang.people.permissions import MAY_MANAGE
from shangliang.people.queries import reach_of
from shangliang.people.rules import FOR_A_UNIT, PersonLine

INVITATION_DAYS = 7
READS_WORDS = (*roles.OFFICE, roles.OFFICER)
MOST_OFFICERS = 2


@dataclass(frozen=True)
class Seated:
    """What came of one line of people: the appointment and, for somebody without a password, a one-time link's token."""

    appointment: Appointment
    token: str


@action
def appoint(
    *,
    committee: Committee,
    login: str,
    name: str,
    role: str,
    by: Viewer,
    at: datetime,
    title: str = "",
    email: str = "",
    organisation: Organisation | None = None,
    from_on: date | None = None,
) -> Appointment:
    """Give a person (new, or known by sign-in name) a role.

    Refuses the same one twice, a third named officer, and reading people's words while acting for a unit.
    """
    check_committee(by, committee.pk)
    check_may_grant(by, role)
    if committee.is_example:
        email = ""  # anybody may sign in there: our mail is not for them to send
    person, _made = Person.unscoped.get_or_create(
        login=login.strip(), defaults={"name": name.strip(), "email": email}
    )
    check_is_ours(by, person)
    _check_unit(role, organisation, committee)
    _refuse_twice(person, role, organisation, committee)
    _check_two_officers(role, committee)
    _check_one_side(person, role, committee, clock.day_of(at))
    row = Appointment(
        person=person,
        committee=committee,
        organisation=organisation,
        role=role,
        title=title,
        from_on=from_on or clock.day_of(at),
    )
    row.save(force_insert=True)
    note(Note(committee.pk, "appointment.grant", f"appointment:{row.pk}", by, at, facts={"role": role}))
    return row


def _refuse_twice(person: Person, role: str, organisation: Organisation | None, committee: Committee) -> None:
    standing = Appointment.unscoped.filter(
        person=person, committee=committee, organisation=organisation, role=role, until_on=None
    )
    if standing.exists():
        raise AlreadyDone(_("%(name)s已经有这个身份了。") % {"name": person.name})


def _check_one_side(person: Person, role: str, committee: Committee, on: date) -> None:
    """Whoever reads what people say does not act for a unit they may say it of (issue 3, T04): one side at a time."""
    if role not in (*READS_WORDS, *FOR_A_UNIT):
        return
    for one in Appointment.unscoped.filter(person=person).exclude(until_on__lt=on):
        pair = ((one.role, one.committee_id), (role, committee.pk))
        for (reads, at_committee), (acts, of_committee) in (pair, pair[::-1]):
            if reads in READS_WORDS and acts in FOR_A_UNIT and of_committee in reach_of(at_committee):
                raise Refusal(
                    _("%(name)s不能一边看原话、一边替单位办事。先结束原来的身份，再给这一个。")
                    % {"name": person.name}
                )


def _check_two_officers(role: str, committee: Committee) -> None:
    """The locked queue belongs to two named officers (design §1): a third is refused until one steps back."""
    if role != roles.OFFICER:
        return
    standing = Appointment.unscoped.select_for_update(of=("self",)).filter(
        committee=committee, role=role, until_on=None
    )
    if len(standing) >= MOST_OFFICERS:
        raise Refusal(_("专办员只有两位。要换人，先让一位卸任。"))


def _check_unit(role: str, organisation: Organisation | None, committee: Committee) -> None:
    if role in FOR_A_UNIT and organisation is None:
        raise Refusal(_("这个身份要说明是哪个单位的。"))
    if organisation is not None and organisation.committee_id != committee.pk:
        raise NotYours(_("这个单位不在您的名册里。"))


@action
def seat_people(
    *, committee: Committee, people: Iterable[PersonLine], by: Viewer, at: datetime
) -> list[Seated]:
    """Give roles to people read from a list, all or none; a link for each who has no password yet.

    Somebody of the same name who already holds a role here is the same person. Refuses unknown units, naming the line.
    """
    seated = []
    for line in people:
        try:
            seated.append(_seat(committee, line, by, at))
        except Refusal as refused:
            raise Refusal(_("第 %(line)s 行：%(why)s") % {"line": line.line, "why": refused}) from refused
    return seated


def _seat(committee: Committee, line: PersonLine, by: Viewer, at: datetime) -> Seated:
    organisation = None
    if line.organisation:
        organisation = Organisation.unscoped.filter(committee=committee, name=line.organisation).first()
        if organisation is None:
            raise Refusal(_("还没有“%(unit)s”这个单位，先把它加进单位名册。") % {"unit": line.organisation})
    held = appoint(
        committee=committee,
        login=line.login or _login_for(committee, line.name),
        name=line.name,
        role=line.role,
        email=line.email,
        title=line.title,
        organisation=organisation,
        by=by,
        at=at,
    )
    token = "" if held.person.password else invite(person=held.person, committee=committee, by=by, at=at)
    return Seated(held, token)


def _login_for(committee: Committee, name: str) -> str:
    """Return the sign-in name of the one who is called so here, else the name itself, numbered where it is taken."""
    known = (
        Appointment.unscoped.filter(committee=committee, person__name=name, until_on=None)
        .values_list("person__login", flat=True)
        .order_by("pk")
        .first()
    )
    taken = set(Person.unscoped.filter(login__startswith=name).values_list("login", flat=True))
    numbered = (f"{name}{number}" for number in range(2, len(taken) + 3))
    return known or (name if name not in taken else next(one for one in numbered if one not in taken))


@action
def end_appointment(appointment: Appointment, *, by: Viewer, at: datetime) -> Appointment:
    """End an appointment as of yesterday: every door of it shuts at once. Refuses to end the last who can manage."""
    check_committee(by, appointment.committee_id)
    check_may_grant(by, appointment.role)
    standing = Appointment.unscoped.select_for_update(of=("self",)).filter(
        committee_id=appointment.committee_id, until_on=None
    )
    others = [one for one in standing.filter(role__in=MAY_MANAGE) if one.pk != appointment.pk]
    if appointment.role in MAY_MANAGE and not others:
        raise Refusal(_("至少要留一位负责人或管理员。先给别人这个身份，再结束这一位的。"))
    if not standing.filter(pk=appointment.pk).exists():
        raise AlreadyDone(_("这个身份已经结束了。"))
    appointment.until_on = clock.day_of(at) - timedelta(days=1)
    appointment.save(update_fields=["until_on"])
    note(Note(appointment.committee_id, "appointment.end", f"appointment:{appointment.pk}", by, at))
    return appointment


@action
def invite(*, person: Person, committee: Committee, by: Viewer, at: datetime) -> str:
    """Make a one-time link for a password; older ones stop working. Return the token, kept only as a digest.

    Refuses for somebody who has appointments outside the actor's reach, a clerk for people of the office itself, and
    for the shared accounts of the example: whoever tries it out would lock everybody else out.
    """
    check_committee(by, committee.pk)
    check_is_ours(by, person)
    if committee.is_example and person.password:
        raise Refusal(_("示例账号是大家一起用的，密码不能改。"))
    for role in Appointment.unscoped.filter(person=person, until_on=None).values_list("role", flat=True):
        check_may_grant(by, role)
    Invitation.unscoped.filter(person=person, used_at=None, expires_at__gte=at).update(
        expires_at=at - timedelta(seconds=1)
    )
    token = link_token()
    row = Invitation(
        person=person,
        committee=committee,
        token_digest=link_digest(token),
        made_at=at,
        expires_at=at + timedelta(days=INVITATION_DAYS),
    )
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


@action
def change_password(person: Person, *, old: str, new: str, by: Viewer, at: datetime) -> None:
    """Change one's own password. Refuses a wrong old one, a weak new one, and the shared accounts of the example."""
    held = Appointment.unscoped.filter(person=person).select_related("committee")
    if held and all(one.committee.is_example for one in held):
        raise Refusal(_("示例账号是大家一起用的，密码不能改。"))
    if not person.check_password(old):
        raise Refusal(_("原来的密码不对。"))
    set_password(person, new)
    note(Note(by.committee_id, "person.change_password", f"person:{person.pk}", by, at))  # type: ignore[attr-defined]


def set_password(person: Person, password: str) -> None:
    """Store a password. Refuses a weak one with the sentences of the validators."""
    try:
        validate_password(password, person)
    except ValidationError as weak:
        raise Refusal("".join(weak.messages)) from weak
    person.set_password(password)
    person.save(update_fields=["password"])
