"""One fit of both views on one set of texts. scipy and scikit-learn are imported here, inside the functions."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from shangliang.analysis.classify.features import Features, Values, learn_features
from shangliang.analysis.classify.grams import Grams
from shangliang.analysis.classify.model import Blend, Model
from shangliang.analysis.classify.network import Network, Table, Weights, forward, learn_network

SOFTNESS = 1.0  # C of the support vector machine
MOST_LINEAR_BYTES = 12_000_000  # as many columns as go into it, the most frequent ones
MOST_NETWORK_COLUMNS = 50_000
NETWORK_READS_FROM = 3  # texts an n-gram must stand in
NETWORK_LONGEST = 2  # signs


class Lesson:
    """Features learned from a set of texts, and the two views fitted on them."""

    def __init__(self, grams: Sequence[Grams], classes: npt.NDArray[np.int64], how_many: int) -> None:
        """Learn the features and set the rows; classes are 0..how_many-1, some of which may be missing here."""
        self.classes, self.how_many = classes, how_many
        self.features = learn_features(grams, MOST_LINEAR_BYTES // how_many)
        self.rows = matrix(self.features, grams)
        self.reads = network_columns(self.features)
        self.linear_weights = np.zeros((len(self.features.keys), how_many), np.float32)
        self.linear_bias = np.full(how_many, -1, np.float32)
        self.network: Weights

    def learn_linear(self, seed: int) -> None:
        """Fit a linear support vector machine, every class weighing the same (Fan and others, LIBLINEAR, 2008)."""
        from sklearn.svm import LinearSVC

        machine = LinearSVC(C=SOFTNESS, class_weight="balanced", random_state=seed)
        machine.fit(self.rows, self.classes)
        weights, bias = machine.coef_, machine.intercept_
        if len(weights) == 1:
            weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
        self.linear_weights[:, machine.classes_] = weights.T
        self.linear_bias[machine.classes_] = bias

    def learn_network(self, seed: int) -> None:
        """Fit the network on the columns it reads."""
        self.network = learn_network(self.rows[:, self.reads], self.classes, self.how_many, seed)

    def scores(self, grams: Sequence[Grams]) -> tuple[Values, Values]:
        """Return the scores of both views for other texts: two arrays (texts × classes)."""
        rows = matrix(self.features, grams)
        return np.asarray(rows @ self.linear_weights + self.linear_bias), forward(self.network, rows[:, self.reads])

    def model(self, labels: tuple[str, ...], blend: Blend, sure_from: float) -> Model:
        """Return the model that is stored, with both large tables in whole numbers of one byte."""
        linear, linear_scale = in_bytes(self.linear_weights)
        first, first_scale = in_bytes(self.network.first)
        network = Network(
            self.reads, first, first_scale, self.network.first_bias, self.network.second, self.network.second_bias
        )
        return Model(
            labels, len(self.classes), sure_from, blend, self.features, linear, linear_scale, self.linear_bias, network
        )


def matrix(features: Features, grams: Sequence[Grams]) -> Any:
    """Return the rows of many texts as a scipy CSR matrix of 32-bit floats."""
    from scipy import sparse

    rows = [features.row_of(each) for each in grams]
    ends = np.cumsum([0, *(len(row.columns) for row in rows)])
    columns = np.concatenate([row.columns for row in rows])
    values = np.concatenate([row.values for row in rows])
    return sparse.csr_matrix((values, columns, ends), shape=(len(rows), len(features.keys)))


def network_columns(features: Features) -> npt.NDArray[np.int64]:
    """Return the columns the network reads: n-grams of one and two signs of at least three texts, the commonest first."""
    fit = (features.lengths <= NETWORK_LONGEST) & (features.texts >= NETWORK_READS_FROM)
    columns = np.flatnonzero(fit)
    commonest = np.argsort(-features.texts[columns], kind="stable")[:MOST_NETWORK_COLUMNS]
    return np.sort(columns[commonest])


def in_bytes(table: Values) -> tuple[Table, Values]:
    """Return a table as signed bytes and the scale of each column (columns,): table ≈ bytes × scale."""
    scale = np.maximum(np.abs(table).max(0), 1e-9).astype(np.float32) / np.float32(127)
    return np.rint(table / scale).astype(np.int8), scale
