"""What goes in and what comes out of `find_topics`: plain tuples, made by anybody, of anything people said."""

from collections.abc import Hashable
from datetime import datetime
from typing import Any, NamedTuple


class Said(NamedTuple):
    """What one person said once. ``who`` is used to count distinct people and for nothing else."""

    key: Any  # yours; comes back in Topic.keys
    who: Hashable | None  # None counts as a person of its own
    at: datetime  # all aware, or all naive
    title: str = ""
    body: str = ""
    place: str = ""  # a place the record names, or ""
    group: Hashable | None = None  # messages that staff joined have the same; they are never parted


class HeatParts(NamedTuple):
    """What heat is made of, so that a page can show the sum."""

    people: int  # distinct people
    weeks_spoken: int  # in how many weeks, Monday to Sunday, somebody spoke
    growth: float  # 0 to 1: share of the people who spoke in the last eight weeks


class Topic(NamedTuple):
    """One matter: the same place, object or organisation and the same trouble."""

    title_of: Any  # key of the message whose words are the title
    title: str  # private data hidden, at most 60 signs
    keys: list[Any]  # the most central message first
    since: datetime
    until: datetime
    places: list[str]  # at most 5, what most messages name first
    heat: float
    heat_parts: HeatParts


class Matters(NamedTuple):
    """All that was found in what was said."""

    topics: list[Topic]  # the hottest, named, by falling heat
    matters: list[
        list[Any]
    ]  # the keys of every matter of two and more messages, by falling heat; topics first
