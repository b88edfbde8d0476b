"""How the views are joined and how confidence is made honest, learned from texts no view was trained on."""

from collections.abc import Sequence
from itertools import product

import numpy as np
import numpy.typing as npt

from shangliang.analysis.classify.features import Values
from shangliang.analysis.classify.model import Blend, blended

SHARPNESS = {"linear": (3.0, 4.0, 6.0, 8.0, 11.0), "network": (0.7, 1.0, 1.4, 2.0)}
SHARES = (0.3, 0.4, 0.5, 0.6, 0.7)
WHOLE = tuple(np.round(np.arange(0.6, 1.81, 0.05), 2))
SURE_SHARE = 0.95
FEWEST_SURE = 20  # held-out texts before a confidence may be called sure

Classes = npt.NDArray[np.int64]


def choose_blend(linear: Values, networks: Sequence[Values], truth: Classes) -> Blend:
    """Return the blend with the least mean negative log share of the right class. Scores are (texts × classes)."""
    tried = [Blend(*each, 1.0) for each in product(SHARPNESS["linear"], SHARPNESS["network"], SHARES)]
    best = min(tried, key=lambda blend: loss(blended(linear, networks, blend), truth))
    sharper = [best._replace(whole=float(whole)) for whole in WHOLE]
    return min(sharper, key=lambda blend: loss(blended(linear, networks, blend), truth))


def loss(shares: Values, truth: Classes) -> float:
    """Return the mean negative log share of the right class, in nats."""
    return float(-np.log(shares[np.arange(len(truth)), truth] + 1e-9).mean())


def sure_from(linear: Values, networks: Sequence[Values], truth: Classes, blend: Blend) -> float:
    """Return the least confidence from which 95 % of the first suggestions were right; 2 where there is none.

    At least twenty texts must reach it, and one standard error is left as a margin.
    """
    shares = blended(linear, networks, blend)
    confidence, right = shares.max(1), shares.argmax(1) == truth
    order = np.argsort(-confidence, kind="stable")
    counts = np.arange(1, len(order) + 1)
    share = np.cumsum(right[order]) / counts
    error = np.sqrt(SURE_SHARE * (1 - SURE_SHARE) / counts)
    enough = np.flatnonzero((share - error >= SURE_SHARE) & (counts >= FEWEST_SURE))
    return float(confidence[order[enough[-1]]]) if len(enough) else 2.0
