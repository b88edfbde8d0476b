"""Turning the kept content of a page into what its template is given. Nothing is looked up and nothing is counted."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from shangliang.foundation.models import Publication
from shangliang.ui.dates import when_span
from shangliang.ui.parts import Fact, Step


def shown(content: dict[str, Any]) -> dict[str, Any]:
    """Return the parts of a page: area, chip, gathered, steps, facts, lists and note, as they were reviewed."""
    return {
        **{name: content[name] for name in ("area", "chip", "gathered", "note")},
        "steps": [_step(one) for one in content["steps"]],
        "facts": [Fact(**one) for one in content["facts"]],
        "lists": [{**one, "deadline": _day(one["deadline"])} for one in content["lists"]],
    }


def listed(slug: str, rows: Iterable[Publication]) -> list[dict[str, Any]]:
    """Return published pages for a list: title, address, area, chip and the day they were published."""
    found = []
    for one in rows:
        kind, _colon, code = one.subject.partition(":")
        url = reverse(f"portal:{kind}", args=[slug, code])
        words = {name: one.content.get(name, "") for name in ("area", "chip")}
        found.append({**words, "title": one.title, "url": url, "published_at": one.published_at})
    return found


def _step(kept: dict[str, Any]) -> Step:
    own = kept["words"]
    return Step(
        title=kept["title"],
        when=when_span(_day(kept["when"]), _day(kept["until"])),
        chip=kept["who"],
        text=_("本人同意公开这一句。") if own else kept["text"],
        words=kept["text"] if own else "",
        kind=kept["kind"],
    )


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
