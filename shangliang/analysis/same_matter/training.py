"""How the shipped weights are made again from labelled pairs and texts. Runs in a command only: needs scikit-learn.

Deterministic: the same files give the same numbers on one machine. Nothing of a text goes into a file but counts over the
characters and pairs that two cities use (`char_frequencies.txt`), so no name of a place is learned.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from shangliang.analysis.same_matter import forest, line, network
from shangliang.analysis.same_matter.around import Around
from shangliang.analysis.same_matter.forest import Forest
from shangliang.analysis.same_matter.likeness import NAMES
from shangliang.analysis.same_matter.line import Line
from shangliang.analysis.same_matter.network import CLIP, Networks
from shangliang.analysis.same_matter.rarity import RARITY, pairs_of

Array = np.ndarray[Any, Any]

KIND_GRAMS = {1: (1.0, 9.0), 2: (1.5, 6.8)}  # nats: neither everybody's nor rare
LEAST_OF_A_KIND = 15
NETWORKS, WIDTH, PENALTY, STEPS = 6, 16, 3.0, 150
TREES, LEAST_IN_A_LEAF, ASKED = 200, 5, 0.4
FREEDOM = 0.03  # of the line's weights: small, so that few pairs do not bend it
BEST_ALONE, BEST_AMONG = 0.46, 0.42  # shares that told most held-out pairs right; they become a score of 0.5


def learn_kinds(texts: Sequence[str], tickets: Sequence[str], kinds: Sequence[str], into: Path) -> int:
    """Learn how kinds of trouble sound and keep it in a file. Return the number of kinds.

    ``texts``: normalised texts for the frequencies; ``tickets`` with their ``kinds``, kinds of fewer than 15 left out.
    """
    from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer  # noqa: PLC0415
    from sklearn.linear_model import SGDClassifier  # noqa: PLC0415

    grams = [gram for gram, rarity in RARITY.items() if _is_of_use(gram, rarity)]
    grams.sort(key=lambda gram: (len(gram), gram))
    counter = CountVectorizer(analyzer=_grams_of, vocabulary=grams)
    often = Counter(kinds)
    kept = [at for at, kind in enumerate(kinds) if often[kind] >= LEAST_OF_A_KIND]
    scale = TfidfTransformer(sublinear_tf=True).fit(counter.transform([*texts, *tickets]))
    rows = scale.transform(counter.transform([tickets[at] for at in kept]))
    model = SGDClassifier(loss="log_loss", alpha=1e-5, max_iter=30, tol=1e-4, random_state=0)
    model.fit(rows, [kinds[at] for at in kept])
    _keep_kinds(grams, scale.idf_, model.coef_.T, model.intercept_, into)
    return len(model.classes_)


def _is_of_use(gram: str, rarity: float) -> bool:
    low, high = KIND_GRAMS[len(gram)]
    return low < rarity < high and " " not in gram and not any(one.isascii() for one in gram)


def _grams_of(text: str) -> list[str]:
    return [one for one in text if one != " "] + pairs_of(text)


def _keep_kinds(grams: list[str], idf: Array, slope: Array, shift: Array, into: Path) -> None:
    step = np.abs(slope).max(0) / 127
    np.savez_compressed(
        into,
        singles="".join(gram for gram in grams if len(gram) == 1),
        pairs="".join(gram for gram in grams if len(gram) == 2),
        idf=idf.astype(np.float16),
        slope=np.round(slope / step).astype(np.int8),
        step=step.astype(np.float32),
        shift=shift.astype(np.float32),
    )


def learn_networks(rows: Array, same: Array) -> Networks:
    """Learn from measures (pairs, measures) and answers (pairs,) of 0 and 1; `shift` is left 0."""
    from sklearn.neural_network import MLPClassifier  # noqa: PLC0415

    mean, spread, values = _measured(rows)
    found = [
        MLPClassifier(
            (WIDTH,), alpha=PENALTY, activation="tanh", solver="lbfgs", max_iter=STEPS, random_state=seed
        ).fit(values, same)
        for seed in range(NETWORKS)
    ]
    return Networks(
        mean,
        spread,
        np.hstack([one.coefs_[0] for one in found]),
        np.hstack([one.intercepts_[0] for one in found]),
        np.array([one.coefs_[1][:, 0] for one in found]),
        np.array([one.intercepts_[1][0] for one in found]),
        0.0,
    )


def _measured(rows: Array) -> tuple[Array, Array, Array]:
    mean, spread = rows.mean(0), np.where(rows.std(0) > 0, rows.std(0), 1.0)
    return mean, spread, np.clip((rows - mean) / spread, -CLIP, CLIP)


def learn_line(rows: Array, same: Array) -> Line:
    """Learn the weighted sum from measures (pairs, measures) and answers (pairs,) of 0 and 1."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    mean, spread, values = _measured(rows)
    model = LogisticRegression(C=FREEDOM, max_iter=500).fit(values, same)
    return Line(mean, spread, model.coef_[0], model.intercept_[0], 0.0)


