"""The steps of a page, stage by stage: when, what, who by role, and the words a clerk may change."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from shangliang.consultations.models import Suggestion
from shangliang.consultations.states import SuggestionState
from shangliang.delivery.models import Solved
from shangliang.delivery.states import AssignmentState
from shangliang.portal import rules, wording
from shangliang.portal.queries import Course, Voices
from shangliang.portal.told import Told
from shangliang.reports.models import Matter
from shangliang.topics.models import Decision, Topic

Step = dict[str, Any]


def _step(key: str, title: str, days: Iterable[date | None], **more: Any) -> Step:
    """Return one step; more: who, text, kind (done or next), words (True for somebody's own words)."""
    ends = rules.span(days)
    when, until = (day.isoformat() for day in ends) if ends else (None, None)
    step = {"key": key, "when": when, "until": until if until != when else None, "title": title}
    return {**step, "who": "", "text": "", "kind": "done", "words": False, **more}


def of_matter(matter: Matter, voices: Voices, told: Told, first_words: str = "") -> list[Step]:
    """Return how it began: the first sentence and what the reports were joined to.

    ``first_words`` is a public text somebody confirmed; without one the clerk's title stands for the first sentence.
    """
    gathered = _("%(gathered)s。每一条都单独答复。") % {"gathered": wording.gathered_words(told.reports)}
    first = _step("first", _("第一句话"), [voices.first_on], who=_("居民"), text=first_words or matter.title,
                  words=bool(first_words))  # fmt: skip
    screened = _step(
        "gathered",
        _("看过了，立成一件要商量的事"),
        [matter.established_on],
        who=matter.committee.name,
        text=gathered,
    )
    return [first, screened] if voices.reports else [screened]


def of_storing(topic: Topic) -> Step:
    """Return where a topic came from."""
    source = _("来源：%(source)s。") % {"source": topic.get_source_display()}
    return _step("stored", _("记进题库"), [topic.stored_on], who=topic.committee.name, text=source)


def of_course(course: Course, committee: str) -> list[Step]:
    """Return the steps from the topic to the check of what was done."""
    return [*_of_topic(course, committee), *_of_consultation(course), *_of_delivery(course, committee)]


def _of_topic(course: Course, committee: str) -> list[Step]:
    steps, decided, notice = [], course.approval, course.notice
    if course.topic and decided and decided.decision == Decision.APPROVED:
        text = _("来源：%(source)s。") % {"source": course.topic.get_source_display()}
        if decided.document_no:
            text += _("依据：%(number)s。") % {"number": decided.document_no}
        steps.append(
            _step(
                "approved", _("同意列为要商量的议题"), [decided.decided_on], who=decided.decided_by, text=text
            )
        )
    if notice:
        steps.append(
            _step(
                "notice",
                _("向大家公示"),
                [notice.from_on, notice.until_on],
                who=committee,
                text=notice.outcome,
            )
        )
    return steps


def _of_consultation(course: Course) -> list[Step]:
    held, looks = course.consultation, course.research
    if held is None:
        return []
    steps = [_skipped(one.get_step_display(), one.step, one.not_done_because) for one in course.skipped]
    if looks:
        title = _("到现场调研 %(number)s 次") % {"number": len(looks)}
        notes = "".join(f"{one.note.strip().rstrip('。')}。" for one in looks)
        steps.append(_step("research", title, [one.happened_on for one in looks], who=_("政协"), text=notes))
    if held.held_on:
        room = [one.present or 0 for one in course.heads]
        who = _("%(number)s 人") % {"number": sum(room)} if sum(room) else ""
        text = wording.heads_words(course.heads) + wording.consensus_words(course.suggestions)
        steps.append(_step("session", _("坐下来商量"), [held.held_on], who=who, text=text))
    elif held.planned_on:
        steps.append(_step("planned", _("准备坐下来商量"), [held.planned_on], who=held.convener, kind="next"))
    return steps


def _skipped(label: str, step: str, because: str) -> Step:
    title = _("没有做：%(step)s") % {"step": label}
    return _step(f"skipped-{step}", title, [], text=_("因为：%(because)s") % {"because": because})


def _of_delivery(course: Course, committee: str) -> list[Step]:
    given = course.assignments
    if not given:
        return []
    return [_assigned(course), *_finished(course), *_checked(course, committee), *_still_open(course)]


def _assigned(course: Course) -> Step:
    given = course.assignments
    units = dict.fromkeys(one.lead_unit.name for one in given)
    bases = dict.fromkeys(f"{one.basis} {one.document_no}".strip() for one in given)
    last = max(one.deadline_on for one in given)
    text = _("依据：%(bases)s。最晚 %(day)s 办完。") % {
        "bases": "；".join(bases),
        "day": wording.day_words(last),
    }
    who = "、".join(dict.fromkeys(one.issuing_authority.name for one in given))
    title = _("交给 %(number)s 个单位去办") % {"number": len(units)}
    return _step("assigned", title, [one.issued_on for one in given], who=who, text=text)


def _finished(course: Course) -> list[Step]:
    done = [(one, wording.told_result(one)) for one in course.assignments if wording.is_over(one)]
    days = [result.finished_on for _one, result in done if result]
    if not days:
        return []
    late = [(one.lead_unit.name, wording.days_late(one)) for one, _result in done if wording.days_late(one)]
    text = "".join(
        _("%(unit)s晚了 %(days)s 个工作日。") % {"unit": unit, "days": number} for unit, number in late
    )
    who = " · ".join(dict.fromkeys(one.lead_unit.name for one, _result in done))
    title = _("%(number)s 项任务办完") % {"number": len(done)}
    return [_step("done", title, days, who=who, text=text)]


def _checked(course: Course, committee: str) -> list[Step]:
    over = [wording.told_result(one) for one in course.assignments if wording.is_over(one)]
    looks = [result.verification for result in over if result and hasattr(result, "verification")]
    if not looks:
        return []
    text = "".join(
        f"{note.strip().rstrip('。')}。"
        for note in dict.fromkeys(look.note for look in looks)
        if note.strip()
    )
    return [
        _step("verified", _("到现场核实"), [look.verified_on for look in looks], who=committee, text=text)
    ]


def _still_open(course: Course) -> list[Step]:
    waiting = [one for one in course.assignments if not wording.is_over(one)]
    if not waiting:
        return []
    who = " · ".join(dict.fromkeys(one.lead_unit.name for one in waiting))
    title = _("还有 %(number)s 项在办") % {"number": len(waiting)}
    return [
        _step(
            "open",
            title,
            [max(one.deadline_on for one in waiting)],
            who=who,
            kind="next",
            text=_("最晚这一天办完。"),
        )
    ]


def of_verdicts(matter: Matter, voices: Voices, told: Told) -> list[Step]:
    """Return what those who spoke say of the result, and when it is looked at again."""
    steps, number = [], told.judged("solved")
    if voices.judged_on:
        who = _("%(number)s 份") % {"number": number} if number else ""
        said = _quoted(voices.shown)
        text = said or ("" if number else _("评的人不到 5 位，不公布分布。"))
        steps.append(
            _step("judged", _("反映的人评价"), voices.judged_on, who=who, text=text, words=bool(said))
        )
    if voices.look_back:
        later, title = voices.look_back, _("回头看：会不会又回到老样子")
        who, done = matter.committee.name, voices.look_back.done_on
        steps.append(
            _step(
                "look-back",
                title,
                [done or later.due_on],
                who=who,
                text=later.finding,
                kind="done" if done else "next",
            )
        )
    return steps


def _quoted(answers: Iterable[str]) -> str:
    """Return what those said who allowed it, each answer once, whichever it is."""
    words = [str(Solved(one).label) for one in answers]
    first = _("反映的人说：%(said)s。") % {"said": words[0]} if words else ""
    return first + "".join(_("也有人说：%(said)s。") % {"said": one} for one in words[1:])


def row_of(item: Suggestion, course: Course) -> dict[str, Any]:
    """Return one row of the three lists: the suggestion, who does it by when, what came of it."""
    row = {"key": item.code, "suggestion": item.text, "held": wording.reservation_words(item), "late": False}
    given = [one for one in course.assignments if one.suggestion_id == item.pk]
    if not given:
        return {**row, "who": _("没有交给单位"), "deadline": None, **_unassigned(item)}
    told = [(one, wording.told_result(one)) for one in given]
    results = "".join(
        f"{result.text.strip().rstrip('。')}。" for one, result in told if result and wording.is_over(one)
    )
    chips = list(dict.fromkeys(wording.in_time_chip(one) for one in given))
    return {
        **row,
        "who": "；".join(wording.unit_words(one) for one in given),
        "deadline": max(one.deadline_on for one in given).isoformat(),
        "result": results,
        "chip": "；".join(chips),
        "late": any(wording.days_late(one) for one in given if one.state == AssignmentState.VERIFIED),
    }


def _unassigned(item: Suggestion) -> dict[str, Any]:
    if item.state == SuggestionState.NOT_ADOPTED:
        told = (
            _("%(day)s 已经告诉提出的人。") % {"day": wording.day_words(item.explained_on)}
            if item.explained_on
            else ""
        )
        return {
            "result": f"{item.decision_reason.strip().rstrip('。')}。{told}",
            "chip": _("没有采纳，已说明"),
        }
    return {"result": "", "chip": _("等着定由谁来办")}
