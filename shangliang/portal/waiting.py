"""Whom a person with a receipt waits for, in plain words: who acts next and by when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from shangliang.consultations.states import ConsultationState
from shangliang.delivery.states import AssignmentState
from shangliang.portal import wording
from shangliang.portal.queries import Course
from shangliang.reports.states import MatterState, ReportState
from shangliang.topics.states import TopicState
from shangliang.ui.dates import when_day


@dataclass(frozen=True)
class Waiting:
    """What stands in the box: ``lead`` above ``title``, the last day if there is one, a note beneath."""

    title: str
    lead: str = ""
    due: date | None = None
    note: str = ""


@dataclass(frozen=True)
class Asked:
    """An open question to the holder: for how many days we have waited, and until when we do."""

    days: int
    until: date


@dataclass(frozen=True)
class Standing:
    """What decides whom somebody waits for: the own report, the course of its matter, and whether a verdict is open."""

    report: Any
    course: Course
    may_judge: bool
    has_judged: bool
    asked: Asked | None = None


def waiting_for(at: Standing) -> Waiting | None:
    """Return whom the holder of a receipt waits for; None where nothing more will come."""
    report = at.report
    if report.state == ReportState.ASKED:
        return Waiting(_("请您回一句话"), _("现在等您"), note=_for_answer(at.asked))
    if report.state == ReportState.RECEIVED:
        name = report.committee.name
        return Waiting(
            _("%(office)s的工作人员看过，给您第一次答复") % {"office": name}, due=report.answer_due_on
        )
    if report.state == ReportState.HELD:
        return Waiting(
            _("专办员看过，给您回话"), due=report.answer_due_on, note=_("只有两位专办员看得到您写的。")
        )
    if report.state == ReportState.BANKED:
        return Waiting(_("以后商量这一类事的时候，一起拿出来"), note=_("有了动静，会在这里告诉您。"))
    return _for_matter(at) if report.state == ReportState.TAKEN else None


def _for_answer(asked: Asked | None) -> str:
    if asked is None:
        return _("不回答，也照样往下办。")
    until = when_day(asked.until)
    if asked.days < 1:
        return format_html(_("不回答，也照样往下办：等到 {until}，我们就先接着办。"), until=until)
    words = _("已经等了 {days} 天。不回答，也照样往下办：等到 {until}，我们就先接着办。")
    return format_html(words, days=asked.days, until=until)


def _for_matter(at: Standing) -> Waiting | None:
    matter = at.report.matter
    if at.may_judge and not at.has_judged:
        note = _("解决没解决、满不满意，只有您说了算。不想评也没关系，不会算成满意。")
        return Waiting(_("请您来评：这件事解决了没有"), _("现在等您"), note=note)
    if matter.state == MatterState.CLOSED:
        return _for_look_back(matter)
    if matter.state == MatterState.JUDGING:
        return Waiting(_("别的反映人也来评"), note=_("您评过了，谢谢。"))
    if matter.state == MatterState.DELIVERING:
        return _for_units(at.course)
    return None if matter.state == MatterState.ENDED else _for_talk(at.course)


def _for_look_back(matter: Any) -> Waiting | None:
    if not matter.look_back_on:
        return None
    return Waiting(_("我们回头看一次，会不会又回到老样子"), _("先办到这里，以后"), due=matter.look_back_on)


def _for_units(course: Course) -> Waiting:
    waiting = [one for one in course.assignments if not wording.is_over(one)]
    if not waiting:
        return Waiting(_("请您来评以前，我们再核一遍"))
    nearest = min(waiting, key=lambda one: (one.deadline_on, one.pk))
    if nearest.state in (AssignmentState.CLAIMED, AssignmentState.CANNOT):
        unit = nearest.lead_unit.name
        return Waiting(_("我们去看%(unit)s说的是不是这样") % {"unit": unit}, note=_("看过以后，再请您来评。"))
    title = _("%(unit)s：%(task)s") % {"unit": nearest.lead_unit.name, "task": nearest.task}
    return Waiting(title, due=nearest.deadline_on)


def _for_talk(course: Course) -> Waiting:
    held = course.consultation
    if held and held.state in (
        ConsultationState.HELD,
        ConsultationState.SUBMITTED,
        ConsultationState.FOLLOWING,
    ):
        return Waiting(_("定下由谁来办、哪天办完"), note=_("已经坐下来商量过了。"))
    if held and held.state != ConsultationState.CLOSED:
        return Waiting(
            _("坐下来商量"), due=held.planned_on or (course.topic.scheduled_on if course.topic else None)
        )
    topic, approval, notice = course.topic, course.approval, course.notice
    if topic and topic.state == TopicState.SUBMITTED and approval:
        return Waiting(_("%(who)s看同不同意拿来商量") % {"who": approval.submitted_to})
    if topic and topic.state == TopicState.NOTICED and notice:
        return Waiting(_("公示，听听大家的意见"), due=notice.until_on)
    if topic and topic.state == TopicState.SCHEDULED:
        return Waiting(_("坐下来商量"), due=topic.scheduled_on)
    return Waiting(_("排进要商量的事里"), note=_("排上了，会在这里告诉您哪天。"))
