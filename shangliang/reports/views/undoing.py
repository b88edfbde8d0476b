"""Undo: offered for a moment after an act, by the codes it touched, kept in the session of whoever did it."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

from shangliang.foundation import clock

OFFERED = timedelta(seconds=45)
_KEY = "desk_undo"


def offer_undo(request: HttpRequest, words: str, codes: list[str]) -> None:
    """Remember what was just done, so that the next page offers to take it back."""
    until = clock.now() + OFFERED
    request.session[_KEY] = {"words": words, "token": ",".join(codes), "until": until.isoformat()}


def undo_on_offer(request: HttpRequest) -> dict[str, Any] | None:
    """Return the words and the codes of what was just done, or None when it is too long ago. Writes nothing."""
    kept = request.session.get(_KEY)
    return kept if kept and datetime.fromisoformat(kept["until"]) > clock.now() else None


def forget_undo(request: HttpRequest) -> None:
    """Offer it no longer: it was taken back."""
    request.session.pop(_KEY, None)
