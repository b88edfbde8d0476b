"""Names of persons, after the cues by which people name somebody. A post without a name (主任, 书记) names nobody."""

from collections.abc import Iterator

from shangliang.analysis.redact import name_cues as cues
from shangliang.analysis.redact.signs import (
    COMPOUND,
    ENDS_LIKE_ONE,
    EVERYDAY,
    GIVEN,
    NEVER,
    NOT_NAMES,
    SURNAMES,
)
from shangliang.analysis.redact.spans import Span, free_of, is_han

KIND = "姓名"


def names_in(shadow: str, spans: list[Span]) -> Iterator[Span]:
    """Yield names of a half-width text that no earlier span covers; ``spans`` are the numbers found before."""
    for start, end, is_sure in _candidates(shadow, tuple(spans)):
        if start < end and free_of(spans, start, end):
            yield Span(start, end, KIND, is_sure)


def _candidates(shadow: str, numbers: tuple[Span, ...]) -> Iterator[tuple[int, int, bool]]:
    for pattern in (cues.FAR_SURE, cues.FAR) if cues.HAN_DOT_HAN.search(shadow) else ():
        yield from ((*match.span("it"), True) for match in pattern.finditer(shadow))
    yield from ((*match.span("it"), False) for match in cues.SYLLABLES.finditer(shadow))
    for match in cues.STRONG.finditer(shadow):
        yield from _listed(shadow, match.end(), strict=False, is_sure=True)
    for match in cues.COLON_NAME.finditer(shadow):
        if match["it"] not in cues.NO_ANSWER:
            yield (*match.span("it"), True)
    yield from _with_titles(shadow)
    for match in cues.WEAK.finditer(shadow):
        yield from _listed(shadow, match.end(), strict=True, is_sure=False)
    yield from _beside(shadow, numbers)
    yield from ((*match.span(), False) for match in cues.SAID_SURNAME.finditer(shadow))
    for pattern in (cues.SIGNED, cues.SEX):
        for match in pattern.finditer(shadow):
            yield from _alone_before(shadow, match.start())


def surname_length(text: str, at: int) -> int:
    """Return how many signs of a surname stand there: 0, 1 or 2."""
    if text[at : at + 2] in COMPOUND:
        return 2
    return 1 if text[at : at + 1] in SURNAMES else 0


def name_end(text: str, at: int, *, strict: bool) -> int:
    """Return where a name that begins there ends, or ``at`` when none does.

    ``strict``: every given sign must be one that stands in names often; otherwise anything that does not begin a word.
    """
    surname = surname_length(text, at)
    first = at + surname
    if not surname or text[at : at + 2] in NOT_NAMES or text[first : first + 2] in cues.GOES_ON:
        return at
    if not _is_given(text, first, strict):
        return at
    two = _is_given(text, first + 1, strict) and text[first + 1 : first + 3] not in cues.GOES_ON
    if two and (strict or _ends(text, first + 2) or text[first + 1] in GIVEN):
        is_place = cues.A_PLACE.match(text, first + 2) or cues.A_PLACE.match(text, first + 1)
        return at if is_place else first + 2
    # One given sign: in the middle of a sentence only when it is a usual one.
    return first + 1 if text[first] in GIVEN or _ends(text, first + 1) else at


def _is_given(text: str, at: int, strict: bool) -> bool:
    sign = text[at : at + 1]
    if not sign or not is_han(sign) or sign in NEVER:
        return False
    return sign in GIVEN or not strict


def _ends(text: str, at: int) -> bool:
    return at >= len(text) or not is_han(text[at])


def _listed(shadow: str, at: int, *, strict: bool, is_sure: bool) -> Iterator[tuple[int, int, bool]]:
    """Yield the name that begins there and those that follow it after 、 or 和."""
    end = name_end(shadow, at, strict=strict)
    while end > at:
        yield at, end, is_sure
        at = end + 1
        end = (
            name_end(shadow, at, strict=True)
            if shadow[end : end + 1] in ("、", "和", "与", "及", "/")
            else at
        )


def _with_titles(shadow: str) -> Iterator[tuple[int, int, bool]]:
    for match in cues.TITLE.finditer(shadow):
        if cues.TITLE_GOES_ON.match(shadow, match.end()) or _is_addressed(shadow, *match.span()):
            continue
        start = _before_title(shadow, match.start(), match.group())
        if start < match.start():
            yield start, match.start(), match.start() - start > 1


def _is_addressed(shadow: str, at: int, end: int) -> bool:
    """Tell whether it is somebody in office to whom the words are addressed (尊敬的…书记，您好), not somebody told of."""
    if shadow[at:end] not in cues.POSTS:
        return False
    return "尊敬的" in shadow[max(0, at - 6) : at] or bool(cues.GREETING.match(shadow, end))


def _before_title(shadow: str, at: int, title: str) -> int:
    """Return where the name before a form of address begins, or ``at``."""
    if title not in cues.SHORT_TITLES:
        for length in (4, 3, 2):
            start = at - length
            whole = start >= 0 and name_end(shadow, start, strict=True) == at
            if (whole or (start >= 0 and shadow[start:at] in COMPOUND)) and not _is_word(shadow, start):
                return start
    only = at - 1
    if only < 0 or shadow[only] not in SURNAMES or shadow[max(0, only - 1) : at] in ENDS_LIKE_ONE:
        return at
    begins = (
        only == 0
        or not is_han(shadow[only - 1])
        or shadow[only - 1] in "的个位找请是和跟与叫对被让给由向问到了姓名"
    )
    if shadow[only] in EVERYDAY or title in cues.SHORT_TITLES:
        fine = begins and not _is_towards(shadow, only, title)
        return only if fine and not (title in cues.SHORT_TITLES and shadow[only] in EVERYDAY) else at
    return only


def _is_towards(shadow: str, only: int, title: str) -> bool:
    """Tell whether 向, 和, 对 or 从 there is more likely the small word (向老师反映) than a surname (向女士)."""
    if shadow[only] not in "向和对从":
        return False
    return shadow[only] != "向" or bool(cues.TO_A_TEACHER.match(shadow, only + 1 + len(title)))


def _is_word(shadow: str, start: int) -> bool:
    """Tell whether the surname that would begin there is the end of a word that began before."""
    return shadow[max(0, start - 1) : start + 1] in ENDS_LIKE_ONE


def _beside(shadow: str, numbers: tuple[Span, ...]) -> Iterator[tuple[int, int, bool]]:
    """Yield names that stand alone right before or after a telephone, id or card number."""
    for span in numbers:
        if span.kind in ("手机号", "座机号", "身份证号", "银行卡号", "门牌号"):
            yield from _alone_before(shadow, span.start)
            if span.kind != "门牌号":
                yield from _alone_after(shadow, span.end)


def _alone_before(shadow: str, at: int) -> Iterator[tuple[int, int, bool]]:
    end = at
    while end > 0 and shadow[end - 1] in cues.GAP:
        end -= 1
    for length in (4, 3, 2):
        start = end - length
        if start < 0 or (start and is_han(shadow[start - 1])):
            continue
        if name_end(shadow, start, strict=True) == end:
            yield start, end, False
            return


def _alone_after(shadow: str, at: int) -> Iterator[tuple[int, int, bool]]:
    start = at
    while start < len(shadow) and shadow[start] in cues.GAP:
        start += 1
    end = name_end(shadow, start, strict=True)
    if end > start and _ends(shadow, end):
        yield start, end, False
