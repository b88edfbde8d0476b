"""Character n-grams of a text as 64-bit hashes, so that a stored model holds no readable word.

Four groups: short and long n-grams of the whole text, those of its opening, where citizens and clerks name the matter, and
those of its last request ("请某局核实"), where a clerk names the unit wanted. The same n-gram has another hash in another field.
A hash is no encryption: who has the file can ask whether a certain n-gram is in it, but cannot list them.
"""

import re
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

LONGEST_GRAM = 3
OPENING = 30  # signs
REQUEST = 10  # signs before the verb of the request
LONGEST_TEXT = 6000  # signs; what follows is not read
NUMBER_SIGN = "#"  # stands for a number of five digits or more, which is never a feature
GROUPS = SHORT, LONG, OPENED, ASKED = 0, 1, 2, 3

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

_LONG_NUMBER = re.compile(r"\d[\d*＊]{4,}")
_BLANK = re.compile(r"_x000D_|\s+")
_REQUEST = re.compile(
    r"请([^，。！!？?；;：:\s（）()请]{1,16}?)(?:进行)?(?:尽快|及时|帮忙|协助)?"
    r"(?:核实|核处|核查|跟踪|处理|协调|解决|调查|联系|给予|回复|答复|告知)"
)
_BOILERPLATE = "职能"  # "请职能局按规定…" names nobody
_START = np.uint64(14695981039346656037)  # FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/
_PRIME = np.uint64(1099511628211)


class Grams(NamedTuple):
    """The n-grams of a text: hash, group, first sign in the prepared text and length of each; arrays of one length."""

    hashes: Hashes
    groups: npt.NDArray[np.uint8]
    starts: Places
    lengths: Places


def prepared(text: str) -> str:
    """Return the text as it is read: blanks joined, every number of five digits or more (masked ones too) as one sign."""
    return _BLANK.sub(" ", _LONG_NUMBER.sub(NUMBER_SIGN, text[:LONGEST_TEXT])).strip()


def grams_of(read: str) -> Grams:
    """Return the n-grams of 1 to 3 signs of a prepared text, field after field, shorter ones first."""
    start, end = request_in(read)
    whole, opened, asked = _field(read, 0, 0), _field(read[:OPENING], 1, 0), _field(read[start:end], 2, start)
    groups = [
        np.where(whole.lengths < LONGEST_GRAM, SHORT, LONG).astype(np.uint8),
        np.full(len(opened.hashes), OPENED, np.uint8),
        np.full(len(asked.hashes), ASKED, np.uint8),
    ]
    fields = whole, opened, asked
    return Grams(
        np.concatenate([field.hashes for field in fields]),
        np.concatenate(groups),
        np.concatenate([field.starts for field in fields]),
        np.concatenate([field.lengths for field in fields]),
    )


def request_in(read: str) -> tuple[int, int]:
    """Return where the last request of a prepared text names somebody, from 请 to the first sign of the verb; (0, 0): nowhere."""
    found = [each for each in _REQUEST.finditer(read) if _BOILERPLATE not in each[1]]
    return (max(found[-1].start(), found[-1].end(1) - REQUEST), found[-1].end(1) + 1) if found else (0, 0)


def _field(read: str, field: int, offset: int) -> Grams:
    codes = np.frombuffer(read.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    running = np.full(len(codes), _START + np.uint64(field), dtype=np.uint64)
    hashes, lengths = [np.zeros(0, np.uint64)], [0]
    for length in range(1, min(LONGEST_GRAM, len(codes)) + 1):
        running = (running[: len(codes) - length + 1] * _PRIME) ^ codes[length - 1 :]
        hashes.append(_mixed(running + np.uint64(length)))
        lengths.append(length)
    counts = [len(each) for each in hashes]
    starts = np.concatenate([np.arange(count) for count in counts]) + offset
    everything = np.concatenate(hashes)
    return Grams(
        everything, np.zeros(len(everything), np.uint8), starts, np.repeat(np.array(lengths), counts)
    )


def _mixed(hashes: Hashes) -> Hashes:
    """Spread every bit over the word (splitmix64, Steele, Lea, Flood 2014)."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))
