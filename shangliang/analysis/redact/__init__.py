"""Marking private data in a resident's text. The engine marks; a person confirms before anything is passed on.

`find_private` gives the places, `hide_private` the text with them covered. Pure, and made for a page: at most a millisecond
for five hundred signs.
"""

from shangliang.analysis.redact.names import names_in
from shangliang.analysis.redact.numbers import is_card_number, is_id_number, numbers_in
from shangliang.analysis.redact.places import places_in
from shangliang.analysis.redact.spans import Span, half_width, with_digits

__all__ = ["Span", "find_private", "hide_private", "is_card_number", "is_id_number"]


def find_private(text: str) -> list[Span]:
    """Return the private places of a text, in order, never overlapping.

    Kinds: 手机号 座机号 身份证号 银行卡号 车牌号 邮箱 微信号 QQ号 门牌号 姓名. ``is_sure`` is False where an ordinary word may be
    meant. A number that fails its check digit stays, unless its kind is named before it (身份证, 卡号).
    """
    shadow = half_width(text)
    spans: list[Span] = []
    for found in numbers_in(shadow, with_digits(shadow), spans):
        spans.append(found)
    for found in places_in(shadow, spans):
        spans.append(found)
    for found in names_in(shadow, spans):
        spans.append(found)
    return sorted(spans)


def hide_private(text: str) -> tuple[str, list[str]]:
    """Return the text with private places replaced by 【已遮：kind】, and the kinds found in order, each once.

    Takes any text, full-width digits included; what is left is unchanged.
    """
    spans = find_private(text)
    pieces, at = [], 0
    for span in spans:
        pieces += [text[at : span.start], f"【已遮：{span.kind}】"]
        at = span.end
    return "".join([*pieces, text[at:]]), list(dict.fromkeys(span.kind for span in spans))
