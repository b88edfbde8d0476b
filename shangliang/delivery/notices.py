"""What we say: to handlers of units and the issuing authority, to the office, and to those who raised a matter.

In the site's language whoever acts, because somebody else reads it. Never a reporter's words.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from shangliang.delivery.models import Assignment, FollowUp, LookBack
from shangliang.foundation import roles
from shangliang.foundation.outbox import hand_over, settle
from shangliang.foundation.site_language import in_site_language
from shangliang.people.models import Appointment
from shangliang.people.queries import handlers_of, holders


def day_words(day: date) -> str:
    """Return a day as it is written in a message."""
    return _("%(year)s年%(month)s月%(day)s日") % {"year": day.year, "month": day.month, "day": day.day}


def _send(to: Iterable[Appointment], effect: str, subject: str, body: str, link: str, at: datetime) -> None:
    for one in to:
        hand_over(effect=f"{effect}/{one.pk}", appointment=one.pk, subject=subject[:120], body=body, link=link, at=at,
                  address=one.person.email)  # fmt: skip


def _to_unit(one: Assignment, effect: str, subject: str, body: str, at: datetime) -> None:
    _send(handlers_of(one.lead_unit_id), f"{effect}/{one.code}", subject, body, _page(one), at)


def _to_authority(one: Assignment, effect: str, subject: str, body: str, at: datetime) -> None:
    to = handlers_of(one.issuing_authority_id)
    _send(to, f"{effect}-authority/{one.code}", subject, body, _page(one), at)


def _to_office(one: Assignment, effect: str, subject: str, body: str, at: datetime) -> None:
    _send(_office(one.committee_id), f"{effect}-office/{one.code}", subject, body, _page(one), at)


def _office(committee_id: int) -> Iterable[Appointment]:
    return holders(committee_id, *roles.OFFICE)


def _page(assignment: Assignment) -> str:
    return reverse("delivery:assignment", args=[assignment.code])


def unit_has_acted(one: Assignment, at: datetime) -> None:
    """What the lead unit was told of this task no longer waits for it."""
    settle(appointments=[holder.pk for holder in handlers_of(one.lead_unit_id)], link=_page(one), at=at)


def office_has_acted(one: Assignment, at: datetime) -> None:
    """What the office was told of this task no longer waits for it."""
    settle(appointments=[holder.pk for holder in _office(one.committee_id)], link=_page(one), at=at)


@in_site_language
def dispatched(one: Assignment, at: datetime) -> None:
    """Tell the lead unit what it was given (or asked by letter), by whom, until when."""
    subject = _("函商：%(task)s") if one.by_letter else _("交办：%(task)s")
    body = _("%(authority)s（%(document)s）请贵单位办：%(task)s。最晚%(day)s办完，请先接收。") % {
        "authority": one.issuing_authority.name,
        "document": one.document_no,
        "task": one.task.rstrip("。"),
        "day": day_words(one.deadline_on),
    }
    _to_unit(one, "assign", subject % {"task": one.task[:60]}, body, at)


@in_site_language
def objected(one: Assignment, at: datetime) -> None:
    """Tell the authority, which decides, and the office that a unit objects."""
    body = _("%(unit)s认为这件事不该由它办，请裁定：%(task)s。") % {
        "unit": one.lead_unit.name,
        "task": one.task.rstrip("。"),
    }
    for tell in (_to_authority, _to_office):
        tell(one, "objection", _("有单位提出异议"), body, at)


@in_site_language
def upheld(one: Assignment, decision: str, at: datetime) -> None:
    """Tell the unit that it keeps the task."""
    body = _("%(authority)s裁定：仍由贵单位办。%(decision)s 期限不变。")
    facts = {"authority": one.issuing_authority.name, "decision": decision}
    _to_unit(one, "uphold", _("异议有裁定了：仍由贵单位办"), body % facts, at)


@in_site_language
def reassigned(one: Assignment, at: datetime) -> None:
    """Tell the unit that another one does it."""
    _to_unit(one, "reassigned", _("这件事已改派"), _("不再由贵单位办。谢谢说明。"), at)


@in_site_language
def claimed(one: Assignment, number: int, at: datetime) -> None:
    """Tell the office that a unit says it is done."""
    body = _("%(unit)s报办结：%(task)s。请去看看是不是这样。") % {
        "unit": one.lead_unit.name,
        "task": one.task.rstrip("。"),
    }
    _to_office(one, f"claim-{number}", _("单位说办完了，请核实"), body, at)


@in_site_language
def cannot_be_done(one: Assignment, number: int, at: datetime) -> None:
    """Tell the office that a unit says it cannot be done."""
    body = _("%(unit)s说做不了：%(task)s。请核实，再告诉反映的人。") % {
        "unit": one.lead_unit.name,
        "task": one.task.rstrip("。"),
    }
    _to_office(one, f"cannot-{number}", _("单位说做不了，请核实"), body, at)


@in_site_language
def sent_back(one: Assignment, number: int, reason: str, at: datetime) -> None:
    """Tell the unit what does not hold."""
    _to_unit(one, f"send_back-{number}", _("核实不符，请继续办"), reason, at)


@in_site_language
def taken_up_again(one: Assignment, number: int, reason: str, at: datetime) -> None:
    """Tell the unit what to go on with."""
    _to_unit(one, f"again-{number}", _("群众说没解决，请接着办"), reason, at)


@in_site_language
def to_reporters_of_dispatch(assignment: Assignment) -> str:
    """Return what those who raised it read when somebody was given the work: no official word in it."""
    words = _("商量出的办法已经请%(unit)s去办，最晚%(day)s。") if assignment.by_letter else (
        _("商量出的办法已经交给%(unit)s去办，最晚%(day)s。"))  # fmt: skip
    return words % {"unit": assignment.lead_unit.name, "day": day_words(assignment.deadline_on)}


@in_site_language
def request_draft(assignments: Iterable[Assignment], title: str) -> str:
    """Return the draft of our request to the issuing authority after "not solved": our own words, no reporter's."""
    rows = list(assignments)
    lines = [
        _("%(authority)s：")
        % {"authority": "、".join(dict.fromkeys(one.issuing_authority.name for one in rows))},
        _(
            "“%(title)s”一事的办理结果请反映人评价后，有人认为问题还没有解决。请贵单位再看一看，是否需要继续办理。"
        )
        % {"title": title},
        *(_line_of(one) for one in rows),
        _("是否继续办、由谁办、什么时候办完，请贵单位定，并告诉我们，我们好回复反映人。"),
    ]
    return "\n".join(lines)


