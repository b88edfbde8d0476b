"""Turning the kept content of a page into what its template is given. Nothing is looked up and nothing is counted."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext as _

from shangliang.foundation.models import Publication
from shangliang.ui.dates import when_span
from shangliang.ui.parts import Fact, Step

VERDICTS = ("judged", "solved_yes", "satisfied_yes")  # keys of what those who raised it say


def shown(content: dict[str, Any], *, with_verdicts: bool = True) -> dict[str, Any]:
    """Return the parts of a page: area, chip, gathered, steps, facts, lists and note, as they were reviewed.

    Without verdicts it is what a named unit is shown beforehand: what the people say is not for it to see or correct.
    """
    left_out = () if with_verdicts else VERDICTS
    return {
        **{name: content[name] for name in ("area", "gathered", "note")},
        "chip": _fixed(content["chip"]),
        "steps": [_step(one) for one in content["steps"] if one["key"] not in left_out],
        "facts": [_fact(one) for one in content["facts"] if one["key"] not in left_out],
        "lists": [
            {**one, "deadline": _day(one["deadline"]), "chip": _fixed(one["chip"])}
            for one in content["lists"]
        ],
    }


def code_of(publication: Publication) -> str:
    """Return the public code of the matter or topic a page is about."""
    return publication.subject.partition(":")[2]


def version_of(publication: Publication) -> str:
    """Return the number of a version: "page-3" is 3."""
    return publication.part.rpartition("-")[2]


def listed(slug: str, rows: Iterable[Publication]) -> list[dict[str, Any]]:
    """Return published pages for a list: title, address, area, chip and the day they were published."""
    found = []
    for one in rows:
        kind, _colon, code = one.subject.partition(":")
        url = reverse(f"portal:{kind}", args=[slug, code])
        words = {"area": one.content.get("area", ""), "chip": _fixed(one.content.get("chip", ""))}
        found.append({**words, "title": one.title, "url": url, "published_at": one.published_at})
    return found


def _fixed(words: str) -> str:
    """Return one of our own fixed words in the reader's language; what people wrote stays as it was reviewed."""
    return gettext(words) if words else ""


def _step(kept: dict[str, Any]) -> Step:
    own = kept["words"]
    return Step(
        title=_fixed(kept["title"]),
        when=when_span(_day(kept["when"]), _day(kept["until"])),
        chip=kept["who"],
        text=_("本人同意公开这一句。") if own else kept["text"],
        words=kept["text"] if own else "",
        kind=kept["kind"],
    )


def _fact(kept: dict[str, Any]) -> Fact:
    said = {name: value for name, value in kept.items() if name != "key"}
    return Fact(**said | {name: _fixed(said[name]) for name in ("label", "unit", "detail")})


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
