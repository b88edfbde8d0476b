"""Learning from past decisions in a child process: what goes in, what comes out, and when there is too little to learn from.

Nothing here reads or writes the database: whoever gathers the decisions hands them over, and stores what comes back.
"""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from shangliang.sorting.model_child import LARGEST_MODEL

ENOUGH = 50  # decisions, before anything is learned
ENOUGH_FOR_ONE = 5  # decisions of one kind or unit, before it is suggested
FEWEST_LABELS = 2
MOST = 30_000  # the latest decisions; what is older is left out
PATIENCE = (
    420  # seconds of waiting for the child, which is allowed five minutes of work; below the lease of a job
)
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class Example(NamedTuple):
    """One past decision: the words it was about, what was decided (the id as text), and when."""

    text: str
    label: str
    at: datetime


@dataclass(frozen=True)
class Learned:
    """What a lesson gave: the file's bytes, on how much it was trained and measured, and how it compares with the older."""

    weights: bytes
    examples: int
    labels: int
    held_out: int
    figures: dict[str, Any]
    older: dict[str, Any] | None
    is_better: bool
    is_worse: bool


class NothingLearned(Exception):
    """The child gave no model: it ran out of time or memory, was ended, or there was too little in what it got."""


def usable(examples: Sequence[Example]) -> list[Example]:
    """Return the decisions one can learn from, oldest first: with words, of kinds decided on at least five times."""
    worded = [one for one in examples if one.text.strip()]
    often = Counter(one.label for one in worded)
    kept = [one for one in worded if often[one.label] >= ENOUGH_FOR_ONE]
    return sorted(kept, key=lambda one: (one.at, one.label, one.text))[-MOST:]


def is_enough(examples: int, labels: int) -> bool:
    """Tell whether so many usable decisions over so many kinds or units are worth a lesson."""
    return examples >= ENOUGH and labels >= FEWEST_LABELS


def learn(examples: Sequence[Example], older: Path | None) -> Learned:
    """Train on the earlier decisions and measure on the latest, in a child process; minutes at most.

    ``older`` is the file of the model in use, measured on the same part. Call it outside a transaction. Raises
    NothingLearned.
    """
    with tempfile.TemporaryDirectory(prefix="shangliang-lesson-") as folder:
        into = Path(folder) / "weights"
        answer = _of_child(examples, into, older)
        try:
            weights = into.read_bytes()
        except OSError as missing:
            raise NothingLearned from missing
    if not weights or len(weights) > LARGEST_MODEL:
        raise NothingLearned
    return Learned(weights=weights, **answer)


def _of_child(examples: Sequence[Example], into: Path, older: Path | None) -> dict[str, Any]:
    program = Path(__file__).with_name("model_child.py")
    order = {"into": str(into), "older": str(older) if older else None}
    told = "\n".join(_lines(order, examples)).encode()
    env = dict.fromkeys(THREADS, "1")
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(program)],
            input=told, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=PATIENCE, env=env,
        )  # fmt: skip
    except subprocess.TimeoutExpired as stuck:
        raise NothingLearned from stuck
    if done.returncode != 0:
        raise NothingLearned
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _lines(order: dict[str, Any], examples: Sequence[Example]) -> Iterator[str]:
    yield json.dumps(order)
    for one in examples:
        yield json.dumps([one.text, one.label, one.at.isoformat()])
