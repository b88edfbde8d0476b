"""Which texts are held out: by the text itself, so that equal texts are never on both sides."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from shangliang.analysis.classify.grams import prepared

_SIGNS = re.compile(r"[^0-9a-z\u3400-\u9fff]+")


def parts(texts: Sequence[str], count: int) -> npt.NDArray[np.int64]:
    """Return the part 0..count-1 of every text, by a digest of its signs; the same text always falls in the same part."""
    return np.array([int.from_bytes(_digest(text)[:8], "big") % count for text in texts], np.int64)


def split_held_out(
    texts: Sequence[str], labels: Sequence[str], dates: Sequence[date] | None = None, share: float = 0.2
) -> tuple[list[int], list[int]]:
    """Return row numbers from 0 (to learn from, held out), both rising; about ``share`` of the rows are held out.

    With dates the latest texts are held out, otherwise a choice fixed by the texts. Texts equal in their signs stay
    together, on the side of the latest of them. No label gives away more than half of its rows, so that whatever is
    asked was also learned, however decisions come in batches; fewer rows than ``share`` may then be held out.
    ValueError where the lists differ in length or share is not in (0, 1).
    """
    if len(texts) != len(labels) or (dates is not None and len(dates) != len(texts)):
        raise ValueError("文本、类别和日期的条数不一样。")
    if not 0 < share < 1:
        raise ValueError("留出的比例要在 0 和 1 之间。")
    groups: dict[bytes, list[int]] = {}
    for at, text in enumerate(texts):
        groups.setdefault(_digest(text), []).append(at)
    order = sorted(
        groups, key=lambda key: (max(dates[at] for at in groups[key]).toordinal() if dates else 0, key)
    )
    held = _held([groups[key] for key in reversed(order)], labels, share * len(texts))
    return sorted(set(range(len(texts))) - held), sorted(held)


def _held(groups: Sequence[list[int]], labels: Sequence[str], most: float) -> set[int]:
    """Take groups of rows in order, at most ``most`` rows, leaving at least half of the rows of each label behind."""
    left = Counter(labels)
    least = {label: count / 2 for label, count in left.items()}
    held: set[int] = set()
    for group in groups:
        gone = Counter(labels[at] for at in group)
        if len(held) + len(group) <= most and all(left[one] - gone[one] >= least[one] for one in gone):
            held.update(group)
            left -= gone
    return held


def _digest(text: str) -> bytes:
    return hashlib.blake2b(
        _SIGNS.sub("", prepared(text).lower()).encode("utf-8", "surrogatepass"), digest_size=16
    ).digest()
