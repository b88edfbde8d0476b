"""Character n-grams of a text as 64-bit hashes, so that a stored model holds no readable word.

Two fields: the whole text, and its opening, where citizens and clerks name the matter. The same n-gram has another hash
in each field. A hash is no encryption: who has the file can ask whether a certain n-gram is in it, but cannot list them.
"""

import re
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

LONGEST_GRAM = 3
OPENING = 30  # signs
LONGEST_TEXT = 6000  # signs; what follows is not read
NUMBER_SIGN = "#"  # stands for a number of five digits or more, which is never a feature

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

_LONG_NUMBER = re.compile(r"\d[\d*＊]{4,}")
_BLANK = re.compile(r"_x000D_|\s+")
_START = np.uint64(14695981039346656037)  # FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/
_PRIME = np.uint64(1099511628211)


class Grams(NamedTuple):
    """The n-grams of a text: hash, field (0 whole, 1 opening), first sign and length of each; arrays of one length."""

    hashes: Hashes
    fields: npt.NDArray[np.uint8]
    starts: Places
    lengths: Places


def prepared(text: str) -> str:
    """Return the text as it is read: blanks joined, every number of five digits or more (masked ones too) as one sign."""
    return _BLANK.sub(" ", _LONG_NUMBER.sub(NUMBER_SIGN, text[:LONGEST_TEXT])).strip()


def grams_of(read: str) -> Grams:
    """Return the n-grams of 1 to 3 signs of a prepared text, field after field, shorter ones first."""
    pieces = [_field_grams(read, 0), _field_grams(read[:OPENING], 1)]
    return Grams(*(np.concatenate(column) for column in zip(*pieces, strict=True)))


def _field_grams(read: str, field: int) -> Grams:
    codes = np.frombuffer(read.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    running = np.full(len(codes), _START + np.uint64(field), dtype=np.uint64)
    hashes, lengths = [np.zeros(0, np.uint64)], [0]
    for length in range(1, min(LONGEST_GRAM, len(codes)) + 1):
        running = (running[: len(codes) - length + 1] * _PRIME) ^ codes[length - 1 :]
        hashes.append(_mixed(running + np.uint64(length)))
        lengths.append(length)
    counts = [len(each) for each in hashes]
    return Grams(
        np.concatenate(hashes),
        np.full(sum(counts), field, np.uint8),
        np.concatenate([np.arange(count) for count in counts]),
        np.repeat(np.array(lengths), counts),
    )


def _mixed(hashes: Hashes) -> Hashes:
    """Spread every bit over the word (splitmix64, Steele, Lea, Flood 2014)."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))
