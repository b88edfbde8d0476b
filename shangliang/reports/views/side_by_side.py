"""Several reports beside each other: what each shares with the rest, and which is like none of them."""

from dataclasses import dataclass
from itertools import combinations
from typing import Any

from shangliang.analysis import same_matter
from shangliang.analysis.redact import hide_private
from shangliang.reports.views.spoken import no_words_yet

MOST_COMPARED = 20  # pairs grow with the square; beyond it each is held against the first alone
FIRST_WORDS, FEW_MORE = 140, 40  # of a text; the rest is folded away unless it is short
FAR = 0.3  # below this nothing would have been shown as alike


@dataclass(frozen=True)
class Beside:
    """One report among others: its words with private data hidden (the first of them, and more), the words it shares, and
    whether it is like none."""

    report: Any
    words: str
    more: str
    shared: tuple[str, ...]
    stands_alone: bool


def side_by_side(reports: list[Any]) -> list[Beside]:
    """Return the reports in their order with what they share. Pure but for the words in another language."""
    texts = [f"{one.title}\n{one.text}" for one in reports]
    nearest = _nearest(reports)
    said = [hide_private(one.text)[0] or no_words_yet(one) for one in reports]
    return [
        Beside(
            one,
            *_cut(said[at]),
            tuple(same_matter.shared_words(texts[at], "\n".join(texts[:at] + texts[at + 1 :]))),
            len(reports) > 1 and nearest[at] < FAR,
        )
        for at, one in enumerate(reports)
    ]


def _cut(words: str) -> tuple[str, str]:
    """Split a long text where it is folded, never inside the mark of something hidden."""
    if len(words) <= FIRST_WORDS + FEW_MORE:
        return words, ""
    hidden = words.rfind("【", 0, FIRST_WORDS)
    at = hidden if hidden > words.rfind("】", 0, FIRST_WORDS) else FIRST_WORDS
    return words[:at], words[at:]


def _nearest(reports: list[Any]) -> list[float]:
    best = [0.0] * len(reports)
    if len(reports) <= MOST_COMPARED:
        pairs = list(combinations(range(len(reports)), 2))
    else:
        pairs = [(0, at) for at in range(1, len(reports))]
    for one, other in pairs:
        a, b = reports[one], reports[other]
        value = same_matter.score(a.title, a.text, b.title, b.text)
        best[one], best[other] = max(best[one], value), max(best[other], value)
    return best
