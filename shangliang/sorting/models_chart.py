"""The chart of how sure a model said it was against how often it was right, drawn on the server: numbers for an SVG."""

from collections.abc import Sequence
from dataclasses import dataclass

SIDE, LEFT, TOP = 240, 44, 12  # of the square, in units of the drawing
WIDTH, HEIGHT = LEFT + SIDE + 14, TOP + SIDE + 40
SMALLEST, LARGEST = 3.0, 10.0  # radius of a dot
STEPS = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class Dot:
    """One band: where it stands, how large by how many decisions fell into it, and what it says."""

    x: float
    y: float
    radius: float
    sure: int
    right: int
    count: int


@dataclass(frozen=True)
class Chart:
    """Everything a template draws: the size, the frame, the dots, the marks of both axes."""

    dots: tuple[Dot, ...]
    marks: tuple[tuple[int, float, float], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    top: int = TOP
    right: int = LEFT + SIDE
    bottom: int = TOP + SIDE


def chart_of(bands: Sequence[tuple[float, float, int]]) -> Chart | None:
    """Return the chart of (mean confidence, share right, count) bands, or None where there are none.

    The area of a dot grows with its count; a model that says just what it knows has every dot on the diagonal.
    """
    if not bands:
        return None
    most = max(count for *_shares, count in bands)
    dots = tuple(_dot(mean, right, count, most) for mean, right, count in bands)
    marks = tuple((step, _across(step / 100), _up(step / 100)) for step in STEPS)
    return Chart(dots, marks)


def _dot(mean: float, right: float, count: int, most: int) -> Dot:
    radius = max(SMALLEST, LARGEST * (count / most) ** 0.5)
    return Dot(_across(mean), _up(right), round(radius, 1), round(100 * mean), round(100 * right), count)


def _across(share: float) -> float:
    return round(LEFT + SIDE * share, 1)


def _up(share: float) -> float:
    return round(TOP + SIDE * (1 - share), 1)
