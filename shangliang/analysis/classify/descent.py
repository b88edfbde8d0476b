"""Training the network, with scipy. Imported in the child process that trains and nowhere else."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

from shangliang.analysis.classify.features import Columns, Values
from shangliang.analysis.classify.network import softmax

HIDDEN = 192
FEW = 5_000  # texts: below it smaller batches and more passes
HIDDEN_FEW, PASSES_FEW, BATCH_FEW, STEP_FEW = 128, 8, 32, 4e-3
PASSES, BATCH, STEP = 6, 64, 8e-3
MOST_SEEN = 90_000  # texts over all passes: beyond 15,000 texts there are fewer passes, at least two
DROPPED_INPUT, DROPPED_HIDDEN = 0.2, 0.5
SMOOTHING = 0.05
_KEPT_MEAN, _KEPT_SQUARE, _TINY = 0.9, 0.999, 1e-8
_AT_ONCE = 256  # rows moved together: they fit the processor's cache, which makes it three times as fast


class Weights(NamedTuple):
    """The four parameters while learning: first (columns × hidden), its bias, second (hidden × classes), its bias."""

    first: Values
    first_bias: Values
    second: Values
    second_bias: Values


def learn_network(rows: Any, classes: npt.NDArray[np.int64], how_many: int, seed: int) -> Weights:
    """Fit by Adam with falling steps and cross-entropy. Rows: scipy CSR (texts × columns); classes 0..how_many-1.

    Of the first layer only the rows of a batch move (Kingma and Ba 2015, the "lazy" form for sparse input). One thread.
    """
    chance = np.random.default_rng(seed)
    count = rows.shape[0]
    weights = _start(rows.shape[1], HIDDEN if count >= FEW else HIDDEN_FEW, how_many, chance)
    moments = tuple((np.zeros_like(each), np.zeros_like(each)) for each in weights)
    passes, size, length = (PASSES_FEW, BATCH_FEW, STEP_FEW) if count < FEW else (_passes(count), BATCH, STEP)
    steps, step = passes * -(-count // size), 0
    for _pass in range(passes):
        order = chance.permutation(count)
        for start in range(0, count, size):
            batch = order[start : start + size]
            used, slopes = _slopes(weights, rows[batch], classes[batch], chance)
            _move(weights, moments, used, slopes, length * (1 - step / steps), step + 1)
            step += 1
    return weights


def _passes(count: int) -> int:
    return max(2, min(PASSES, MOST_SEEN // count))


def forward(weights: Weights, rows: Any) -> Values:
    """Return the scores of many rows (texts × classes) before softmax. Rows: scipy CSR."""
    return np.asarray(
        np.maximum(rows @ weights.first + weights.first_bias, 0) @ weights.second + weights.second_bias
    )


def _start(columns: int, hidden: int, how_many: int, chance: np.random.Generator) -> Weights:
    bound = hidden**-0.5
    return Weights(
        chance.standard_normal((columns, hidden), np.float32) * np.float32(0.1),
        np.zeros(hidden, np.float32),
        chance.uniform(-bound, bound, (hidden, how_many)).astype(np.float32),
        np.zeros(how_many, np.float32),
    )


def _slopes(
    weights: Weights, rows: Any, classes: npt.NDArray[np.int64], chance: np.random.Generator
) -> tuple[Columns, tuple[Values, ...]]:
    """Return the columns in use and the slope of the loss at each parameter (of the first layer: only those columns)."""
    kept = chance.random(len(rows.data), np.float32) >= DROPPED_INPUT
    used, places = np.unique(rows.indices, return_inverse=True)
    data = rows.data * kept / np.float32(1 - DROPPED_INPUT)
    packed = sparse.csr_matrix((data, places, rows.indptr), shape=(rows.shape[0], len(used)))
    raised = np.maximum(packed @ weights.first[used] + weights.first_bias, 0)
    mask = (chance.random(raised.shape, np.float32) >= DROPPED_HIDDEN) / np.float32(1 - DROPPED_HIDDEN)
    hidden = raised * mask
    error = softmax(hidden @ weights.second + weights.second_bias)
    error -= SMOOTHING / error.shape[1]
    error[np.arange(len(classes)), classes] -= 1 - SMOOTHING
    error /= len(classes)
    back = (error @ weights.second.T) * mask * (raised > 0)
    return used, (packed.T @ back, back.sum(0), hidden.T @ error, error.sum(0))


def _move(
    weights: Weights,
    moments: tuple[Any, ...],
    used: Columns,
    slopes: tuple[Values, ...],
    step: float,
    count: int,
) -> None:
    """Move every parameter one Adam step, in place (the slopes are used up); of the first layer only the rows in use."""
    rate = np.float32(step * np.sqrt(1 - _KEPT_SQUARE**count) / (1 - _KEPT_MEAN**count))
    for start in range(0, len(used), _AT_ONCE):
        piece = slice(start, start + _AT_ONCE)
        _move_one(weights.first, moments[0], slopes[0][piece], used[piece], rate)
    for value, moment, slope in zip(weights[1:], moments[1:], slopes[1:], strict=True):
        _move_one(value, moment, slope, slice(None), rate)


def _move_one(value: Values, moment: Any, slope: Values, place: Any, rate: np.float32) -> None:
    mean, square = moment
    moved, spread = mean[place] * np.float32(_KEPT_MEAN), square[place] * np.float32(_KEPT_SQUARE)
    moved += slope * np.float32(1 - _KEPT_MEAN)
    slope *= slope
    slope *= np.float32(1 - _KEPT_SQUARE)
    spread += slope
    mean[place], square[place] = moved, spread
    np.sqrt(spread, out=spread)
    spread += np.float32(_TINY)
    moved /= spread
    moved *= rate
    value[place] -= moved
