"""What an index of many texts keeps of one, so that texts of one matter meet: its rarest pairs of characters."""

import hashlib
import math
from collections import Counter
from itertools import combinations

from shangliang.analysis.same_matter.rarity import RARITY, normalise, pairs_of

TITLE_BONUS, REPEAT_BONUS, RARITY_CAP = 3.0, 2.0, 9.0
KEPT_ONE_IN = 3  # of the combinations of two rare pairs
_64_BITS = (1 << 64) - 1


def rare_grams(text: str, k: int = 12) -> list[int]:
    """The k rarest character pairs of a text as signed 64-bit numbers, rarest first; the same in every process.

    `text`: a title line and the body, or one sentence. A pair of the first of several lines or said again weighs
    more. An empty text gives []. Numbers: the first 8 bytes of BLAKE2b over UTF-8, big-endian.
    """
    first, _, rest = text.partition("\n")
    in_title = pairs_of(normalise(first)) if rest.strip() else []
    counts = Counter(in_title)
    counts.update(pairs_of(normalise(rest if rest.strip() else first)))
    title = set(in_title)

    def order(gram: str) -> tuple[float, str]:
        weight = min(RARITY.get(gram, math.inf), RARITY_CAP) + REPEAT_BONUS * math.log(counts[gram])
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


def _mixed(one: int, other: int) -> int:
    """Two numbers as one signed 64-bit number, whichever comes first (the finaliser of SplitMix64)."""
    mixed = (min(one, other) * 0x9E3779B97F4A7C15 ^ max(one, other) * 0xC2B2AE3D27D4EB4F) & _64_BITS
    mixed = ((mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9) & _64_BITS
    mixed = ((mixed ^ mixed >> 27) * 0x94D049BB133111EB) & _64_BITS
    mixed ^= mixed >> 31
    return mixed - (1 << 64) if mixed >> 63 else mixed


def _number(gram: str) -> int:
    return int.from_bytes(hashlib.blake2b(gram.encode(), digest_size=8).digest(), "big", signed=True)
