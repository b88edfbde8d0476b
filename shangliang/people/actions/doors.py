"""Who may change what belongs to an office: checked by every action of this app in the same words."""

from django.utils.translation import gettext as _

from shangliang.foundation import roles
from shangliang.foundation.moves import check_role
from shangliang.foundation.refusals import NotYours
from shangliang.foundation.viewer import Viewer
from shangliang.people.models import Appointment, Person
from shangliang.people.permissions import GRANTED_BY_CLERKS, MAY_MANAGE

MANAGERS = (*MAY_MANAGE, roles.CLERK, roles.SYSTEM)


def check_committee(by: Viewer, committee_id: int, allowed: tuple[str, ...] = MANAGERS) -> None:
    """Refuse (NotYours) whoever may not manage, and whoever's appointment does not reach this committee."""
    check_role(by, (*allowed, roles.SYSTEM))
    reach = getattr(by, "reach", None)
    if reach is not None and committee_id not in reach:
        raise NotYours(_("这不是您所在政协的事。"))


def check_may_grant(by: Viewer, role: str) -> None:
    """Refuse a clerk who would give, or take, a role of the office itself: that needs the leader or the admin."""
    if by.role == roles.CLERK and role not in GRANTED_BY_CLERKS:
        raise NotYours(_("这个身份要由办公室负责人或管理员来定。"))


def check_is_ours(by: Viewer, person: Person) -> None:
    """Refuse to touch a person who has, or had, an appointment outside the actor's reach.

    Otherwise whoever manages one committee could name somebody of another and take over the account by a new link.
    """
    reach = getattr(by, "reach", None)
    if (
        reach is not None
        and Appointment.unscoped.filter(person=person).exclude(committee_id__in=reach).exists()
    ):
        raise NotYours(_("登录名“%(login)s”已经有人用了，换一个。") % {"login": person.login})
