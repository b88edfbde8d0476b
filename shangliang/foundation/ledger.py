"""The ledger: one hash chain per chain key (a committee), written once per action just before commit.

hash = SHA-256(previous hash ‖ body). A body is canonical JSON (sorted keys, no floats, UTC to the second, NFC) and is
stored as the bytes that were hashed. It holds ids, states and dates, never a person's words: text enters as a salted
commitment. The chain makes later changes visible to whoever kept an earlier line; it does not prevent them.
"""

import hashlib
import json
import secrets
import time
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from shangliang.foundation.models import LedgerEntry, LedgerHead
from shangliang.foundation.viewer import Viewer

VERSION = 1
GENESIS = bytes(32)
SYMBOLS_KEPT = 8  # of a hash, as shown at the head of the page and written down
head_seconds = [
    0.0,
    0,
]  # time spent between taking a head and writing it, and how often: read by the benchmark


@dataclass(frozen=True)
class Note:
    """One fact for the chain of ``committee_id``: ``verb`` is noun.verb, ``subject`` is kind:code."""

    committee_id: int
    verb: str
    subject: str
    by: Viewer
    at: datetime
    happened_on: date | None = None
    facts: dict[str, Any] = field(default_factory=dict)


def chain_of(committee_id: int) -> str:
    """Return the chain key of a committee."""
    return f"committee-{committee_id}"


def commitment(text: str, salt: str) -> str:
    """Return SHA-256(salt ‖ text) in hex: proves a text that is kept elsewhere, and nothing once that is erased."""
    return hashlib.sha256(salt.encode() + text.encode("utf-8", "surrogatepass")).hexdigest()


def new_salt() -> str:
    """Return 128 random bits in hex."""
    return secrets.token_hex(16)


def canonical(body: dict[str, Any]) -> bytes:
    """Return the bytes that are hashed. Refuses floats (TypeError): they do not print the same everywhere."""
    return json.dumps(_plain(body), sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        raise TypeError("no floats in the ledger")
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def write(notes: list[Note]) -> None:
    """Append the notes of one action to their chains, heads locked in key order. Must run inside its transaction."""
    by_chain: dict[str, list[Note]] = defaultdict(list)
    for one in notes:
        by_chain[chain_of(one.committee_id)].append(one)
    for chain in sorted(by_chain):
        _append(chain, by_chain[chain])


def _append(chain: str, notes: list[Note]) -> None:
    began = time.perf_counter()
    head = _locked_head(chain)
    entries = []
    for one in notes:
        head.recorded_at = max(one.at, head.recorded_at) if head.recorded_at else one.at
        head.seq += 1
        body = canonical(_body(one, head.seq, head.recorded_at))
        previous = bytes(head.hash)
        head.hash = hashlib.sha256(previous + body).digest()
        entries.append(
            LedgerEntry(
                chain=chain,
                seq=head.seq,
                verb=one.verb,
                subject=one.subject,
                body=body,
                recorded_at=head.recorded_at,
                previous=previous,
                hash=head.hash,
            )
        )
    LedgerEntry.unscoped.bulk_create(entries)
    head.save(update_fields=["seq", "hash", "recorded_at"])
    head_seconds[0] += time.perf_counter() - began
    head_seconds[1] += 1


def _locked_head(chain: str) -> LedgerHead:
    head = LedgerHead.unscoped.select_for_update().filter(chain=chain).first()
    if head is None:
        LedgerHead.unscoped.bulk_create([LedgerHead(chain=chain, seq=0, hash=GENESIS)], ignore_conflicts=True)
        head = LedgerHead.unscoped.select_for_update().get(chain=chain)
    return head


def _body(one: Note, seq: int, recorded_at: datetime) -> dict[str, Any]:
    body = {
        "v": VERSION,
        "seq": seq,
        "verb": one.verb,
        "subject": one.subject,
        "by": one.by.as_fact(),
        "recorded_at": recorded_at,
    }
    if one.happened_on:
        body["happened_on"] = one.happened_on
    if one.facts:
        body["facts"] = one.facts
    return body


def verify(chain: str) -> tuple[int, str]:
    """Walk a chain from its first entry. Return (entries read, "") when whole, else (seq, what is broken)."""
    previous, expected = GENESIS, 1
    for entry in LedgerEntry.unscoped.filter(chain=chain).order_by("seq").iterator(chunk_size=2000):
        if entry.seq != expected:
            return expected, "gap"
        if not _is_link(entry, previous):
            return entry.seq, "broken"
        previous, expected = bytes(entry.hash), expected + 1
    head = LedgerHead.unscoped.filter(chain=chain).first()
    seq, last = (head.seq, bytes(head.hash)) if head else (0, GENESIS)
    return (expected - 1, "") if (seq, last) == (expected - 1, previous) else (seq, "head")


def _is_link(entry: LedgerEntry, previous: bytes) -> bool:
    """Tell whether an entry follows its forerunner and its readable columns say what the hashed bytes say."""
    body = bytes(entry.body)
    if bytes(entry.previous) != previous or hashlib.sha256(previous + body).digest() != bytes(entry.hash):
        return False
    said = json.loads(body)
    shown = {"seq": entry.seq, "verb": entry.verb, "subject": entry.subject, "recorded_at": entry.recorded_at}
    return bool(_plain(shown) == {name: said.get(name) for name in shown})


def holds_line(chain: str, seq: int, first_symbols: str) -> bool:
    """Tell whether entry ``seq`` still has the hash whose first symbols somebody wrote down on an earlier day.

    This is what finds a cut tail and a chain written anew, which `verify` alone cannot see. Refuses fewer than 8 symbols.
    """
    if len(first_symbols) < SYMBOLS_KEPT:
        raise ValueError("too few symbols to compare")
    entry = LedgerEntry.unscoped.filter(chain=chain, seq=seq).first()
    return entry is not None and bytes(entry.hash).hex().startswith(first_symbols.lower())
