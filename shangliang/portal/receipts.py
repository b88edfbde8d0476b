"""The page behind a receipt: whom one waits for, what was asked, how far it has come. For one report's holder alone."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from shangliang.analysis.small_counts import in_steps
from shangliang.delivery.queries import judgeable_matter_of, verdict_of
from shangliang.exchange.queries import ReceiptTransfer, transfers_of_receipt
from shangliang.foundation import clock
from shangliang.foundation.queries import day_table
from shangliang.foundation.viewer import ReceiptHolder
from shangliang.people.queries import setting
from shangliang.portal import stages
from shangliang.portal.queries import Course, course_of_receipt, reports_joined_with
from shangliang.portal.readers import Reader, readers_of
from shangliang.portal.waiting import Asked, Standing, Waiting, waiting_for
from shangliang.portal.wording import is_over, told_result
from shangliang.protection.queries import consent_question
from shangliang.reports.models import ThreadKind
from shangliang.reports.queries import (
    consents_of,
    get_report_of_holder,
    photos_of,
    questions_open_in,
    seconds_of_receipt,
    thread_of,
)
from shangliang.reports.states import OPEN, MatterState, ReportState
from shangliang.ui.dates import when_day, when_span
from shangliang.ui.parts import Step

BEFORE_JUDGING = (MatterState.GATHERED, MatterState.CONSULTING, MatterState.DELIVERING)
TOLD, STAGES = 2, range(4, 99)  # places within a day: notices, then the stages of the matter
OWN_WORDS = (ThreadKind.ANSWER, ThreadKind.ADDITION)


@dataclass(frozen=True)
class ReceiptPage:
    """Everything the page shows. ``questions`` are the office's open ones, ``left`` the working days until ``due``."""

    report: Any
    title: str
    waiting: Waiting | None
    left: int | None
    questions: list[Any]
    steps: list[Step]
    photos: list[str]
    verdict: Any
    may_judge: bool
    is_locked: bool
    may_add: bool
    is_joined: bool
    may_leave_contact: bool
    left_contacts: list[str]
    readers: list[Reader]
    course: Course = field(default_factory=Course)
    consent: Any = None
    transfers: list[ReceiptTransfer] = field(default_factory=list)


def receipt_page_of(viewer: ReceiptHolder, today: date) -> ReceiptPage | None:
    """Return the page of the receipt the viewer showed, or None when there is no such report any more."""
    report = get_report_of_holder(viewer)
    if report is None:
        return None
    thread, course = list(thread_of(viewer, report)), course_of_receipt(viewer, report)
    taken = report.state == ReportState.TAKEN
    verdict = verdict_of(report) if taken else None
    may_judge = verdict is None and judgeable_matter_of(viewer) is not None
    asked = questions_open_in(thread)
    waits = _asked(report, asked, today)
    waiting = waiting_for(Standing(report, course, may_judge, verdict is not None, waits))
    is_open = report.state in (*OPEN, ReportState.HELD)
    return ReceiptPage(
        report=report,
        title=_title_of(report),
        waiting=waiting,
        left=_working_days(today, waiting.due) if waiting and waiting.due else None,
        questions=asked if is_open else [],
        steps=[*_road(viewer, report, thread, course, verdict), *_ahead(report, course, today)],
        photos=[one.file.name for one in photos_of(viewer, report)],
        verdict=verdict,
        may_judge=may_judge,
        is_locked=report.state in (ReportState.HELD, ReportState.TURNED_AWAY),
        may_add=is_open,
        is_joined=taken,
        may_leave_contact=is_open,
        left_contacts=[one.what for one in consents_of(viewer) if one.ended_at is None],
        readers=readers_of(viewer, report),
        course=course,
        consent=consent_question(viewer),
        transfers=transfers_of_receipt(viewer),
    )


def _asked(report: Any, questions: list[Any], today: date) -> Asked | None:
    """Return how long the office has waited for an answer; it counts from the last question until it goes on without."""
    if report.state != ReportState.ASKED or not questions:
        return None
    days = setting(report.committee_id, "ask_wait_days")
    until = clock.day_of(questions[-1].at) + timedelta(days=days)
    return Asked((today - clock.day_of(questions[0].at)).days, until)


def _title_of(report: Any) -> str:
    if report.state == ReportState.TAKEN and report.matter.title:
        return report.matter.title
    return report.title or _("您反映的事")


def _working_days(today: date, due: date) -> int | None:
    try:
        left = day_table().working_days_between(today, due)
    except LookupError:
        return None
    return -1 if left == 0 and due < today else left


def _road(viewer: ReceiptHolder, report: Any, thread: list[Any], course: Course, verdict: Any) -> list[Step]:
    """Return the steps by day: what was said between both sides, and the stages of the matter."""
    words = report.text if report.erased_at is None else ""
    gone = _("按您撤回的意思，原话、照片都已经彻底删掉。") if report.erased_at else ""
    begin = Step(
        _("您说了第一句"), when_day(report.happened_on), words=words, text=gone or _spoken(viewer, report)
    )
    first = (report.happened_on, 0, begin)
    marked = [first, *_of_thread(viewer, report, thread), *_of_stages(course)]
    if verdict:
        day = clock.day_of(verdict.given_at)
        said = f"{verdict.get_solved_display()}，{verdict.get_satisfied_display()}。"
        marked.append((day, 99, Step(_("您评过了"), when_day(day), words=said)))
    return [step for _day, _order, step in sorted(_folded(marked), key=lambda one: one[:2])]


