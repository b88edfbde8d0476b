"""Two repairs of piles: what is a kind of trouble and no matter is parted, what was too large to be compared is put together.

A matter has a name: of its rare pairs two at least stand in most of its messages and in few others. A pile whose messages
are neither much alike nor hold such a name is a kind (麻将馆扰民, 公积金) and grows again behind a higher bar.

Of a matter of thousands each message was compared with a few dozen, so it comes in pieces. Some messages of each large
pile stand for it, are all compared with those of the piles like it, and the piles grow on, until nothing changes.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from shangliang.analysis.hot_topics.grams import Array, TextRows
from shangliang.analysis.hot_topics.joining import HIGHER_BAR, NEVER_COMPARED, SUREST, Pile, Piles
from shangliang.analysis.hot_topics.likeness import log_odds
from shangliang.analysis.hot_topics.pairs import candidates

LARGE = 12  # messages; a smaller pile was compared with all that is like it
STANDING_FOR = 6  # messages that stand for a large pile
LISTENED = 12  # messages of a pile whose likeness is looked at
WEIGHT_OF_NAME = 4.0
ONE_MATTER = 1.7  # mean log-odds + weight of the name, at least
ROUNDS = 5


class _Pairs(NamedTuple):
    of: Array  # pile, or pair of piles
    one: Array
    other: Array


def kinds_among(piles: Sequence[Pile], rows: TextRows, days: Array) -> list[bool]:
    """Tell of each pile whether it is a kind of trouble and no matter. Piles of two never are."""
    chosen = [_some(pile, LISTENED) for pile in piles]
    pairs = _within(chosen)
    odds = np.clip(log_odds(rows, days, pairs.one, pairs.other), NEVER_COMPARED, SUREST)
    many = np.maximum(np.bincount(pairs.of, minlength=len(piles)), 1)
    alike = np.bincount(pairs.of, odds, minlength=len(piles)) / many
    named = WEIGHT_OF_NAME * names_held(piles, rows)
    return [len(pile) > 2 and sure < ONE_MATTER for pile, sure in zip(piles, alike + named, strict=True)]


def names_held(piles: Sequence[Pile], rows: TextRows) -> Array:
    """For each pile how well its two best rare pairs name it, 0 to 1.

    For a pair: (share of the pile's messages that hold it)² × share of all messages holding it that are in the pile.
    """
    of = np.repeat(np.arange(len(piles)), [len(pile) for pile in piles])
    held = rows.rare[np.array([row for pile in piles for row in pile], dtype=np.int64)]
    key, often = np.unique(np.repeat(of, np.diff(held.indptr)) << 32 | held.indices, return_counts=True)
    key, often = key[often > 1], often[often > 1]
    pile, gram = key >> 32, key & 0xFFFFFFFF
    everywhere = np.bincount(rows.rare.indices, minlength=rows.rare.shape[1])[gram]
    size = np.array([len(one) for one in piles])[pile]
    worth = (often / size) ** 2 * often / everywhere
    order = np.lexsort((-worth, pile))
    starts = np.searchsorted(pile[order], np.arange(len(piles)))
    place = np.arange(len(order)) - starts[pile[order]]
    best = order[place < 2]
    return np.bincount(pile[best], worth[best], minlength=len(piles)) / 2


def put_together(piles: Sequence[Pile], rows: TextRows, days: Array) -> list[Pile]:
    """Return the piles, those joined that are pieces of one large matter."""
    small = [pile for pile in piles if len(pile) < LARGE]
    large = [sorted(pile) for pile in piles if len(pile) >= LARGE]
    for _round in range(ROUNDS):
        grown = _grown(large, rows, days)
        if len(grown) == len(large):
            break
        large = grown
    return [*small, *large]


def _grown(large: Sequence[Pile], rows: TextRows, days: Array) -> list[Pile]:
    chosen = [_some(pile, STANDING_FOR) for pile in large]
    pairs = _between(chosen, rows)
    odds = log_odds(rows, days, pairs.one, pairs.other)
    piles = Piles([len(one) for one in chosen], HIGHER_BAR)
    for both, value in zip(pairs.of.tolist(), odds.tolist(), strict=True):
        one, other = divmod(both, len(large))
        piles.compare(one, other, value)
    piles.grow()
    return [
        sorted(row for number in members for row in large[number]) for members in piles.members if members
    ]


def _between(chosen: Sequence[Pile], rows: TextRows) -> _Pairs:
    """All pairs of messages standing for two piles of which at least one pair is a candidate."""
    standing = np.array([row for pile in chosen for row in pile], dtype=np.int64)
    of = np.repeat(np.arange(len(chosen)), [len(pile) for pile in chosen])
    if len(chosen) < 2:
        return _Pairs(*(np.empty(0, np.int64),) * 3)
    one, other = (of[side] for side in candidates(rows.telling[standing]))
    lower, higher = np.minimum(one, other), np.maximum(one, other)
    keys = np.unique((lower * len(chosen) + higher)[lower != higher])
    found = [
        (key, row, third)
        for key in keys.tolist()
        for row in chosen[key // len(chosen)]
        for third in chosen[key % len(chosen)]
    ]
    return _Pairs(*np.array(found, dtype=np.int64).reshape(-1, 3).T)


def _within(chosen: Sequence[Pile]) -> _Pairs:
    found = [
        (number, row, other)
        for number, pile in enumerate(chosen)
        for at, row in enumerate(pile)
        for other in pile[:at]
    ]
    return _Pairs(*np.array(found, dtype=np.int64).reshape(-1, 3).T)


def _some(pile: Pile, most: int) -> Pile:
    """So many members at most, evenly out of their order in time."""
    ordered = sorted(pile)
    if len(ordered) <= most:
        return ordered
    return [ordered[round(at)] for at in np.linspace(0, len(ordered) - 1, most)]
