"""How surely two of many texts speak of one matter: the log-odds of a logistic function of a dozen likenesses.

Computed for millions of pairs at once from the rows of `grams`. Weights: see `WEIGHTS` and the folder's docstring.
"""

import numpy as np

from shangliang.analysis.hot_topics.grams import Array, Rows, TextRows

PART = 50_000
LATER_IS_LATER = 30  # days apart: beyond, time says no more
NAMES = (
    "signs", "rare", "rare_title", "names", "kind", "threes", "title_in_text", "title_alone", "title_covered",
    "kind_and_covered", "title_left", "shorter", "days",
)  # fmt: skip

BIAS = -4.512908
WEIGHTS = (
    13.387,
    0.8598,
    0.5861,
    -3.3191,
    -1.2152,
    -7.6212,
    0.5155,
    -0.1794,
    2.6893,
    5.2163,
    -0.5735,
    -0.7127,
    -0.6175,
)


def log_odds(rows: TextRows, days: Array, one: Array, other: Array) -> Array:
    """Return for each pair (row ``one[i]``, row ``other[i]``) the log-odds that both speak of one matter."""
    return likenesses(rows, days, one, other) @ np.array(WEIGHTS, np.float32) + np.float32(BIAS)


def likenesses(rows: TextRows, days: Array, one: Array, other: Array) -> Array:
    """Return a column per name of `NAMES` and a row per pair. ``days``: the day number of each text."""
    made = np.empty((len(one), len(NAMES)), np.float32)
    weigh = np.maximum(np.asarray(rows.rare_title.multiply(rows.rare_title).sum(axis=1)).ravel(), 4)
    for at in range(0, len(one), PART):
        a, b = one[at : at + PART], other[at : at + PART]
        made[at : at + PART] = _of_part(rows, weigh, days, a, b)
    return made


def _of_part(rows: TextRows, weigh: Array, days: Array, a: Array, b: Array) -> Array:
    titles = shared(rows.rare_title, rows.rare_title, a, b)
    covered_a = shared(rows.rare_title, rows.rare, a, b) / weigh[a]
    covered_b = shared(rows.rare_title, rows.rare, b, a) / weigh[b]
    left = np.minimum((1 - covered_a) * weigh[a], (1 - covered_b) * weigh[b])
    kind, covered = shared(rows.kind, rows.kind, a, b), np.minimum(covered_a, covered_b)
    in_text = np.maximum(
        shared(rows.fours_title, rows.fours, a, b), shared(rows.fours_title, rows.fours, b, a)
    )
    columns = (
        shared(rows.signs, rows.signs, a, b),
        np.log1p(shared(rows.rare, rows.rare, a, b)),
        np.log1p(titles),
        titles / np.sqrt(weigh[a] * weigh[b]),
        kind,
        shared(rows.threes, rows.threes, a, b),
        np.log1p(in_text),
        np.log(shared(rows.fours_alone, rows.fours_alone, a, b) + 1e-3),
        covered,
        kind * covered,
        np.log1p(np.maximum(left, 0)),
        np.log1p(np.minimum(rows.lengths[a], rows.lengths[b])),
        np.log1p(np.minimum(np.abs(days[a] - days[b]), LATER_IS_LATER)),
    )
    return np.column_stack(columns)


def shared(left: Rows, right: Rows, one: Array, other: Array) -> Array:
    """Products of row ``one[i]`` of the left with row ``other[i]`` of the right."""
    return np.asarray(left[one].multiply(right[other]).sum(axis=1), dtype=np.float32).ravel()