def _spoken(viewer: ReceiptHolder, report: Any) -> str:
    """Return what is left to say of a recording: that there is one, or that somebody wrote down what it said."""
    seconds = seconds_of_receipt(viewer)
    if seconds:
        return _("您说的是一段录音（%(seconds)s 秒），等工作人员听了写下来。") % {"seconds": seconds}
    return _("录音里说的，工作人员听了写在这里，录音已经删掉。") if report.written_down_by else ""


def _folded(marked: list[tuple[date, int, Step]]) -> list[tuple[date, int, Step]]:
    """Fold what was told on a day into the last stage of that day, so that one event is one step."""
    told: dict[date, list[str]] = {}
    for day, order, step in marked:
        if order == TOLD:
            told.setdefault(day, []).append(str(step.text))
    rest = [one for one in marked if one[1] != TOLD]
    for day, words in told.items():
        stages_of_day = [one for one in rest if one[0] == day and one[1] in STAGES]
        text = " ".join(words)
        if stages_of_day:
            last = max(stages_of_day, key=lambda one: one[1])
            rest[rest.index(last)] = (
                day,
                last[1],
                replace(last[2], text=" ".join(filter(None, (str(last[2].text), text)))),
            )
        else:
            rest.append((day, TOLD, Step(_("告诉您一声"), when_day(day), text=text)))
    return rest


def _ahead(report: Any, course: Course, today: date) -> list[Step]:
    """Return where it stands now, while units are at work, and what comes after; nothing once it is judged."""
    if report.state != ReportState.TAKEN or report.matter.state not in BEFORE_JUDGING:
        return []
    later = Step(_("政协去核实，再请您来评"), _("办完以后"), kind="next")
    done = [one for one in course.assignments if is_over(one)]
    if report.matter.state != MatterState.DELIVERING or not course.assignments:
        return [later]
    words = _("%(done)s 项已办，%(open)s 项还在办") % {
        "done": len(done),
        "open": len(course.assignments) - len(done),
    }
    now = Step(words, format_html(_("现在，{day}"), day=when_day(today)), kind="now")
    return [now, later]


def _of_thread(viewer: ReceiptHolder, report: Any, thread: list[Any]) -> list[tuple[date, int, Step]]:
    titles = {
        ThreadKind.QUESTION: _("工作人员问您"),
        ThreadKind.ANSWER: _("您回答"),
        ThreadKind.ADDITION: _("您又补充"),
        ThreadKind.REPLY: _("给您的答复"),
        ThreadKind.NOTICE: _("告诉您一声"),
    }
    found = []
    for one in thread:
        day, own = clock.day_of(one.at), one.kind in OWN_WORDS
        step = Step(
            _("您又补充，只给专办员看") if one.is_locked else titles[ThreadKind(one.kind)],
            when_day(day),
            text="" if own else one.text,
            words=one.text if own else "",
        )
        found.append((day, TOLD if one.kind == ThreadKind.NOTICE else 1, step))
    return [*found, *_of_joining(viewer, report)]


def _of_joining(viewer: ReceiptHolder, report: Any) -> list[tuple[date, int, Step]]:
    others = reports_joined_with(viewer, report)
    day = report.matter.established_on
    if not others or day is None:
        return []
    many = in_steps(others + 1)
    words = (
        _("现在有 %(number)s 条以上，说的是同一件事。") % {"number": many}
        if many
        else _("也有别人说了同一件事。")
    )
    step = Step(
        _("和别人说的合成一件"), when_day(max(day, report.happened_on)), text=words + _("每个人的话都留着。")
    )
    return [(max(day, report.happened_on), 3, step)]


def _of_stages(course: Course) -> list[tuple[date, int, Step]]:
    found = []
    name = course.topic.committee.name if course.topic else ""
    for number, one in enumerate(stages.of_course(course, name), 4):
        if one["kind"] != "done" or not one["when"]:
            continue
        first = date.fromisoformat(one["when"])
        last = date.fromisoformat(one["until"]) if one["until"] else None
        found.append(
            (
                first,
                number,
                Step(one["title"], when_span(first, last), chip=one["who"], text=_told(one, course)),
            )
        )
    return found


def _told(step: dict[str, Any], course: Course) -> str:
    """Return what a holder reads of a stage: who was in the room, what the units did. Notes of the office stay inside."""
    if step["key"] == "session":
        return step["text"]
    if step["key"] != "done":
        return ""
    done = [(one.lead_unit.name, told_result(one)) for one in course.assignments if is_over(one)]
    return step["text"] + "".join(
        f"{unit}：{result.text.strip().rstrip('。')}。" for unit, result in done if result
    )
