"""Strings no resident's phone should send and one day one will."""

import random
from collections.abc import Iterator

CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))]
SURROGATES = [chr(code) for code in (0xD800, 0xDBFF, 0xDC00, 0xDC80, 0xDFFF)]
NO_CHARACTERS = ["\ufffe", "\uffff", "\U0001fffe", "\ufdd0", "\ufeff"]
EMOJI = ["😀", "👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "❤️", "1️⃣", "🇨🇳"]
RIGHT_TO_LEFT = ["\u202e", "\u202d", "\u2066", "\u2067", "\u2069", "\u200f", "שלום", "مرحبا"]
RARE = [
    "𠮷",
    "𪚥",
    "〇",
    "䶮",
    "é",
    "e\u0301",
    "ก\u0e33",
    "\u0300" * 40,
    "\u2028",
    "\u2029",
    "\u3000",
    "\u200b",
    "\u200d",
]
FORMULAS = [
    "=1+1",
    '=HYPERLINK("http://x")',
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "＝1",
    "－1",
    "＠x",
    "|calc",
    "%0A",
]
MARKUP = [
    "<script>alert(1)</script>",
    "]]>",
    "&#0;",
    "&amp;",
    "_x0000_",
    "_x000D_",
    "'",
    '"',
    "{{ 7 }}",
    "{% now %}",
    "%s",
    "\\u0000",
    "../../",
    "\x1b[31m",
    "\r\nSet-Cookie: a=b",
]
PLAIN = ["路灯不亮", "井盖坏了三天", "放学时堵车", "abc", "0", " ", "\n", "\r\n"]
KINDS = (CONTROLS, SURROGATES, NO_CHARACTERS, EMOJI, RIGHT_TO_LEFT, RARE, FORMULAS, MARKUP, PLAIN)


def hostile(count: int, seed: int = 20261123) -> Iterator[str]:
    """Yield that many strings, the same for the same seed: every kind alone first, then mixtures, some very long."""
    alone = [piece for kind in KINDS for piece in kind]
    chance = random.Random(seed)
    for number in range(count):
        if number < len(alone):
            yield alone[number]
            continue
        pieces = [chance.choice(chance.choice(KINDS)) for _ in range(chance.randint(1, 12))]
        yield "".join(pieces) * (3000 if number % 97 == 0 else 1)


def storable(text: str) -> str:
    """Return what a database takes of a string: no NUL, no lone surrogate. Nothing else is taken out."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()
