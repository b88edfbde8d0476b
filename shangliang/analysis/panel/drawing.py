"""From a mixture of panels to tickets, and from a seed to one panel, so that anybody can do it again. Plain Python.

TICKETS tickets stand for the whole lottery; each panel holds a whole number of them. Announced before the draw, such a lottery
can be checked by everyone (the idea of Flanigan, Kehne and Procaccia, "Fair sortition made transparent", NeurIPS 2021).
"""

import hashlib
from collections.abc import Sequence
from fractions import Fraction

TICKETS = 10**9
SPAN = 2**256
Seats = tuple[int, ...]


class Dice:
    """Number k of a seed is SHA-256 of the UTF-8 text "seed/k", read as one big-endian number; k counts from 0."""

    def __init__(self, seed: str) -> None:
        """Start at k = 0."""
        self.seed, self.thrown = seed, 0

    def below(self, sides: int) -> int:
        """Return a number from 0 to ``sides`` - 1: the next number k modulo ``sides``, skipping those of the last, broken round."""
        whole = SPAN - SPAN % sides
        while True:
            number = int.from_bytes(hashlib.sha256(f"{self.seed}/{self.thrown}".encode()).digest(), "big")
            self.thrown += 1
            if number < whole:
                return number % sides


def tickets(panels: Sequence[Seats], weights: Sequence[float]) -> tuple[tuple[Seats, int], ...]:
    """Return the panels in order of their seats, each with its tickets; alike panels joined, panels without a ticket left out.

    Weights are rounded to tickets by largest remainder, so a probability moves by less than (number of panels) / TICKETS.
    """
    joined: dict[Seats, Fraction] = {}
    for panel, weight in zip(panels, weights, strict=True):
        joined[panel] = joined.get(panel, Fraction(0)) + Fraction(max(0.0, weight))
    total = sum(joined.values())
    shares = {panel: TICKETS * weight / total for panel, weight in joined.items()}
    whole = {panel: int(share) for panel, share in shares.items()}
    most_cut_off = sorted(shares, key=lambda panel: (whole[panel] - shares[panel], panel))
    for panel in most_cut_off[: TICKETS - sum(whole.values())]:
        whole[panel] += 1
    return tuple((panel, count) for panel, count in sorted(whole.items()) if count)


def chances(lottery: Sequence[tuple[Seats, int]], heads: Sequence[int]) -> list[Fraction]:
    """Return the exact probability of a person of each cell: expected seats by people."""
    seats = [0] * len(heads)
    for panel, count in lottery:
        for cell, taken in enumerate(panel):
            if taken:
                seats[cell] += taken * count
    return [Fraction(expected, TICKETS * people) for expected, people in zip(seats, heads, strict=True)]


def draw(
    lottery: Sequence[tuple[Seats, int]], people: Sequence[Sequence[str]], seed: str
) -> tuple[int, list[str]]:
    """Return the ticket drawn (from 0) and the people of its panel, in the order drawn.

    First the ticket; panels hold the tickets in the order listed. Then cell by cell, for each seat, one of the people of the
    cell who are still in the hat, counted from 0 in the order listed.
    """
    dice = Dice(seed)
    ticket = dice.below(TICKETS)
    chosen: list[str] = []
    for hat, taken in zip(map(list, people), _holder(lottery, ticket), strict=True):
        chosen.extend(hat.pop(dice.below(len(hat))) for _ in range(taken))
    return ticket, chosen


def _holder(lottery: Sequence[tuple[Seats, int]], ticket: int) -> Seats:
    for panel, count in lottery:
        if ticket < count:
            return panel
        ticket -= count
    raise ValueError(f"tickets end before number {ticket}")
