"""A private place in a text, and the shadow in which places are looked for."""

import re
from typing import NamedTuple

# One to one, so that a place in the shadow is the same place in the text.
_HALF_WIDTH = {code + 0xFEE0: code for code in range(0x21, 0x7F)} | {0x3000: 0x20, 0xA0: 0x20}
_DASHES = dict.fromkeys(map(ord, "—–‐‑−―﹣"), ord("-"))
_SPOKEN = str.maketrans("零〇○一壹二贰两三叁四肆五伍六陆七柒八捌九玖幺", "00011222334455667788991")
_NO_DIGIT = re.compile("[一二两三四五六七八九](?=[直共般个起下样次定家打接人些天年月楼栋层位名])")
_SPELT_RUN = re.compile(
    "[0-9零〇○一壹二贰两三叁四肆五伍六陆七柒八捌九玖幺](?:[ -]?[0-9零〇○一壹二贰两三叁四肆五伍六陆七柒八捌九玖幺]){4}"
)
_HALF = _HALF_WIDTH | _DASHES


class Span(NamedTuple):
    """A place that looks private: ``start`` and ``end`` in the text, its kind, and whether hardly anything else can be meant."""

    start: int
    end: int
    kind: str
    is_sure: bool = True


def half_width(text: str) -> str:
    """Return the text, sign for sign, with full-width signs and long dashes made plain."""
    return text.translate(_HALF)


def with_digits(shadow: str) -> str:
    """Return a half-width text, sign for sign, with digits for the words of digits (零一二…幺); 一直, 两个 stay words."""
    return _NO_DIGIT.sub("#", shadow).translate(_SPOKEN) if _SPELT_RUN.search(shadow) else shadow


def free_of(spans: list[Span], start: int, end: int) -> bool:
    """Tell whether nothing found so far lies in that place."""
    return all(end <= one.start or start >= one.end for one in spans)


HAN = "\u4e00-\u9fff"
NO_COUNT = r"(?![0-9])(?!\s?(?:元|块|万|亿|余|多|人|户|个|平|米|㎡|m2|吨|公里|%))"
is_han = re.compile(f"[{HAN}]").fullmatch
