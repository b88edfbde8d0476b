"""The only door to weeks, hot topics and matters of the season; every function takes the viewer."""

from shangliang.hotspots.queries.lists import (
    chosen,
    counts_by_state,
    get_week_for,
    hot_topics_of,
    latest_looks,
    seasons_of,
    weeks_of,
)
from shangliang.hotspots.queries.one import (
    Held,
    already,
    free_matters_of,
    get_proposed_for,
    reports_of,
    reports_to_join,
    sources_of,
)

__all__ = [
    "Held",
    "already",
    "chosen",
    "counts_by_state",
    "free_matters_of",
    "get_proposed_for",
    "get_week_for",
    "hot_topics_of",
    "latest_looks",
    "reports_of",
    "reports_to_join",
    "seasons_of",
    "sources_of",
    "weeks_of",
]
