"""The number of a paper form: printed on the part that is handed in, never enough to get at the receipt on the stub.

A number is 60 random bits and 20 bits of a keyed check, written as 16 symbols in four groups. From it the server, and
only the server, makes the form key, and from that the receipt: with the pepper twice in between, so neither the number
nor a web form filled with it tells the code somebody tore off and keeps. Printing writes nothing.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass

from shangliang.foundation import codes

RANDOM_SYMBOLS, CHECK_SYMBOLS = 12, 4
SYMBOLS = RANDOM_SYMBOLS + CHECK_SYMBOLS


@dataclass(frozen=True)
class PaperForm:
    """One blank form: ``number`` goes on what is handed in, ``bits`` are the receipt on the stub."""

    number: str
    bits: bytes


def blank_form(pepper: bytes) -> PaperForm:
    """Return a fresh form. Nothing is kept of it until somebody hands it in."""
    drawn = "".join(secrets.choice(codes.ALPHABET) for _symbol in range(RANDOM_SYMBOLS))
    number = drawn + _check(pepper, drawn)
    return PaperForm(number, codes.receipt_bits(pepper, form_key_of(pepper, number).encode()))


def parse_number(pepper: bytes, typed: str) -> str:
    """Return a typed number bare, in any grouping, case and width; "" when it is not one we printed.

    A slip of the pen passes once in a million: a receipt that opens nothing would be worse than typing again.
    """
    bare = codes.normalise_code(typed)
    if len(bare) != SYMBOLS:
        return ""
    drawn, check = bare[:RANDOM_SYMBOLS], bare[RANDOM_SYMBOLS:]
    return bare if hmac.compare_digest(check, _check(pepper, drawn)) else ""


def form_key_of(pepper: bytes, number: str) -> str:
    """Return the form key behind a bare number. Not the number itself: whoever holds the paper must not be able to
    send it through the web form and be shown the receipt again."""
    made = hmac.new(pepper, b"paper-form-v1" + number.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def grouped(number: str) -> str:
    """Return a number in groups of four, as printed."""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))


def _check(pepper: bytes, drawn: str) -> str:
    made = hmac.new(pepper, b"paper-form-check-v1" + drawn.encode(), hashlib.sha256).digest()
    value = int.from_bytes(made[:4], "big")
    return "".join(codes.ALPHABET[value >> shift & 31] for shift in range(0, 5 * CHECK_SYMBOLS, 5))
