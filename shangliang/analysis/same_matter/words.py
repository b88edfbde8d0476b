"""Why two texts stand beside each other: the words they share, and how much a few words share with a text."""

import math

from shangliang.analysis.same_matter.rarity import (
    RARITY,
    STOP,
    TELLING_PAIR,
    UNKNOWN_PAIR,
    normalise,
    pairs_of,
    rarity_of,
)

MOST_WORDS = 6


def shared_words(a: str, b: str) -> list[str]:
    """Up to 6 maximal common substrings of two texts, longest first: why they were shown beside each other.

    At least 2 characters each, in the spelling of `normalise`, stop characters cut off at both ends; none of them
    lies inside another.
    """
    found = {word for piece in common_pieces(normalise(a), normalise(b)) for word in _words(piece)}
    chosen: list[str] = []
    for word in sorted(found, key=lambda word: (-len(word), -rarity_of(word), word)):
        if not any(word in longer for longer in chosen):
            chosen.append(word)
    return chosen[:MOST_WORDS]


def common_pieces(left: str, right: str) -> list[str]:
    """Return what of ``left``, from left to right, stands in ``right``: pieces of 2 characters and more, as long as can be.

    Both normalised. The first character that ends a piece may begin the next one.
    """
    found = []
    at = 0
    while at < len(left) - 1:
        end = at
        while end < len(left) and left[at : end + 1] in right:
            end += 1
        if end - at >= 2:
            found.append(left[at:end])
        at = max(end - 1, at + 1)
    return found


def rarity_shared(typed: str, text: str, place: str = "") -> float:
    """How much a few typed words share with a short text, in nats: the rarity of the telling pairs in both.

    Pairs everybody uses count nothing, and neither do those of ``place``: the same street alone is not the same matter.
    """
    apart = set(pairs_of(normalise(place)))
    both = (set(pairs_of(normalise(typed))) & set(pairs_of(normalise(text)))) - apart
    rarities = (RARITY.get(pair, UNKNOWN_PAIR) for pair in both)
    return math.fsum(one for one in rarities if one >= TELLING_PAIR)


def _words(piece: str) -> list[str]:
    trimmed = (part.strip("".join(STOP)) for part in piece.split())
    return [part for part in trimmed if len(part) >= 2]
