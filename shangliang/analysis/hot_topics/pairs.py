"""Which texts may speak of the same matter: those that share telling pairs few others have, or two of them together.

A pair of characters that stands in more than `CROWD` texts says nothing by itself; among a million texts that is true of
every name of a place. So each text's rarest pairs are also taken two by two. What two texts share is added up by a sparse
product in blocks; of each text the best `NEIGHBOURS` are kept. Work: texts * grams per text * at most `CROWD`.
"""

from collections.abc import Iterator

import numpy as np
from scipy import sparse

from shangliang.analysis.hot_topics.grams import Array, Rows

CROWD = 200  # more texts than this with one gram: it tells nothing
NEIGHBOURS = 20
RAREST = 12  # pairs of a text that are taken two by two
KEPT_ONE_IN = 3  # of those combinations
GROUP = 50
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
    both = [_not_crowded(telling), _two_by_two(telling)]
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
    """Combinations of two of the rarest pairs of each text that another text has too, with the lower weight of the two.

    What more than `CROWD` texts hold is cut, in the order of the rows, into groups of `GROUP` that meet each other only:
    a matter of thousands must not be lost because it is one.
    """
    text, key, weight = (np.concatenate(one) for one in zip(*_combined(telling), strict=True))
    order = np.argsort(key, kind="stable")
    text, key, weight = text[order], key[order], weight[order]
    starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]]) if len(key) else np.empty(0, np.int64)
    often = np.diff(np.r_[starts, len(key)])
    place = np.arange(len(key)) - np.repeat(starts, often)
    often = np.repeat(often, often)
    begins = (place == 0) | ((often > CROWD) & (place % GROUP == 0))
    column = np.cumsum(begins) - 1
    kept = often > 1
    shape = (telling.shape[0], int(column[-1]) + 1 if len(column) else 1)
    return sparse.coo_matrix((weight[kept], (text[kept], column[kept])), shape=shape).tocsr()


def _combined(telling: Rows, part: int = 100_000) -> Iterator[tuple[Array, Array, Array]]:
    """Text, 64-bit key and weight of a third of all combinations of two of the rarest pairs, always the same third."""
    one, other = np.triu_indices(RAREST, 1)
    for first in range(0, telling.shape[0], part):
        columns, weights = _rarest(telling[first : first + part])
        a, b = columns[:, one], columns[:, other]
        key = mixed(np.minimum(a, b).astype(np.uint64), np.maximum(a, b).astype(np.uint64))
        weight = np.minimum(weights[:, one], weights[:, other])
        text = np.broadcast_to(np.arange(first, first + len(columns), dtype=np.int32)[:, None], key.shape)
        kept = (weight > 0) & (key % np.uint64(KEPT_ONE_IN) == 0)
        yield text[kept], key[kept], weight[kept]


def mixed(lower: Array, higher: Array) -> Array:
    """Two arrays of 64-bit numbers as one (a round of the finaliser of SplitMix64 over both)."""
    value = lower * np.uint64(0x9E3779B97F4A7C15) ^ higher * np.uint64(0xC2B2AE3D27D4EB4F)
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    return np.asarray(value ^ (value >> np.uint64(31)))


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
