"""From what people said to topics: rows of grams, candidates, likenesses, piles, heat. Needs numpy and scipy."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from shangliang.analysis.hot_topics.closer import FEW_TEXTS, judged_odds, likeliest
from shangliang.analysis.hot_topics.grams import Array, TextRows, text_rows
from shangliang.analysis.hot_topics.heat import heat, heat_parts
from shangliang.analysis.hot_topics.joining import (
    HIGHER_BAR,
    NEAR_ENOUGH,
    NEAR_ENOUGH_JUDGED,
    SUREST,
    Pile,
    piles_of,
)
from shangliang.analysis.hot_topics.likeness import log_odds
from shangliang.analysis.hot_topics.mending import kinds_among, put_together
from shangliang.analysis.hot_topics.naming import order_by_centrality, places_of, title_of
from shangliang.analysis.hot_topics.pairs import candidates
from shangliang.analysis.hot_topics.said import HeatParts, Matters, Said, Topic

LEAST_LIKELY = -3.0  # log-odds; a pair below counts like one that was never compared
LARGEST_PART = 50_000  # messages that are held as a graph of Python objects at once


class Edges(NamedTuple):
    """Pairs of rows with the log-odds that they are one matter."""

    one: Array
    other: Array
    odds: Array


def matters_in(said: Sequence[Said], most: int, today: date | None) -> Matters:
    """See `find_matters`."""
    ordered = sorted(said, key=lambda one: one.at)
    if not ordered:
        return Matters([], [])
    rows = text_rows(((one.title, one.body) for one in ordered), len(ordered))
    ranked = _by_heat(ordered, piles_in(ordered, rows), today or ordered[-1].at.date())
    topics = [_topic(ordered, rows, pile, parts) for pile, parts in ranked[:most]]
    rest = [[ordered[row].key for row in pile] for pile, _parts in ranked[most:]]
    return Matters(topics, [*(one.keys for one in topics), *rest])


def piles_in(said: Sequence[Said], rows: TextRows) -> list[Pile]:
    """Return all piles of two and more messages that are one matter, as positions in ``said``."""
    days = np.array([one.at.toordinal() for one in said], dtype=np.float32)
    together, edges = _groups(said), edges_between(said, rows, days)
    near_enough = NEAR_ENOUGH_JUDGED if len(said) <= FEW_TEXTS else NEAR_ENOUGH
    grown = list(_piles(len(said), edges, together, near_enough))
    is_kind = kinds_among(grown, rows, days)
    matters = [pile for pile, kind in zip(grown, is_kind, strict=True) if not kind]
    kinds = [pile for pile, kind in zip(grown, is_kind, strict=True) if kind]
    parted = _parted(len(said), kinds, edges, together)
    return put_together([*matters, *parted], rows, days)


def _parted(count: int, kinds: Sequence[Pile], edges: Edges, together: Sequence[Sequence[int]]) -> list[Pile]:
    """Let what was a kind grow again behind the higher bar."""
    of = np.full(count, -1)
    for number, pile in enumerate(kinds):
        of[pile] = number
    inside = (of[edges.one] == of[edges.other]) & (of[edges.one] >= 0)
    staying = [rows for rows in together if of[rows[0]] >= 0]
    within = Edges(edges.one[inside], edges.other[inside], edges.odds[inside])
    return list(_piles(count, within, staying, HIGHER_BAR))


def edges_between(said: Sequence[Said], rows: TextRows, days: Array) -> Edges:
    """Return the candidate pairs that are not next to impossible; among few texts the likeliest are judged more closely."""
    one, other = candidates(rows.telling)
    odds = log_odds(rows, days, one, other)
    if len(said) <= FEW_TEXTS:
        chosen = likeliest(odds, len(said))
        odds[chosen] = judged_odds(said, one[chosen], other[chosen])
    likely = odds > LEAST_LIKELY
    return Edges(one[likely], other[likely], odds[likely])


def _groups(said: Sequence[Said]) -> list[list[int]]:
    groups = defaultdict(list)
    for at, one in enumerate(said):
        if one.group is not None:
            groups[one.group].append(at)
    return [rows for rows in groups.values() if len(rows) > 1]


def _piles(
    count: int, edges: Edges, together: Sequence[Sequence[int]], bar: float = NEAR_ENOUGH
) -> Iterator[Pile]:
    """Grow piles in each part of the graph by itself: what no near pair links can never be joined."""
    part = _parts(count, edges, together, bar)
    groups = defaultdict(list)
    for rows in together:
        groups[part[rows[0]]].append(rows)
    inside = part[edges.one] == part[edges.other]
    order = np.flatnonzero(inside)[np.argsort(part[edges.one[inside]], kind="stable")]
    of_edge = part[edges.one[order]]
    starts = np.flatnonzero(np.r_[True, of_edge[1:] != of_edge[:-1]]) if len(order) else np.empty(0, np.int64)
    ends = np.r_[starts[1:], len(order)][: len(starts)]  # none where no two are near each other
    for start, end in zip(starts, ends, strict=True):
        chosen = order[start:end]
        yield from _of_part(edges, chosen, groups.pop(of_edge[start], []), bar)
    for rows in (one for rest in groups.values() for one in rest):
        yield list(rows)


def _parts(count: int, edges: Edges, together: Sequence[Sequence[int]], bar: float) -> Array:
    """Number the parts of the graph of near pairs; a part too large to hold comes apart at its weakest pairs."""
    chain = np.array([pair for rows in together for pair in pairwise(rows)], dtype=np.int64).reshape(-1, 2)
    near = edges.odds > bar
    while True:
        ends = np.r_[edges.one[near], chain[:, 0]], np.r_[edges.other[near], chain[:, 1]]
        graph = coo_matrix((np.ones(len(ends[0]), bool), ends), shape=(count, count))
        part = np.asarray(connected_components(graph, directed=False)[1])
        is_large = np.bincount(part) > LARGEST_PART
        if not is_large.any() or bar >= SUREST:
            return part
        bar += 1.0
        near &= (edges.odds > bar) | ~is_large[part[edges.one]]


def _of_part(edges: Edges, chosen: Array, together: Sequence[Sequence[int]], bar: float) -> Iterator[Pile]:
    one, other = edges.one[chosen], edges.other[chosen]
    joined = [row for rows in together for row in rows]
    rows = np.unique(np.r_[one, other, np.array(joined, dtype=one.dtype)])
    near = (np.searchsorted(rows, side).tolist() for side in (one, other))
    inside = [np.searchsorted(rows, group).tolist() for group in together]
    for pile in piles_of(len(rows), zip(*near, edges.odds[chosen].tolist(), strict=True), inside, bar):
        yield rows[pile].tolist()


def _by_heat(said: Sequence[Said], piles: Sequence[Pile], today: date) -> list[tuple[Pile, HeatParts]]:
    """Piles with what their heat is made of; the hottest first, of equal ones the one heard of later."""
    made = [
        (pile, heat_parts([(said[row].at.date(), said[row].who) for row in pile], today)) for pile in piles
    ]
    return sorted(made, key=lambda one: (-heat(one[1]), -len(one[0]), -max(one[0])))


def _topic(said: Sequence[Said], rows: TextRows, pile: Pile, parts: HeatParts) -> Topic:
    members = order_by_centrality(rows, pile)
    whose, title = title_of(said, members)
    times = [said[row].at for row in members]
    return Topic(
        title_of=said[whose].key,
        title=title,
        keys=[said[row].key for row in members],
        since=min(times),
        until=max(times),
        places=places_of(said[row] for row in members),
        heat=heat(parts),
        heat_parts=parts,
    )
