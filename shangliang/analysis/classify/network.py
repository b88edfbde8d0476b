"""A small network over sparse rows: one hidden layer of rectified units, softmax. Read with numpy; see ``descent``."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from shangliang.analysis.classify.features import Columns, Row, Values

Table = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class Network:
    """Weights: the columns it reads (sorted), first layer (columns × hidden, whole numbers) and its scale, the rest floats."""

    reads: Columns
    first: Table
    first_scale: Values
    first_bias: Values
    second: Values
    second_bias: Values

    def hidden(self, row: Row) -> Values:
        """Return the hidden layer of one row (hidden,)."""
        places, kept = self._places(row)
        return np.maximum(row.values[kept] @ self.first[places] * self.first_scale + self.first_bias, 0)

    def scores(self, row: Row) -> Values:
        """Return the scores of the classes before softmax (classes,)."""
        return self.hidden(row) @ self.second + self.second_bias

    def told_by(self, row: Row, direction: Values) -> Values:
        """Return what each column of the row adds along a direction of the classes; exact while no unit switches."""
        places, kept = self._places(row)
        slope = (self.hidden(row) > 0) * (self.second @ direction) * self.first_scale
        told = np.zeros(len(row.columns), np.float32)
        told[kept] = row.values[kept] * (self.first[places] @ slope)
        return told

    def _places(self, row: Row) -> tuple[Columns, npt.NDArray[np.bool_]]:
        places = np.minimum(np.searchsorted(self.reads, row.columns), max(len(self.reads) - 1, 0))
        if not len(self.reads):
            return places[:0], np.zeros(len(places), np.bool_)
        kept = self.reads[places] == row.columns
        return places[kept], kept


def softmax(scores: Values) -> Values:
    """Return shares that sum to 1 along the last axis."""
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(raised / raised.sum(-1, keepdims=True))
