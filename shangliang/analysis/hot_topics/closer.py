"""A closer look at few texts: pairs are judged by `same_matter`, which reads both texts, instead of by a dozen likenesses.

Some 0.3 ms a pair and 0.7 ms a text, so for what a committee hears in a season, not for a million texts. Among few texts
the likenesses of `likeness`, which lean on how often words are said among all, know least.
"""

import math
from collections.abc import Sequence
from difflib import SequenceMatcher

import numpy as np

from shangliang.analysis.hot_topics.grams import Array
from shangliang.analysis.hot_topics.rarity import RARE_PAIR, rarest_pair
from shangliang.analysis.hot_topics.said import Said
from shangliang.analysis.same_matter import normalise, profile, score_pairs

FEW_TEXTS = 1_500  # beyond, both ways are equally good and this one is slow
JUDGED_PER_TEXT = 6  # the likeliest pairs that are looked at, times the number of texts
SURELY_NOT = -4.0  # log-odds of two texts that differ by a name only
READ = 300  # signs of a text in which a swapped name is looked for
LONGEST_NAME = 8
ALIKE = 0.6  # score from which that is done


def likeliest(odds: Array, texts: int) -> Array:
    """Return which pairs are worth a closer look: positions of the `JUDGED_PER_TEXT` times ``texts`` likeliest, rising."""
    return np.sort(np.argsort(-odds, kind="stable")[: JUDGED_PER_TEXT * texts])


def judged_odds(said: Sequence[Said], one: Array, other: Array) -> Array:
    """Return the log-odds (pairs,) that the texts at ``one[i]`` and ``other[i]`` are of one matter."""
    profiles = {
        row: profile.__wrapped__(said[row].title, said[row].body) for row in {*one.tolist(), *other.tolist()}
    }
    pairs = list(zip(one.tolist(), other.tolist(), strict=True))
    scores = score_pairs((profiles[a], profiles[b]) for a, b in pairs)
    return np.array(
        [_odds(said[a], said[b], score) for (a, b), score in zip(pairs, scores, strict=True)], np.float32
    )


def _odds(a: Said, b: Said, score: float) -> float:
    if score >= ALIKE and swapped_name(_words(a), _words(b)):
        return SURELY_NOT
    return math.log((score + 1e-4) / (1 - score + 1e-4))


def _words(said: Said) -> str:
    return normalise(f"{said.title} {said.body}")[:READ]


def swapped_name(a: str, b: str) -> bool:
    """Tell whether two normalised texts are the same but for one name that stands in the place of another.

    One trouble told in one form of words of two places is two matters. A name: two to `LONGEST_NAME` signs with a rare
    pair that stand before what both texts say, for at the end of a text stands what somebody else adds.
    """
    steps = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    changed = {(a[i:j], b[k:m]) for step, i, j, k, m in steps if step != "equal"}
    if len(changed) != 1 or steps[-1][0] != "equal":
        return False
    names = changed.pop()
    return all(1 < len(name) <= LONGEST_NAME and rarest_pair(name) >= RARE_PAIR for name in names)
