"""Codes a person can read out, write by hand and type: receipts, point codes, form keys and one-time links.

A receipt is 80 bits, shown in two ways: 16 symbols plus a check symbol, or 10 Chinese characters plus a check
character whose toneless pinyin are all different. Both checks are one Reed-Solomon parity symbol over GF(32) and
GF(256): they catch every single wrong symbol and every exchange of two neighbours. All chance comes from `secrets`.
"""

import hashlib
import hmac
import secrets
import unicodedata
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw

# Without 0 1 I O: no sign of the alphabet has its look-alike in it.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
SYMBOLS_IN_RECEIPT = 16
BYTES_IN_RECEIPT = 10
SALT = b"shangliang-receipt-v1"
SHORTEST_PEPPER = 16

_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)}
_SEPARATORS = frozenset(" \t\r\n-_.,·•、，。—–‐‑−\u200b\ufeff")


def _han_table() -> tuple[str, tuple[str, ...]]:
    """The 256 characters in byte order and their toneless pinyin, from the data file beside this module."""
    lines = Path(__file__).with_name("han_symbols.txt").read_text("utf-8").splitlines()
    cells = [cell for line in lines if not line.startswith("#") for cell in line.split()]
    return "".join(cell[0] for cell in cells), tuple(cell[1:] for cell in cells)


HAN, HAN_PINYIN = _han_table()
_HAN_VALUE = {character: value for value, character in enumerate(HAN)}


def _powers(size: int, polynomial: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Tables of exponents and logarithms of a field GF(size) whose generator is 2."""
    exponents, logarithms, value = [], [0] * size, 1
    for exponent in range(size - 1):
        exponents.append(value)
        logarithms[value] = exponent
        value <<= 1
        if value >= size:
            value ^= polynomial
    return tuple(exponents), tuple(logarithms)


_GF32 = _powers(32, 0b100101)
_GF256 = _powers(256, 0b100011101)


def _check(values: list[int], field: tuple[tuple[int, ...], tuple[int, ...]]) -> int:
    """The parity symbol: the sum of value * 2**(place + 1) over the field (Reed-Solomon with one root)."""
    exponents, logarithms = field
    total = 0
    for place, value in enumerate(values, start=1):
        if value:
            total ^= exponents[(logarithms[value] + place) % len(exponents)]
    return total


def _bare(text: str) -> str:
    """Full width to half width, capitals, no blanks, dashes or dots."""
    folded = unicodedata.normalize("NFKC", text[:200]).upper()
    return "".join(character for character in folded if character not in _SEPARATORS)


def normalise_code(text: str) -> str:
    """A typed short code as it is stored: capitals, no separators.

    Takes any text (small letters, full width, blanks and dashes are allowed). Gives "" when anything stands in it
    that is not in ALPHABET: a 0, O, 1 or I was never printed by us and is not guessed at.
    """
    bare = _bare(text)
    return bare if all(symbol in _VALUE for symbol in bare) else ""


def receipt_bits(pepper: bytes, form_key: bytes) -> bytes:
    """The 10 bytes of a receipt: HMAC-SHA256(pepper, "receipt-v1" + form key), cut off (issue 2, story 2).

    The same form key gives the same receipt, so a repeated send is one report. Refuses (ValueError) a pepper or a
    form key shorter than 16 bytes.
    """
    _refuse_short(pepper)
    if len(form_key) < 16:
        raise ValueError("form key shorter than 16 bytes")
    return hmac.new(pepper, b"receipt-v1" + form_key, hashlib.sha256).digest()[:BYTES_IN_RECEIPT]


def as_symbols(bits10: bytes) -> str:
    """16 symbols of ALPHABET and a check symbol for 10 bytes. Refuses (ValueError) another length."""
    number = int.from_bytes(_ten(bits10), "big")
    values = [number >> shift & 31 for shift in range(75, -1, -5)]
    return "".join(ALPHABET[value] for value in [*values, _check(values, _GF32)])


def as_han(bits10: bytes) -> str:
    """10 characters of HAN and a check character for 10 bytes. Refuses (ValueError) another length."""
    values = list(_ten(bits10))
    return "".join(HAN[value] for value in [*values, _check(values, _GF256)])


def format_symbols(bits10: bytes) -> str:
    """The symbols in groups as printed: "XXXX XXXX XXXX XXXX C"."""
    symbols = as_symbols(bits10)
    return " ".join(symbols[start : start + 4] for start in range(0, 17, 4))


def format_han(bits10: bytes) -> str:
    """The characters in groups as printed: four, four, two and the check character."""
    characters = as_han(bits10)
    return " ".join((characters[:4], characters[4:8], characters[8:10], characters[10]))


def parse_receipt(text: str) -> bytes | None:
    """The 10 bytes of a receipt typed in either form, any grouping, case or width; None when the check fails.

    Costs no hash and no query, so guessing is turned away before it costs anything.
    """
    bare = _bare(text)
    if len(bare) == SYMBOLS_IN_RECEIPT + 1 and all(symbol in _VALUE for symbol in bare):
        *values, given = (_VALUE[symbol] for symbol in bare)
        return _packed(values) if _check(values, _GF32) == given else None
    if len(bare) == BYTES_IN_RECEIPT + 1 and all(character in _HAN_VALUE for character in bare):
        *values, given = (_HAN_VALUE[character] for character in bare)
        return bytes(values) if _check(values, _GF256) == given else None
    return None


def receipt_digest(bits10: bytes, pepper: bytes) -> str:
    """What the database keeps of a receipt: Argon2id(code + pepper), 1 MiB, t=1, p=1, 32 bytes as hex.

    The salt is fixed so that the digest can be looked up; the pepper lies outside the database. Refuses
    (ValueError) another length than 10 bytes and a pepper shorter than 16.
    """
    _refuse_short(pepper)
    secret = _ten(bits10) + pepper
    return hash_secret_raw(
        secret, SALT, time_cost=1, memory_cost=1024, parallelism=1, hash_len=32, type=Type.ID
    ).hex()


def new_form_key() -> str:
    """A fresh form key: 192 random bits, url-safe (issue 2 asks for at least 128)."""
    return secrets.token_urlsafe(24)


def form_key_digest(form_key: str) -> str:
    """What the database keeps of a form key: SHA-256 as hex. The key is random, so a fast hash is enough."""
    return hashlib.sha256(form_key.encode()).hexdigest()


def short_code(n: int = 8) -> str:
    """A random public code of n symbols (5 bits each). Refuses (ValueError) n below 1."""
    if n < 1:
        raise ValueError("a code has at least one symbol")
    return "".join(secrets.choice(ALPHABET) for _ in range(n))


def link_token() -> str:
    """The secret of a one-time link: 256 random bits, url-safe."""
    return secrets.token_urlsafe(32)


def link_digest(token: str) -> str:
    """What the database keeps of a one-time link: SHA-256 as hex."""
    return hashlib.sha256(token.encode()).hexdigest()


def _packed(values: list[int]) -> bytes:
    number = 0
    for value in values:
        number = number << 5 | value
    return number.to_bytes(BYTES_IN_RECEIPT, "big")


def _ten(bits10: bytes) -> bytes:
    if len(bits10) != BYTES_IN_RECEIPT:
        raise ValueError("a receipt has exactly 10 bytes")
    return bytes(bits10)


def _refuse_short(pepper: bytes) -> None:
    if len(pepper) < SHORTEST_PEPPER:
        raise ValueError("pepper shorter than 16 bytes")
