"""Writing a point as a mixture of panels by peeling panels off it. Imports numpy and scipy.

As in Carathéodory's theorem: take a panel on the smallest face around the point, walk from the panel through the point until
a bound is met, go on from there on a smaller face. Where the bounds have whole corners this ends with a full mixture; where
not, what was peeled is the start of the column generation, which is exact.
"""

import numpy as np

from shangliang.analysis.panel.clock import Clock
from shangliang.analysis.panel.room import Limits, Room

NEAR = 1e-6
LITTLE = 5e-7
STEP = 1e-9
PATIENCE = 20  # steps of no length: rounding has eaten what is left
NEIGHBOURS = 30


def face_of(room: Room, seats: np.ndarray) -> Limits:
    """Return the limits with every bound tight that is tight at ``seats``, and each cell between its two whole numbers."""
    whole, sums = room.whole, room.rows @ seats
    low = np.where(sums > whole.high - NEAR, whole.high, whole.low)
    high = np.where(sums < whole.low + NEAR, whole.low, whole.high)
    return Limits(low, high, np.floor(seats + NEAR), np.ceil(seats - NEAR))


def peel(room: Room, chances: np.ndarray, panels: list[np.ndarray], clock: Clock) -> None:
    """Add panels to ``panels`` whose mixtures come close to ``chances`` (a probability a cell)."""
    random = np.random.default_rng(0)
    seats, rest, fruitless = chances * room.heads, 1.0, 0
    while rest > LITTLE and fruitless < PATIENCE:
        limits = face_of(room, seats)
        gain = (seats - limits.fewest) * random.uniform(0.9, 1.1, len(seats))
        panel = _some_panel(room, gain, limits, random, clock)
        if panel is None:
            break
        panels.append(panel)
        far = _how_far(room, seats, seats - panel, limits)
        if np.isinf(far):
            break
        fruitless += far < STEP
        seats, rest = seats + far * (seats - panel), rest / (1 + far)
        clock.say(0.1 + 0.7 * (1 - rest), "正在把机会分到一份份合格的名单上")


def _how_far(room: Room, seats: np.ndarray, way: np.ndarray, limits: Limits) -> float:
    values = np.concatenate([seats, room.rows @ seats])
    steps = np.concatenate([way, room.rows @ way])
    high = np.concatenate([limits.most, room.whole.high])
    low = np.concatenate([limits.fewest, room.whole.low])
    moves = np.abs(steps) > 10 * NEAR
    room_left = np.where(steps > 0, high - values, values - low)[moves]
    return max(0.0, float((room_left / np.abs(steps[moves])).min())) if moves.any() else np.inf


def _some_panel(
    room: Room, gain: np.ndarray, limits: Limits, random: np.random.Generator, clock: Clock
) -> np.ndarray | None:
    corner = room.corner(gain, limits, clock)
    if corner is None:
        return None
    whole = np.round(corner)
    split = np.abs(corner - whole) > NEAR
    if not split.any():
        return whole
    free = split | (corner > limits.fewest + NEAR) | (random.random(len(corner)) < NEIGHBOURS / len(corner))
    near = Limits(
        limits.low, limits.high, np.where(free, limits.fewest, whole), np.where(free, limits.most, whole)
    )
    panel, _ = room.best(gain, near, clock, gap=0.05)
    return panel if panel is not None else room.best(gain, limits, clock, gap=0.05)[0]
