"""The simple lot: seat by seat, the scarcest kind first. Imports numpy and scipy.

One panel: for each seat take the value of a quota whose minimum is hardest to meet (people still missing by people still
possible is largest; any value once all minima are met) and draw one of the possible people who have it, all with the same
chance. Possible means: no maximum is passed, no second person of a household, and in each category the seats left suffice
for the minima. If nobody is possible before the panel is full, it is thrown away and begun again. PANELS such panels, each
with the same number of tickets, make the lottery, so that each person's probability in it is exact. Where most tries fail, the
panel is instead the one with the largest sum of random numbers, one a cell (an integer program); ``searched`` counts these.
It is known to be unfair to people whose kind is scarce in the quotas (Flanigan et al., Nature 2021, on the like of it, LEGACY).
"""

import numpy as np

from shangliang.analysis.panel.clock import Clock, OutOfTime
from shangliang.analysis.panel.pool import Cell, Pool, households_of
from shangliang.analysis.panel.room import Room

PANELS = 1000
TRIES = 50
HOPELESS = 3  # after so many panels without a good try no more are made


class Lot:
    """Draws panels by the simple lot. ``searched``: how many panels needed the integer program."""

    def __init__(self, pool: Pool, cells: tuple[Cell, ...], seed: str, clock: Clock) -> None:
        """Set up; ``seed``: the text from which the random order comes."""
        self.room, self.clock, self.size = Room(pool, cells), clock, pool.size
        self.random = np.random.default_rng(list(seed.encode()))
        place = {quota: number for number, quota in enumerate((q.category, q.value) for q in pool.quotas)}
        names = pool.categories
        self.has = np.array(
            [[place[pair] for pair in zip(names, cell.values, strict=True)] for cell in cells]
        )
        self.group = np.array([names.index(quota.category) for quota in pool.quotas])
        self.least = np.array([quota.least for quota in pool.quotas])
        self.most = np.array([quota.most for quota in pool.quotas])
        self.home = {cell: home for home in households_of(cells).values() for cell in home}
        self.searched = 0

    def panels(self, count: int = PANELS) -> list[np.ndarray] | None:
        """Return ``count`` panels (seats a cell); None if no panel meets the quotas. Ends earlier when the time is up."""
        if self.room.best(np.zeros(len(self.has)), self.room.whole, Clock())[0] is None:
            return None
        drawn: list[np.ndarray] = []
        for number in range(count):
            self.clock.say(0.9 * number / count, "正在一份一份地抽名单")
            try:
                drawn.append(self._one())
            except OutOfTime:
                break
        return drawn or [self._searched(Clock())]

    def _one(self) -> np.ndarray:
        for _ in range(TRIES if self.searched < HOPELESS else 0):
            self.clock.left()
            panel = self._tried()
            if panel is not None:
                return panel
        return self._searched(self.clock)

    def _tried(self) -> np.ndarray | None:
        rest, seats = self.room.heads.copy(), np.zeros(len(self.has))
        have = np.zeros(len(self.least), int)
        for taken in range(self.size):
            weights = self._hat(rest, have, self.size - taken)
            total = weights.sum()
            if total == 0:
                return None
            cell = int(np.searchsorted(np.cumsum(weights), self.random.random() * total, side="right"))
            seats[cell] += 1
            rest[cell] -= 1
            have[self.has[cell]] += 1
            rest[self.home.get(cell, [])] = 0
        return seats if (have >= self.least).all() else None

    def _hat(self, rest: np.ndarray, have: np.ndarray, left: int) -> np.ndarray:
        """Return the people of each cell from whom the next of ``left`` free seats is drawn."""
        missing = np.maximum(0, self.least - have)
        urgent = np.bincount(self.group, weights=missing) >= left
        allowed = (have < self.most) & (~urgent[self.group] | (missing > 0))
        possible = np.where(allowed[self.has].all(axis=1), rest, 0.0)
        there = np.bincount(
            self.has.ravel(), weights=np.repeat(possible, self.has.shape[1]), minlength=len(have)
        )
        if not missing.any():
            return possible
        scarcest = int(np.argmax(missing / np.maximum(there, 0.5)))
        return np.where((self.has == scarcest).any(axis=1), possible, 0.0)

    def _searched(self, clock: Clock) -> np.ndarray:
        self.searched += 1
        panel = self.room.best(self.random.random(len(self.has)), self.room.whole, clock, gap=0.05)[0]
        assert panel is not None
        return panel
