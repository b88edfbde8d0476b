"""The door to topics, their approvals and notices, and to a committee's forms of consultation."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, prefetch_related_objects
from django.db.models.expressions import RawSQL

from shangliang.foundation.viewer import Viewer
from shangliang.people.permissions import rows_of_committees
from shangliang.people.queries import setting
from shangliang.reports.models import Matter
from shangliang.sorting.queries.asked import Asked, already_asked
from shangliang.topics.models import (
    ConsultationForm,
    Domain,
    PublicNotice,
    Source,
    Topic,
    TopicApproval,
    TopicMatter,
)
from shangliang.topics.permissions import topics_open_to
from shangliang.topics.rules import ASKED_AS, FORMS_TO_BEGIN_WITH
from shangliang.topics.states import TopicState


@dataclass(frozen=True)
class AskedTopic:
    """A topic that was stored before: how alike and why, and its submissions and matters, read already."""

    topic: Topic
    asked: Asked
    approvals: list[TopicApproval]
    matters: list[Matter]


def topics_seen_by(viewer: Viewer) -> QuerySet[Topic]:
    """Return the topics the viewer may see, the newest first."""
    return (
        Topic.unscoped.filter(topics_open_to(viewer))
        .select_related("form", "area", "committee")
        .order_by("-stored_on", "-pk")
    )


def get_topic_for(viewer: Viewer, code: str) -> Topic | None:
    """Return one topic the viewer may see, or None."""
    return topics_seen_by(viewer).filter(code=code).first()


def get_topic_to_read(viewer: Viewer, code: str) -> Topic | None:
    """Return one topic the viewer may see with its public notice read along (``notice_read``), or None: for its page."""
    return topics_seen_by(viewer).select_related("notice").filter(code=code).first()


def notice_read(topic: Topic) -> PublicNotice | None:
    """Return the public notice that came along with a topic from ``get_topic_to_read``, or None; no query."""
    notice: PublicNotice | None = topic._state.fields_cache["notice"]
    return notice


def topics_chosen(
    rows: QuerySet[Topic], *, state: str = "", source: str = "", domain: str = ""
) -> QuerySet[Topic]:
    """Narrow topics to what an address names; an unknown word narrows nothing."""
    asked = {"state": (state, TopicState), "source": (source, Source), "domain": (domain, Domain)}
    return rows.filter(**{name: word for name, (word, known) in asked.items() if word in known.values})


def topics_by_state(rows: QuerySet[Topic]) -> dict[str, int]:
    """Return state → how many of these topics stand in it, every state named, with one query."""
    counted = dict(rows.order_by().values_list("state").annotate(count=Count("pk")))
    return {state: counted.get(state, 0) for state in TopicState.values}


def topics_asked_before(viewer: Viewer, title: str, background: str, but: int = 0) -> list[AskedTopic]:
    """Return up to five topics the viewer may see that are most like a title and background, best first; ≤ 3 queries.

    ``but`` is the id of the topic that is open.
    """
    seen: dict[int, Topic] = {}

    def rows(nearest: RawSQL) -> Iterable[tuple[int, str, str]]:
        seen.update({one.pk: one for one in topics_seen_by(viewer).filter(pk__in=nearest)})
        return [(pk, one.title, one.background) for pk, one in seen.items()]

    reach = getattr(viewer, "reach", ())
    found = already_asked(reach, ASKED_AS, title, background, rows, but=but)
    topics = [seen[one.record_id] for one in found]
    held = TopicMatter.unscoped.select_related("matter").order_by("pk")
    approvals = TopicApproval.unscoped.order_by("pk")
    prefetch_related_objects(topics, Prefetch("approvals", approvals), Prefetch("topic_matters", held))
    return [
        AskedTopic(topic, one, list(topic.approvals.all()), [row.matter for row in topic.topic_matters.all()])
        for topic, one in zip(topics, found, strict=True)
    ]


def topics_to_consult(viewer: Viewer) -> QuerySet[Topic]:
    """Return scheduled topics that wait for their consultation, the nearest day first."""
    return topics_seen_by(viewer).filter(state=TopicState.SCHEDULED).order_by("scheduled_on", "pk")


def topics_of_matter(viewer: Viewer, matter: Matter) -> QuerySet[Topic]:
    """Return every topic that ever held a matter, in order; for the viewer's own eyes."""
    return topics_seen_by(viewer).filter(topic_matters__matter=matter).order_by("stored_on", "pk").distinct()


def matters_of(topic: Topic) -> QuerySet[Matter]:
    """Return the matters a topic holds now. The caller has asked for the topic with a viewer."""
    held = Q(pk__in=topic.topic_matters.filter(left_at=None).values("matter_id"))
    return Matter.unscoped.filter(held).select_related("area").order_by("code")


def matters_ever_of(topic: Topic) -> tuple[list[Matter], list[Matter]]:
    """Return the matters a topic holds now, and those it holds no more, with one query. The caller asked with a viewer."""
    rows = topic.topic_matters.select_related("matter__area").order_by("matter__code")
    held = [(row.matter, row.left_at) for row in rows]
    return [one for one, left in held if left is None], [one for one, left in held if left is not None]


def approvals_of(topic: Topic) -> QuerySet[TopicApproval]:
    """Return the submissions of a topic upward, in order."""
    return topic.approvals.order_by("pk")


def notice_of(topic: Topic) -> PublicNotice | None:
    """Return the public notice of a topic, or None."""
    return PublicNotice.unscoped.filter(topic=topic).first()


def forms_of(committee_id: int) -> QuerySet[ConsultationForm]:
    """Return a committee's forms of consultation: public."""
    return ConsultationForm.unscoped.filter(committee_id=committee_id).order_by("pk")


def get_form_of(committee_id: int, key: str) -> ConsultationForm | None:
    """Return one form of a committee by its key, or None."""
    return forms_of(committee_id).filter(key=key).first()


def get_form_for(viewer: Viewer, key: str) -> ConsultationForm | None:
    """Return one form of the very committee the viewer acts at, or None."""
    own = getattr(viewer, "committee_id", 0)
    return ConsultationForm.unscoped.filter(rows_of_committees(viewer), committee_id=own, key=key).first()


def forms_offered(committee_id: int) -> list[tuple[str, str]]:
    """Return (key, name) of the forms one may choose: the committee's rows, or those it would begin with."""
    rows = list(forms_of(committee_id).values_list("key", "name"))
    return rows or [(one.key, one.name) for one in FORMS_TO_BEGIN_WITH]


def micro_approver(committee_id: int) -> str:
    """Return who approves a micro-consultation here: by the committee's row, or as it would begin."""
    rows = [*forms_of(committee_id)] or FORMS_TO_BEGIN_WITH
    return next((one.approver for one in rows if one.is_micro), "")


def source_choices(committee_id: int) -> list[tuple[str, Any]]:
    """Return the six sources with the committee's own words for them."""
    local = setting(committee_id, "source_labels")
    return [(one.value, local.get(one.value) or one.label) for one in Source]


def domain_choices() -> list[tuple[str, Any]]:
    """Return the three domains."""
    return [(one.value, one.label) for one in Domain]
