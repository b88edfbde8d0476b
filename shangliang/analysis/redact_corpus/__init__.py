"""Invented sentences of residents in which every private place is known: what the redaction engine is measured with.

It shares neither patterns nor lists with the engine. Names, places and numbers are fictitious.
"""

import re
from collections.abc import Callable
from random import Random
from typing import NamedTuple

from shangliang.analysis.redact_corpus import words
from shangliang.analysis.redact_corpus.makers import MAKERS, luhn
from shangliang.analysis.redact_corpus.plain import PLAIN
from shangliang.analysis.redact_corpus.private import CONTACTS, HOMES, MANY, NAMES, PAPERS

_SLOT = re.compile(r"\{(.+?)\}|\[(.+?)\]")
_GROUPS = (CONTACTS, PAPERS, HOMES, NAMES, MANY)
_SHARE_PLAIN = 0.35


class Sentence(NamedTuple):
    """A text and its private places: start, end, kind, in order."""

    text: str
    places: tuple[tuple[int, int, str], ...]


def sentences(many: int, seed: int) -> list[Sentence]:
    """Return that many sentences, the same ones for one seed; about a third of them hold nothing private."""
    random = Random(seed)
    return [_sentence(random) for _ in range(many)]


def _sentence(random: Random) -> Sentence:
    if random.random() < _SHARE_PLAIN:
        return _filled("".join(random.sample(PLAIN, random.choice([1, 1, 2, 3]))), random)
    private = random.choice(random.choice(_GROUPS))
    before = random.choice(["", "", "[楼盘][苦]，", "[社区][路]附近[苦]。", random.choice(PLAIN)])
    after = random.choice(["", "[愿]", random.choice(PLAIN)])
    if after and private[-1] not in "。！？":
        private += random.choice(["。", "\n", " ", "，"])
    return _filled(before + private + after, random)


def _filled(template: str, random: Random) -> Sentence:
    text, places, at = "", [], 0
    for slot in _SLOT.finditer(template):
        text += template[at : slot.start()]
        at = slot.end()
        if slot[1] in MAKERS:
            kind, make = MAKERS[slot[1]]
            value = make(random)
            places.append((len(text), len(text) + len(value), kind))
            text += value
        else:
            text += _ORDINARY[slot[1] or slot[2]](random)
    return Sentence(text + template[at:], tuple(places))


def _order_number(random: Random) -> str:
    """Return sixteen digits that are nobody's card: they fail the check."""
    while luhn(number := "20" + "".join(random.choice("0123456789") for _ in range(14))):
        pass
    return number


_ORDINARY: dict[str, Callable[[Random], str]] = {
    "楼盘": lambda random: random.choice(words.ESTATES),
    "社区": lambda random: random.choice(words.COMMUNITIES),
    "路": lambda random: random.choice(words.ROADS),
    "村": lambda random: random.choice(words.VILLAGES),
    "店": lambda random: random.choice(words.SHOPS),
    "苦": lambda random: random.choice(words.TROUBLES),
    "愿": lambda random: random.choice(words.WISHES),
    "数": lambda random: str(random.randint(100, 98_000)),
    "日": lambda random: f"{random.randint(2019, 2026)}年{random.randint(1, 12)}月{random.randint(1, 28)}日",
    "假单": _order_number,
}
