"""The course of a matter or a topic over all stages, read once, for the draft of its page and for a receipt."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Max, Min, Prefetch, Q

from shangliang.consultations.models import (
    Consultation,
    HeadCount,
    ResearchRecord,
    StepRecord,
    Suggestion,
    Support,
)
from shangliang.consultations.states import SuggestionState
from shangliang.delivery.models import Assignment, LookBack, Result
from shangliang.delivery.queries import standing_verdicts, verdict_counts
from shangliang.delivery.states import AssignmentState
from shangliang.foundation import clock
from shangliang.foundation.viewer import ReceiptHolder, Viewer
from shangliang.people.models import Organisation
from shangliang.portal.permissions import sees_course_in
from shangliang.reports.models import Matter, Report
from shangliang.reports.states import MatterState, ReportState
from shangliang.topics.models import Decision, PublicNotice, Topic, TopicApproval


@dataclass(frozen=True)
class Course:
    """What happened from the topic on; what is not there yet is None or empty."""

    topic: Topic | None = None
    approval: TopicApproval | None = None
    notice: PublicNotice | None = None
    consultation: Consultation | None = None
    skipped: Sequence[StepRecord] = ()
    research: Sequence[ResearchRecord] = ()
    heads: Sequence[HeadCount] = ()
    suggestions: Sequence[Suggestion] = ()
    assignments: Sequence[Assignment] = ()


@dataclass(frozen=True)
class Voices:
    """How many spoke of a matter and what they say of its result: counts and days, never a word of anybody."""

    first_on: date | None
    reports: int
    answered: int
    in_time: int
    counts: dict[str, int] = field(default_factory=dict)
    shown: tuple[str, ...] = ()
    judged_on: tuple[date, date] | None = None
    look_back: LookBack | None = None


NO_COURSE = Course()


def standing_topic(viewer: Viewer, matter: Matter) -> Topic | None:
    """Return the topic that holds a matter now, for the office and reviewers; None for anybody else."""
    return _topic_holding(matter) if sees_course_in(viewer, matter.committee_id) else None


def course_of_topic(viewer: Viewer, topic: Topic | None) -> Course:
    """Return the course of a topic, for the office and reviewers of its committee; an empty one for anybody else."""
    if topic is None or not sees_course_in(viewer, topic.committee_id):
        return NO_COURSE
    return _course(topic)


def course_of_receipt(viewer: ReceiptHolder, report: Report) -> Course:
    """Return the course of the matter a receipt's own report is joined in; an empty one for anybody else."""
    if (
        not isinstance(viewer, ReceiptHolder)
        or viewer.report_id != report.pk
        or report.state != ReportState.TAKEN
    ):
        return NO_COURSE
    topic = _topic_holding(report.matter)
    return _course(topic) if topic else NO_COURSE


def reports_joined_with(viewer: ReceiptHolder, report: Report) -> int:
    """Return how many other reports speak of the same matter, to the holder of one that is joined; 0 to anybody else."""
    if (
        not isinstance(viewer, ReceiptHolder)
        or viewer.report_id != report.pk
        or report.state != ReportState.TAKEN
    ):
        return 0
    others = Report.unscoped.filter(matter_id=report.matter_id, state=ReportState.TAKEN).exclude(pk=report.pk)
    return others.count()


def voices_in(viewer: Viewer, matter: Matter) -> Voices | None:
    """Return the counts of those who spoke of a matter, for its office and reviewers; None for anybody else."""
    if not sees_course_in(viewer, matter.committee_id):
        return None
    joined = Report.unscoped.filter(matter=matter, state=ReportState.TAKEN)
    days = list(joined.values_list("happened_on", "answer_due_on", "first_answered_at"))
    answers = [(due, clock.day_of(at)) for _day, due, at in days if at]
    given = standing_verdicts().filter(matter=matter, round=_round_judged(matter))
    ends = given.aggregate(first=Min("given_at"), last=Max("given_at"))
    return Voices(
        first_on=min((day for day, _due, _at in days), default=None),
        reports=len(days),
        answered=len(answers),
        in_time=sum(on <= due for due, on in answers),
        counts=verdict_counts(matter),
        shown=tuple(sorted(set(given.filter(may_show=True).values_list("solved", flat=True)), reverse=True)),
        judged_on=(clock.day_of(ends["first"]), clock.day_of(ends["last"])) if ends["first"] else None,
        look_back=LookBack.unscoped.filter(matter=matter).order_by("-due_on").first(),
    )


def organisation_names(committee_id: int) -> dict[int, str]:
    """Return the names of a committee's organisations that are named as units: not those that only issue assignments."""
    rows = Organisation.unscoped.filter(committee_id=committee_id, is_issuing_authority=False)
    return dict(rows.order_by("pk").values_list("pk", "name"))


def _round_judged(matter: Matter) -> int:
    """Return the round whose verdicts are told: while a matter is followed up again, those of the round before."""
    is_judged = matter.round == 1 or matter.state in (MatterState.JUDGING, MatterState.CLOSED)
    return matter.round if is_judged else matter.round - 1


def _topic_holding(matter: Matter) -> Topic | None:
    held = Q(topic_matters__matter=matter, topic_matters__left_at=None)
    return (
        Topic.unscoped.filter(held)
        .select_related("form", "committee", "area__parent")
        .order_by("-pk")
        .first()
    )


def _course(topic: Topic) -> Course:
    decided = list(TopicApproval.unscoped.filter(topic=topic).order_by("-pk"))
    approved = [one for one in decided if one.decision == Decision.APPROVED]
    approval = next(iter(approved or decided), None)
    held = _consultation_of(topic)
    begun = {
        "topic": topic,
        "approval": approval,
        "notice": PublicNotice.unscoped.filter(topic=topic).first(),
    }
    if held is None:
        return Course(**begun)
    return Course(
        **begun,
        consultation=held,
        skipped=[one for one in held.steps.all() if one.not_done_because],
        research=sorted(held.research.all(), key=lambda one: (one.happened_on, one.pk)),
        heads=list(held.head_counts.all()),
        suggestions=sorted(held.suggestions.all(), key=lambda one: one.number),
        assignments=_assignments_of(held),
    )


def _consultation_of(topic: Topic) -> Consultation | None:
    """Return the latest consultation on a topic with its parts; one that was called off only where there is no other."""
    agreed = Suggestion.unscoped.exclude(state=SuggestionState.DROPPED)
    rows = Consultation.unscoped.filter(topic=topic).prefetch_related(
        "steps",
        "research",
        "head_counts",
        Prefetch("suggestions", agreed),
        Prefetch("suggestions__supports", Support.unscoped.all()),
    )
    found = sorted(rows, key=lambda one: (one.held_on is not None or one.state != "closed", one.pk))
    return found[-1] if found else None


def _assignments_of(held: Consultation) -> list[Assignment]:
    """Return the standing assignments, each with ``told``: its results, latest last, with the committee's look."""
    results = Result.unscoped.select_related("verification").order_by("number")
    rows = Assignment.unscoped.filter(suggestion__consultation=held).exclude(state=AssignmentState.REASSIGNED)
    rows = rows.select_related("lead_unit", "issuing_authority").prefetch_related(
        "co_units", Prefetch("results", results, to_attr="told")
    )
    return list(rows.order_by("suggestion__number", "pk"))
