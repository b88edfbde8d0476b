"""Many small trees over the measures of a pair and of the texts around it, and the mean of what they say.

Trees with random cuts (Geurts, Ernst, Wehenkel 2006), each leaf from at least five pairs; trained by `training`, read and
walked with numpy alone. The file holds numbers only.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray[Any, Any]
FILE = Path(__file__).with_name("forest.npz")


class Forest(NamedTuple):
    """All nodes of all trees in one row: ``root`` (trees,); of each node the ``measure`` it asks (-1 at a leaf), its ``cut``
    (up to it one goes to the next node, above to ``above``) and the ``share`` of pairs of one matter there; ``shift`` one number.
    """

    root: Array
    measure: Array
    cut: Array
    above: Array
    share: Array
    shift: float


@lru_cache(maxsize=1)
def forest() -> Forest:
    """Read the shipped trees once."""
    with np.load(FILE) as kept:
        values = {name: kept[name] for name in Forest._fields[:-1]}
        return Forest(**values, shift=float(kept["shift"]))


def shares(rows: Array, known: Forest) -> Array:
    """Return the mean share (pairs,) in 0..1 that the trees give each row of measures (pairs, measures)."""
    values = np.asarray(rows, np.float32)
    at = np.repeat(known.root[None, :].astype(np.int64), len(values), axis=0)
    line = np.arange(len(values))[:, None]
    while True:
        asked = known.measure[at]
        if (asked < 0).all():
            return np.asarray(known.share[at].mean(1), np.float64)
        further = np.where(values[line, np.maximum(asked, 0)] <= known.cut[at], at + 1, known.above[at])
        at = np.where(asked < 0, at, further)
