"""What waits for a viewer's own seat, over every stage: counted in one query, each list by the query of its own stage."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Count, DateField, Exists, Min, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, TruncDate

from shangliang.consultations.queries import consultations_seen_by, suggestions_awaiting_decision
from shangliang.consultations.states import ConsultationState
from shangliang.delivery.queries import (
    assignments_seen_by,
    follow_ups_seen_by,
    look_backs_seen_by,
    suggestions_to_assign,
)
from shangliang.delivery.states import AssignmentState, FollowUpState
from shangliang.exchange.queries import drafts_of, imports_of, transfers_overdue
from shangliang.exchange.states import ImportState
from shangliang.foundation import roles
from shangliang.foundation.models import Job, Message
from shangliang.foundation.models.outbox import MessageState
from shangliang.foundation.models.schedule import JobState
from shangliang.foundation.states import PublicationState
from shangliang.foundation.viewer import Appointed
from shangliang.people.queries import parked_messages
from shangliang.portal.queries.publications import own_publications, previews_shown_to
from shangliang.protection.models import Exposure, Finding
from shangliang.protection.queries import findings_asked_of
from shangliang.protection.states import ExposureState, FindingState
from shangliang.reports.models import Matter, PointCheck, Reissue, Report, Unmasking
from shangliang.reports.permissions import NOT_ON_THE_DESK
from shangliang.reports.queries import matters_free_for_topics
from shangliang.reports.queries.desk import DeskFilter, desk_queue, held_reports
from shangliang.reports.queries.points import points_in_charge, points_seen_by
from shangliang.reports.queries.readings import locked_words
from shangliang.reports.queries.unowned import matters_unsorted
from shangliang.reports.states import MatterState, ReportState
from shangliang.topics.models import TopicMatter
from shangliang.topics.queries import topics_seen_by, topics_to_consult
from shangliang.topics.states import TopicState

FEW = 5  # voices: below it somebody has to say how many could have said it, before anything goes to a unit
Line = tuple[str, Any, str, str]


@dataclass(frozen=True)
class Pending:
    """One kind of work that waits: how much, the oldest day of it, and the code of one of them."""

    key: str
    count: int
    oldest: date | None
    code: str


def pending_of(viewer: Appointed, today: date) -> list[Pending]:
    """Return what waits for the seat the viewer acts in, in the order of the process; one query."""
    lines = [_counted(*one) for one in _lines_of(viewer, today)]
    if not lines:
        return []
    rows = lines[0].union(*lines[1:], all=True) if len(lines) > 1 else lines[0]
    found = {row["key"]: row for row in rows if row["count"]}
    order = [key for key, *_rest in _lines_of(viewer, today)]
    return [
        Pending(key, found[key]["count"], _day(found[key]["oldest"]), found[key]["one"] or "")
        for key in order
        if key in found
    ]


def _lines_of(viewer: Appointed, today: date) -> Iterator[Line]:
    """Yield (kind, rows, column of the day, column of a code) for the viewer's role."""
    by_role = {
        roles.CLERK: (_reports, _protection, _topics, _consultations, _delivery, _publications, _checks),
        roles.LEADER: (_reports, _protection, _topics, _consultations, _delivery, _publications, _checks),
        roles.REVIEWER: (_publications,),
        roles.OFFICER: (_locked,),
        roles.ADMIN: (_stuck,),
        roles.KEEPER: (_checks,),
        roles.MEMBER: (_checks, _findings),
        roles.UNIT: (_of_unit,),
        roles.AUTHORITY: (_of_authority,),
    }
    for lines in by_role.get(viewer.role, ()):
        yield from lines(viewer, today)


def _counted(key: str, rows: QuerySet[Any], day: str, code: str) -> QuerySet[Any]:
    bare = rows.model.unscoped.filter(pk__in=rows.order_by().values("pk"))
    kind = rows.model
    for part in day.split("__"):
        field = kind._meta.get_field(part)
        kind = field.related_model or kind
    moment = TruncDate(day) if field.get_internal_type() == "DateTimeField" else Cast(day, DateField())
    one: Any = Min(Cast(code, CharField())) if code else Value("", CharField())
    return (
        bare.annotate(key=Value(key, CharField()))
        .values("key")
        .annotate(count=Count("pk"), oldest=Min(moment), one=one)
        .values("key", "count", "oldest", "one")
    )


