"""Training: a linear support vector machine and small networks over the same rows, joined by what held-out texts say.

scipy and scikit-learn are loaded only when ``train`` is called: in a child process, never in a web process.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from shangliang.analysis.classify.blending import choose_blend, sure_from
from shangliang.analysis.classify.features import Values
from shangliang.analysis.classify.grams import Grams, grams_of, prepared
from shangliang.analysis.classify.held_out import parts
from shangliang.analysis.classify.model import Model

if TYPE_CHECKING:
    from shangliang.analysis.classify.lesson import Lesson

FEWEST_TEXTS = 20
FEWEST_PER_CLASS = 2
FEWEST_CLASSES = 2
FEW = 5_000  # texts: below it each of three parts is held out in turn, above it one of five is enough to learn confidence

Classes = npt.NDArray[np.int64]


class Heard(NamedTuple):
    """What models said of texts they had not seen: scores of each view (texts × classes) and the right classes."""

    linear: Values
    networks: list[Values]
    truth: Classes


def train(texts: Sequence[str], labels: Sequence[str], *, seed: int = 0) -> Model:
    """Return a model of labelled texts. The same input and seed give the same model on the same machine. Two threads.

    A label with fewer than two texts is left out with its texts. ValueError with a sentence when the two lists differ in
    length, fewer than twenty texts or fewer than two labels remain, or the texts have no two signs in common.
    """
    kept, names = _kept(texts, labels)
    grams = [grams_of(prepared(texts[at])) for at in kept]
    classes = np.array([names.index(labels[at]) for at in kept])
    held = _held_out([texts[at] for at in kept])
    everything = np.arange(len(kept))
    lessons = [_lesson(grams, classes, np.setdiff1d(everything, test), len(names)) for test in held]
    lessons.append(_lesson(grams, classes, everything, len(names)))
    _learn(lessons, seed)
    heard = _heard(lessons, [[grams[at] for at in test] for test in held], classes[np.concatenate(held)])
    blend = choose_blend(*heard)
    return lessons[-1].model(tuple(names), blend, sure_from(*heard, blend))


def _kept(texts: Sequence[str], labels: Sequence[str]) -> tuple[list[int], list[str]]:
    """Return the row numbers that are learned from and the labels in order of their names, or refuse."""
    if len(texts) != len(labels):
        raise ValueError("文本和类别的条数不一样。")
    counts = {label: 0 for label in labels}
    for label in labels:
        counts[label] += 1
    names = sorted(label for label, count in counts.items() if count >= FEWEST_PER_CLASS)
    if len(names) < FEWEST_CLASSES:
        raise ValueError("至少要有两个类别，每个类别至少两条，才能训练。")
    known = set(names)
    kept = [at for at, label in enumerate(labels) if label in known]
    if len(kept) < FEWEST_TEXTS:
        raise ValueError(f"只有 {len(kept)} 条可用的记录，至少要有 {FEWEST_TEXTS} 条，才能训练。")
    return kept, names


def _held_out(texts: Sequence[str]) -> list[Classes]:
    """Return the row numbers to hold out in each round; equal texts are never on both sides."""
    count, rounds = (3, 3) if len(texts) < FEW else (5, 1)
    part_of = parts(texts, count)
    tests = [np.flatnonzero(part_of == part) for part in range(rounds)]
    return [test for test in tests if 0 < len(test) < len(texts)]


def _lesson(grams: Sequence[Grams], classes: Classes, rows: Classes, how_many: int) -> "Lesson":
    from shangliang.analysis.classify.lesson import Lesson  # noqa: PLC0415 - loads scipy and scikit-learn

    return Lesson([grams[at] for at in rows], classes[rows], how_many)


def _learn(lessons: Sequence["Lesson"], seed: int) -> None:
    """Learn all lessons in two threads; the linear views one after another, for liblinear's chance is one for the process."""
    with ThreadPoolExecutor(2) as two:
        tasks = [two.submit(_learn_linear, lessons, seed)]
        for lesson in reversed(lessons):
            tasks += [two.submit(lesson.learn_network, at, seed) for at in range(len(lesson.shares))]
        for task in tasks:
            task.result()


def _learn_linear(lessons: Sequence["Lesson"], seed: int) -> None:
    for lesson in lessons:
        lesson.learn_linear(seed)


def _heard(lessons: Sequence["Lesson"], tests: Sequence[Sequence[Grams]], truth: Classes) -> Heard:
    scores = [lesson.scores(test) for lesson, test in zip(lessons, tests, strict=False)]
    networks = [np.concatenate(views) for views in zip(*(each[1] for each in scores), strict=True)]
    return Heard(np.concatenate([each[0] for each in scores]), networks, truth)
