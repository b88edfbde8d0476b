"""Proof of work, self-hosted: a browser spends a second so that a flood costs a flooder something.

A challenge is made without a row, signed, and good for one purpose only: an action, a committee and a subject (the form
key's digest) stand in its salt as one keyed token beside the time it runs out. The making and the arithmetic of checking
are altcha's (v1: SHA-256, HMAC). What altcha leaves open is closed here. CVE-2025-68113: salt and number were hashed
without a border between them, so digits could wander from the number into the time ("expires=17" + "63…" is also
"expires=1763" + "…"), and one solution lived on under another salt. altcha now ends the salt with "&", but still adds
that border where it is missing and takes numbers as text: here a salt has exactly one form and a number is a number.
"""

import base64
import binascii
import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import altcha
from django.conf import settings
from django.db import IntegrityError, transaction

from shangliang.foundation.models import SpentProof

LIFETIME = timedelta(minutes=10)
# 50,000 hashes on average, which took 0.1 s in Chromium on one core of a server and 1.3 s in the same browser slowed down
# twenty times, about as slow as the cheapest phones of 2016; at worst twice that.
LARGEST_NUMBER = 100_000
LONGEST_SOLUTION = 600
REPORT, LOOKUP = "report", "lookup"

_ALGORITHM: Final = "SHA-256"
_SALT = re.compile(r"[0-9a-f]{24}\?expires=(\d{10})&for=([0-9a-f]{32})&", re.ASCII)
_TOKEN = re.compile(r"[0-9a-f]{32}", re.ASCII)
_FIELDS = {"algorithm", "challenge", "number", "salt", "signature"}


@dataclass(frozen=True)
class Solved:
    """A solution that holds: the digest to note when it is spent, and when it runs out."""

    digest: str
    expires_at: datetime


def purpose(action: str, committee_id: int = 0, subject: str = "") -> str:
    """Return the token of what a proof is for: 128 bits, keyed, so that nobody can make one or read it."""
    parts = [action.encode(), str(committee_id).encode(), subject.encode()]
    whole = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    return hmac.new(_key(), b"purpose" + whole, hashlib.sha256).hexdigest()[:32]


def is_purpose(said: str) -> bool:
    """Tell whether a text has the form of a token of ``purpose``."""
    return bool(_TOKEN.fullmatch(said))


def new_challenge(for_what: str, *, at: datetime) -> dict[str, str | int]:
    """Return what the browser works on (see ``proof.js``), good for ten minutes. Nothing is written."""
    made = altcha.create_challenge_v1(
        altcha.ChallengeOptionsV1(
            algorithm=_ALGORITHM, max_number=LARGEST_NUMBER, hmac_key=_key(), expires=at + LIFETIME,
            params={"for": for_what},
        )
    )  # fmt: skip
    return {
        "challenge": made.challenge,
        "salt": made.salt,
        "signature": made.signature,
        "most": LARGEST_NUMBER,
    }


def solved(solution: str, for_what: str, *, at: datetime) -> Solved | None:
    """Return what a solution proves for this purpose at this moment, or None: whatever was sent, it never raises.

    None for another purpose, once it ran out, and when it runs out later than one made now would (a clock that was
    ahead, or a time that was changed). Whether it was used before is asked by ``spend``, or by a unique form key.
    """
    said = _read(solution)
    parts = _SALT.fullmatch(said.salt) if said else None
    if said is None or parts is None or not hmac.compare_digest(parts[2], for_what):
        return None
    expires_at = datetime.fromtimestamp(int(parts[1]), UTC)
    if not at < expires_at <= at + LIFETIME:
        return None
    holds, _why = altcha.verify_solution_v1(said, _key(), check_expires=False)
    return Solved(hashlib.sha256(said.challenge.encode()).hexdigest(), expires_at) if holds else None


def spend(one: Solved) -> bool:
    """Note that a solution was used. Return False when it was used before, by whomever, in whatever process."""
    try:
        with transaction.atomic():
            SpentProof(digest=one.digest, expires_at=one.expires_at).save(force_insert=True)
    except IntegrityError:
        return False
    return True


def forget_spent(at: datetime) -> int:
    """Delete the notes of solutions that have run out and could not be used again anyway; return how many."""
    return SpentProof.unscoped.filter(expires_at__lt=at).delete()[0]


def _read(solution: str) -> altcha.PayloadV1 | None:
    """Return what a browser says it found, every field of the one form we wrote it in; None for anything else."""
    if not solution or len(solution) > LONGEST_SOLUTION:
        return None
    try:
        said: Any = json.loads(base64.b64decode(solution, validate=True))
    except (ValueError, binascii.Error, RecursionError):
        return None
    if not isinstance(said, dict) or set(said) != _FIELDS:
        return None
    texts = [said[name] for name in sorted(_FIELDS - {"number"})]
    number = said["number"]
    fits = type(number) is int and 0 <= number <= LARGEST_NUMBER and said["algorithm"] == _ALGORITHM
    return (
        altcha.PayloadV1(**said)
        if fits and all(isinstance(one, str) and one.isascii() for one in texts)
        else None
    )


def _key() -> bytes:
    return hashlib.sha256(b"shangliang-proof-v1" + settings.SECRET_KEY.encode()).digest()