def _day(value: Any) -> date | None:
    """SQLite gives the columns of a union back as text."""
    if isinstance(value, datetime):
        return value.date()
    return date.fromisoformat(value) if isinstance(value, str) else value


def _reports(viewer: Appointed, today: date) -> Iterator[Line]:
    for key, wanted in (
        ("late", DeskFilter(clock="late")),
        ("soon", DeskFilter(clock="soon")),
        ("waiting", DeskFilter()),
        ("aside", DeskFilter("aside")),
        ("spoken", DeskFilter(is_spoken=True)),
    ):
        yield key, desk_queue(viewer, wanted, today), "answer_due_on", "code"
    mine = Report.unscoped.filter(committee_id=viewer.committee_id).exclude(state__in=NOT_ON_THE_DESK)
    for key, kind in (("unmask", Unmasking), ("reissue", Reissue)):
        asked = kind.unscoped.filter(report__in=mine, approved_at=None).exclude(asked_by=viewer.person_id)
        yield key, asked, "asked_at", "report__code"
    yield "drafts", drafts_of(viewer), "kept_at", "code"
    own = imports_of(viewer).filter(state=ImportState.WAITING, person=viewer.person_id)
    yield "imports", own, "made_at", "code"
    yield "transfers", transfers_overdue(viewer, today), "due_on", "code"


def _protection(viewer: Appointed, today: date) -> Iterator[Line]:
    """Matters on their way to units of which nobody has said how many could have said it; what members wrote."""
    answered = Exposure.unscoped.filter(report=OuterRef("pk")).exclude(state=ExposureState.UNANSWERED)
    open_ones = Report.unscoped.filter(~Exists(answered), state=ReportState.TAKEN, matter=OuterRef("pk"))
    inside = Count("reports", filter=~Q(reports__state__in=NOT_ON_THE_DESK))
    few = Matter.unscoped.filter(committee_id=viewer.committee_id, state=MatterState.CONSULTING)
    few = few.filter(Exists(open_ones)).annotate(inside=inside).filter(inside__lt=FEW)
    yield "exposures", few, "established_on", "code"
    written = Finding.unscoped.filter(committee_id=viewer.committee_id, state=FindingState.WRITTEN)
    yield "findings", written, "answered_at", "exposure__report__code"


def _topics(viewer: Appointed, today: date) -> Iterator[Line]:
    held = TopicMatter.unscoped.filter(left_at=None).values("matter")
    free = matters_free_for_topics(viewer).filter(committee_id=viewer.committee_id).exclude(pk__in=held)
    yield "matters", free, "established_on", "code"
    yield "unsorted", matters_unsorted(viewer), "established_on", "code"
    own = topics_seen_by(viewer).filter(committee_id=viewer.committee_id)
    yield "topics_submitted", own.filter(state=TopicState.SUBMITTED), "stored_on", "code"
    ready = own.filter(state__in=(TopicState.APPROVED, TopicState.NOTICED, TopicState.RETURNED))
    yield "topics_ready", ready, "stored_on", "code"
    scheduled = topics_to_consult(viewer).filter(committee_id=viewer.committee_id)
    yield "topics_scheduled", scheduled, "scheduled_on", "code"


def _consultations(viewer: Appointed, today: date) -> Iterator[Line]:
    own = consultations_seen_by(viewer).filter(committee_id=viewer.committee_id)
    before = (ConsultationState.SELECTED, ConsultationState.PLANNED, ConsultationState.RESEARCHED)
    yield "sessions", own.filter(state__in=before, planned_on__lt=today), "planned_on", "code"
    yield "results", own.filter(state=ConsultationState.HELD), "held_on", "code"
    decisions = suggestions_awaiting_decision(viewer).filter(committee_id=viewer.committee_id)
    yield "decisions", decisions, "consultation__held_on", "code"
    to_assign = suggestions_to_assign(viewer).filter(committee_id=viewer.committee_id)
    yield "to_assign", to_assign, "decided_on", "code"


