"""How well private places are found: recall and precision per kind. Knows neither the engine nor the corpus."""

from collections import Counter
from collections.abc import Iterable, Sequence

Place = tuple[int, int, str]
MOST_TOO_MANY = 2  # signs a found place may stand over what is private and still be right
_BETWEEN = frozenset(" -.·•—－，()（）　")


def scored(pairs: Iterable[tuple[str, Sequence[Place], Sequence[Place]]]) -> dict[str, dict[str, float]]:
    """Return kind → recall, precision, spans for (text, known places, found places).

    A known place counts as found when every sign of it but blanks and dashes is covered by places of its kind. A found
    place is right when it touches a known one of its kind and covers at most two signs that are private in no kind. A kind
    of which nothing was found has precision 1.
    """
    known_of, hit_of, found_of, right_of = (Counter[str]() for _count in range(4))
    for text, known, found in pairs:
        private = {place for start, end, _kind in known for place in range(start, end)}
        for start, end, kind in known:
            known_of[kind] += 1
            hit_of[kind] += _signs(text, start, end) <= _covered(found, kind)
        for start, end, kind in found:
            found_of[kind] += 1
            over = len(set(range(start, end)) - private)
            right_of[kind] += over <= MOST_TOO_MANY and bool(set(range(start, end)) & _covered(known, kind))
    return {
        kind: {
            "recall": round(hit_of[kind] / known_of[kind], 4) if known_of[kind] else 1.0,
            "precision": round(right_of[kind] / found_of[kind], 4) if found_of[kind] else 1.0,
            "spans": known_of[kind],
        }
        for kind in sorted(known_of | found_of)
    }


def _signs(text: str, start: int, end: int) -> set[int]:
    return {place for place in range(start, end) if text[place] not in _BETWEEN}


def _covered(places: Sequence[Place], kind: str) -> set[int]:
    return {place for start, end, one in places if one == kind for place in range(start, end)}
