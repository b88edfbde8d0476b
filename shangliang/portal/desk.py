"""What the desk of public words shows beside a publication: which buttons are open, what named units saw and said."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from shangliang.foundation import roles
from shangliang.foundation.models import Preview, Publication
from shangliang.foundation.moves import moves_open_to
from shangliang.foundation.states import PUBLICATION, PUBLISH, REVIEW_DONE, WITHDRAW, PublicationState
from shangliang.foundation.viewer import Viewer
from shangliang.people.queries import committee_by_id
from shangliang.portal.drafts import Draft, draft_matter_page, draft_topic_page
from shangliang.portal.queries import previews_of, reviewers_of
from shangliang.reports.queries import get_matter_for
from shangliang.topics.queries import get_topic_for
from shangliang.ui.parts import Button

ADDRESSES = {REVIEW_DONE.name: "portal:review", PUBLISH.name: "portal:publish"}


@dataclass(frozen=True)
class UnitSeen:
    """One named unit: what it was shown, what it said, and whether we still wait for it."""

    pk: int
    name: str
    preview: Preview | None
    waits: bool


def draft_for(viewer: Viewer, subject: str) -> Draft | None:
    """Return the draft of the page of "matter:CODE" or "topic:CODE"; None where the viewer may not prepare it."""
    kind, _colon, code = subject.partition(":")
    if kind == "matter":
        matter = get_matter_for(viewer, code)
        return draft_matter_page(viewer, matter) if matter else None
    topic = get_topic_for(viewer, code) if kind == "topic" else None
    return draft_topic_page(viewer, topic) if topic else None


def units_of(viewer: Viewer, publication: Publication, today: date) -> list[UnitSeen]:
    """Return the named units in order, each with what it was shown and said."""
    shown = previews_of(viewer, publication)
    seen = []
    for pk, name in publication.named_units:
        one = shown.get(int(pk))
        waits = one is None or (one.answered_at is None and one.answer_until >= today)
        seen.append(UnitSeen(int(pk), name, one, waits))
    return seen


def buttons_of(viewer: Viewer, publication: Publication) -> list[Button]:
    """Return the buttons open to the viewer: never the review of one's own words."""
    own = getattr(viewer, "person_id", None) == publication.prepared_by
    moves = [
        one
        for one in moves_open_to(viewer, publication, PUBLICATION)
        if one.name in ADDRESSES and not (one == REVIEW_DONE and own)
    ]
    return [
        Button(str(one.label), reverse(ADDRESSES[one.name], args=[publication.code]), is_main=number == 0)
        for number, one in enumerate(moves)
    ]


def context_of(viewer: Viewer, publication: Publication, today: date) -> dict[str, Any]:
    """Return what the page of one publication shows beside the public page itself."""
    open_moves = moves_open_to(viewer, publication, PUBLICATION)
    is_public = publication.state == PublicationState.PUBLISHED
    return {
        "publication": publication,
        "units": units_of(viewer, publication, today),
        "reviewers": reviewers_of(viewer, publication),
        "buttons": buttons_of(viewer, publication),
        "may_withdraw": WITHDRAW in open_moves,
        "may_show": viewer.role in roles.OFFICE and not is_public and WITHDRAW in open_moves,
        "is_own": getattr(viewer, "person_id", None) == publication.prepared_by,
        "public_url": public_address(publication) if is_public else "",
    }


def public_address(publication: Publication) -> str:
    """Return where everybody reads the page, through the committee's own name."""
    kind, _colon, code = publication.subject.partition(":")
    return reverse(f"portal:{kind}", args=[committee_by_id(publication.committee_id).slug, code])
