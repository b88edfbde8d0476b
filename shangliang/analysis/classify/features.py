"""A text as a sparse row of numbers: known n-grams, weighed by rarity and by what they tell, each group of unit length."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from shangliang.analysis.classify.grams import GROUPS, Grams, Hashes, grams_of, prepared

DAMPING = 0.8  # power of the count
RAREST_KEPT = 2  # texts: an n-gram of one text says nothing of another, and may be a name

Columns = npt.NDArray[np.int64]
Values = npt.NDArray[np.float32]


class Row(NamedTuple):
    """One text: sorted column numbers and their values, arrays of one length."""

    columns: Columns
    values: Values


@dataclass(frozen=True, eq=False)
class Features:
    """The n-grams a model knows: sorted hashes; group and weight of each (idf, later times what it tells)."""

    keys: Hashes
    groups: npt.NDArray[np.uint8]
    weights: Values

    def row(self, text: str) -> Row:
        """Return the text as a row; empty where no n-gram is known."""
        return self.row_of(grams_of(prepared(text)))

    def row_of(self, grams: Grams) -> Row:
        """Return the row of n-grams already taken: count^0.8 · weight, every group scaled to length 1."""
        columns, counts = np.unique(self.columns(grams.hashes), return_counts=True)
        known = columns >= 0
        columns, counts = columns[known], counts[known]
        values = (counts**DAMPING * self.weights[columns]).astype(np.float32)
        groups = self.groups[columns]
        lengths = np.sqrt(np.bincount(groups, values**2, minlength=len(GROUPS)))
        return Row(columns, values / np.maximum(lengths, 1e-9).astype(np.float32)[groups])

    def columns(self, hashes: Hashes) -> Columns:
        """Return the column of each hash, -1 where it is not known."""
        if not len(self.keys):
            return np.full(len(hashes), -1, np.int64)
        places = np.minimum(np.searchsorted(self.keys, hashes), len(self.keys) - 1)
        return np.where(self.keys[places] == hashes, places, -1)


def learn_features(grams: Sequence[Grams], most: int) -> tuple[Features, npt.NDArray[np.int64]]:
    """Return the features of a training set, the ``most`` commonest n-grams of at least two texts, and the texts of each.

    idf = ln((1 + texts) / (1 + texts with it)) + 1. ValueError when no n-gram stands in two texts.
    """
    firsts = [np.unique(each.hashes, return_index=True) for each in grams]
    everything = np.concatenate([hashes for hashes, _first in firsts])
    groups = np.concatenate(
        [each.groups[first] for each, (_hashes, first) in zip(grams, firsts, strict=True)]
    )
    keys, first, counts = np.unique(everything, return_index=True, return_counts=True)
    kept = _commonest(counts, most)
    if not len(kept):
        raise ValueError("这些文本没有共同的字词，无法训练。")
    idf = (np.log((1 + len(grams)) / (1 + counts[kept])) + 1).astype(np.float32)
    return Features(keys[kept], groups[first[kept]], idf), counts[kept]


def _commonest(counts: npt.NDArray[np.int64], most: int) -> Columns:
    """Return the numbers, rising, of the ``most`` greatest counts of at least two."""
    enough = np.flatnonzero(counts >= RAREST_KEPT)
    return np.sort(enough[np.argsort(-counts[enough], kind="stable")[:most]])
