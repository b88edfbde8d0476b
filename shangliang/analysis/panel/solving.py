"""Leximin and maximin over real panels. Imports numpy and scipy: for a command or a child process.

Leximin (after Flanigan et al., Nature 2021, by a way of our own): compute the leximin with split seats; ask by column
generation whether that point is a mixture of panels. If so it is the true leximin. If not, the dual of the question is an
inequality that all mixtures meet and the point breaks; add it and begin again. Two points so found lie at least CLOSE / 2 apart
in some cell, so this ends. Each point is at least as good as the true leximin, so the last one is the true one.
"""

from dataclasses import dataclass

import numpy as np

from shangliang.analysis.panel import relaxed
from shangliang.analysis.panel.clock import Clock, OutOfTime
from shangliang.analysis.panel.generation import CLOSE, Goal, Mixture, generate, master
from shangliang.analysis.panel.peeling import face_of, peel
from shangliang.analysis.panel.pool import Cell, Pool
from shangliang.analysis.panel.room import Room


@dataclass
class Found:
    """A mixture of panels, which algorithm made it, and the bound no algorithm can beat.

    ``panels``: seats a cell; ``weights``: sum 1; ``bound``: proven upper bound of the smallest probability; ``witnesses``:
    weight of each cell, sum 1: the best panel for them proves the bound (empty: the bound is from the linear programs alone).
    """

    panels: list[np.ndarray]
    weights: np.ndarray
    algorithm: str
    bound: float
    witnesses: np.ndarray
    rounds: int = 1


def solve(pool: Pool, cells: tuple[Cell, ...], algorithm: str, clock: Clock) -> Found | None:
    """Return the mixture of ``algorithm`` ("leximin" or "maximin"); None if no panel meets the quotas.

    When the clock ends (or the solver fails) before leximin is reached, the algorithm that ran is "maximin": the best of the panels found so far,
    with the proven bound. The first panel is looked for without a time limit.
    """
    room = Room(pool, cells)
    panel, _ = room.best(np.zeros(len(cells)), room.whole, Clock())
    if panel is None:
        return None
    search = _Search(room, clock, [panel])
    try:
        found = search.leximin() if algorithm == "leximin" else search.maximin()
    except OutOfTime:
        found = search.unfinished()
    clock.say(0.9, "正在核对没有更公平的办法")
    return search.certified(found)


class _Search:
    def __init__(self, room: Room, clock: Clock, panels: list[np.ndarray]) -> None:
        self.room, self.clock, self.panels = room, clock, panels
        self.cuts = relaxed.Cuts()
        self.split: relaxed.Split | None = None
        self.ones = np.ones(len(room.heads))

    def leximin(self) -> Found:
        rounds = 1
        split = self._first()
        while True:
            goal = Goal(split.chances, self.ones, 0.0, cut=True)
            face = face_of(self.room, split.chances * self.room.heads)
            mixture = generate(self.room, self.panels, goal, face, self.clock)
            if mixture.value >= -CLOSE:
                return self._found(mixture, "leximin", rounds)
            rounds += 1
            split = self._cut(mixture, split, rounds)

    def _first(self) -> relaxed.Split:
        self.clock.say(0.02, "正在算每类人最多能有多大机会")
        self.split = relaxed.leximin(self.room, self.cuts, self.clock)
        peel(self.room, self.split.chances, self.panels, self.clock)
        return self.split

    def _cut(self, mixture: Mixture, split: relaxed.Split, rounds: int) -> relaxed.Split:
        self.cuts.add(mixture.duals, mixture.bound + float(mixture.duals @ split.chances))
        self.clock.say(0.8 + 0.1 * (1 - 1 / rounds), f"第 {rounds} 遍：席位不能拆开，正在收紧")
        self.split = relaxed.leximin(self.room, self.cuts, self.clock)
        return self.split

    def maximin(self) -> Found:
        split = self._first()
        goal = Goal(0.0 * self.ones, self.ones, split.smallest)
        mixture = generate(self.room, self.panels, goal, None, self.clock)
        found = self._found(mixture, "maximin", 1)
        if mixture.value < split.smallest - CLOSE:
            found.bound, found.witnesses = mixture.bound, mixture.duals
        return found

    def unfinished(self) -> Found:
        cap = self.split.smallest if self.split else 1.0
        mixture = master(self.room, self.panels, Goal(0.0 * self.ones, self.ones, cap), Clock())
        return self._found(mixture, "maximin", 1)

    def _found(self, mixture: Mixture, algorithm: str, rounds: int) -> Found:
        bound = self.split.smallest if self.split else 1.0
        return Found(list(self.panels), mixture.weights, algorithm, bound, np.array([]), rounds)

    def certified(self, found: Found) -> Found:
        """Let one panel search prove the bound; where the split seats prove too little, search for a better proof."""
        if len(found.witnesses) or self.split is None:
            return found
        try:
            self._prove(found, self.split)
        except OutOfTime:
            pass
        return found

    def _prove(self, found: Found, split: relaxed.Split) -> None:
        total = max(float(split.witnesses.sum()), CLOSE)
        _, bound = self.room.best(split.witnesses / total / self.room.heads, self.room.whole, self.clock)
        if bound <= found.bound + CLOSE:
            found.bound, found.witnesses = bound, split.witnesses / total
            return
        goal = Goal(0.0 * self.ones, self.ones, 1.0)
        mixture = generate(self.room, list(self.panels), goal, None, self.clock)
        found.bound, found.witnesses = mixture.bound, mixture.duals
