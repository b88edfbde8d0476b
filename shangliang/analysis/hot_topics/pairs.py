"""Which texts may speak of the same matter: those that share telling pairs few others have, or two of them together.

A pair of characters that stands in more than `CROWD` texts says nothing by itself; among a million texts that is true of
every name of a place. So each text's rarest pairs are also taken two by two. What two texts share is added up by a sparse
product in blocks; of each text the best `NEIGHBOURS` are kept. Work: texts * grams per text * at most `CROWD`.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy import sparse

from shangliang.analysis.hot_topics.grams import Array, Rows

CROWD = 200  # more texts than this with one gram: it tells nothing
NEIGHBOURS = 40
RAREST = 12  # pairs of a text that are taken two by two
PART = 4000  # texts of one product


def candidates(telling: Rows, neighbours: int = NEIGHBOURS) -> tuple[Array, Array]:
    """Return pairs of row numbers (lower, higher), each once, in rising order.

    ``telling``: the rows of `grams.TextRows.telling`. A text that shares nothing telling with any other is in no pair.
    """
    rows = _worth_comparing(telling)
    turned = rows.T.tocsr()
    many = rows.shape[0]
    found = [_best_of(rows[at : at + PART] @ turned, at, neighbours) for at in range(0, many, PART)]
    keys = np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)
    return (keys // many).astype(np.int32), (keys % many).astype(np.int32)


def _best_of(shared: Rows, first: int, neighbours: int) -> Array:
    """Keys lower * texts + higher of the best neighbours of the texts from ``first`` on."""
    many = shared.shape[1]
    found = [_strongest(shared, row, first + row, neighbours) for row in range(shared.shape[0])]
    of_row = np.repeat(np.arange(first, first + len(found)), [len(one) for one in found])
    others = np.concatenate(found) if found else np.empty(0, np.int64)
    return np.unique(np.minimum(of_row, others) * many + np.maximum(of_row, others))


def _strongest(shared: Rows, row: int, itself: int, neighbours: int) -> Array:
    start, end = shared.indptr[row], shared.indptr[row + 1]
    others = shared.indices[start:end].astype(np.int64)
    if end - start > neighbours + 1:
        best = np.argpartition(shared.data[start:end], -neighbours - 1)[-neighbours - 1 :]
        others = others[best]
    return np.asarray(others[others != itself])


def _worth_comparing(telling: Rows) -> Rows:
    """Square roots of weights of what 2 to `CROWD` texts hold: single pairs, and two of the rarest together."""
    both = [_not_crowded(telling), _not_crowded(_two_by_two(telling))]
    joined: Rows = sparse.hstack(both, format="csr", dtype=np.float32)
    joined.data = np.sqrt(joined.data)
    return joined


def _not_crowded(rows: Rows) -> Rows:
    often = np.bincount(rows.indices, minlength=rows.shape[1])
    columns = np.flatnonzero((often > 1) & (often <= CROWD))
    number = np.full(rows.shape[1], -1, np.int32)
    number[columns] = np.arange(len(columns), dtype=np.int32)
    kept = number[rows.indices] >= 0
    passed = np.r_[0, np.cumsum(kept)]
    shape = (rows.shape[0], max(len(columns), 1))
    return sparse.csr_matrix((rows.data[kept], number[rows.indices[kept]], passed[rows.indptr]), shape=shape)


def _two_by_two(telling: Rows) -> Rows:
    """All combinations of the rarest pairs of each text, as hashes, with the lower weight of the two."""
    made = list(_combined(telling))
    text, column, weight = (np.concatenate(one) for one in zip(*made, strict=True))
    pointer = np.r_[0, np.cumsum(np.bincount(text, minlength=telling.shape[0]))]
    rows = sparse.csr_matrix((weight, column, pointer), shape=telling.shape)
    rows.sum_duplicates()
    return rows


def _combined(telling: Rows, part: int = 100_000) -> Iterator[tuple[Array, Array, Array]]:
    one, other = np.triu_indices(RAREST, 1)
    for first in range(0, telling.shape[0], part):
        columns, weights = _rarest(telling[first : first + part])
        lower, higher = (np.minimum, np.maximum)
        a, b = columns[:, one], columns[:, other]
        mixed = lower(a, b).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ higher(a, b).astype(np.uint64)) * np.uint64(0xC2B2AE3D27D4EB4F)
        column = (mixed >> np.uint64(39)).astype(np.int32)
        weight = np.minimum(weights[:, one], weights[:, other])
        text = np.broadcast_to(np.arange(first, first + len(columns))[:, None], column.shape)
        kept = weight > 0
        yield text[kept], column[kept], weight[kept]


def _rarest(rows: Rows) -> tuple[Array, Array]:
    """Columns and weights of the `RAREST` heaviest entries of each row; weight 0 where a row has fewer."""
    many = np.diff(rows.indptr)
    row = np.repeat(np.arange(rows.shape[0]), many)
    order = np.lexsort((rows.indices, -rows.data, row))
    place = np.arange(len(order)) - np.repeat(rows.indptr[:-1], many)
    kept = place < RAREST
    columns = np.zeros((rows.shape[0], RAREST), np.int64)
    weights = np.zeros((rows.shape[0], RAREST), np.float32)
    columns[row[order][kept], place[kept]] = rows.indices[order][kept]
    weights[row[order][kept], place[kept]] = rows.data[order][kept]
    return columns, weights


__all__: list[Any] = ["candidates"]
