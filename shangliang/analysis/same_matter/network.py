"""The learned part: a few small networks over the measures of a pair, and the mean of what they say.

Each has one layer of hyperbolic tangents; all were trained from different beginnings on the same pairs (`training`). The
file holds numbers only. `shift` moves the mean so that 0.5 is where most pairs were told right.
"""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float64]]

FILE = Path(__file__).with_name("network.npz")
CLIP = 4.0  # spreads from the mean; no measure of an odd text outweighs all others


class Networks(NamedTuple):
    """``mean``, ``spread`` (measures,); ``into`` (measures, networks * width), ``at`` (networks * width,); ``out``
    (networks, width), ``bias`` (networks,); ``shift`` one number.
    """

    mean: "Array"
    spread: "Array"
    into: "Array"
    at: "Array"
    out: "Array"
    bias: "Array"
    shift: float


@lru_cache(maxsize=1)
def networks() -> Networks:
    """Read the shipped weights once."""
    import numpy as np  # noqa: PLC0415

    with np.load(FILE) as kept:
        values = {name: kept[name].astype(np.float64) for name in Networks._fields[:-1]}
        return Networks(**values, shift=float(kept["shift"]))


def shares(rows: "list[list[float]] | Array", known: Networks) -> "Array":
    """Return the mean (pairs,) in 0..1 of what the networks say of each row of measures (pairs, measures), not shifted."""
    import numpy as np  # noqa: PLC0415

    values = np.clip((np.asarray(rows, np.float64) - known.mean) / known.spread, -CLIP, CLIP)
    inner = np.tanh(values @ known.into + known.at).reshape(len(values), *known.out.shape)
    each = 1 / (1 + np.exp(-((inner * known.out).sum(2) + known.bias)))
    return np.asarray(each.mean(1))


def shifted(values: "Array", shift: float) -> "Array":
    """Return shares moved so that logistic(shift) becomes 0.5; 0 and 1 stay."""
    import numpy as np  # noqa: PLC0415

    inside = np.clip(values, 1e-9, 1 - 1e-9)
    return np.asarray(1 / (1 + (1 - inside) / inside * np.exp(shift)))
