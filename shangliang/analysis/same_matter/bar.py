"""Where a committee begins to call two reports one matter: the standard bar, moved by what its own staff decided."""

import math
from collections.abc import Sequence

PRIOR = 20.0  # decisions that the standard weighs as much as
FURTHEST = 0.2  # the bar never leaves the standard by more
TEMPERATURE = 0.1  # width in which a score near the bar counts as a surprise
LEAST, MOST = 0.05, 0.95
PRESSURE = 0.5


def moved_threshold(start: float, joined: Sequence[float], parted: Sequence[float]) -> float:
    """Return the bar of a committee: ``start`` moved by the scores (0..1) of pairs its staff joined and took apart.

    A joined pair below the bar asks for a lower one, a parted pair above it for a higher one; each pulls by how far on
    the wrong side it lies, 1 / (1 + exp(-distance / 0.1)), so that those on the right side hardly pull:
    pull = (sum over parted - sum over joined) / (20 + number of decisions), bar = start + 0.5 * pull,
    never further than 0.2 from the start and always within 0.05..0.95. One decision moves it by at most 0.024; two equal
    lists mirrored about the start leave it. The order of the scores does not matter.
    Refuses, with ValueError, a start or a score outside 0..1.
    """
    if any(not 0 <= one <= 1 for one in (start, *joined, *parted)):
        raise ValueError("a score and the bar lie within 0..1")
    down = math.fsum(_surprise(start - one) for one in joined)
    up = math.fsum(_surprise(one - start) for one in parted)
    pull = PRESSURE * (up - down) / (PRIOR + len(joined) + len(parted))
    moved = start + max(-FURTHEST, min(FURTHEST, pull))
    return max(min(start, LEAST), min(max(start, MOST), moved))


def _surprise(distance: float) -> float:
    return 1 / (1 + math.exp(-distance / TEMPERATURE))
