"""Leximin when seats may be split: a chain of linear programs, each with its dual. Imports numpy and scipy.

Leximin raises the smallest probability as far as it goes, then, holding that, the second smallest, and so on (Flanigan, Gölz,
Gupta, Hennig and Procaccia, "Fair algorithms for selecting citizens' assemblies", Nature 2021, who compute it by column
generation over persons). Splitting seats only widens what is possible, so each value here is an upper bound of the true one;
and where the point found here is a mixture of real panels, it is the true leximin, which is unique.
"""

from dataclasses import dataclass, field

import numpy as np
from scipy import sparse
from scipy.optimize import OptimizeResult, linprog

from shangliang.analysis.panel.clock import Clock
from shangliang.analysis.panel.room import EXACT, NO_POINT, Room, checked

CANNOT_RISE = 1e-6  # a dual above this: raising that probability would lower another that is no larger
SLACKS = (0.0, 1e-11, 1e-10, 1e-9, 1e-8, 1e-7)


@dataclass
class Cuts:
    """Inequalities ``weights @ probabilities <= bound`` that every mixture of real panels meets."""

    weights: list[np.ndarray] = field(default_factory=list)
    bounds: list[float] = field(default_factory=list)

    def add(self, weights: np.ndarray, bound: float) -> None:
        """Keep one more."""
        self.weights.append(weights)
        self.bounds.append(bound)


@dataclass(frozen=True)
class Split:
    """The leximin with split seats: the probability of a person of each cell, the smallest one, and who proves it."""

    chances: np.ndarray
    smallest: float
    witnesses: (
        np.ndarray
    )  # weight of each cell, sum 1: no mixture gives the witnesses more than ``smallest`` on average


def leximin(room: Room, cuts: Cuts, clock: Clock) -> Split:
    """Return the leximin point of the room with split seats. The room must not be empty."""
    matrix, bound = _frame(room, cuts)
    floor = np.full(len(room.heads), np.nan)
    first: tuple[float, np.ndarray] | None = None
    while np.isnan(floor).any():
        found, duals = _stage(matrix, bound, floor, clock)
        level = float(found.x[-1])
        first = first or (level, duals)
        floor[_stuck(duals, floor)] = level
    assert first is not None
    return Split(np.clip(found.x[:-1], 0.0, 1.0), *first)


def _frame(room: Room, cuts: Cuts) -> tuple[sparse.csr_array, np.ndarray]:
    per_person = room.rows * room.heads[None, :]
    blocks = [per_person, -per_person]
    if cuts.weights:
        blocks.append(sparse.csr_array(np.array(cuts.weights)))
    bound = np.concatenate([room.whole.high, -room.whole.low, np.array(cuts.bounds)])
    return sparse.csr_array(sparse.vstack(blocks)), bound


def _stage(
    matrix: sparse.csr_array, bound: np.ndarray, floor: np.ndarray, clock: Clock
) -> tuple[OptimizeResult, np.ndarray]:
    free = np.flatnonzero(np.isnan(floor))
    count, cells = len(free), len(floor)
    rise = sparse.csr_array((-np.ones(count), (np.arange(count), free)), shape=(count, cells))
    above = sparse.hstack([matrix, sparse.csr_array((matrix.shape[0], 1))])
    under = sparse.hstack([rise, sparse.csr_array(np.ones((count, 1)))])
    program = sparse.csr_array(sparse.vstack([above, under]))
    found = _solved(program, np.concatenate([bound, np.zeros(count)]), np.nan_to_num(floor), clock)
    duals = np.zeros(cells)
    duals[free] = -found.ineqlin.marginals[-count:]
    return found, duals


def _solved(program: sparse.csr_array, bound: np.ndarray, floor: np.ndarray, clock: Clock) -> OptimizeResult:
    goal = np.zeros(program.shape[1])
    goal[-1] = -1.0
    for slack in SLACKS:
        least = np.append(np.maximum(0.0, floor - slack), 0.0)
        bounds = np.stack([least, np.ones(len(goal))], axis=1)
        options = {**EXACT, "time_limit": clock.left()}
        found = linprog(goal, A_ub=program, b_ub=bound, bounds=bounds, method="highs-ds", options=options)
        if found.status != NO_POINT:
            break
    return checked(found)


def _stuck(duals: np.ndarray, floor: np.ndarray) -> np.ndarray:
    stuck = duals > CANNOT_RISE
    return stuck if stuck.any() else np.isnan(floor)
