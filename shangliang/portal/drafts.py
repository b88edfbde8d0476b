"""What the page of a matter or a topic could say, collected from the records for a clerk to read, change and hand on.

A draft is not public. No word of a person who spoke enters it but a public text somebody confirmed; without one the
clerk's title stands for the first sentence.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from shangliang.foundation.viewer import Viewer
from shangliang.people.queries import settings_of
from shangliang.portal import figures, rules, stages, wording
from shangliang.portal.permissions import keeps_words_of
from shangliang.portal.queries import (
    Course,
    contents_published,
    course_of_topic,
    organisation_names,
    standing_topic,
    voices_in,
)
from shangliang.portal.told import told_of
from shangliang.protection.queries import public_words_of
from shangliang.reports.models import Matter
from shangliang.reports.states import MatterState
from shangliang.topics.models import Topic
from shangliang.topics.states import TopicState

LONGEST_TITLE = 80


@dataclass(frozen=True)
class Draft:
    """A page before anybody has chosen its words: ``content`` as it would be shown, with a key on each step and row.

    ``beside`` are the ids of units that work on it, ``names`` those of all units the committee works with, ``course``
    what the draft was collected from.
    """

    subject: str
    committee_id: int
    title: str
    content: dict[str, Any]
    happened_on: date
    reviewers: int
    names: dict[int, str] = field(default_factory=dict)
    beside: frozenset[int] = frozenset()
    course: Course = field(default_factory=Course)

    def units_named_in(self, title: str, content: dict[str, Any]) -> list[tuple[int, str]]:
        """Return the units that work on it or whose names stand in the words: each sees them before the public."""
        return rules.organisations_named(rules.texts_of(title, content), self.names, self.beside)


def draft_matter_page(viewer: Viewer, matter: Matter) -> Draft | None:
    """Return what happened to a matter as the draft of its page; None unless the viewer keeps its committee's words."""
    if not keeps_words_of(viewer, matter.committee_id):
        return None
    voices = voices_in(viewer, matter)
    course = course_of_topic(viewer, standing_topic(viewer, matter))
    if voices is None or matter.established_on is None:
        return None
    told = told_of(voices, contents_published(viewer, f"matter:{matter.code}"))
    steps = [
        *stages.of_matter(matter, voices, told, public_words_of(viewer, matter)),
        *stages.of_course(course, matter.committee.name),
        *stages.of_verdicts(matter, voices, told),
    ]
    content = {
        "area": _place(matter.area),
        "chip": _chip(matter.state),
        "gathered": wording.gathered_words(told.reports),
        "facts": figures.of_matter(course, voices, told),
        "counts": told.release,
    }
    return _draft(f"matter:{matter.code}", matter.committee_id, matter.title, content, steps, course)


def draft_topic_page(viewer: Viewer, topic: Topic) -> Draft | None:
    """Return what happened to a topic as the draft of its page; None unless the viewer keeps its committee's words."""
    if not keeps_words_of(viewer, topic.committee_id):
        return None
    course = course_of_topic(viewer, topic)
    steps = [stages.of_storing(topic), *stages.of_course(course, topic.committee.name)]
    content = {"area": _place(topic.area), "chip": _topic_chip(topic.state), "gathered": "", "facts": []}
    return _draft(f"topic:{topic.code}", topic.committee_id, topic.title, content, steps, course)


def _draft(
    subject: str, committee_id: int, title: str, content: dict, steps: list[dict], course: Course
) -> Draft:
    ordered = _by_day([one for one in steps if one["kind"] == "done"])
    coming = [one for one in steps if one["kind"] != "done"]
    whole = {
        **content,
        "steps": [*ordered, *coming],
        "lists": [stages.row_of(one, course) for one in course.suggestions],
    }
    days = [one["until"] or one["when"] for one in ordered if one["when"]]
    working = {unit.pk for one in course.assignments for unit in (one.lead_unit, *one.co_units.all())}
    return Draft(
        subject,
        committee_id,
        title[:LONGEST_TITLE],
        whole,
        date.fromisoformat(max(days)),
        settings_of(committee_id)["reviewers"],
        organisation_names(committee_id),
        frozenset(working),
        course,
    )


def _by_day(steps: list[dict]) -> list[dict]:
    """Return steps in order of time; one without a day stays behind the step it came after."""
    marked, last = [], ""
    for number, one in enumerate(steps):
        last = one["when"] or last
        marked.append((last, number, one))
    return [one for _day, _number, one in sorted(marked, key=lambda mark: mark[:2])]


def _place(area: Any) -> str:
    if area is None:
        return ""
    return f"{area.parent.name} · {area.name}" if area.parent_id else area.name


def _chip(state: str) -> str:
    words = {
        MatterState.CONSULTING: _("正在商量"),
        MatterState.DELIVERING: _("正在办"),
        MatterState.JUDGING: _("办了，请反映的人来评"),
        MatterState.CLOSED: _("已办，已评价"),
        MatterState.ENDED: _("没有进入商量"),
    }
    return words.get(MatterState(state), _("等着商量"))


def _topic_chip(state: str) -> str:
    words = {
        TopicState.SUBMITTED: _("等着同意"),
        TopicState.NOT_TAKEN: _("这次不商量"),
        TopicState.APPROVED: _("同意拿来商量"),
        TopicState.NOTICED: _("正在公示"),
        TopicState.SCHEDULED: _("定了日子商量"),
        TopicState.CONSULTED: _("正在商量"),
    }
    return words.get(TopicState(state), _("记在题库里"))
