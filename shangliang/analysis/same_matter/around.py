"""Two texts among all others of a committee: what the texts around them say of the pair.

A name that stands in texts of one trouble only (a new mixing plant beside an estate) tells more than one that stands in
texts of every trouble (a street office); and two texts that are both near a third are likelier of one matter.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from shangliang.analysis.same_matter import forest, line, network
from shangliang.analysis.same_matter.likeness import NAMES as OF_TWO
from shangliang.analysis.same_matter.likeness import measures, quick_look
from shangliang.analysis.same_matter.profile import Profile, Weighed, profile, rarity_of_gram
from shangliang.analysis.same_matter.rarity import RARE_PAIR, RARITY, UNKNOWN_PAIR
from shangliang.analysis.same_matter.scoring import DIGITS

Array = np.ndarray[Any, Any]

MOST_TEXTS = 20_000  # above, the table of characters would outgrow the memory of a small machine
CROWD = 150  # more texts with one pair: it tells nothing of them
NEAREST = 15
USUAL = 0.3  # likeness of two texts somebody took at random, where nothing else is known
BLOCK = 64

NAMES = (
    "g_n g_coh g_cohmax g_min g_minmax g_rel g_df g_via1 g_via3 g_via8 g_look g_best_min g_best_max".split()
)


def judged(rows: Array) -> Array:
    """Return scores (pairs,) of rows of measures: the mean of the networks, which see the two texts, the trees and the line."""
    trees = forest.forest()
    alone = network.shares(rows[:, : len(OF_TWO)], network.networks())
    mean = (alone + forest.shares(rows, trees) + line.shares(rows, line.line())) / 3
    return network.shifted(mean, trees.shift)


class Told(NamedTuple):
    """One shared pair of characters: its rarity among the texts, how alike the others that say it are, and how alike to these two."""

    rarity: float
    among: float
    less: float
    many: int


class Around:
    """All texts of one committee, ready to judge pairs of them. ``texts``: (title, body), at most 20,000 (ValueError)."""

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        """Read all texts once: some 1 ms and 110 KB each."""
        if len(texts) > MOST_TEXTS:
            raise ValueError(f"at most {MOST_TEXTS} texts")
        self.profiles: list[Profile] = [profile.__wrapped__(title, body) for title, body in texts]
        self._in_how_many = Counter(gram for one in self.profiles for gram in one.pairs.weights)
        self._characters = _table([one.singles for one in self.profiles])
        self._saying = self._postings()
        self._sums: dict[str, Array] = {}
        self._near: dict[int, list[int]] = {}
        self._looks: dict[tuple[int, int], float] = {}

    def scores(self, pairs: Sequence[tuple[int, int]]) -> list[float]:
        """Return how surely each pair (row numbers of two texts) speaks of one matter, 0..1, in order. Symmetric."""
        if not pairs:
            return []
        found = judged(np.array(self.measures(pairs))).tolist()
        empty = (not self.profiles[a].text.strip() or not self.profiles[b].text.strip() for a, b in pairs)
        return [0.0 if nothing else round(value, DIGITS) for value, nothing in zip(found, empty, strict=True)]

    def measures(self, pairs: Sequence[tuple[int, int]]) -> list[list[float]]:
        """Return the measures of each pair: those of the two texts alone, then those in the order of `NAMES`."""
        self._find_near({row for pair in pairs for row in pair})
        ordered = [(min(pair), max(pair)) for pair in pairs]
        return [
            measures(self.profiles[a], self.profiles[b]) + self._of_names(a, b) + self._of_neighbours(a, b)
            for a, b in ordered
        ]

    def _postings(self) -> dict[str, list[tuple[int, float]]]:
        """{pair of characters of 2 to 150 texts: [(row, weight in a vector of length 1)]}."""
        found: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for row, one in enumerate(self.profiles):
            weights = {gram: self._weight(one.pairs, gram) for gram in one.pairs.weights}
            length = math.sqrt(math.fsum(weight * weight for weight in weights.values())) or 1.0
            for gram, weight in weights.items():
                if 1 < self._in_how_many[gram] <= CROWD:
                    found[gram].append((row, weight / length))
        return found

    def _weight(self, bag: Weighed, gram: str) -> float:
        often = bag.weights[gram] / rarity_of_gram(gram)
        many = self._in_how_many[gram]
        return often * (math.log(len(self.profiles) / many) if many > 1 else 1.0)

    def _find_near(self, rows: Iterable[int]) -> None:
        """Keep the 15 texts nearest to each row: cosine of characters plus cosine of pairs."""
        wanted = sorted(set(rows) - self._near.keys())
        for at in range(0, len(wanted), BLOCK):
            block = wanted[at : at + BLOCK]
            alike = self._characters[block] @ self._characters.T
            for row, likeness in zip(block, alike, strict=True):
                self._near[row] = self._nearest(row, likeness)

    def _nearest(self, row: int, alike: Array) -> list[int]:
        for gram in self.profiles[row].pairs.weights:
            said = self._saying.get(gram, ())
            own = next((weight for one, weight in said if one == row), 0.0)
            for one, weight in said:
                alike[one] += own * weight
        alike[row] = -1
        best = np.argsort(-alike, kind="stable")[:NEAREST]
        return [int(one) for one in best if one != row]

    def _look(self, a: int, b: int) -> float:
        key = (a, b) if a < b else (b, a)
        if key not in self._looks:
            self._looks[key] = quick_look(self.profiles[key[0]], self.profiles[key[1]])
        return self._looks[key]

    def _of_neighbours(self, a: int, b: int) -> list[float]:
        """How near a third text is to both at once, a first look at the pair, and the best each has beside the other."""
        near_a, near_b = set(self._near[a]) - {b}, set(self._near[b]) - {a}
        both = sorted((min(self._look(a, one), self._look(b, one)) for one in near_a | near_b), reverse=True)
        via = [sum(both[:many]) / many for many in (1, 3, 8)]
        best = [
            max((self._look(one, other) for other in near), default=0.0)
            for one, near in ((a, near_a), (b, near_b))
        ]
        return [*via, self._look(a, b), *sorted(best)]

    def _of_names(self, a: int, b: int) -> list[float]:
        """Of the rare pairs both say and one title says: how alike the other texts that say them are, and to these two."""
        told = [one for gram in self._named_by_both(a, b) if (one := self._told(gram, a, b))]
        if not told:
            return [0.0, USUAL, USUAL, USUAL, USUAL, 0.0, 0.0]
        own = float(self._characters[a] @ self._characters[b])
        weight = math.fsum(one.rarity for one in told) or 1.0
        return [
            math.log1p(len(told)),
            math.fsum(one.among * one.rarity for one in told) / weight,
            max(one.among for one in told),
            math.fsum(one.less for one in told) / len(told),
            max(one.less for one in told),
            own - math.fsum(one.among for one in told) / len(told),
            math.fsum(math.log(one.many) for one in told) / len(told),
        ]

    def _named_by_both(self, a: int, b: int) -> list[str]:
        one, other = self.profiles[a], self.profiles[b]
        here = one.title_pairs.weights.keys() & other.pairs.weights.keys()
        there = other.title_pairs.weights.keys() & one.pairs.weights.keys()
        return sorted(gram for gram in here | there if RARITY.get(gram, UNKNOWN_PAIR) >= RARE_PAIR)

    def _told(self, gram: str, a: int, b: int) -> Told | None:
        many = len(self._saying.get(gram, ())) - 2
        if many < 2:
            return None
        if gram not in self._sums:
            self._sums[gram] = self._characters[[row for row, _weight in self._saying[gram]]].sum(0)
        mine, other = self._characters[a], self._characters[b]
        rest = self._sums[gram] - mine - other
        among = (float(rest @ rest) - many) / (many * (many - 1))
        less = min(float(mine @ rest), float(other @ rest)) / many
        return Told(math.log(len(self.profiles) / self._in_how_many[gram]), among, less, many)


def _table(bags: list[Weighed]) -> Array:
    """One row of length 1 for each text over all characters: (1 + ln count) * ln(1 + texts / texts with it)."""
    in_how_many = Counter(gram for bag in bags for gram in bag.weights)
    column = {gram: number for number, gram in enumerate(sorted(in_how_many))}
    table = np.zeros((len(bags), len(column)), np.float32)
    for row, bag in enumerate(bags):
        for gram, weight in bag.weights.items():
            rare = math.log(1 + len(bags) / in_how_many[gram])
            table[row, column[gram]] = weight / rarity_of_gram(gram) * rare
    lengths = np.sqrt((table * table).sum(1, keepdims=True))
    return np.asarray(table / np.where(lengths > 0, lengths, 1.0), np.float32)
