"""Was this asked before? Candidates from the index of keys, the exact score on top, only of what the viewer may see."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models.expressions import RawSQL

from shangliang.analysis import same_matter
from shangliang.analysis.formulas import bare_title, without_formulas
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
    keys = asked_keys(title, text)
    if not keys or not committee_ids:
        return []
    within: dict[str, list[Any]] = {"committee_id": sorted(committee_ids), "kind": [kind]}
    found = [one for one in rows(sharing_most(INDEX, keys, within, but=but)) if one[0] != but]
    own, *others = _own_words([(title, text), *((name, words) for _id, name, words in found)])
    scores = same_matter.score_many(_profile(own), [_profile(one) for one in others])
    alike = [trio for trio in zip(scores, found, others, strict=True) if trio[0] >= WORTH_SHOWING]
    ranked = sorted(alike, key=lambda trio: (-trio[0], -trio[1][0]))[:most]
    return [_asked(value, one[0], own, words) for value, one, words in ranked]


def asked_keys(title: str, text: str) -> list[int]:
    """Return the keys of a record in the index: of its title without its frame (关于…的协商) and of its text."""
    bare = bare_title(title)
    return list(dict.fromkeys(same_matter.index_keys(f"{bare}\n{text}" if text else bare)))


def _own_words(records: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return titles and texts without what the office writes on every paper: it would make all of them alike."""
    texts = without_formulas([text for _title, text in records])
    return [(bare_title(title), text) for (title, _text), text in zip(records, texts, strict=True)]


def _profile(words: tuple[str, str]) -> same_matter.Profile:
    return same_matter.profile(*words)


def _asked(value: float, record_id: int, own: tuple[str, str], other: tuple[str, str]) -> Asked:
    why = why_alike(*(hide_private("\n".join(words))[0] for words in (own, other)))
    return Asked(record_id, value, why.places, why.words)
