"""From sure and unsure pairs to matters: piles grow by the best pair of piles first and stop when no pair is good enough.

Two piles are as near as 0.75 × the mean log-odds over all pairs of a text here with a text there, pairs never compared
counted as `NEVER_COMPARED`, + 0.25 × the best of them. The mean keeps one likeness between two piles from chaining them (as
connected components do); the best pair keeps a matter together that is told in many words. Joins of staff are never undone:
they start as one pile.

Work: pairs * ln(pairs), a part of the graph after the other.
"""

import heapq
from collections.abc import Iterable, Sequence

Pile = list[int]
Link = tuple[float, int, float]  # sum of log-odds, how many pairs, the best

NEVER_COMPARED = -4.0
SUREST = 4.0  # log-odds beyond are cut: no single pair may outweigh many
NEAR_ENOUGH = -1.0
NEAR_ENOUGH_JUDGED = -0.75  # where the pairs were judged by `same_matter`
HIGHER_BAR = 0.5  # for what was a kind of trouble and no matter, and for pieces of large matters
COMPARED_WITH = 20
SHARE_OF_MEAN = 0.75


class Piles:
    """Piles of numbers that are joined step by step. ``size[p]`` is 0 once pile p has gone into another.

    ``sizes``: how many texts each number stands for from the beginning, all of them compared with each other's.
    """

    def __init__(self, sizes: Sequence[int], near_enough: float = NEAR_ENOUGH) -> None:
        self.members: list[Pile] = [[number] for number in range(len(sizes))]
        self.size = list(sizes)
        self.links: list[dict[int, Link]] = [{} for _number in sizes]
        self.near_enough = near_enough
        self.heap: list[tuple[float, int, int, int, int]] = []

    def compare(self, one: int, other: int, log_odds: float) -> None:
        """Say how alike two texts of two piles are; said more than once it adds up."""
        odds = max(-SUREST, min(SUREST, log_odds))
        link = _added(self.links[one].get(other), (odds, 1, odds))
        self.links[one][other] = self.links[other][one] = link

    def join(self, one: int, other: int) -> int:
        """Put two piles into one; return which of the two numbers it goes on under."""
        into, gone = (one, other) if len(self.links[one]) >= len(self.links[other]) else (other, one)
        self.links[into].pop(gone, None)
        for third, link in self.links[gone].items():
            if third != into:
                del self.links[third][gone]
                joined = _added(self.links[into].get(third), link)
                self.links[into][third] = self.links[third][into] = joined
        self.size[into] += self.size[gone]
        self.members[into] += self.members[gone]
        self.size[gone], self.members[gone], self.links[gone] = 0, [], {}
        return into

    def grow(self) -> None:
        """Join the nearest two piles until none are near enough."""
        for one, links in enumerate(self.links):
            self._offer(one, (other for other in links if other > one))
        while self.heap:
            _distance, one, other, size, other_size = heapq.heappop(self.heap)
            if self.size[one] == size and self.size[other] == other_size:
                into = self.join(one, other)
                self._offer(into, self.links[into])

    def _offer(self, one: int, others: Iterable[int]) -> None:
        for other in others:
            near = nearness(self.links[one][other], self.size[one], self.size[other])
            if near > self.near_enough:
                heapq.heappush(self.heap, (-near, one, other, self.size[one], self.size[other]))


def nearness(link: Link, size: int, other_size: int) -> float:
    """Return how near two piles of these sizes are, in log-odds.

    As each text is compared with its `COMPARED_WITH` likest only, no more pairs than that per text are missed.
    """
    total, known, best = link
    pairs = max(known, min(size * other_size, min(size, other_size) * COMPARED_WITH))
    mean = (total + (pairs - known) * NEVER_COMPARED) / pairs
    return SHARE_OF_MEAN * mean + (1 - SHARE_OF_MEAN) * best


def _added(one: Link | None, other: Link) -> Link:
    return (one[0] + other[0], one[1] + other[1], max(one[2], other[2])) if one else other


def piles_of(
    count: int,
    pairs: Iterable[tuple[int, int, float]],
    together: Sequence[Sequence[int]] = (),
    near_enough: float = NEAR_ENOUGH,
) -> list[Pile]:
    """Return the piles of two and more rows.

    ``pairs``: (row, other row, log-odds), each pair once. ``together``: rows that are one pile from the beginning.
    """
    piles = Piles([1] * count, near_enough)
    for one, other, log_odds in pairs:
        piles.compare(one, other, log_odds)
    for rows in together:
        first = rows[0]
        for row in rows[1:]:
            first = piles.join(first, row)
    piles.grow()
    return [members for members in piles.members if len(members) > 1]
