"""Column generation: the best mixture of panels, with new panels found by an integer program. Imports numpy and scipy.

The master program is ``max z`` with ``chances of the mixture - lift * z >= base`` in every cell. With lift 1 and base 0 it is
maximin; with lift 0 and the value reached in settled cells it is a stage of leximin; with base = a wanted point it says
whether the point is a mixture of panels. The dual of the master prices panels; the best price is a proven upper bound on z
(Gilmore and Gomory 1961 for the method; Flanigan et al., Nature 2021, for its use in sortition).
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from shangliang.analysis.panel.clock import Clock
from shangliang.analysis.panel.room import EXACT, Limits, Room, checked

CLOSE = 1e-6  # probabilities are computed to this


@dataclass(frozen=True)
class Goal:
    """What the mixture is to reach: see the module. ``cap``: z needs not be larger. ``cut``: stop when z = cap is disproved."""

    base: np.ndarray
    lift: np.ndarray
    cap: float
    cut: bool = False


@dataclass(frozen=True)
class Mixture:
    """Weights of the panels (sum 1), the value z, a proven upper bound of it, and the dual weight of each cell."""

    weights: np.ndarray
    value: float
    bound: float
    duals: np.ndarray


def master(room: Room, panels: list[np.ndarray], goal: Goal, clock: Clock) -> Mixture:
    """Return the best mixture of ``panels``; its bound holds for these panels alone."""
    chances = sparse.csr_array((np.array(panels) / room.heads).T)
    count = len(panels)
    found = checked(
        linprog(
            np.append(np.zeros(count), -1.0),
            A_ub=sparse.hstack([-chances, sparse.csr_array(goal.lift[:, None])]),
            b_ub=-goal.base,
            A_eq=np.append(np.ones(count), 0.0)[None],
            b_eq=[1.0],
            bounds=[(0, None)] * count + [(None, goal.cap)],
            method="highs",
            options={**EXACT, "time_limit": clock.left()},
        )
    )
    duals = np.maximum(0.0, -found.ineqlin.marginals)
    return Mixture(found.x[:-1], float(found.x[-1]), float(found.x[-1]), duals)


def generate(room: Room, panels: list[np.ndarray], goal: Goal, face: Limits | None, clock: Clock) -> Mixture:
    """Add panels to ``panels`` until z is within CLOSE of its cap or of its bound, or (``goal.cut``) the cap is disproved.

    ``face``: where to look for panels first; the whole room is searched whenever that brings nothing.
    """
    while True:
        mixture = master(room, panels, goal, clock)
        if mixture.value >= goal.cap - CLOSE:
            return mixture
        if face is not None and _priced(room, panels, goal, mixture, face, clock)[0]:
            continue
        better, bound = _priced(room, panels, goal, mixture, room.whole, clock)
        disproved = goal.cut and bound < goal.cap - CLOSE / 2
        if disproved or not better:
            return Mixture(mixture.weights, mixture.value, bound, mixture.duals)


def _priced(
    room: Room, panels: list[np.ndarray], goal: Goal, mixture: Mixture, limits: Limits, clock: Clock
) -> tuple[bool, float]:
    panel, bound = room.best(mixture.duals / room.heads, limits, clock)
    bound = bound - float(mixture.duals @ goal.base)
    if panel is None or bound <= mixture.value + CLOSE / 4:
        return False, bound
    panels.append(panel)
    return True, bound