def _line_of(one: Assignment) -> str:
    return _("原交办：%(document)s，%(unit)s，%(task)s（最晚%(day)s）。") % {
        "document": one.document_no,
        "unit": one.lead_unit.name,
        "task": one.task.rstrip("。"),
        "day": day_words(one.deadline_on),
    }


@in_site_language
def tell_office_not_solved(follow_up: FollowUp, title: str, at: datetime) -> None:
    """Tell the office that somebody said "not solved": not who, and not how others answered."""
    link = reverse("delivery:follow_up", args=[follow_up.code])
    body = _("“%(title)s”有人评价没解决。我们重新跟踪，给交办主体的请求已经拟好，请看过再发。") % {
        "title": title
    }
    _send(
        _office(follow_up.committee_id), f"follow_up/{follow_up.code}", _("没解决，重新跟踪"), body, link, at
    )


@in_site_language
def remind(assignment: Assignment, bucket: str, at: datetime) -> None:
    """Remind unit and office once per assignment and bucket: three working days before, and when it is late."""
    facts = {
        "unit": assignment.lead_unit.name,
        "task": assignment.task[:60],
        "day": day_words(assignment.deadline_on),
    }
    if bucket == "overdue":
        subject, body = (
            _("已超期：%(task)s"),
            _("%(unit)s办的这件事最晚是%(day)s，已经过了。请说明进展或原因。"),
        )
    else:
        subject, body = _("快到期：%(task)s"), _("%(unit)s办的这件事最晚%(day)s办完，还有不到 3 个工作日。")
    effect = f"remind-{bucket}-{assignment.deadline_on:%Y%m%d}"
    for tell in (_to_unit, _to_office):
        tell(assignment, effect, subject % facts, body % facts, at)


@in_site_language
def handles_alone(one: Assignment, at: datetime) -> None:
    """Tell office and authority that the one unit at work is the one complained about: never which words say so."""
    body = _("%(unit)s是这件事里反映到的单位，现在只有它一家在办。请换一个单位，或者加一个配合单位。") % {
        "unit": one.lead_unit.name
    }
    for tell in (_to_office, _to_authority):
        tell(one, f"alone-{one.lead_unit_id}", _("不能由它一家办：%(code)s") % {"code": one.code}, body, at)


@in_site_language
def remind_look_back(row: LookBack, at: datetime) -> None:
    """Remind the office that the day of a look back has come."""
    facts = {"title": row.matter.title or row.matter.code}
    _send(_office(row.matter.committee_id), f"look_back/{row.pk}", _("该回头看了：%(title)s") % facts,
          _("“%(title)s”到了回头看的日子，请去看看有没有反复，看完记一笔。") % facts, reverse("delivery:look_backs"), at)  # fmt: skip
