"""A text as a sparse row of numbers: known n-grams, dampened by frequency, each field of unit length."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from shangliang.analysis.classify.grams import Grams, Hashes, grams_of, prepared

FIELD_SHARES = np.array([1.0, 0.5], np.float32)  # whole text, opening
RAREST_KEPT = 2  # texts: an n-gram of one text says nothing of another, and may be a name

Columns = npt.NDArray[np.int64]
Values = npt.NDArray[np.float32]


class Row(NamedTuple):
    """One text: sorted column numbers and their values, arrays of one length."""

    columns: Columns
    values: Values


@dataclass(frozen=True, eq=False)
class Features:
    """The n-grams a model knows: sorted hashes; field, length in signs, number of texts and weight of each."""

    keys: Hashes
    fields: npt.NDArray[np.uint8]
    lengths: npt.NDArray[np.uint8]
    texts: npt.NDArray[np.int32]
    idf: Values

    def row(self, text: str) -> Row:
        """Return the text as a row; empty where no n-gram is known."""
        return self.row_of(grams_of(prepared(text)))

    def row_of(self, grams: Grams) -> Row:
        """Return the row of n-grams already taken: (1 + ln count) · idf, fields scaled to their shares."""
        columns, counts = np.unique(self.columns(grams.hashes), return_counts=True)
        known = columns >= 0
        columns, counts = columns[known], counts[known]
        values = ((1 + np.log(counts)) * self.idf[columns]).astype(np.float32)
        fields = self.fields[columns]
        lengths = np.sqrt(np.bincount(fields, values**2, minlength=len(FIELD_SHARES)))
        return Row(columns, values * (FIELD_SHARES / np.maximum(lengths, 1e-9)).astype(np.float32)[fields])

    def columns(self, hashes: Hashes) -> Columns:
        """Return the column of each hash, -1 where it is not known."""
        if not len(self.keys):
            return np.full(len(hashes), -1, np.int64)
        places = np.minimum(np.searchsorted(self.keys, hashes), len(self.keys) - 1)
        return np.where(self.keys[places] == hashes, places, -1)


def learn_features(grams: Sequence[Grams], most: int) -> Features:
    """Return the features of a training set: the ``most`` commonest n-grams of at least two texts.

    idf = ln((1 + texts) / (1 + texts with it)) + 1. ValueError when no n-gram stands in two texts.
    """
    firsts = [np.unique(each.hashes, return_index=True) for each in grams]
    everything = np.concatenate([hashes for hashes, _first in firsts])
    fields, lengths = (
        np.concatenate([column[first] for column, (_hashes, first) in zip(columns, firsts, strict=True)])
        for columns in ([each.fields for each in grams], [each.lengths for each in grams])
    )
    keys, first, counts = np.unique(everything, return_index=True, return_counts=True)
    kept = _commonest(counts, most)
    if not len(kept):
        raise ValueError("这些文本没有共同的字词，无法训练。")
    idf = (np.log((1 + len(grams)) / (1 + counts[kept])) + 1).astype(np.float32)
    at = first[kept]
    return Features(keys[kept], fields[at], lengths[at].astype(np.uint8), counts[kept].astype(np.int32), idf)


def _commonest(counts: npt.NDArray[np.int64], most: int) -> Columns:
    """Return the numbers, rising, of the ``most`` greatest counts of at least two."""
    enough = np.flatnonzero(counts >= RAREST_KEPT)
    return np.sort(enough[np.argsort(-counts[enough], kind="stable")[:most]])
