"""The course of one topic as a road: what happened, where it stands, what comes next and who acts."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

from shangliang.foundation import clock
from shangliang.topics import queries
from shangliang.topics.rules import has_run
from shangliang.topics.states import TopicState
from shangliang.ui.dates import when_day, when_span
from shangliang.ui.parts import Step

BEFORE_SUBMISSION = (TopicState.STORED, TopicState.SHORTLISTED, TopicState.RETURNED)
OPEN = (*BEFORE_SUBMISSION, TopicState.SUBMITTED, TopicState.APPROVED, TopicState.NOTICED)


def road_of(topic: Any, source_name: Any, approvals: list[Any]) -> list[Step]:
    """Return the steps of a topic: stored, each submission with its decision, notice, day, and what lies ahead."""
    stored = Step(
        _("进了题库"), when_day(topic.stored_on), str(source_name),
        _("领域：%(domain)s。") % {"domain": topic.get_domain_display()},
    )  # fmt: skip
    steps = [stored, *(step for one in approvals for step in _approval(one))]
    notice = queries.notice_read(topic)
    if notice:
        steps.append(
            Step(_("向公众公示"), when_span(notice.from_on, notice.until_on), text=notice.outcome,
            kind="now" if topic.state == TopicState.NOTICED and not notice.outcome else "done")
        )  # fmt: skip
    return [*steps, *_ending(topic), *_ahead(topic)]


def _approval(one: Any) -> list[Step]:
    submitted = Step(
        _("报审"), when_day(one.submitted_on), one.submitted_to, kind="done" if one.decision else "now"
    )
    if not one.decision:
        return [submitted]
    paper = one.document_no or (_("来源：%(source)s") % {"source": one.source} if one.source else "")
    text = "；".join(part for part in (one.opinion, paper, _("代录")) if part)
    return [submitted, Step(one.get_decision_display(), when_day(one.decided_on), one.decided_by, text)]


def _ending(topic: Any) -> list[Step]:
    if topic.state == TopicState.NOT_TAKEN:
        return [Step(_("不采用"), text=topic.not_taken_because)]
    if topic.scheduled_on is None:
        return []
    kind = "now" if topic.state == TopicState.SCHEDULED else "done"
    return [Step(_("排了日子"), when_day(topic.scheduled_on), kind=kind)]


def _ahead(topic: Any) -> list[Step]:
    if topic.state not in OPEN:
        return []
    noticed = topic.form is not None and topic.form.notice_days
    ahead = []
    if topic.state in BEFORE_SUBMISSION:
        approver = topic.form.approver if topic.form else ""
        ahead.append(Step(_("报审"), chip=approver, kind="next"))
    if noticed and topic.state != TopicState.NOTICED:
        ahead.append(Step(_("公示 %(days)d 天") % {"days": topic.form.notice_days}, kind="next"))
    return [*ahead, Step(_("排期，坐下来商量"), kind="next")]


def waits_for(topic: Any, approvals: list[Any]) -> dict[str, Any]:
    """Return what the box at the top says: whom we wait for, and a note with the day; empty when nothing waits."""
    state = topic.state
    if state == TopicState.SUBMITTED:
        who = approvals[-1].submitted_to if approvals else _("审批人")
        return {
            "title": _("%(who)s的答复") % {"who": who},
            "note": _("答复来了，由办公室代录：谁定的、哪天、文号。"),
        }
    if state == TopicState.NOTICED:
        return _notice_box(topic)
    words = {
        TopicState.STORED: _("办公室决定要不要列入选题"), TopicState.SHORTLISTED: _("办公室报审"),
        TopicState.RETURNED: _("办公室按意见改好，再列入选题"), TopicState.APPROVED: _approved_words(topic),
        TopicState.SCHEDULED: _("办公室开始协商"),
    }  # fmt: skip
    if state not in words:
        return {}
    day = when_day(topic.scheduled_on, "weekday")
    note = format_html("{}{}", _("排在"), day) if state == TopicState.SCHEDULED else ""
    return {"title": words[state], "note": note}


def _approved_words(topic: Any) -> str:
    if topic.form is not None and topic.form.notice_days:
        return _("办公室开始公示")
    return _("办公室排期")


def _notice_box(topic: Any) -> dict[str, Any]:
    notice = queries.notice_read(topic)
    if notice is None or notice.outcome:
        return {"title": _("办公室排期"), "note": ""}
    if has_run(notice.until_on, clock.today()):
        return {"title": _("公示期满了，办公室记下结果"), "note": ""}
    until = when_day(notice.until_on, "weekday")
    return {
        "title": _("公众看了公示提意见"),
        "note": format_html("{}{}{}", _("公示到"), until, _("，过了这天办公室记下结果。")),
    }
