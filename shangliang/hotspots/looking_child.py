"""Run as a program of its own: what was said on standard input, the matters many speak of on standard output.

It loads much and takes minutes on a large district: so it happens here, with limits set before the first text is read,
and never in a process that serves people. The texts come through the pipe and are written nowhere. Imports nothing of
ours but the pure library.
"""

import json
import os
import resource
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

MEMORY = 8 * 1024 * 1024 * 1024  # addresses, libraries included
SECONDS_OF_WORK = 1800  # of the processor; a million texts may take a quarter of an hour on two
NICENESS = 10  # whoever waits for a page goes first
NO_MEMORY = 3  # how it ends where there was not enough
NOON = time(12)


def limit() -> None:
    """Take away from this process what looking does not need."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_OF_WORK, SECONDS_OF_WORK))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(NICENESS)


def looked(order: dict[str, Any], rows: Sequence[list[Any]]) -> dict[str, Any]:
    """Find what many speak of and what comes back with the season.

    A row is [key, who, day, title, body, place, group, kind]: numbers or None, an ISO day, three texts, and what staff
    sorted it into. The order holds ``until``, ``today``, ``most``, ``weeks`` and ``ahead``.
    """
    from shangliang.analysis import hot_topics  # noqa: PLC0415 - after the limits

    said = [
        hot_topics.Said(key, who, datetime.combine(date.fromisoformat(day), NOON), title, body, place, group)
        for key, who, day, title, body, place, group, _kind in rows
    ]
    until = date.fromisoformat(order["until"])
    found = hot_topics.find_topics(said, most=len(said), today=until) if said else []
    spoke = {one.key: (one.at.date(), one.who) for one in said}
    return {
        "texts": len(said),
        "matters": len(found) + len(said) - sum(len(one.keys) for one in found),
        "topics": [
            _topic(one, hot_topics.weekly_counts([spoke[key] for key in one.keys], until, order["weeks"]))
            for one in found[: order["most"]]
        ],
        "season": _season(hot_topics, order, rows, found),
    }


def _topic(one: Any, by_week: list[int]) -> dict[str, Any]:
    return {
        "title_of": one.title_of,
        "title": one.title,
        "keys": list(one.keys),
        "since": one.since.date().isoformat(),
        "until": one.until.date().isoformat(),
        "places": list(one.places),
        "heat": one.heat,
        "people": one.heat_parts.people,
        "weeks_spoken": one.heat_parts.weeks_spoken,
        "growth": one.heat_parts.growth,
        "by_week": by_week,
    }


def _season(hot_topics: Any, order: dict[str, Any], rows: Sequence[list[Any]], found: list[Any]) -> list[Any]:
    """Ask twice: by the matter somebody spoke of, and by the kind and place staff sorted it into; what is found first stays."""
    matter = {key: f"t{number}" for number, one in enumerate(found) for key in one.keys}
    central = {key: at for one in found for at, key in enumerate(one.keys)}
    by_matter = [(row, matter.get(row[0]) or _alone(row, row[6])) for row in rows]
    by_kind = [(row, row[7] or _alone(row)) for row in rows]
    kept: list[Any] = []
    for labelled in (by_matter, by_kind):
        happened = [
            hot_topics.Happened(row[0], row[1], date.fromisoformat(row[2]), label) for row, label in labelled
        ]
        today, ahead = date.fromisoformat(order["today"]), order["ahead"]
        for one in hot_topics.returning(happened, today=today, ahead_weeks=ahead):
            keys = {key for year in one.years for key in year.keys}
            if not any(
                len(keys & set(other["keys"])) * 2 >= min(len(keys), len(other["keys"])) for other in kept
            ):
                kept.append(_came_back(one, keys, central))
    return kept


def _alone(row: list[Any], group: int | None = None) -> str:
    """Return the label of what no one else spoke of: it cannot come back, and is part of all that was said."""
    return f"x{row[0]}" if group is None else f"g{group}"


def _came_back(one: Any, keys: Iterable[Any], central: dict[Any, int]) -> dict[str, Any]:
    ordered = sorted(keys, key=lambda key: (central.get(key, len(central)), key))
    return {
        "keys": ordered,
        "first_week": one.first_week,
        "last_week": one.last_week,
        "starts_on": one.starts_on.isoformat(),
        "people": one.people,
        "expected": one.expected,
        "surprise": one.surprise,
        "years": [
            {"year": year.year, "weeks": list(year.weeks), "people": year.people} for year in one.years
        ],
    }


def main() -> int:
    """Do the one order on the first line with what was said on the lines behind it."""
    limit()
    try:
        order, *rows = [json.loads(line) for line in sys.stdin.buffer]
        answer = looked(order, rows)
    except MemoryError:
        return NO_MEMORY
    sys.stdout.write(json.dumps(answer, ensure_ascii=True))
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    raise SystemExit(main())
