"""A first, rule-based hiding of private data in a resident's text. Somebody still reads it before it is public.

Rules: mobile numbers of China (GB numbering plan), landlines, id numbers (GB 11643 check digit), bank cards (ISO/IEC
7812, Luhn), plates (GA 36), e-mail, WeChat and QQ, house and room numbers.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_NUMBER = "[0-9]{1,4}|[一二三四五六七八九十]{1,3}"
_BUILDING = rf"(?:(?:{_NUMBER}|[A-Za-z][0-9]{{0,2}})\s*(?:栋|幢|号楼|座|号)\s*)"
_PROVINCES = "京津沪渝冀晋辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云陕甘青蒙宁新藏"
# One to one, so that a place in the shadow is the same place in the text.
_HALF_WIDTH = {code + 0xFEE0: code for code in range(0x21, 0x7F)} | {0x3000: 0x20}


class _Rule(NamedTuple):
    kind: str
    pattern: re.Pattern[str]
    holds: Callable[[str], bool] = lambda _: True


def _digits(text: str) -> str:
    return re.sub(r"[ -]", "", text).upper()


def is_id_number(text: str) -> bool:
    """Whether 18 signs (blanks and dashes ignored) are an id number by its check digit (GB 11643-1999)."""
    digits = _digits(text)
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", digits):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, digits, strict=False))
    return "10X98765432"[total % 11] == digits[17]


def is_card_number(text: str) -> bool:
    """Whether 16 to 19 digits (blanks and dashes ignored) pass the Luhn check (ISO/IEC 7812-1)."""
    digits = _digits(text)
    if not re.fullmatch(r"[0-9]{16,19}", digits) or len(set(digits)) == 1:
        return False
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


_RULES = (
    _Rule("邮箱", re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")),
    _Rule("身份证号", re.compile(r"(?<=身份证)(?:号码?|为|是|[:：\s]){0,3}[0-9]{14,17}[0-9Xx](?![0-9])")),
    _Rule("身份证号", re.compile(r"(?<![0-9])[1-9](?:[ -]?[0-9]){16}[ -]?[0-9Xx](?![0-9])"), is_id_number),
    _Rule("银行卡号", re.compile(r"(?<![0-9])[0-9](?:[ -]?[0-9]){15,18}(?![0-9])"), is_card_number),
    _Rule("微信号", re.compile(r"(?<=微信)(?:号码?|是|为|[:：\s]){0,4}[A-Za-z0-9][-_A-Za-z0-9]{5,19}")),
    _Rule("QQ号", re.compile(r"(?:QQ|qq|Qq|扣扣)(?:群|号码?|是|为|[:：\s]){0,4}[1-9][0-9]{4,11}(?![0-9])")),
    _Rule("手机号", re.compile(r"(?<![0-9])(?:\+?86[ -]?)?1[3-9][0-9](?:[ -]?[0-9]{4}){2}(?![0-9])")),
    _Rule("座机号", re.compile(r"(?<![0-9])\(?0[1-9][0-9]{1,2}\)?[ -]?[2-9][0-9]{6,7}(?![0-9])")),
    _Rule("座机号", re.compile(r"(?<=电话)(?:号码?|是|为|[:：\s]){0,3}[2-9][0-9]{6,7}(?![0-9])")),
    _Rule(
        "车牌号",
        re.compile(rf"[{_PROVINCES}][A-HJ-Z][ ·•.-]?(?=[A-Z]*[0-9])[A-HJ-NP-Z0-9]{{5,6}}(?![A-Za-z0-9])"),
    ),
    _Rule(
        "门牌号",
        re.compile(rf"{_BUILDING}?(?:{_NUMBER}|[甲乙丙丁])\s*单元(?:\s*[0-9]{{3,4}}(?:室|房|户|号)?)?"),
    ),
    _Rule("门牌号", re.compile(rf"{_BUILDING}\s*[0-9]{{3,4}}(?:室|房|户|号)?(?![0-9年元米万])")),
    _Rule("门牌号", re.compile(r"(?<![0-9])[0-9]{3,4}(?:室|号房)(?!外)")),
    _Rule(
        "门牌号", re.compile(r"(?<=[路街巷弄里道])\s*[0-9]{1,4}(?:号|弄)(?![线楼院])(?:\s*之[一二三四五])?")
    ),
)


def hide_private(text: str) -> tuple[str, list[str]]:
    """The text with private data replaced by 【已遮：kind】, and the kinds found in order, each once.

    Takes any text, full-width digits included; what is left is unchanged. A number that fails its check digit
    stays, unless 身份证 stands before it.
    """
    shadow = text.translate(_HALF_WIDTH)
    spans: list[tuple[int, int, str]] = []
    for rule in _RULES:
        for match in rule.pattern.finditer(shadow):
            free = all(match.end() <= start or match.start() >= end for start, end, _ in spans)
            if free and rule.holds(match.group()):
                spans.append((match.start(), match.end(), rule.kind))
    pieces, at = [], 0
    for start, end, kind in sorted(spans):
        pieces += [text[at:start], f"【已遮：{kind}】"]
        at = end
    return "".join([*pieces, text[at:]]), list(dict.fromkeys(kind for *_, kind in sorted(spans)))
