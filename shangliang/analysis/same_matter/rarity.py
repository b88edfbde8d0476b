"""How rare characters and pairs of characters are, and the one spelling texts are compared in."""

import re
import unicodedata
from pathlib import Path

LONGEST_TEXT = 5000
UNKNOWN_PAIR = 8.0  # nats: rarer than the rarest pair of the table
RARE_PAIR = 5.2  # nats: in fewer than 1 of 180 texts, mostly names and particulars
TELLING_PAIR = 3.5  # nats: in fewer than 1 of 33 texts
STOP = frozenset(
    "的了是在我们你您他她它这那有和与及或就都也很还不没被把给让对从到向为于以之其等着过得地吗呢吧啊个请"
)

_NOT_TEXT = re.compile(r"[^0-9a-z\u3400-\u9fff]+")


def _frequencies() -> dict[str, float]:
    """{character or pair: -ln(share of texts)} from the data file; one line per value: value, characters, pairs."""
    table = {}
    for line in Path(__file__).parents[1].joinpath("char_frequencies.txt").read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        value, singles, pairs = line.split("\t")
        table.update(dict.fromkeys(singles, float(value)))
        table.update(dict.fromkeys((pairs[at : at + 2] for at in range(0, len(pairs), 2)), float(value)))
    return table


RARITY = _frequencies()
UNKNOWN_SINGLE = max(value for gram, value in RARITY.items() if len(gram) == 1)


def normalise(text: str) -> str:
    """Half width, small letters, everything but letters, digits and Chinese characters turned into one blank.

    Takes any text; reads its first 5,000 characters.
    """
    return _NOT_TEXT.sub(" ", unicodedata.normalize("NFKC", text[:LONGEST_TEXT]).lower()).strip()


def pairs_of(text: str) -> list[str]:
    """Return the pairs of neighbouring characters of a normalised text, in order; none spans a blank."""
    return [text[at : at + 2] for at in range(len(text) - 1) if text[at] != " " != text[at + 1]]


def rarity_of(word: str) -> float:
    """Return the rarity in nats of the rarest pair of a normalised word; 0 where it has none."""
    return max((RARITY.get(pair, UNKNOWN_PAIR) for pair in pairs_of(word)), default=0.0)
