"""What kind of trouble a text speaks of, as a short vector: likeness of two kinds without a shared word.

Weights: a linear classifier over 81 kinds of the tickets of one city's hotline, characters and pairs that two cities use;
`training` makes the file again. The kinds themselves are never shown: only how near two texts lie counts.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from shangliang.analysis.same_matter.rarity import RARITY

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float32]]

FILE = Path(__file__).with_name("kinds.npz")


class Table(NamedTuple):
    """``row`` of each gram; ``worth`` (grams,) = idf / rarity; ``slope`` (grams, kinds), small integers times ``step``
    (kinds,); ``shift`` (kinds,).
    """

    row: dict[str, int]
    worth: "Array"
    slope: Any
    step: "Array"
    shift: "Array"


@lru_cache(maxsize=1)
def table() -> Table:
    """Read the shipped table once: 1.4 MB."""
    import numpy as np  # noqa: PLC0415

    with np.load(FILE) as kept:
        singles, pairs = str(kept["singles"]), str(kept["pairs"])
        grams = [*singles, *(pairs[at : at + 2] for at in range(0, len(pairs), 2))]
        row = {gram: number for number, gram in enumerate(grams)}
        idf, step, shift = (kept[name].astype(np.float32) for name in ("idf", "step", "shift"))
        worth = idf / np.array([RARITY[gram] for gram in grams], np.float32)
        return Table(row, worth, kept["slope"], step, shift)


def kind_of(*weights: Mapping[str, float]) -> "Array":
    """Return a vector of length 1 for a text given as its grams, each with (1 + ln of its count) * its rarity.

    Each value is the square root of the share of one kind, so that the product of two vectors is 1 for equal shares
    (Bhattacharyya). A text without a known gram gets the shares of an empty one.
    """
    import numpy as np  # noqa: PLC0415  (a page that scores nothing loads no numpy)

    known = table()
    row = known.row
    found = [(row[gram], weight) for bag in weights for gram, weight in bag.items() if gram in row]
    rows = [number for number, _weight in found]
    values = np.array([weight for _row, weight in found], np.float32) * known.worth[rows]
    length = float(np.sqrt(values @ values)) or 1.0
    sums = (values / length) @ known.slope[rows] * known.step + known.shift
    shares = np.sqrt(1 / (1 + np.exp(-sums)))
    return np.asarray(shares / np.sqrt(shares @ shares), np.float32)
