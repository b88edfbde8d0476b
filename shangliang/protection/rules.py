"""Pure decisions of protection: what is private in a text, who may read it, and who may handle a matter alone."""

import re
from collections.abc import Collection, Iterable, Sequence

from shangliang.analysis.redact import find_private

MANY_FROM = 5  # distinct reports from which on nobody can be told from the others (issue 3; design.md §1)
LONGEST_TEXT = 2000
LONGEST_HINT = 200
RUN_THAT_QUOTES = (
    10  # signs in a row that stand in the original too: then it is the reporter's own way of saying it
)

# Numbers that lead to one person: they never stand in a text a unit or the public reads.
STRUCTURED = frozenset({"手机号", "座机号", "身份证号", "银行卡号", "车牌号", "邮箱", "微信号", "QQ号"})
TONES = {
    "手机号": 1,
    "座机号": 1,
    "身份证号": 2,
    "银行卡号": 2,
    "车牌号": 3,
    "邮箱": 4,
    "微信号": 4,
    "QQ号": 4,
    "姓名": 5,
}
OTHER_TONE = 6  # addresses, house and room numbers
_SIGN = re.compile(r"\w")

DISPATCH, PUBLIC = "dispatch", "public"
_FOR_UNIT = {"open", "consented"}
_GROWS = {"locked", "asked", "enough"}


def private_in(text: str) -> list[tuple[str, str]]:
    """Return (kind, words) of what looks private in a text, in order."""
    return [(one.kind, text[one.start : one.end]) for one in find_private(text)]


def numbers_in(text: str) -> list[tuple[str, str]]:
    """Return (kind, words) of the numbers that lead to one person: a text with one of these is never confirmed."""
    return [one for one in private_in(text) if one[0] in STRUCTURED]


def names_in(text: str) -> list[tuple[str, str]]:
    """Return (kind, words) of names and addresses: a person says whether they are really somebody's."""
    return [one for one in private_in(text) if one[0] not in STRUCTURED]


def pieces_of(text: str) -> list[tuple[str, str, int]]:
    """Return the text in pieces (words, kind, tone): kind "" and tone 0 for what stays, else what would be hidden."""
    pieces, at = list[tuple[str, str, int]](), 0
    for one in find_private(text):
        pieces += [(text[at : one.start], "", 0), (text[one.start : one.end], one.kind, tone_of(one.kind))]
        at = one.end
    return [one for one in (*pieces, (text[at:], "", 0)) if one[0]]


def tone_of(kind: str) -> int:
    """Return which colour a kind of private data is marked with, 1 to 6. The kind is always written beside it."""
    return TONES.get(kind, OTHER_TONE)


def quotes(original: str, text: str) -> bool:
    """Tell whether a text repeats ten signs in a row of the original: its author would know the words again."""
    said, own = _signs(original), _signs(text)
    length = min(RUN_THAT_QUOTES, len(said))
    if not length:
        return False
    runs = {said[start : start + length] for start in range(len(said) - length + 1)}
    return any(own[start : start + length] in runs for start in range(len(own) - length + 1))


def _signs(text: str) -> str:
    return "".join(_SIGN.findall(text))


def may_be_read(kind: str, state: str, voices: int) -> bool:
    """Tell whether a confirmed text of a report may be read by a unit (dispatch) or offered to the public.

    ``voices``: distinct people in its matter now. Many voices open what was locked for being few; a "no" stays a no,
    a consent is given for units alone, and what a member says instead is never said twice.
    """
    if kind == DISPATCH and state in _FOR_UNIT:
        return True
    if kind == PUBLIC and state == "open":
        return True
    grows = _GROWS | {"consented"} if kind == PUBLIC else _GROWS
    return voices >= MANY_FROM and state in grows


def distinct_voices(reports: Iterable[tuple[int, str]], stands_for: Collection[tuple[int, int]] = ()) -> int:
    """Return how many people speak: ``reports`` are (id, alias of an import), ``stands_for`` (original, finding) pairs.

    Rows of one import with the same alias are one person; a member's finding beside the report it stands for is none
    more.
    """
    rows = list(reports)
    ids = {pk for pk, _alias in rows}
    paired = sum(original in ids and finding in ids for original, finding in stands_for)
    aliases = [alias for _pk, alias in rows if alias]
    return len(rows) - len(aliases) + len(set(aliases)) - paired


def is_alone(lead: int, co_units: Sequence[int], implicated: Collection[int]) -> bool:
    """Tell whether a unit complained about would handle the matter with nobody beside it who is not complained about."""
    beside = [one for one in co_units if one != lead and one not in implicated]
    return lead in implicated and not beside
