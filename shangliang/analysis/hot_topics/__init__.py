"""What many people speak of: which messages are one matter, how hot it is, and what comes back every year.

A topic is one matter (the same place, object or organisation and the same trouble), not a place and not a kind.
`find_topics` needs numpy and scipy, loads them when it is called, and belongs into a child process or a command; everything
else here is plain Python.
"""

from collections.abc import Sequence
from datetime import date
from importlib import import_module

from shangliang.analysis.hot_topics.heat import heat, heat_parts, weekly_counts
from shangliang.analysis.hot_topics.returning import Happened, Returning, Season, returning
from shangliang.analysis.hot_topics.said import HeatParts, Matters, Said, Topic

__all__ = [
    "Happened", "HeatParts", "Matters", "Returning", "Said", "Season", "Topic", "find_matters", "find_topics", "heat",
    "heat_parts", "returning", "weekly_counts",
]  # fmt: skip


def find_matters(said: Sequence[Said], *, most: int = 100, today: date | None = None) -> Matters:
    """Return the topics of `find_topics`, and beside them the keys of every matter that was said twice or more."""
    found: Matters = import_module("shangliang.analysis.hot_topics.finding").matters_in(said, most, today)
    return found


def find_topics(said: Sequence[Said], *, most: int = 100, today: date | None = None) -> list[Topic]:
    """Return the hottest matters by falling heat; each of at least two messages, no message in two of them.

    ``today``: the day growth is counted back from; by default that of the latest message. Messages of one ``group`` come
    in one topic. The same input gives the same topics.
    """
    return find_matters(said, most=most, today=today).topics
