"""How fair a lottery is, in figures. Plain Python.

The measures are those Flanigan et al. (Nature 2021) publish: smallest probability, Gini coefficient, geometric mean.
"""

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction


def gini(probabilities: Sequence[Fraction]) -> Fraction:
    """Return the Gini coefficient, 0 (all alike) to 1: mean difference of two people drawn, by twice the mean (Gini 1912)."""
    ordered, count, total = sorted(probabilities), len(probabilities), sum(probabilities)
    if not total:
        return Fraction(0)
    ranked = sum((2 * place - count - 1) * value for place, value in enumerate(ordered, 1))
    return Fraction(ranked) / (count * total)


def geometric_mean(probabilities: Sequence[Fraction]) -> float:
    """Return the geometric mean; 0 if somebody has no chance at all."""
    if min(probabilities) <= 0:
        return 0.0
    return math.exp(math.fsum(math.log(value) for value in probabilities) / len(probabilities))


def levels(probabilities: Mapping[str, Fraction]) -> list[tuple[float, int]]:
    """Return (probability to five digits, number of people) from the smallest up: the steps leximin raised one by one."""
    heads: dict[float, int] = {}
    for value in sorted(probabilities.values()):
        rounded = round(float(value), 5)
        heads[rounded] = heads.get(rounded, 0) + 1
    return list(heads.items())
