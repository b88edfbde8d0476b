"""B5: hot topics of so many texts, some of which speak of matters planted among them.

Run as a program (`python -m shangliang.instance.bench.hot TEXTS`) it prints its figures as JSON: a process of its own, so
that its memory can be told. No database takes part.
"""

import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from shangliang.analysis.hot_topics import Matters, Said, find_matters
from shangliang.instance.bench.speech import said_of
from shangliang.instance.bench.texts import TROUBLES, Trouble, communities, troubles_told

PLANTED = 24  # matters, every fourth in the compound of the one before it, with another trouble
JUDGED_AMONG = 60  # the first topics
FOUND_FROM = 0.8  # F1 of the likest topic
LONGEST = 150_000  # texts a planted share is reckoned from; beyond, the largest matters stay as large
DAYS = 730
FIRST_DAY = datetime(2025, 1, 1, 8)
FIRST_SIGNS, SECOND_SIGNS = "澜砚棠瑾嵘珩霁昀筠蓁", "亭邑墅麓洲岚溆樾寓墟"
LAST_WORDS = ("苑", "花园", "新村", "家园", "公寓")
AS_TITLE = (
    "{place}{trouble}",
    "{place}{trouble}谁来管",
    "关于{place}{trouble}的问题",
    "反映{place}{trouble}",
    "",
)


@dataclass(frozen=True)
class Planted:
    """A matter of our own: so many people speak of one trouble in one compound, in a span of days."""

    number: int
    name: str
    kind: int
    people: int
    first_day: float
    days: float


def planted(texts: int, seed: int = 5) -> list[Planted]:
    """Return the planted matters: the largest a fiftieth of the texts, the smallest sixteen people or a 640th."""
    chance, names = random.Random(seed), _names(seed)
    made: list[Planted] = []
    for number in range(PLANTED):
        beside = made[-1] if number % 4 == 3 else None
        people = max(16, int(min(texts, LONGEST) / 50 / (number + 1) ** 0.8))
        kind = chance.randrange(len(TROUBLES))
        kind = (beside.kind + 7) % len(TROUBLES) if beside else kind
        days = chance.choice((20, 60, 200, 500))
        first = chance.random() * (DAYS - days)
        made.append(Planted(number, beside.name if beside else next(names), kind, people, first, days))
    return made


def _names(seed: int) -> Iterator[str]:
    every = [first + second for first in FIRST_SIGNS for second in SECOND_SIGNS]
    random.Random(seed).shuffle(every)
    for at, name in enumerate(every):
        yield name + LAST_WORDS[at % len(LAST_WORDS)]


def what_many_say(texts: int, seed: int = 5) -> Iterator[tuple[Said, int | None]]:
    """Yield so many messages and the number of the planted matter each speaks of, None for all the rest."""
    chance, matters = random.Random(seed), planted(texts, seed)
    of_matters = [(one, person) for one in matters for person in range(one.people)]
    for key, (one, person) in enumerate(of_matters):
        at = FIRST_DAY + timedelta(days=one.first_day + chance.random() * one.days)
        title, body = _told(chance, one.name, one.kind)
        yield Said(key, f"p{one.number}-{person}", at, title, body), one.number
    rest, names = texts - len(of_matters), [one.removesuffix("社区") for one in communities()]
    for number, trouble in enumerate(troubles_told(rest, seed)):
        at = FIRST_DAY + timedelta(days=DAYS * number / rest)
        title, body = _told(
            chance, f"{names[trouble.community]}{trouble.place}{_shop(trouble)}", trouble.kind
        )
        yield Said(len(of_matters) + number, f"r{number}", at, title, body), None


def _shop(trouble: Trouble) -> str:
    return f"{trouble.shop}店旁" if trouble.shop else ""


def _told(chance: random.Random, place: str, kind: int) -> tuple[str, str]:
    """Title and text of one message about a kind of trouble at a place; every fifth has no title."""
    title = chance.choice(AS_TITLE).format(
        place=place, trouble=chance.choice((TROUBLES[kind][0], said_of(chance, kind)[:9]))
    )
    where = chance.choice((place, f"{place}这里", f"我住在{place}", f"{place}附近"))
    return title, f"{where}{said_of(chance, kind)}{said_of(chance, kind)}"


def measure(texts: int) -> dict[str, Any]:
    """Make the texts, find the topics; return seconds, peak memory of the process and what was found of the planted."""
    said, about = zip(*what_many_say(texts), strict=True)
    before = _peak_mb()
    began = time.monotonic()
    found = find_matters(said, most=100)
    seconds = time.monotonic() - began
    return {
        "texts": len(said),
        "seconds": round(seconds, 1),
        "peak_mb": round(_peak_mb()),
        "texts_alone_mb": round(before),
        "matters": len(found.matters),
        **judged(found, dict(zip((one.key for one in said), about, strict=True))),
    }


def judged(found: Matters, about: dict[int, int | None]) -> dict[str, Any]:
    """Compare the first topics with the planted matters: how many were found, and the mean F1 of the likest topic."""
    sizes: dict[int, int] = {}
    for number in about.values():
        if number is not None:
            sizes[number] = sizes.get(number, 0) + 1
    best = dict.fromkeys(sizes, 0.0)
    for topic in found.topics[:JUDGED_AMONG]:
        inside = [about[key] for key in topic.keys]
        for number in {one for one in inside if one is not None}:
            f1 = 2 * inside.count(number) / (len(inside) + sizes[number])
            best[number] = max(best[number], f1)
    return {
        "planted": len(best),
        "found": sum(f1 >= FOUND_FROM for f1 in best.values()),
        "mean_f1": round(sum(best.values()) / len(best), 3),
    }


def _peak_mb() -> float:
    """Peak resident memory of this process in MB (Linux counts in KB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(sizes: Sequence[int]) -> dict[str, Any]:
    """Measure each number of texts in a process of its own; return the figures by number."""
    return {str(texts): _in_a_process(texts) for texts in sizes}


def _in_a_process(texts: int) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "shangliang.instance.bench.hot", str(texts)],
        cwd=settings.BASE, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(int(sys.argv[1]))))
