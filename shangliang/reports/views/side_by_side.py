"""Several reports beside each other: what each shares with the rest, how surely it is the same, and which is like none."""

from dataclasses import dataclass
from itertools import combinations
from typing import Any

from shangliang.analysis import same_matter
from shangliang.analysis.redact import hide_private
from shangliang.analysis.why_alike import Why, why_alike
from shangliang.reports.queries.similar import WORTH_SHOWING
from shangliang.reports.queries.thresholds import STANDARD
from shangliang.reports.views.likeness import sure_words
from shangliang.reports.views.spoken import no_words_yet

MOST_COMPARED = 20  # pairs grow with the square; beyond it each is held against the first alone
FIRST_WORDS, FEW_MORE = 140, 40  # of a text; the rest is folded away unless it is short
FEWEST_TICKED = 2


@dataclass(frozen=True)
class Beside:
    """One report among others, with private data hidden: its title, the first of its words, and more.

    ``why``: places and words it shares with the rest, marked in it; ``nearest`` is the report it is most like, ``sure``
    how surely the two are one matter, in words; ``is_alike`` from the committee's bar on; ``stands_alone`` where nothing
    would have been shown beside it.
    """

    report: Any
    title: str
    words: str
    more: str
    why: Why
    nearest: Any
    sure: str
    is_alike: bool
    stands_alone: bool


def side_by_side(reports: list[Any], bar: float = STANDARD) -> list[Beside]:
    """Return the reports in their order with what they share; ``bar`` is from which likeness on they are the same here."""
    titles = [hide_private(one.title)[0] for one in reports]
    said = [hide_private(one.text)[0] or no_words_yet(one) for one in reports]
    texts = [f"{title}\n{words}" for title, words in zip(titles, said, strict=True)]
    nearest = _nearest(reports)
    return [
        _beside(one, titles[at], said[at], texts[at], texts[:at] + texts[at + 1 :], *nearest[at], bar)
        for at, one in enumerate(reports)
    ]


def to_tick(rows: list[Beside]) -> set[str]:
    """Return the codes ticked at first: those like another from the bar on; all, where these are fewer than two.

    Whoever ticked them on the desk had a reason: the machine only lays aside what is unlike the rest of a pile.
    """
    alike = {one.report.code for one in rows if one.is_alike}
    return alike if len(alike) >= FEWEST_TICKED else {one.report.code for one in rows}


def _beside(
    report: Any, title: str, words: str, text: str, rest: list[str], score: float, nearest: Any, bar: float
) -> Beside:
    why = why_alike(text, "\n".join(rest))
    alone = nearest is not None and score < WORTH_SHOWING
    sure = "" if nearest is None or alone else sure_words(score, bar)
    is_alike = nearest is not None and score >= bar
    return Beside(report, title, *_cut(words), why, nearest, sure, is_alike, alone)


def _cut(words: str) -> tuple[str, str]:
    """Split a long text where it is folded, never inside the mark of something hidden."""
    if len(words) <= FIRST_WORDS + FEW_MORE:
        return words, ""
    hidden = words.rfind("【", 0, FIRST_WORDS)
    at = hidden if hidden > words.rfind("】", 0, FIRST_WORDS) else FIRST_WORDS
    return words[:at], words[at:]


def _nearest(reports: list[Any]) -> list[tuple[float, Any]]:
    """Return for each report how alike (0..1) the one is that it is most like, and that one; None where it is alone."""
    best: list[tuple[float, Any]] = [(0.0, None)] * len(reports)
    if len(reports) <= MOST_COMPARED:
        pairs = list(combinations(range(len(reports)), 2))
    else:
        pairs = [(0, at) for at in range(1, len(reports))]
    known = [same_matter.profile(one.title, one.text) for one in reports]
    values = same_matter.score_pairs((known[one], known[other]) for one, other in pairs)
    for (one, other), value in zip(pairs, values, strict=True):
        for at, beside in ((one, other), (other, one)):
            if best[at][1] is None or value > best[at][0]:
                best[at] = value, reports[beside]
    return best