def _delivery(viewer: Appointed, today: date) -> Iterator[Line]:
    own = assignments_seen_by(viewer).filter(committee_id=viewer.committee_id)
    yield (
        "verify",
        own.filter(state__in=(AssignmentState.CLAIMED, AssignmentState.CANNOT)),
        "deadline_on",
        "code",
    )
    yield "objections", own.filter(state=AssignmentState.OBJECTED), "issued_on", "code"
    under_way = (AssignmentState.DISPATCHED, AssignmentState.ACCEPTED)
    yield "overdue", own.filter(state__in=under_way, deadline_on__lt=today), "deadline_on", "code"
    follow_ups = follow_ups_seen_by(viewer).filter(committee_id=viewer.committee_id, state=FollowUpState.OPEN)
    yield "follow_ups", follow_ups, "opened_at", "code"
    looks = look_backs_seen_by(viewer).filter(matter__committee_id=viewer.committee_id, due_on__lte=today)
    yield "look_backs", looks, "due_on", "matter__code"


def _publications(viewer: Appointed, today: date) -> Iterator[Line]:
    own = own_publications(viewer)
    if viewer.role in (roles.REVIEWER, roles.LEADER):
        to_read = own.filter(state=PublicationState.PREPARED).exclude(prepared_by=viewer.person_id)
        yield "to_review", to_read, "prepared_at", "code"
    if viewer.role in roles.OFFICE:
        yield "to_publish", own.filter(state=PublicationState.REVIEWED), "prepared_at", "code"


def _checks(viewer: Appointed, today: date) -> Iterator[Line]:
    points = points_seen_by(viewer) if viewer.role in roles.OFFICE else points_in_charge(viewer)
    asked = PointCheck.unscoped.filter(point__in=points.order_by().values("pk"), answered_on=None)
    yield "point_checks", asked, "asked_on", "point__code"


def _locked(viewer: Appointed, today: date) -> Iterator[Line]:
    yield "held", held_reports(viewer), "answer_due_on", "code"
    yield "locked_words", locked_words(viewer), "at", ""


def _findings(viewer: Appointed, today: date) -> Iterator[Line]:
    yield "asked_of_member", findings_asked_of(viewer).filter(state=FindingState.ASKED), "asked_at", "code"


def _of_unit(viewer: Appointed, today: date) -> Iterator[Line]:
    own = assignments_seen_by(viewer).filter(lead_unit_id=viewer.organisation_id)
    yield "to_accept", own.filter(state=AssignmentState.DISPATCHED), "issued_on", "code"
    under_way = own.filter(state=AssignmentState.ACCEPTED)
    yield "unit_late", under_way.filter(deadline_on__lt=today), "deadline_on", "code"
    yield "under_way", under_way.filter(deadline_on__gte=today), "deadline_on", "code"
    shown = previews_shown_to(viewer).filter(answered_at=None, answer_until__gte=today)
    yield "previews", shown, "answer_until", "publication__code"


def _of_authority(viewer: Appointed, today: date) -> Iterator[Line]:
    own = assignments_seen_by(viewer)
    yield "objections", own.filter(state=AssignmentState.OBJECTED), "issued_on", "code"
    under_way = (AssignmentState.DISPATCHED, AssignmentState.ACCEPTED)
    yield "overdue", own.filter(state__in=under_way, deadline_on__lt=today), "deadline_on", "code"


def _stuck(viewer: Appointed, today: date) -> Iterator[Line]:
    ours = Message.unscoped.filter(pk__in=parked_messages(viewer).values("pk"), state=MessageState.PARKED)
    yield "parked_mail", ours, "created_at", ""
    yield "parked_jobs", Job.unscoped.filter(state=JobState.PARKED), "due_at", ""


__all__ = ["Pending", "pending_of"]