def learn_forest(rows: Array, same: Array, weights: Array) -> Forest:
    """Learn trees from measures (pairs, measures), answers of 0 and 1 and weights (pairs,); `shift` is left 0."""
    from sklearn.ensemble import ExtraTreesClassifier  # noqa: PLC0415

    model = ExtraTreesClassifier(
        TREES, min_samples_leaf=LEAST_IN_A_LEAF, max_features=ASKED, random_state=0, n_jobs=1
    ).fit(np.asarray(rows, np.float32), same, sample_weight=weights)
    trees = [one.tree_ for one in model.estimators_]
    root = np.cumsum([0, *(one.node_count for one in trees)])[:-1]
    return Forest(
        root.astype(np.int32),
        np.hstack([np.maximum(one.feature, -1) for one in trees]).astype(np.int16),
        np.hstack([one.threshold for one in trees]).astype(np.float32),
        np.hstack([one.children_right + first for one, first in zip(trees, root, strict=True)]).astype(
            np.int32
        ),
        np.hstack([one.value[:, 0, 1] / one.value[:, 0].sum(1) for one in trees]).astype(np.float32),
        0.0,
    )


def of_their_group(pairs: Sequence[tuple[int, int]]) -> Array:
    """Return a weight for each pair: 1 / sqrt(pairs of its connected group), so that one loud matter does not teach alone."""
    leader: dict[int, int] = {}

    def find(one: int) -> int:
        while leader.setdefault(one, one) != one:
            one = leader[one]
        return one

    for a, b in pairs:
        leader[find(a)] = find(b)
    groups = [find(a) for a, _b in pairs]
    many = Counter(groups)
    return np.array([many[group] ** -0.5 for group in groups])


def learn(
    texts: Sequence[tuple[str, str]], pairs: Sequence[tuple[int, int]], same: Sequence[bool], into: Path
) -> None:
    """Learn networks, trees and the line from labelled pairs (rows of texts) and write their files into a folder."""
    rows, answers = np.array(Around(texts).measures(pairs)), np.array(same, int)
    alone = learn_networks(rows[:, : len(NAMES)], answers)
    among = learn_forest(rows, answers, of_their_group(pairs))
    keep(learn_line(rows, answers), into / line.FILE.name)
    keep(alone._replace(shift=_logit(BEST_ALONE)), into / network.FILE.name)
    keep(among._replace(shift=_logit(BEST_AMONG)), into / forest.FILE.name)


def keep(learned: Networks | Forest | Line, into: Path) -> None:
    """Write weights to a file that `network.networks`, `forest.forest` or `line.line` reads."""
    values = learned._asdict()
    small = {
        name: value.astype(np.float32) if value.dtype == np.float64 else value
        for name, value in values.items()
        if name != "shift"
    }
    np.savez_compressed(into, **small, shift=np.float64(learned.shift))


def _logit(share: float) -> float:
    return float(np.log(share / (1 - share)))
