"""A trained classifier: three suggestions with calibrated confidence, and the words that spoke for them. Numpy only."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from shangliang.analysis.classify.features import Features, Row, Values
from shangliang.analysis.classify.grams import grams_of, prepared
from shangliang.analysis.classify.network import Network, Table, softmax
from shangliang.analysis.classify.words import telling_words


@dataclass(frozen=True)
class Suggestion:
    """A label, the share of like cases in which it was right (0 to 1), and whether that is surely enough."""

    label: str
    confidence: float
    is_sure: bool


class Blend(NamedTuple):
    """How the views are joined: sharpness of the linear one and of each network, share of the linear one, sharpness of the whole."""

    linear: float
    network: float
    share: float
    whole: float


@dataclass(frozen=True, eq=False)
class Model:
    """A linear view (columns × classes, whole numbers with one scale a class) and networks over the same rows.

    ``sure_from`` is the confidence from which a first suggestion was right in at least 95 % of held-out texts (above 1
    where no confidence was enough); ``trained_on`` the number of texts.
    """

    labels: tuple[str, ...]
    trained_on: int
    sure_from: float
    blend: Blend
    features: Features
    linear: Table
    linear_scale: Values
    linear_bias: Values
    networks: tuple[Network, ...]

    def suggest(self, text: str, most: int = 3) -> list[Suggestion]:
        """Return up to ``most`` labels by falling confidence; only the first may be sure. A text of any length is taken."""
        shares = self.shares(text)
        order = np.argsort(-shares, kind="stable")[:most]
        return [
            Suggestion(self.labels[at], float(shares[at]), rank == 0 and float(shares[at]) >= self.sure_from)
            for rank, at in enumerate(order)
        ]

    def suggest_many(self, texts: Sequence[str], most: int = 3) -> list[list[Suggestion]]:
        """Return the suggestions of each text, in order."""
        return [self.suggest(text, most) for text in texts]

    def shares(self, text: str) -> Values:
        """Return the confidence of every label (labels,), summing to 1."""
        row = self.features.row(text)
        return blended(
            self._linear_scores(row), [network.scores(row) for network in self.networks], self.blend
        )

    def why(self, text: str, label: str, most: int = 5) -> list[str]:
        """Return up to ``most`` pieces of the text that spoke most for the label, the strongest first.

        Measured against the strongest other label. KeyError for a label the model does not know.
        """
        if label not in self.labels:
            raise KeyError(label)
        at = self.labels.index(label)
        shares = self.shares(text)
        shares[at] = -1
        direction = np.zeros(len(self.labels), np.float32)
        direction[at], direction[int(np.argmax(shares))] = 1, -1
        read = prepared(text)
        grams = grams_of(read)
        return telling_words(
            read, grams, self.features, self._told_by(self.features.row_of(grams), direction), most
        )

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the model into one file; the same model gives the same bytes. See ``store``."""
        from shangliang.analysis.classify.store import write  # noqa: PLC0415 - the store knows the model

        write(self, path)

    def _linear_scores(self, row: Row) -> Values:
        return np.asarray(row.values @ self.linear[row.columns] * self.linear_scale + self.linear_bias)

    def _told_by(self, row: Row, direction: Values) -> Values:
        linear = row.values * (self.linear[row.columns] @ (self.linear_scale * direction))
        networks = np.mean([network.told_by(row, direction) for network in self.networks], 0)
        share = self.blend.share
        return np.asarray(share * self.blend.linear * linear + (1 - share) * self.blend.network * networks)


def blended(linear: Values, networks: Sequence[Values], blend: Blend) -> Values:
    """Return the shares of the classes from the scores of all views; works along the last axis."""
    one = np.mean([softmax(blend.network * scores) for scores in networks], 0)
    shares = blend.share * softmax(blend.linear * linear) + (1 - blend.share) * one
    return softmax(blend.whole * np.log(shares + np.float32(1e-6)))
