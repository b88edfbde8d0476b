"""Was this asked before? Candidates from the index of keys, the exact score on top, only of what the viewer may see."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from django.db.models.expressions import RawSQL

from shangliang.analysis import same_matter
from shangliang.analysis.redact import hide_private
from shangliang.analysis.why_alike import why_alike
from shangliang.foundation.key_index import KeyIndex, sharing_most

INDEX = KeyIndex("sorting_asked_gram", "record_id", ("committee_id", "kind"))
WORTH_SHOWING = 0.3

Rows = Callable[[RawSQL], Iterable[tuple[int, str, str]]]


@dataclass(frozen=True)
class Asked:
    """One record that was asked before: its id, how alike (0..1), and the places and other words both speak of.

    Places and words are of what stays when private data is hidden.
    """

    record_id: int
    score: float
    place: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def is_sure(self) -> bool:
        """Tell whether the two count as one matter."""
        return self.score >= same_matter.THRESHOLD

    @property
    def marked(self) -> tuple[str, ...]:
        """Return what is marked in both: the names of places and the other words."""
        return tuple(dict.fromkeys((*self.place, *self.words)))


def already_asked(
    committee_ids: Collection[int],
    kind: str,
    title: str,
    text: str,
    rows: Rows,
    *,
    but: int = 0,
    most: int = 5,
) -> list[Asked]:
    """Return up to ``most`` records of a kind that are most like a title and text, best first; one query, bounded.

    ``rows`` is the door of whoever keeps the records: it is given a subquery of ids for ``pk__in`` and returns (id, title,
    text) of those of them the viewer may see; nothing else is scored, so nothing else can come out. ``committee_ids`` are
    those the viewer reaches, ``but`` is the id of the record that is open. No words, no committee: nothing, no query.
    """
    keys = same_matter.index_keys(f"{title}\n{text}" if text else title)
    if not keys or not committee_ids:
        return []
    within = {"committee_id": sorted(committee_ids), "kind": [kind]}
    found = [one for one in rows(sharing_most(INDEX, keys, within, but=but)) if one[0] != but]
    mine = same_matter.profile(title, text)
    scores = same_matter.score_many(mine, [same_matter.profile(name, words) for _id, name, words in found])
    alike = [pair for pair in zip(scores, found, strict=True) if pair[0] >= WORTH_SHOWING]
    ranked = sorted(alike, key=lambda pair: (-pair[0], -pair[1][0]))[:most]
    return [_asked(value, one, f"{title}\n{text}") for value, one in ranked]


def _asked(value: float, one: tuple[int, str, str], mine: str) -> Asked:
    pk, title, text = one
    why = why_alike(hide_private(mine)[0], hide_private(f"{title}\n{text}")[0])
    return Asked(pk, value, why.places, why.words)
