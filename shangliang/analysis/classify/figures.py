"""How good a model is on texts it was not trained on, and whether it replaces another."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from shangliang.analysis.classify.model import Model, Suggestion

BANDS = 10
MOST_TOP3_LOST = 0.01

Band = tuple[float, float, int]


@dataclass(frozen=True)
class Figures:
    """Shares from 0 to 1. ``calibration``: mean confidence, share right and count of each band of confidence in use."""

    rows: int
    top1: float
    top3: float
    macro_f1: float
    calibration: tuple[Band, ...]

    @property
    def calibration_error(self) -> float:
        """The mean distance of confidence and share right, every text weighing the same (expected calibration error)."""
        return sum(abs(said - right) * count for said, right, count in self.calibration) / max(self.rows, 1)

    def as_json(self) -> dict[str, Any]:
        """Return the figures as plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "Figures":
        """Return figures stored by ``as_json``."""
        return cls(
            **{
                **values,
                "calibration": tuple((said, right, count) for said, right, count in values["calibration"]),
            }
        )


def evaluate(model: Model, texts: Sequence[str], labels: Sequence[str]) -> Figures:
    """Return the figures of a model on labelled texts; a label the model does not know counts as missed.

    ValueError where the lists differ in length or are empty.
    """
    return figures_of(model.suggest_many(texts), labels)


def figures_of(suggestions: Sequence[Sequence[Suggestion]], labels: Sequence[str]) -> Figures:
    """Return the figures of suggestions already made. ValueError where the lists differ in length or are empty."""
    if not labels or len(suggestions) != len(labels):
        raise ValueError("没有可以核对的记录。")
    first = [each[0].label for each in suggestions]
    top3 = sum(
        label in [one.label for one in each[:3]] for each, label in zip(suggestions, labels, strict=True)
    )
    right = [one == label for one, label in zip(first, labels, strict=True)]
    return Figures(
        len(labels),
        sum(right) / len(labels),
        top3 / len(labels),
        macro_f1(first, labels),
        _calibration([each[0].confidence for each in suggestions], right),
    )


def macro_f1(predicted: Sequence[str], labels: Sequence[str]) -> float:
    """Return the mean F1 over every label that is right or predicted somewhere, each label weighing the same."""
    scores = []
    for name in set(predicted) | set(labels):
        hits = sum(one == name == label for one, label in zip(predicted, labels, strict=True))
        told, known = sum(one == name for one in predicted), sum(label == name for label in labels)
        scores.append(2 * hits / (told + known))
    return sum(scores) / len(scores) if scores else 0.0


def better(new: Figures, old: Figures) -> bool:
    """Whether a new model replaces the old one. Both must be measured on the same held-out rows.

    Yes where the mean of top1 and macro F1 is higher (four digits; a tie keeps the old model) and top3 lost at most one
    point in a hundred. ValueError where the number of rows differs.
    """
    if new.rows != old.rows:
        raise ValueError("新旧模型要在同一批留出的记录上比较。")
    gain = round((new.top1 + new.macro_f1) / 2, 4) - round((old.top1 + old.macro_f1) / 2, 4)
    return gain > 0 and new.top3 >= old.top3 - MOST_TOP3_LOST


def _calibration(confidences: Sequence[float], right: Sequence[bool]) -> tuple[Band, ...]:
    bands: list[list[tuple[float, bool]]] = [[] for _band in range(BANDS)]
    for confidence, hit in zip(confidences, right, strict=True):
        bands[min(int(confidence * BANDS), BANDS - 1)].append((confidence, hit))
    return tuple(
        (sum(said for said, _hit in band) / len(band), sum(hit for _said, hit in band) / len(band), len(band))
        for band in bands
        if band
    )
