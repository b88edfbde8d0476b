"""Which reports may speak of the same matter: candidates by rare character pairs, an exact score on top.

How it was learned. Frequencies: shares of texts that hold a character or pair, over 7,142 messages to one city and
13,950 hotline tickets of another; a pair ships only if both cities use it or at least 2 % of one do, so names of
places and people count as rare. Score: a logistic function of three features, fitted on 720 pairs read by hand.

How it was checked. Pairs were grouped by connected components (225; no text on both sides of a split), five folds, six
shuffles, weights and threshold learned on four folds only: F1 0.936 over pairs, 0.893 with the pool weights (character
1-gram TF-IDF cosine on the same folds: 0.88 and 0.75). Candidates over 4,326 messages, at most 50 each, found by 0.993
of the same-matter pairs in both directions; the longest posting list held 70 rows. The labelled pairs were
themselves picked by word likeness, so the recall of pairs sharing no rare word is lower than that.
"""

import hashlib
import math
import re
import unicodedata
from collections import Counter
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

LONGEST_TEXT = 5000
SCORED_TEXT = 1200
TITLE_COUNTS = 2
UNKNOWN_PAIR = 8.0  # nats: rarer than the rarest pair of the table
RARE_PAIR = 5.2  # nats: in fewer than 1 of 180 texts, mostly names and particulars
TELLING_PAIR = 3.5  # nats: in fewer than 1 of 33 texts
TITLE_BONUS, REPEAT_BONUS, RARITY_CAP = 3.0, 2.0, 9.0
BIAS, WEIGHTS = -8.993, (11.187, 0.962, 6.361)
THRESHOLD = 0.5
KEPT_ONE_IN = 3  # of the combinations of two rare pairs
_64_BITS = (1 << 64) - 1

_NOT_TEXT = re.compile(r"[^0-9a-z\u3400-\u9fff]+")
_STOP = frozenset(
    "的了是在我们你您他她它这那有和与及或就都也很还不没被把给让对从到向为于以之其等着过得地吗呢吧啊个请"
)


def _frequencies() -> dict[str, float]:
    """{character or pair: -ln(share of texts)} from the data file; one line per value: value, characters, pairs."""
    table = {}
    for line in Path(__file__).with_name("char_frequencies.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        value, singles, pairs = line.split("\t")
        table.update(dict.fromkeys(singles, float(value)))
        table.update(dict.fromkeys((pairs[at : at + 2] for at in range(0, len(pairs), 2)), float(value)))
    return table


_RARITY = _frequencies()
_UNKNOWN_SINGLE = max(value for gram, value in _RARITY.items() if len(gram) == 1)


class _Profile(NamedTuple):
    whole: dict[str, float]
    title: dict[str, float]
    rare: dict[str, float]


def normalise(text: str) -> str:
    """Half width, small letters, everything but letters, digits and Chinese characters turned into one blank.

    Takes any text; reads its first 5,000 characters.
    """
    return _NOT_TEXT.sub(" ", unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).lower()).strip()


def rare_grams(text: str, k: int = 12) -> list[int]:
    """The k rarest character pairs of a text as signed 64-bit numbers, rarest first; the same in every process.

    `text`: a title line and the body, or one sentence. A pair of the first of several lines or said again weighs
    more. An empty text gives []. Numbers: the first 8 bytes of BLAKE2b over UTF-8, big-endian.
    """
    first, _, rest = text.partition("\n")
    in_title = _pairs(normalise(first)) if rest.strip() else []
    counts = Counter(in_title)
    counts.update(_pairs(normalise(rest if rest.strip() else first)))
    title = set(in_title)

    def order(gram: str) -> tuple[float, str]:
        weight = min(_RARITY.get(gram, math.inf), RARITY_CAP) + REPEAT_BONUS * math.log(counts[gram])
        return -round(weight + TITLE_BONUS * (gram in title), 2), gram

    return [_number(gram) for gram in sorted(counts, key=order)[:k]]


def index_keys(text: str) -> list[int]:
    """What an index of many texts keeps of one: its 12 rarest pairs, and a third of all combinations of two of them.

    Among a million texts a place name alone stands in thousands; two such names together stand in a few. Which third
    is kept depends on the combination, so that two texts that share some keep the same ones. The same in every process.
    """
    singles = rare_grams(text)
    together = (_mixed(one, other) for one, other in combinations(singles, 2))
    return singles + [key for key in together if key % KEPT_ONE_IN == 0]


def score(title_a: str, body_a: str, title_b: str, body_b: str) -> float:
    """How surely two reports speak of one matter, 0..1; from THRESHOLD on they are shown as alike.

    Symmetric. An empty title is replaced by the beginning of the body. Two empty texts give a value near 0.
    """
    features = _features(_profile(title_a, body_a), _profile(title_b, body_b))
    total = BIAS + sum(weight * value for weight, value in zip(WEIGHTS, features, strict=True))
    return 1 / (1 + math.exp(-total))


