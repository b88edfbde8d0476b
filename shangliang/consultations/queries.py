"""The door to consultations, their steps, counts, statements and suggestions."""

from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from shangliang.consultations.models import (
    Consultation,
    HeadCount,
    ResearchRecord,
    Side,
    Statement,
    StepRecord,
    Suggestion,
    Support,
)
from shangliang.consultations.permissions import RESULTS_ARE_OUT, consultations_open_to, sees_the_session
from shangliang.consultations.rules import number_of
from shangliang.consultations.states import ConsultationState, SuggestionState
from shangliang.foundation.viewer import Viewer
from shangliang.topics.models import Topic
from shangliang.topics.queries import topics_to_consult


def consultations_seen_by(viewer: Viewer) -> QuerySet[Consultation]:
    """Return the consultations the viewer may see, the newest first."""
    return (
        Consultation.unscoped.filter(consultations_open_to(viewer))
        .select_related("topic", "form", "area", "committee")
        .order_by("-pk")
    )


def get_consultation_for(viewer: Viewer, code: str) -> Consultation | None:
    """Return one consultation the viewer may see, or None."""
    return consultations_seen_by(viewer).prefetch_related("steps", "head_counts").filter(code=code).first()


def get_consultation_entered_with(viewer: Viewer, entry_key: str) -> Consultation | None:
    """Return the viewer's consultation that was entered with a form key, or None: a repeated press finds it."""
    return consultations_seen_by(viewer).filter(entry_key=entry_key).first() if entry_key else None


def consultations_of_topic(viewer: Viewer, topic: Topic) -> QuerySet[Consultation]:
    """Return the consultations on a topic that the viewer may see, in order."""
    return consultations_seen_by(viewer).filter(topic=topic).order_by("pk")


def consultations_chosen(rows: QuerySet[Consultation], state: str) -> QuerySet[Consultation]:
    """Narrow consultations to a state; an unknown word narrows nothing."""
    return rows.filter(state=state) if state in ConsultationState.values else rows


def consultations_by_state(rows: QuerySet[Consultation]) -> dict[str, int]:
    """Return state → how many of these consultations stand in it, every state named, with one query."""
    counted = dict(rows.order_by().values_list("state").annotate(count=Count("pk")))
    return {state: counted.get(state, 0) for state in ConsultationState.values}


def with_people_and_consensus(rows: QuerySet[Consultation]) -> QuerySet[Any]:
    """Return the consultations with their head-counts and ``agreed``, how many suggestions were not dropped."""
    standing = Count("suggestions", filter=~Q(suggestions__state=SuggestionState.DROPPED))
    return rows.annotate(agreed=standing).prefetch_related("head_counts")


def sides() -> list[tuple[str, Any]]:
    """Return the four sides in the room with their names, in their order."""
    return list(Side.choices)


def topics_waiting(viewer: Viewer) -> QuerySet[Topic]:
    """Return scheduled topics of the viewer that wait for their consultation."""
    return topics_to_consult(viewer)


def steps_of(consultation: Consultation) -> list[StepRecord]:
    """Return the recorded steps in the order of the course. The caller asked for the consultation with a viewer."""
    return sorted(consultation.steps.all(), key=lambda one: number_of(one.step))


def head_counts_of(consultation: Consultation) -> list[HeadCount]:
    """Return planned and counted heads by side, in the order of the sides."""
    order = list(Side.values)
    return sorted(consultation.head_counts.all(), key=lambda one: order.index(one.side))


def heads_total(consultation: Consultation) -> int | None:
    """Return how many people were counted in the room, or None when nobody counted."""
    counted = [one.present for one in consultation.head_counts.all() if one.present is not None]
    return sum(counted) if counted else None


def research_of(viewer: Viewer, consultation: Consultation) -> QuerySet[ResearchRecord]:
    """Return what was looked at before the session, in order; only to who may see the session."""
    rows = ResearchRecord.unscoped.filter(consultation=consultation).order_by("happened_on", "pk")
    return rows if sees_the_session(viewer) else rows.none()


def statements_of(viewer: Viewer, consultation: Consultation) -> QuerySet[Statement]:
    """Return what was said, in order; only to who may see the session."""
    rows = Statement.unscoped.filter(consultation=consultation).order_by("order")
    return rows if sees_the_session(viewer) else rows.none()


def suggestions_seen_by(viewer: Viewer) -> QuerySet[Suggestion]:
    """Return the suggestions of the consultations the viewer may see, with supports and units."""
    supports = Prefetch("supports", Support.unscoped.order_by("pk"))
    return (
        Suggestion.unscoped.filter(consultations_open_to(viewer, "consultation__"))
        .select_related("consultation__topic", "consultation__form", "committee")
        .prefetch_related(supports, "concerned_units")
        .order_by("consultation_id", "number")
    )


def suggestions_of(viewer: Viewer, consultation: Consultation) -> QuerySet[Suggestion]:
    """Return the suggestions of one consultation in the order of their numbers: list 1."""
    return suggestions_seen_by(viewer).filter(consultation=consultation)


def get_suggestion_for(viewer: Viewer, code: str) -> Suggestion | None:
    """Return one suggestion the viewer may see, or None."""
    return suggestions_seen_by(viewer).filter(code=code).first()


def suggestions_awaiting_decision(viewer: Viewer) -> QuerySet[Suggestion]:
    """Return submitted suggestions nobody has decided on yet, oldest first."""
    return (
        suggestions_seen_by(viewer)
        .filter(state=SuggestionState.AGREED, consultation__state__in=RESULTS_ARE_OUT)
        .order_by("pk")
    )


def suggestions_awaiting_assignment(viewer: Viewer) -> QuerySet[Suggestion]:
    """Return adopted suggestions, oldest decision first; the delivery stage leaves out those it has assigned."""
    return suggestions_seen_by(viewer).filter(state=SuggestionState.ADOPTED).order_by("decided_on", "pk")
