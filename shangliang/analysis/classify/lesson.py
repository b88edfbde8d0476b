"""One fit of both views on one set of texts. Imports scipy and scikit-learn: for the child process that trains."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.svm import LinearSVC

from shangliang.analysis.classify.descent import FEW, Weights, forward, learn_network
from shangliang.analysis.classify.features import Features, Values, learn_features
from shangliang.analysis.classify.grams import Grams
from shangliang.analysis.classify.model import Blend, Model
from shangliang.analysis.classify.network import Network, Table
from shangliang.analysis.classify.telling import reweighed, telling

SOFTNESS = 1.0  # C of the support vector machine
MOST_COLUMNS = 250_000
MOST_LINEAR_BYTES = 10_000_000  # as many columns as go into it, the most frequent ones
MOST_NETWORK_COLUMNS = 20_000  # more were no better (measured), and slower
NETWORK_READS_FROM = 3  # texts an n-gram must stand in
LINEAR_SHARES = (0.9, 0.4, 0.5, 0.4)  # length of each group in a row: short, long, opening, request
_WITH_OPENING, _WITH_REQUEST = (1.0, 0.0, 0.5, 0.0), (1.0, 0.0, 0.0, 0.5)
NETWORK_SHARES = (
    _WITH_REQUEST,
    _WITH_OPENING,
    _WITH_REQUEST,
)  # of each network; a group of no share is not read
NETWORK_SHARES_FEW = (_WITH_OPENING,) * 3  # few texts: the opening tells more than a rare request

Columns = npt.NDArray[np.int64]


class Lesson:
    """Features learned from a set of texts, and the views fitted on them."""

    def __init__(self, grams: Sequence[Grams], classes: npt.NDArray[np.int64], how_many: int) -> None:
        """Learn the features and set the rows; classes are 0..how_many-1, some of which may be missing here."""
        self.classes, self.how_many = classes, how_many
        self.shares = NETWORK_SHARES_FEW if len(classes) < FEW else NETWORK_SHARES
        rare, texts = learn_features(grams, min(MOST_COLUMNS, MOST_LINEAR_BYTES // how_many))
        plain = matrix(rare, grams)
        factors = telling(plain, classes, how_many)
        self.features = replace(rare, weights=rare.weights * factors)
        self.rows = reweighed(plain, rare.groups, factors)
        self.reads = [network_columns(self.features, texts, shares) for shares in self.shares]
        self.linear_weights = np.zeros((len(self.features.keys), how_many), np.float32)
        self.linear_bias = np.full(how_many, -1, np.float32)
        self.networks: dict[int, Weights] = {}

    def learn_linear(self, seed: int) -> None:
        """Fit a linear support vector machine, every class weighing the same (Fan and others, LIBLINEAR, 2008)."""
        shares = self._shares_of(LINEAR_SHARES)
        machine = LinearSVC(C=SOFTNESS, class_weight="balanced", random_state=seed)
        machine.fit(self.rows @ sparse.diags(shares), self.classes)
        weights, bias = machine.coef_, machine.intercept_
        if len(weights) == 1:
            weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
        self.linear_weights[:, machine.classes_] = weights.T * shares[:, None]
        self.linear_bias[machine.classes_] = bias

    def learn_network(self, at: int, seed: int) -> None:
        """Fit the network of a number on the columns it reads."""

        shares = self._shares_of(self.shares[at])[self.reads[at]]
        rows = sparse.csr_matrix(self.rows[:, self.reads[at]] @ sparse.diags(shares))
        weights = learn_network(rows, self.classes, self.how_many, seed + at)
        self.networks[at] = weights._replace(first=weights.first * shares[:, None])

    def scores(self, grams: Sequence[Grams]) -> tuple[Values, list[Values]]:
        """Return the scores of the linear view and of each network for other texts: arrays (texts × classes)."""
        rows = matrix(self.features, grams)
        networks = [forward(self.networks[at], rows[:, reads]) for at, reads in enumerate(self.reads)]
        return np.asarray(rows @ self.linear_weights + self.linear_bias), networks

    def model(self, labels: tuple[str, ...], blend: Blend, sure_from: float) -> Model:
        """Return the model that is stored, with the large tables in whole numbers of one byte."""
        linear, linear_scale = in_bytes(self.linear_weights)
        networks = tuple(_stored(reads, self.networks[at]) for at, reads in enumerate(self.reads))
        count = len(self.classes)
        return Model(
            labels, count, sure_from, blend, self.features, linear, linear_scale, self.linear_bias, networks
        )

    def _shares_of(self, shares: Sequence[float]) -> Values:
        return np.array(shares, np.float32)[self.features.groups]


def matrix(features: Features, grams: Sequence[Grams]) -> Any:
    """Return the rows of many texts as a scipy CSR matrix of 32-bit floats."""
    rows = [features.row_of(each) for each in grams]
    ends = np.cumsum([0, *(len(row.columns) for row in rows)])
    columns = np.concatenate([row.columns for row in rows])
    values = np.concatenate([row.values for row in rows])
    return sparse.csr_matrix((values, columns, ends), shape=(len(rows), len(features.keys)))


def network_columns(features: Features, texts: npt.NDArray[np.int64], shares: Sequence[float]) -> Columns:
    """Return the columns a network reads, rising: of groups with a share, of at least three texts, the commonest first."""
    columns = np.flatnonzero((np.array(shares)[features.groups] > 0) & (texts >= NETWORK_READS_FROM))
    commonest = np.argsort(-texts[columns], kind="stable")[:MOST_NETWORK_COLUMNS]
    return np.sort(columns[commonest])


def _stored(reads: Columns, weights: Weights) -> Network:
    first, scale = in_bytes(weights.first)
    return Network(reads, first, scale, *weights[1:])


def in_bytes(table: Values) -> tuple[Table, Values]:
    """Return a table as signed bytes and the scale of each column (columns,): table ≈ bytes × scale."""
    scale = np.maximum(np.abs(table).max(0), 1e-9).astype(np.float32) / np.float32(127)
    return np.rint(table / scale).astype(np.int8), scale
