"""Numbers that lead to somebody: telephones, id and bank card numbers, plates, addresses of the net.

Rules: numbering plan of China, id numbers (GB 11643 check digit), bank cards (ISO/IEC 7812, Luhn), plates (GA 36).
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from shangliang.analysis.redact.spans import NO_COUNT, Span, free_of

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PROVINCES = "京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云陕甘青蒙宁新藏"
_IS = r"(?:号码?|账?帐?号|ID|id|名|也?是|为|叫|搜索?|[:=\s\"“”'「（(【]){0,5}"


def _signs(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", text).upper()


def is_id_number(text: str) -> bool:
    """Whether 18 signs (blanks and dashes ignored) are an id number by its check digit (GB 11643-1999)."""
    digits = _signs(text)
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", digits):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, digits, strict=False))
    return "10X98765432"[total % 11] == digits[17]


def is_card_number(text: str) -> bool:
    """Whether 16 to 19 digits (blanks and dashes ignored) pass the Luhn check (ISO/IEC 7812-1)."""
    digits = _signs(text)
    if not re.fullmatch(r"[0-9]{16,19}", digits) or len(set(digits)) == 1:
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


class Rule(NamedTuple):
    """A kind, how it is written, what must hold of the match, where its place is, and whether it is looked for in words too."""

    kind: str
    pattern: re.Pattern[str]
    holds: Callable[[str], bool] = lambda _: True
    is_sure: bool = True
    spelt_out: bool = False


def _two_digits(text: str) -> bool:
    return sum(sign.isdigit() for sign in text) >= 2


def _no_word(text: str) -> bool:
    return (
        not re.match(r"(?i)wechat|weixin|https?|www", text)
        and not re.fullmatch(r"[A-Za-z]+(?:pay)?", text[:6])
    ) or (any(sign.isdigit() or sign in "_-" for sign in text))


_MAIL = Rule(
    "邮箱",
    re.compile(
        r"[A-Za-z0-9._%+-]{1,64}\s?(?:@|[(（\[](?i:at)[)）\]])\s?[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}"
    ),
)
_ID_SAID = Rule(
    "身份证号",
    re.compile(
        rf"(?:身份证|证件)(?:件|上的)?(?:号码?)?{_IS}(?P<it>[1-9](?:[ -]?[0-9]){{13,16}}[ -]?[0-9Xx])(?![0-9])"
    ),
    spelt_out=True,
)
_ID = Rule(
    "身份证号",
    re.compile(r"(?<![0-9])[1-9](?:[ -]?[0-9]){16}[ -]?[0-9Xx](?![0-9A-Za-z])"),
    is_id_number,
    spelt_out=True,
)
_CARD_SAID = Rule(
    "银行卡号",
    re.compile(
        rf"(?:银行卡|卡号|存折|工资卡|社保卡|储蓄卡|信用卡){_IS}(?P<it>[1-9](?:[ -]?[0-9]){{14,18}})(?![0-9])"
    ),
    spelt_out=True,
)
_CARD = Rule(
    "银行卡号",
    re.compile(r"(?<![0-9A-Za-z])(?<!单号)(?<!订单)(?<!编号)(?<!工单)(?<!运单)(?<!流水)(?<!流水号)(?<!条码)(?<!单号[:：是])(?<!编号[:：是])(?<!订单[:：])"
               r"[1-9](?:[ -]?[0-9]){15,18}(?![0-9])"),
    is_card_number, spelt_out=True,
)  # fmt: skip
_MOBILE = Rule(
    "手机号",
    re.compile(
        r"(?<![0-9])(?<![0-9][-.])(?:\+?\(?(?:00)?86\)?[ -]?)?"
        r"(?:1[ -]?[3-9](?:[ -]{0,2}[0-9]){9}|1[3-9][0-9]([.·•,，、/_])[0-9]{4}\1[0-9]{4})(?![0-9])"
    ),
    spelt_out=True,
)
_LANDLINE = Rule(
    "座机号",
    re.compile(
        r"(?<![0-9])(?<![0-9][-.])(?:\+?86[ -]?)?[(（]?0[1-9][0-9]{1,2}[)）]?[ -]{0,2}[2-9](?:[0-9]{2,3}[ -]?[0-9]{4}|[0-9]{3}[ -][0-9]{3,4})"
        r"(?:(?:转|-|ext\.?)\s?[0-9]{1,6})?(?![0-9])"
    ),
    spelt_out=True,
)
_TOLL_FREE = Rule(
    "座机号", re.compile(rf"(?<![0-9])[48]00(?:[ -]?[0-9]){{7}}(?:转[0-9]{{1,6}})?{NO_COUNT}"), spelt_out=True
)
_LOCAL = Rule(
    "座机号",
    re.compile(
        rf"(?:电话|座机|热线|传真|拨打?|(?i:tel|phone))(?:给我)?{_IS}(?P<it>[2-9][0-9]{{2,3}}[ -]?[0-9]{{4}}(?:转[0-9]{{1,6}})?){NO_COUNT}"
    ),
)
_PLATE = Rule(
    "车牌号",
    re.compile(
        rf"[{_PROVINCES}]\s?[A-Za-z][ ·•・.\-]{{0,2}}(?:(?=[A-Za-z]*[0-9])[A-Za-z0-9]{{5,6}}"
        r"|[A-Za-z0-9]{4}[学警港澳挂领使试]|[A-Za-z0-9](?: [A-Za-z0-9]){4,5})"
        r"(?![A-Za-z0-9])"
    ),
    _two_digits,
)
_WECHAT_CUE = (
    r"(?:[微薇威]\s?信|(?i:we\s?chat|weixin)|(?<![A-Za-z])(?:(?i:vx|wx)(?![A-Za-z])|[Vv]\s?信)"
    r"|加我?[Vv薇](?![A-Za-z])|(?<![A-Za-z])[Vv](?=\s?[:：]))"
)
_WECHAT = Rule(
    "微信号",
    re.compile(rf"{_WECHAT_CUE}{_IS}(?P<it>[A-Za-z][-_A-Za-z0-9]{{5,19}})(?![A-Za-z0-9@.])"),
    _no_word,
)
_WECHAT_DIGITS = Rule(
    "微信号", re.compile(rf"{_WECHAT_CUE}{_IS}(?P<it>[1-9][0-9]{{5,19}}[A-Za-z_]{{0,6}}){NO_COUNT}")
)
_WECHAT_BARE = Rule("微信号", re.compile(r"(?<![A-Za-z0-9])wxid_[A-Za-z0-9]{6,20}"))
_WECHAT_AFTER = Rule(
    "微信号",
    re.compile(r"(?<![A-Za-z0-9@.])(?P<it>[A-Za-z][-_A-Za-z0-9]{5,19})\s?[(（]\s?(?:这是|是)?(?:我的?)?微信"),
    _two_digits,
)
_QQ = Rule(
    "QQ号",
    re.compile(
        rf"(?:(?i:q\s?q)|扣扣|企鹅|球球|[Qq]号)(?:群|号码?)?{_IS}(?P<it>[1-9][0-9]{{4,10}}){NO_COUNT}"
    ),
    spelt_out=True,
)
_QQ_AFTER = Rule("QQ号", re.compile(r"(?<![0-9])(?P<it>[1-9][0-9]{5,10})\s?[(（]\s?(?i:qq)"))

# In this order: what is found first keeps its place.
RULES = (
    _MAIL, _ID_SAID, _ID, _CARD_SAID, _CARD, _MOBILE, _LANDLINE, _QQ, _QQ_AFTER, _TOLL_FREE, _PLATE, _WECHAT, _WECHAT_BARE,
    _WECHAT_AFTER, _WECHAT_DIGITS, _LOCAL,
)  # fmt: skip


def numbers_in(shadow: str, digits: str, spans: list[Span]) -> Iterator[Span]:
    """Yield the numbers of a half-width text (``digits``: the same with spelt-out digits) that no earlier one covers."""
    for rule in RULES:
        # As written first: a 一 or 两 that begins the next word must not lengthen a number.
        for written in (shadow, digits) if rule.spelt_out and digits != shadow else (shadow,):
            for match in rule.pattern.finditer(written):
                start, end = match.span("it" if "it" in rule.pattern.groupindex else 0)
                if free_of(spans, start, end) and rule.holds(written[start:end]):
                    yield Span(start, end, rule.kind, rule.is_sure)
