"""The doors of a unit and of an issuing authority: signed in, one-time link, or 代录 by the office; one lock for all."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from shangliang.delivery.models import Assignment, UnitLink, Via
from shangliang.delivery.permissions import LINK_PURPOSE, helps, issues, keeps, leads
from shangliang.delivery.queries import matters_of_consultation
from shangliang.foundation import clock, roles
from shangliang.foundation.queries import day_table, deadline
from shangliang.foundation.refusals import AlreadyDone, NotYours, Refusal
from shangliang.foundation.viewer import LinkHolder, Viewer
from shangliang.foundation.working_days import NoDayTable
from shangliang.protection.actions import note_shown


def through_unit_door(assignment: Assignment, *, by: Viewer, source: str, at: datetime,
                      is_progress: bool = False) -> Via:  # fmt: skip
    """Return how the unit's step came in. A link is used up by it. Refuses other units, and 代录 without a source."""
    if isinstance(by, LinkHolder):
        _use_up(assignment, by, at)
        hand_texts_to(assignment, [assignment.lead_unit_id], at)
        return Via.LINK
    if leads(by, assignment) or (is_progress and helps(by, assignment)):
        hand_texts_to(assignment, [by.organisation_id], at)  # type: ignore[attr-defined]
        return Via.SIGNED_IN
    return _proxy(assignment.committee_id, by, source, _("这件事不是交给您单位的。"))


def hand_texts_to(assignment: Assignment, units: Sequence[int], at: datetime) -> None:
    """Keep which confirmed texts the units (ids) of a task have before them now. Call it inside their act or its own."""
    matters = [one.pk for one in matters_of_consultation(assignment.suggestion.consultation)]
    for unit in units:
        note_shown(matters, unit=unit, at=at)


def through_authority_door(authority_id: int, committee_id: int, *, by: Viewer, source: str) -> Via:
    """Return how the issuing authority's act came in. Refuses other authorities, and 代录 without a source."""
    if issues(by, authority_id):
        return Via.SIGNED_IN
    return _proxy(committee_id, by, source, _("只有交办主体自己能定，办公室只能照它的文件代录。"))


def of_office(committee_id: int, by: Viewer) -> None:
    """Refuse everybody but the office of the committee."""
    if not keeps(by, committee_id):
        raise NotYours(_("这不是您所在政协的事。"))


def _proxy(committee_id: int, by: Viewer, source: str, otherwise: str) -> Via:
    if by.role not in roles.OFFICE:
        raise NotYours(otherwise)
    of_office(committee_id, by)
    if not source.strip():
        raise Refusal(_("代录要写明来源：哪份文件、哪通电话、谁送来的。"))
    return Via.PROXY


def _use_up(assignment: Assignment, by: LinkHolder, at: datetime) -> None:
    rows = UnitLink.unscoped.select_for_update().filter(assignment=assignment, purpose=by.purpose)
    link = rows.filter(token_digest=by.record).first()
    if link is None or by.purpose != LINK_PURPOSE:
        raise NotYours(_("这个链接不是办这件事的。"))
    if link.used_at or link.expires_at < at:
        raise AlreadyDone(_("这个链接已经用过或过期了，请向政协办公室再要一个。"))
    link.used_at = at
    link.save(update_fields=["used_at"])


def day_between(first: date | None, day: date | None, at: datetime) -> date:
    """Return the day a step happened (today when not said). Refuses the future and days before ``first``."""
    today = clock.day_of(at)
    day = day or today
    if day > today:
        raise Refusal(_("日期还没有到，请写实际发生的那天。"))
    if first and day < first:
        raise Refusal(_("日期早于交办那天（%(day)s），请看看是不是写错了。") % {"day": first.isoformat()})
    return day


def deadline_of(issued_on: date, working_days: int) -> date:
    """Return the last day of a term. Refuses a year without a day table and terms no one can keep."""
    if not 1 <= working_days <= 400:
        raise Refusal(_("办理期限写 1 到 400 个工作日。"))
    try:
        return deadline(issued_on, working_days)
    except NoDayTable as missing:
        raise Refusal(str(missing)) from missing


def term_until(issued_on: date, day: date) -> int:
    """Return how many working days lie between dispatch and a day. Refuses days that leave none."""
    try:
        return max(1, day_table().working_days_between(issued_on, day))
    except NoDayTable as missing:
        raise Refusal(str(missing)) from missing
