"""A plain weighted sum over the measures of a pair and of the texts around it: steadier than networks and trees.

A logistic function with a strong penalty on its weights, so that none of few labelled pairs bends it; trained by `training`. The
file holds numbers only.
"""

from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from shangliang.analysis.same_matter.network import CLIP

Array = np.ndarray[Any, Any]
FILE = Path(__file__).with_name("line.npz")


class Line(NamedTuple):
    """``mean``, ``spread`` and ``slope`` (measures,), ``bias`` one number; ``shift`` is not used and 0."""

    mean: Array
    spread: Array
    slope: Array
    bias: Array
    shift: float


@lru_cache(maxsize=1)
def line() -> Line:
    """Read the shipped weights once."""
    with np.load(FILE) as kept:
        values = {name: kept[name].astype(np.float64) for name in Line._fields[:-1]}
        return Line(**values, shift=float(kept["shift"]))


def shares(rows: Array, known: Line) -> Array:
    """Return the share (pairs,) in 0..1 that the weighted sum gives each row of measures (pairs, measures)."""
    values = np.clip((np.asarray(rows, np.float64) - known.mean) / known.spread, -CLIP, CLIP)
    return np.asarray(1 / (1 + np.exp(-(values @ known.slope + known.bias))))
