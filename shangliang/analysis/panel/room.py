"""The panels that are allowed, as integer points between linear bounds. Imports numpy and scipy: never in a web process.

A panel is a vector of seats, one number a cell. The room knows the quotas, the size and the households as rows
``low <= rows @ seats <= high`` and the people of each cell as ``0 <= seats <= heads``.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, linprog, milp

from shangliang.analysis.panel.clock import Clock, GaveUp, OutOfTime
from shangliang.analysis.panel.pool import Cell, Pool, households_of

EXACT = {"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10}
SCALE = 1e4  # HiGHS stops at an absolute gap of 1e-6, too coarse for probabilities as they are
TIME_LIMIT, NO_POINT = 1, 2  # status numbers of scipy


@dataclass(frozen=True)
class Limits:
    """Bounds on the rows and on the seats of each cell: the whole room, or a face of it."""

    low: np.ndarray
    high: np.ndarray
    fewest: np.ndarray
    most: np.ndarray


class Room:
    """All panels of a pool. ``heads``: people of each cell; ``rows``: CSR matrix, rows × cells."""

    def __init__(self, pool: Pool, cells: tuple[Cell, ...]) -> None:
        """Set up the rows: one a quota, one for the size, one a household of two or more."""
        self.heads = np.array([len(cell.people) for cell in cells], float)
        place = {name: number for number, name in enumerate(pool.categories)}
        quotas = [[cell.values[place[q.category]] == q.value for cell in cells] for q in pool.quotas]
        homes = list(households_of(cells).values())
        shared = [[number in home for number in range(len(cells))] for home in map(set, homes)]
        self.rows = sparse.csr_array(np.array([*quotas, [1] * len(cells), *shared], float))
        low = [*(q.least for q in pool.quotas), pool.size, *(0 for _ in homes)]
        high = [*(q.most for q in pool.quotas), pool.size, *(1 for _ in homes)]
        self.whole = Limits(np.array(low, float), np.array(high, float), np.zeros(len(cells)), self.heads)

    def best(
        self, gain: np.ndarray, limits: Limits, clock: Clock, gap: float = 0.0
    ) -> tuple[np.ndarray | None, float]:
        """Return the panel of the largest ``gain @ seats`` and a proven upper bound of it; (None, -inf) if there is none."""
        found = milp(
            -gain * SCALE,
            constraints=LinearConstraint(self.rows, limits.low, limits.high),
            bounds=Bounds(limits.fewest, limits.most),
            integrality=np.ones(len(gain)),
            options={"mip_rel_gap": gap, "time_limit": clock.left()},
        )
        if found.status == NO_POINT:
            return None, -np.inf
        return np.round(checked(found).x), -found.mip_dual_bound / SCALE

    def corner(self, gain: np.ndarray, limits: Limits, clock: Clock) -> np.ndarray | None:
        """Return the best point when seats may be split, a corner of the limits; None if there is no point."""
        found = linprog(
            -gain,
            A_ub=sparse.vstack([self.rows, -self.rows]),
            b_ub=np.concatenate([limits.high, -limits.low]),
            bounds=np.stack([limits.fewest, limits.most], axis=1),
            method="highs-ds",
            options={"time_limit": clock.left()},
        )
        return checked(found).x if found.status != NO_POINT else None


def checked(found: OptimizeResult) -> OptimizeResult:
    """Pass a solved program on; raise `OutOfTime` at a time limit and `GaveUp` where the solver failed."""
    if found.status == TIME_LIMIT:
        raise OutOfTime
    if found.status != 0:
        raise GaveUp(found.message)
    return found
