"""The words on their way to the public: drafts, reviews, what named units were shown and said."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from shangliang.foundation import roles
from shangliang.foundation.models import Preview, Publication
from shangliang.foundation.queries import publications_seen_by
from shangliang.foundation.states import PublicationState
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.people.models import Appointment
from shangliang.portal.permissions import keeps_words_of

IN_HAND = (PublicationState.PREPARED, PublicationState.REVIEWED)


def own_publications(viewer: Viewer) -> QuerySet[Publication]:
    """Return the publications of the very committee the viewer prepares or reviews words for; none for anybody else."""
    own = getattr(viewer, "committee_id", None)
    if own is None or not keeps_words_of(viewer, own):
        return Publication.unscoped.none()
    return publications_seen_by(viewer).filter(committee_id=own).order_by("-prepared_at", "-pk")


def publication_counts(viewer: Viewer) -> dict[str, int]:
    """Return how many publications stand in each state, every state named, with one query."""
    counts = {state: Count("pk", filter=Q(state=state)) for state in PublicationState.values}
    return own_publications(viewer).order_by().aggregate(**counts)


def waiting_version(viewer: Viewer, subject: str) -> Publication | None:
    """Return the version of a page that is being reviewed or waits to be published, or None."""
    return own_publications(viewer).filter(subject=subject, state__in=IN_HAND).first()


def number_of_versions(viewer: Viewer, subject: str) -> int:
    """Return how many versions of a page were ever prepared."""
    return own_publications(viewer).filter(subject=subject).count()


def contents_published(viewer: Viewer, subject: str) -> list[dict[str, Any]]:
    """Return the content of every version of a page that was ever public, oldest first: what it said stays said."""
    rows = own_publications(viewer).filter(subject=subject, published_at__isnull=False)
    return list(rows.order_by("published_at", "pk").values_list("content", flat=True))


def draft_left_behind(viewer: Viewer, subject: str) -> Publication | None:
    """Return the last version of a page if it was taken back before it was public: its words are worth keeping."""
    last = own_publications(viewer).filter(subject=subject).order_by("-pk").first()
    unseen = last is not None and last.state == PublicationState.WITHDRAWN and last.published_at is None
    return last if unseen else None


def previews_of(viewer: Viewer, publication: Publication) -> dict[int, Preview]:
    """Return what the named units were shown and answered, by unit; for the office and reviewers of the committee."""
    if not keeps_words_of(viewer, publication.committee_id):
        return {}
    return {one.unit: one for one in Preview.unscoped.filter(publication=publication)}


def previews_shown_to(viewer: Viewer) -> QuerySet[Preview]:
    """Return the texts shown to the unit the viewer acts for, those without an answer first; none for anybody else.

    A text that was taken back before it was public is no longer shown.
    """
    if not isinstance(viewer, Appointed) or viewer.role != roles.UNIT:
        return Preview.unscoped.none()
    rows = Preview.unscoped.filter(unit=viewer.organisation_id, publication__committee_id=viewer.committee_id)
    rows = rows.exclude(publication__state=PublicationState.WITHDRAWN)
    return rows.select_related("publication").order_by("answered_at", "answer_until", "pk")


def reviewers_of(viewer: Viewer, publication: Publication) -> list[str]:
    """Return the names of those who reviewed a publication, in order; for the committee's own office and reviewers."""
    if not keeps_words_of(viewer, publication.committee_id):
        return []
    held = list(publication.reviews.order_by("pk").values_list("appointment", flat=True))
    names = dict(Appointment.unscoped.filter(pk__in=held).values_list("pk", "person__name"))
    return [names.get(pk, "") for pk in held]
