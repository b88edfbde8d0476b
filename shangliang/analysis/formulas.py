"""What an office writes on every paper: frames of titles and sentences of habit, which say nothing of one matter."""

import re
from collections import Counter
from collections.abc import Sequence

from shangliang.analysis.same_matter import normalise

COMMON_TO = 3  # texts: a sentence so many papers hold is a habit, not a matter

_FRAME = re.compile(
    r"^关于[“\"《「]?(?P<inside>.{2,}?)[”\"》」]?的(?:[一-龥]{0,4}协商|协商议题|议题|建议|提案|意见|报告|调研|情况|问题)+$"
)
_ENDS = re.compile(r"(?<=[。！？!?；;\n])")
_DIGITS = re.compile(r"\d+")


def bare_title(title: str) -> str:
    """Return what a title says without its frame: 关于“路灯不亮”的专题协商 → 路灯不亮. One without a frame is unchanged."""
    framed = _FRAME.match(title.strip())
    return framed["inside"] if framed else title


def without_formulas(texts: Sequence[str]) -> list[str]:
    """Return texts without the sentences that at least three of them hold, numbers apart; a text may become empty.

    A sentence ends at 。！？； or a line break. Cost: linear in all characters.
    """
    pieces = [_ENDS.split(text) for text in texts]
    keys = [[_key(piece) for piece in of_one] for of_one in pieces]
    spread = Counter(key for of_one in keys for key in set(of_one) if key)
    return [
        "".join(piece for piece, key in zip(of_one, of_keys, strict=True) if spread[key] < COMMON_TO)
        for of_one, of_keys in zip(pieces, keys, strict=True)
    ]


def _key(sentence: str) -> str:
    """Return a sentence as it is counted: without numbers and signs, so that 近来有 3 条 and 近来有 12 条 are one."""
    return _DIGITS.sub("", normalise(sentence)).replace(" ", "")
