"""How rare characters and pairs of characters are, as arrays: the table of `same_matter`, read once."""

from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

RARE_PAIR = 5.2  # nats: in fewer than 1 of 180 texts, mostly names and particulars
TELLING_PAIR = 3.5  # nats: in fewer than 1 of 33 texts
UNKNOWN_PAIR = 8.0  # nats: rarer than the rarest pair of the table
Array = np.ndarray[Any, Any]


class Rarities(NamedTuple):
    """``singles[code]`` in nats; ``of_pairs[i]`` belongs to the pair ``pairs[i]`` = first code * 65536 + second, rising."""

    singles: Array
    pairs: Array
    of_pairs: Array


@lru_cache(maxsize=1)
def rarities() -> Rarities:
    """Return the table. A character that is not in it counts as rare as the rarest that is."""
    singles, pairs = np.full(1 << 16, np.nan, np.float32), {}
    table = Path(__file__).parents[1] / "char_frequencies.txt"
    for line in table.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        value, single, double = line.split("\t")
        singles[[ord(one) for one in single]] = float(value)
        for at in range(0, len(double), 2):
            pairs[ord(double[at]) << 16 | ord(double[at + 1])] = float(value)
    singles[np.isnan(singles)] = np.nanmax(singles)
    keys = np.array(sorted(pairs), dtype=np.int64)
    return Rarities(singles, keys, np.array([pairs[key] for key in keys.tolist()], np.float32))


def rarity_of(pairs: Array) -> Array:
    """Return the rarity in nats of pairs given as first code * 65536 + second."""
    table = rarities()
    at = np.minimum(np.searchsorted(table.pairs, pairs), len(table.pairs) - 1)
    return np.where(table.pairs[at] == pairs, table.of_pairs[at], UNKNOWN_PAIR).astype(np.float32)


def rarest_pair(word: str) -> float:
    """Return the rarity of the rarest pair of a short word, 0 where it has none."""
    keys = [ord(one) << 16 | ord(two) for one, two in pairwise(word.lower()) if max(one, two) < "\U00010000"]
    return float(rarity_of(np.array(keys, dtype=np.int64)).max(initial=0))
