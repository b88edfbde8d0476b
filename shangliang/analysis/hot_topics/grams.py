"""Many texts as sparse rows of character grams: what of a text is rare, what it says in its title, how often it occurs.

Needs numpy and scipy, so only a child process or a command imports it. Linear in the signs of the texts; they are read
in blocks, so that beside the rows only one block of signs is held. Memory of the rows: some 3 KB for a text of 350 signs.

Weights: -ln(share of texts) of a character or pair from the table of `same_matter` (two cities, counts only); three and
four signs are weighted by their frequency among the texts at hand. Columns of pairs and longer are hashes of 23 or 25 bits.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from scipy import sparse

from shangliang.analysis.hot_topics.rarity import RARE_PAIR, TELLING_PAIR, rarities, rarity_of
from shangliang.analysis.same_matter import normalise

BLOCK = 20_000
READ = 1200  # signs of a body
INSTEAD_OF_TITLE = 30  # signs of the body that stand for a missing title
FEW_TEXTS, FEW_BITS, BITS = 50_000, 23, 25  # a column is a hash of so many bits
TITLE_BONUS, REPEAT_BONUS = 3.0, 2.0  # of a telling pair, in nats, as in `same_matter`
TITLE_COUNTS = 2  # a sign of the title counts so often more than one of the body
_BETWEEN = 10  # the line feed: never in a normalised text

Rows: TypeAlias = Any  # scipy.sparse.csr_matrix of float32
Array = np.ndarray[Any, Any]


class Found(NamedTuple):
    """Grams of one length in one block: text (from 0 in the block), key, how often in the body, how often in the title."""

    text: Array
    key: Array
    body: Array
    title: Array


class TextRows(NamedTuple):
    """One row per text in each; see `likeness` for what two rows tell together.

    ``signs`` and ``kind`` are unit vectors; the other products of two rows add up weights of what both hold.
    """

    signs: Rows  # all characters, weighted by rarity, the title three times
    rare: Rows  # rare pairs anywhere, square roots of their rarity
    rare_title: Rows  # rare pairs of the title, likewise
    kind: Rows  # pairs of the title that are common speech
    threes: Rows  # three signs anywhere, known from at least one other text: unit vectors
    fours: Rows  # four signs anywhere that some title holds, square roots of their rarity
    fours_title: Rows  # four signs of the title, likewise
    fours_alone: Rows  # four signs of the title, 1 / square root of the number of texts with them
    telling: Rows  # telling pairs, for finding candidates: their rarity, more in the title or said again
    lengths: Array  # signs of each body


def text_rows(texts: Iterable[tuple[str, str]], count: int) -> TextRows:
    """Return the rows of texts given as (title, body), ``count`` of them."""
    bits = FEW_BITS if count <= FEW_TEXTS else BITS
    blocks: list[dict[str, Rows]] = []
    lengths: list[int] = []
    for block in _blocks(texts):
        words = [_head_and_rest(*one) for one in block]
        lengths += [len(body) for _title, body in block]
        blocks.append(_of_block(words, bits))
    held = {}
    for name in list(blocks[0]) if blocks else []:
        held[name] = sparse.vstack([one.pop(name) for one in blocks], format="csr")
    held.update(_weighted_by_frequency(held.pop("threes"), held.pop("fours"), held.pop("fours_title")))
    return TextRows(**held, lengths=np.array(lengths, dtype=np.float32))


def _blocks(texts: Iterable[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    running = iter(texts)
    while block := list(islice(running, BLOCK)):
        yield block


def _head_and_rest(title: str, body: str) -> tuple[str, str]:
    rest = normalise(body[:READ])
    return normalise(title) or rest[:INSTEAD_OF_TITLE], rest


def _of_block(words: Sequence[tuple[str, str]], bits: int) -> dict[str, Rows]:
    heads, rests = _signs([head for head, _rest in words]), _signs([rest for _head, rest in words])
    shape = (len(words), 1 << bits)
    singles, pairs, threes, fours = (_found(heads, rests, length, bits) for length in (1, 2, 3, 4))
    once = np.ones(len(fours.key))
    return {
        "signs": _signs_row(singles, len(words)),
        **_pair_rows(pairs, shape, bits),
        "threes": _rows((threes.text, threes.key, np.ones(len(threes.key))), shape),
        "fours": _rows((fours.text, fours.key, once), shape),
        "fours_title": _rows(_where(fours.title > 0, fours.text, fours.key, once), shape),
    }


def _signs(texts: Sequence[str]) -> tuple[Array, Array]:
    """All signs of several texts behind each other, a line feed after each, and which text each is of."""
    codes = np.frombuffer("".join(f"{one}\n" for one in texts).encode("utf-16-le"), dtype=np.uint16)
    of_text = np.cumsum(codes == _BETWEEN, dtype=np.int64)
    of_text[codes == _BETWEEN] -= 1
    return codes, of_text


def _found(heads: tuple[Array, Array], rests: tuple[Array, Array], length: int, bits: int) -> Found:
    both = [_keys(codes, of_text, length, bits) for codes, of_text in (rests, heads)]
    joined = np.concatenate(both)
    in_title = np.concatenate([np.zeros(len(both[0]), bool), np.ones(len(both[1]), bool)])
    order = np.argsort(joined, kind="stable")
    joined, in_title = joined[order], in_title[order]
    starts = np.flatnonzero(np.r_[True, joined[1:] != joined[:-1]]) if len(joined) else np.empty(0, np.int64)
    counts = np.diff(np.r_[starts, len(joined)])
    title = np.add.reduceat(in_title.astype(np.int64), starts) if len(starts) else counts
    unique = joined[starts]
    return Found(unique >> 32, unique & 0xFFFFFFFF, counts - title, title)


def _keys(codes: Array, of_text: Array, length: int, bits: int) -> Array:
    """Text in the upper 32 bits, gram in the lower: exact for one and two signs, a hash for more."""
    many = len(codes) - length + 1
    if many <= 0:
        return np.empty(0, np.int64)
    is_word = (codes != ord(" ")) & (codes != _BETWEEN)
    whole = is_word[:many].copy()
    gram = codes[:many].astype(np.uint64)
    for at in range(1, length):
        whole &= is_word[at : at + many]
        gram = (gram << np.uint64(16)) | codes[at : at + many]
    gram, text = gram[whole], of_text[:many][whole]
    if length > 2:
        gram = hashed(gram, bits)
    return (text << 32) | gram.astype(np.int64)


def hashed(keys: Array, bits: int) -> Array:
    """Return 64-bit numbers as numbers of so many bits (Fibonacci hashing after a xor of the halves)."""
    mixed = (keys ^ (keys >> np.uint64(31))) * np.uint64(0x9E3779B97F4A7C15)
    return np.asarray(mixed >> np.uint64(64 - bits))


def _signs_row(found: Found, many: int) -> Rows:
    weight = rarities().singles[found.key]
    counts = found.body + TITLE_COUNTS * found.title
    return unit(_rows((found.text, found.key, (1 + np.log(counts)) * weight), (many, 1 << 16)))


def _pair_rows(found: Found, shape: tuple[int, int], bits: int) -> dict[str, Rows]:
    rarity = rarity_of(found.key)
    column = hashed(found.key.astype(np.uint64), bits)
    rare, in_title, root = rarity >= RARE_PAIR, found.title > 0, np.sqrt(rarity)
    counted = (1 + np.log(np.maximum(found.title, 1))) * rarity
    said = rarity + TITLE_BONUS * in_title + REPEAT_BONUS * np.log(found.title + found.body)
    return {
        "rare": _rows(_where(rare, found.text, column, root), shape),
        "rare_title": _rows(_where(rare & in_title, found.text, column, root), shape),
        "kind": unit(_rows(_where(~rare & in_title, found.text, column, counted), shape)),
        "telling": _rows(_where(rarity >= TELLING_PAIR, found.text, column, said), shape),
    }


def _where(mask: Array, text: Array, column: Array, weight: Array) -> tuple[Array, Array, Array]:
    return text[mask], column[mask], weight[mask]


def _rows(entries: tuple[Array, Array, Array], shape: tuple[int, int]) -> Rows:
    """(text, column, weight) in the order of the texts, as rows; two grams of a text with one hash are added up."""
    text, column, weight = entries
    pointer = np.r_[0, np.cumsum(np.bincount(text, minlength=shape[0]))]
    made = sparse.csr_matrix(
        (weight.astype(np.float32), column.astype(np.int32), pointer.astype(np.int64)), shape=shape
    )
    made.sum_duplicates()
    return made


def unit(rows: Rows) -> Rows:
    """Each row divided by its length; an empty row stays. Changes the given rows."""
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    rows.data /= np.repeat(np.where(length > 0, length, 1), np.diff(rows.indptr)).astype(np.float32)
    return rows


def _weighted_by_frequency(threes: Rows, fours: Rows, fours_title: Rows) -> dict[str, Rows]:
    many, wide = threes.shape
    often = np.bincount(threes.indices, minlength=wide)
    threes = _kept(threes, often > 1)
    threes.data = np.log(many / often[threes.indices]).astype(np.float32) + np.float32(1e-3)
    often = np.bincount(fours.indices, minlength=wide)
    in_titles = np.zeros(wide, bool)
    in_titles[fours_title.indices] = True
    fours, fours_title = (_kept(one, in_titles & (often > 1)) for one in (fours, fours_title))
    alone = fours_title.copy()
    for one in (fours, fours_title):
        one.data = np.sqrt(np.log(many / often[one.indices])).astype(np.float32)
    alone.data = (1 / np.sqrt(often[alone.indices])).astype(np.float32)
    return {"threes": unit(threes), "fours": fours, "fours_title": fours_title, "fours_alone": alone}


def _kept(rows: Rows, columns: Array) -> Rows:
    """Only the entries of these columns."""
    kept = columns[rows.indices]
    passed = np.r_[0, np.cumsum(kept)]
    return sparse.csr_matrix((rows.data[kept], rows.indices[kept], passed[rows.indptr]), shape=rows.shape)
