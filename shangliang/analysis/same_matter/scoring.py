"""How surely two texts speak of one matter."""

from collections.abc import Iterable, Sequence

from shangliang.analysis.same_matter.likeness import measures
from shangliang.analysis.same_matter.network import networks, shares, shifted
from shangliang.analysis.same_matter.profile import Profile, profile

THRESHOLD = 0.5
DIGITS = 6  # beyond, the order of additions shows


def score(title_a: str, body_a: str, title_b: str, body_b: str) -> float:
    """How surely two reports speak of one matter, 0..1; from THRESHOLD on they are shown as alike.

    Symmetric. An empty title is replaced by the beginning of the body. Two empty texts give a value near 0.
    """
    return score_profiles(profile(title_a, body_a), profile(title_b, body_b))


def score_profiles(a: Profile, b: Profile) -> float:
    """The same from what `profile` made of the two texts."""
    return score_pairs(((a, b),))[0]


def score_many(a: Profile, others: Sequence[Profile]) -> list[float]:
    """One text against many: their scores in order, the same numbers as one by one."""
    return score_pairs((a, other) for other in others)


def score_pairs(pairs: Iterable[tuple[Profile, Profile]]) -> list[float]:
    """Scores of many pairs in order, the same numbers as one by one. Rows of measures are held for all: 500 bytes a pair."""
    given = list(pairs)
    if not given:
        return []
    known = networks()
    scores = shifted(shares([measures(a, b) for a, b in given], known), known.shift).tolist()
    empty = (not a.text.strip() or not b.text.strip() for a, b in given)
    return [0.0 if nothing else round(value, DIGITS) for value, nothing in zip(scores, empty, strict=True)]
