"""Counts by week as bars: whole numbers for the server-drawn picture, no script, no style."""

from collections.abc import Sequence
from typing import Any

HEIGHT, WIDE, APART = 32, 5, 7


def bars(counts: Sequence[int]) -> dict[str, Any]:
    """Return width, height and the bars (x, y, height) of a row of counts; what is not nothing is at least two high."""
    most = max(counts, default=0)
    high = [max(2, round(count * HEIGHT / most)) if count else 0 for count in counts]
    placed = [(at * APART, HEIGHT - one, one) for at, one in enumerate(high) if one]
    return {"bars": placed, "wide": WIDE, "width": max(1, len(counts) * APART), "height": HEIGHT}
