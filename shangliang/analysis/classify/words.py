"""The pieces of a text that spoke most for a label."""

import re

import numpy as np

from shangliang.analysis.classify.features import Features, Values
from shangliang.analysis.classify.grams import Grams

SHORTEST, LONGEST = 2, 6  # signs of a piece
_PIECE = re.compile(r"[\u3400-\u9fffA-Za-z0-9]+")


def telling_words(read: str, grams: Grams, features: Features, told: Values, most: int) -> list[str]:
    """Return up to ``most`` pieces of 2 to 6 signs of a prepared text, the most telling first, none in another.

    ``told``: what each column of the row of the text adds, in the order of its sorted columns. What a column adds is
    shared out evenly over the signs of all its places; a piece is as telling as its signs together.
    """
    signs = _by_sign(len(read), grams, features, told)
    found: list[tuple[float, int, int]] = []
    for run in _PIECE.finditer(read):
        found += _best_pieces(signs, run.start(), run.end())
    words: list[str] = []
    for _strength, start, end in sorted(found, reverse=True):
        word = read[start:end]
        if not any(word in other or other in word for other in words):
            words.append(word)
        if len(words) == most:
            break
    return words


def _by_sign(length: int, grams: Grams, features: Features, told: Values) -> Values:
    columns = features.columns(grams.hashes)
    known = columns >= 0
    present, places, counts = np.unique(columns[known], return_inverse=True, return_counts=True)
    starts, lengths = grams.starts[known], grams.lengths[known]
    each = told[: len(present)][places] / (counts[places] * lengths)
    signs = np.zeros(length + 1)
    for offset in range(int(lengths.max(initial=0))):
        reaches = lengths > offset
        np.add.at(signs, starts[reaches] + offset, each[reaches])
    return signs[:length].astype(np.float32)


def _best_pieces(signs: Values, start: int, end: int) -> list[tuple[float, int, int]]:
    """Return the runs of signs that speak for the label, cut to the most telling six signs: (strength, start, end)."""
    pieces, at = [], start
    while at < end:
        if signs[at] <= 0:
            at += 1
            continue
        stop = at
        while stop < end and signs[stop] > 0:
            stop += 1
        if stop - at >= SHORTEST:
            sums = [
                (float(signs[s : s + LONGEST].sum()), s) for s in range(at, max(at + 1, stop - LONGEST + 1))
            ]
            strength, first = max(sums)
            pieces.append((strength, first, min(first + LONGEST, stop)))
        at = stop
    return pieces
