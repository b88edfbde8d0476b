"""How much an n-gram tells the labels apart: learned from labelled rows, and part of the weight of its column.

Rarity alone (idf) counts the name of a rare street as much as the name of a rare matter; this counts the second more.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from shangliang.analysis.classify.features import Values
from shangliang.analysis.classify.grams import GROUPS

PRIOR = 0.02  # added to the weight an n-gram has in a class; one text gives it some 0.03


def telling(rows: Any, classes: npt.NDArray[np.int64], how_many: int) -> Values:
    """Return how much each column tells the classes apart (columns,), 0 for one that is as common in all of them.

    The root of the mean square, over the texts, of the log-count ratio of a class against the others (Wang and Manning,
    "Baselines and Bigrams", ACL 2012, there one weight for every class). Rows: scipy CSR (texts × columns), none below 0.
    """
    count = len(classes)
    member = sparse.csr_matrix((np.ones(count, np.float32), (classes, np.arange(count))), (how_many, count))
    inside = np.asarray((member @ rows).todense(), np.float32)
    everything, square = inside.sum(0), np.zeros(inside.shape[1], np.float32)
    for share, one in zip(np.bincount(classes, minlength=how_many) / count, inside, strict=True):
        one_share, other_share = _shares(one), _shares(everything - one)
        square += np.float32(share) * np.log(one_share / other_share) ** 2
    return np.sqrt(square)


def _shares(weights: Values) -> Values:
    filled = np.maximum(weights, 0) + np.float32(PRIOR)
    return np.asarray(filled / filled.sum())


def reweighed(rows: Any, groups: npt.NDArray[np.uint8], factors: Values) -> Any:
    """Return rows (scipy CSR) with every column times its factor and every group of a row scaled to length 1 again."""
    values = rows.data * factors[rows.indices]
    texts = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    places = texts * len(GROUPS) + groups[rows.indices]
    lengths = np.sqrt(np.bincount(places, values**2, minlength=rows.shape[0] * len(GROUPS)))
    scaled = values / np.maximum(lengths, 1e-9).astype(np.float32)[places]
    return sparse.csr_matrix((scaled.astype(np.float32), rows.indices, rows.indptr), rows.shape)
