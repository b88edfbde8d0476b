"""One shape for every figure: what is counted, in which unit, over which scope and period, and how to say it."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import translation

SMALLEST_FOR_A_SHARE = 30  # below this many, a share would pretend a precision that is not there


@dataclass(frozen=True)
class Scope:
    """Where and when: the committees counted (the asked one and its descendants) and the days, both ends included.

    ``as_of`` counts only what had been recorded by the end of that day, and what had happened by then.
    """

    committee_ids: tuple[int, ...]
    from_on: date | None = None
    to_on: date | None = None
    as_of: date | None = None

    @property
    def last_day(self) -> date | None:
        """Return the last day of happening that counts, or None for no limit."""
        return self.as_of or self.to_on

    def days(self, field_name: str) -> dict[str, date]:
        """Return the filter on a column of happening."""
        wanted: dict[str, date] = {}
        if self.from_on:
            wanted[f"{field_name}__gte"] = self.from_on
        if self.last_day:
            wanted[f"{field_name}__lte"] = self.last_day
        return wanted

    def holds(self, day: date) -> bool:
        """Tell whether a day of happening lies inside."""
        return not (self.from_on and day < self.from_on) and not (self.last_day and day > self.last_day)


@dataclass(frozen=True)
class Counted:
    """What a definition found: one code per counted unit, named parts, and the value (None where nothing can be said)."""

    rows: list[str]
    parts: dict[str, int] = field(default_factory=dict)
    value: int | None = None


@dataclass(frozen=True)
class Metric:
    """A definition: id, version, unit of count, the words that explain it, and the query that counts it.

    ``labels`` say what each part is called on a page; ``of`` names the part that is the denominator, if there is one;
    ``page`` is the name of the address of one counted row.
    """

    key: str
    version: int
    name: Any
    unit: Any
    text: Any
    counts_by: Any
    count: Callable[[Scope], Counted]
    labels: dict[str, Any] = field(default_factory=dict)
    of: str = ""
    page: str = ""


def computed(metric: Metric, scope: Scope) -> dict[str, Any]:
    """Count a metric. Return the line that is printed and published: value, parts, rows and a hash over all of it."""
    found = metric.count(scope)
    with translation.override(None):  # the hash must not depend on the reader's language
        unit = str(metric.unit)
    line = {
        "metric": metric.key,
        "version": metric.version,
        "value": found.value,
        "parts": found.parts,
        "unit": unit,
        "rows": sorted(found.rows),
    }
    return {**line, "sha256": fingerprint(line)}


def fingerprint(line: dict[str, Any]) -> str:
    """Return SHA-256 over the canonical JSON of a computed line: the same rows give the same hash on any database."""
    body = json.dumps(line, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(body.encode()).hexdigest()


def has_small_denominator(metric: Metric, line: dict[str, Any]) -> bool:
    """Tell whether a figure has a denominator too small to be turned into a share."""
    return bool(metric.of) and line["parts"][metric.of] < SMALLEST_FOR_A_SHARE