def shared_words(a: str, b: str) -> list[str]:
    """Up to 6 maximal common substrings of two texts, longest first: why they were shown beside each other.

    At least 2 characters each, in the spelling of `normalise`, stop characters cut off at both ends; none of them
    lies inside another.
    """
    left, right = normalise(a), normalise(b)
    found: set[str] = set()
    at = 0
    while at < len(left) - 1:
        end = _longest(left, at, right)
        if end - at >= 2:
            found.update(_words(left[at:end]))
        at = max(end - 1, at + 1)
    ordered = sorted(found, key=lambda word: (-len(word), -_rarity_of(word), word))
    chosen: list[str] = []
    for word in ordered:
        if not any(word in longer for longer in chosen):
            chosen.append(word)
    return chosen[:6]


def rarity_shared(typed: str, text: str, place: str = "") -> float:
    """How much a few typed words share with a short text, in nats: the rarity of the telling pairs in both.

    Pairs everybody uses count nothing, and neither do those of ``place``: the same street alone is not the same matter.
    """
    apart = set(_pairs(normalise(place)))
    both = (set(_pairs(normalise(typed))) & set(_pairs(normalise(text)))) - apart
    rarities = (_RARITY.get(pair, UNKNOWN_PAIR) for pair in both)
    return math.fsum(one for one in rarities if one >= TELLING_PAIR)


def _longest(left: str, at: int, right: str) -> int:
    end = at
    while end < len(left) and left[at : end + 1] in right:
        end += 1
    return end


def _words(piece: str) -> list[str]:
    trimmed = (part.strip("".join(_STOP)) for part in piece.split())
    return [part for part in trimmed if len(part) >= 2]


def _rarity_of(word: str) -> float:
    return max((_RARITY.get(pair, UNKNOWN_PAIR) for pair in _pairs(word)), default=0.0)


def _pairs(text: str) -> list[str]:
    return [text[at : at + 2] for at in range(len(text) - 1) if text[at] != " " != text[at + 1]]


def _mixed(one: int, other: int) -> int:
    """Two numbers as one signed 64-bit number, whichever comes first (the finaliser of SplitMix64)."""
    mixed = (min(one, other) * 0x9E3779B97F4A7C15 ^ max(one, other) * 0xC2B2AE3D27D4EB4F) & _64_BITS
    mixed = ((mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9) & _64_BITS
    mixed = ((mixed ^ mixed >> 27) * 0x94D049BB133111EB) & _64_BITS
    mixed ^= mixed >> 31
    return mixed - (1 << 64) if mixed >> 63 else mixed


def _number(gram: str) -> int:
    return int.from_bytes(hashlib.blake2b(gram.encode(), digest_size=8).digest(), "big", signed=True)


@lru_cache(maxsize=512)
def _profile(title: str, body: str) -> _Profile:
    rest = normalise(body[:SCORED_TEXT])
    head = normalise(title) or rest[:30]
    singles, pairs_title = Counter(head), _pairs(head)
    in_title = singles + Counter(pairs_title)
    for character in singles:
        singles[character] *= TITLE_COUNTS
    singles.update(rest)
    pairs = {*pairs_title, *_pairs(rest)}
    rare = {pair: rarity for pair in pairs if (rarity := _RARITY.get(pair, UNKNOWN_PAIR)) >= RARE_PAIR}
    return _Profile(_unit(singles), _unit(in_title), rare)


def _unit(counts: Counter[str]) -> dict[str, float]:
    """A vector of length 1: (1 + ln count) * rarity for each gram; the blank does not count."""
    del counts[" "]
    vector = {
        gram: (1 + math.log(count) if count > 1 else 1.0)
        * (_RARITY.get(gram) or (_UNKNOWN_SINGLE if len(gram) == 1 else UNKNOWN_PAIR))
        for gram, count in counts.items()
    }
    length = math.sqrt(sum(value * value for value in vector.values())) or 1.0
    return {gram: value / length for gram, value in vector.items()}


def _features(a: _Profile, b: _Profile) -> tuple[float, float, float]:
    """Likeness of the whole, ln(1 + rarity shared), likeness of what the titles say beside the names they share."""
    shared = a.rare.keys() & b.rare.keys()
    names = {character for pair in shared for character in pair}
    rarity = math.fsum(a.rare[pair] for pair in shared)
    rest = _cosine(_without(a.title, names), _without(b.title, names))
    return _cosine(a.whole, b.whole), math.log1p(rarity), rest


def _without(vector: dict[str, float], names: set[str]) -> dict[str, float]:
    left = {gram: value for gram, value in vector.items() if names.isdisjoint(gram)}
    length = math.sqrt(math.fsum(value * value for value in left.values())) or 1.0
    return {gram: value / length for gram, value in left.items()}


def _cosine(a: dict[str, float], b: dict[str, float]) -> float:
    # fsum: the order of a set of strings differs between processes, and with it the last digit of a plain sum.
    return math.fsum(a[gram] * b[gram] for gram in a.keys() & b.keys())
