"""What is kept of one text so that it can be compared with many: weights of its characters, pairs and names."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from shangliang.analysis.same_matter.kinds import kind_of
from shangliang.analysis.same_matter.places import names_in
from shangliang.analysis.same_matter.rarity import (
    RARE_PAIR,
    RARITY,
    UNKNOWN_PAIR,
    UNKNOWN_SINGLE,
    normalise,
    pairs_of,
)

if TYPE_CHECKING:
    import numpy as np

    Vector = np.ndarray[Any, np.dtype[np.float32]]

SCORED_TEXT = 1200
LEAD = 80
TITLE_COUNTS = 2
MIDDLE = (1.8, 6.0)  # nats: words of a trouble, neither everybody's nor a name
TOLD = (2.5, RARE_PAIR)
RARE_SINGLE = 4.0
_AREA = re.compile(r"[a-z]\d{0,2}[市区县]")  # a district behind a letter: in every text, says nothing
_NUMBER = re.compile(r"\d*[a-z]*\d+[a-z]*")
_YEAR = re.compile(r"(20)?1\d|20\d\d")
_CHINESE_DIGIT = re.compile(r"[一二三四五六七八九](?=号|期|栋|路公交|区|院|街|组)")
_DIGITS = str.maketrans("一二三四五六七八九", "123456789")


@dataclass(frozen=True, slots=True)
class Weighed:
    """Grams with their weights (1 + ln count) * rarity, and the lengths of the vector: whole, and of the middle words."""

    weights: dict[str, float]
    length: float
    middle: float


@dataclass(frozen=True, slots=True)
class Profile:
    """One text made ready for comparison. Opaque: only `same_matter` reads it."""

    title: str
    text: str
    singles: Weighed
    title_singles: Weighed
    pairs: Weighed
    title_pairs: Weighed
    title_all: Weighed
    lead: Weighed
    rare_mass: float
    title_rare_mass: float
    title_told_mass: float
    title_skips: frozenset[str]
    numbers: frozenset[str]
    title_numbers: frozenset[str]
    all_numbers: frozenset[str]
    names: dict[str, tuple[str, float]]
    title_names: dict[str, tuple[str, float]]
    kind_title: "Vector"
    kind_whole: "Vector"


def rarity_of_gram(gram: str) -> float:
    """Return the rarity in nats of one character or of a pair."""
    return RARITY.get(gram) or (UNKNOWN_SINGLE if len(gram) == 1 else UNKNOWN_PAIR)


@lru_cache(maxsize=512)
def profile(title: str, body: str) -> Profile:
    """Make one text ready for comparison; reads the title and the first 1,200 characters of the body.

    An empty title is replaced by the beginning of the body. Some 0.8 ms for 350 characters; the last 512 are kept.
    """
    rest = _plain(body[:SCORED_TEXT])
    head = _plain(title) or rest[:30]
    text = f"{head} {rest}"
    in_title, in_body = Counter(pairs_of(head)), Counter(pairs_of(rest))
    title_once, body_once = _characters(head), _characters(rest)
    pairs, title_pairs = weighed_pairs(_twice(in_title, in_body)), weighed_pairs(in_title)
    singles, title_singles = weighed_singles(_twice(title_once, body_once)), weighed_singles(title_once)
    begun = _plain(body[:LEAD])
    return Profile(
        head,
        text,
        singles,
        title_singles,
        pairs,
        title_pairs,
        joined(title_singles, title_pairs),
        joined(weighed_singles(_characters(begun)), weighed_pairs(Counter(pairs_of(begun)))),
        _mass(pairs.weights, RARE_PAIR, math.inf),
        _mass(title_pairs.weights, RARE_PAIR, math.inf),
        _mass(title_pairs.weights, *TOLD),
        _skips(head),
        frozenset(_NUMBER.findall(text)),
        frozenset(one for one in _NUMBER.findall(_folded(head)) if not _YEAR.fullmatch(one)),
        frozenset(_NUMBER.findall(_folded(text))),
        names_in(text),
        names_in(head),
        kind_of(title_singles.weights, title_pairs.weights),
        kind_of(singles.weights, pairs.weights),
    )


def weighed_pairs(counts: Counter[str]) -> Weighed:
    """Weigh pairs of characters by how often they stand there and how rare they are."""
    low, high = MIDDLE
    weights, middle = {}, []
    for gram, count in counts.items():
        rarity = RARITY.get(gram, UNKNOWN_PAIR)
        weights[gram] = weight = rarity if count == 1 else (1 + math.log(count)) * rarity
        if low < rarity < high:
            middle.append(weight)
    return Weighed(weights, length_of(weights.values()), length_of(middle))


def weighed_singles(counts: Counter[str]) -> Weighed:
    """Weigh characters by how often they stand there and how rare they are."""
    weights = {
        gram: RARITY.get(gram, UNKNOWN_SINGLE) * (1.0 if count == 1 else 1 + math.log(count))
        for gram, count in counts.items()
    }
    return Weighed(weights, length_of(weights.values()), 1.0)


def joined(one: Weighed, other: Weighed) -> Weighed:
    """Return two bags without a common gram as one."""
    return Weighed({**one.weights, **other.weights}, math.hypot(one.length, other.length), 1.0)


def length_of(values: Iterable[float]) -> float:
    """Return the Euclidean length; 1 for nothing, so that one may divide by it."""
    return math.hypot(*values) or 1.0


def _plain(text: str) -> str:
    return _AREA.sub(" ", normalise(text))


def _twice(title: Counter[str], body: Counter[str]) -> Counter[str]:
    counts = body.copy()
    for gram, count in title.items():
        counts[gram] += TITLE_COUNTS * count
    return counts


def _characters(text: str) -> Counter[str]:
    counts = Counter(text)
    del counts[" "]
    return counts


def _mass(grams: Iterable[str], low: float, high: float) -> float:
    return math.fsum(rarity for gram in grams if low <= (rarity := RARITY.get(gram, UNKNOWN_PAIR)) < high)


def _skips(text: str) -> frozenset[str]:
    """Two characters beside each other or with one between, whichever comes first: names are misspelt and turned round."""
    near, far = pairwise(text), zip(text, text[2:], strict=False)
    return frozenset(f"{min(two)}{max(two)}" for two in (*near, *far) if " " not in two)


def _folded(text: str) -> str:
    return _CHINESE_DIGIT.sub(lambda found: found.group().translate(_DIGITS), text)
