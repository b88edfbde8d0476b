"""Counting what comes from one network address without keeping an address: in memory alone, under a key of the day.

An address becomes HMAC(address, key of the day) at once; the key is random, lives in this process and is thrown away when
the day changes: then no count can be found again, by us or anybody. Nothing of it reaches a disk, a log or the database.
Each process counts for itself, so with several workers a limit is that many times as wide. Being over a limit never
refuses anything: callers set aside or ask for a proof of work.
"""

import hashlib
import hmac
import ipaddress
import re
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.http import HttpRequest

from shangliang.foundation import clock

MOST_KEYS = 50_000  # about 10 MB; the least recently seen is forgotten first, which lets too much through, never too little
IPV6_SITE = 64  # bits: what one household or one phone is given, and changes within at will
_PORT = re.compile(r"^(\[.*\]|[\d.]+):\d+$")  # some servers and proxies write it behind the address


class _DayKey:
    """The key of the day; a new one, and nothing remembered, as soon as the day is another."""

    def __init__(self) -> None:
        self._lock, self._day, self._key = threading.Lock(), date.min, b""

    def of(self, day: date) -> bytes:
        with self._lock:
            if day != self._day:
                self._day, self._key = day, secrets.token_bytes(32)
            return self._key


_day_key = _DayKey()


class Bucket:
    """Tokens per address: ``most`` at once, ``per_second`` coming back. Bounded in memory, safe between threads."""

    def __init__(
        self, most: int, per_second: float, *, keys: int = MOST_KEYS,
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self.most, self.per_second, self.keys, self._ticks = most, per_second, keys, ticks
        self._left: OrderedDict[bytes, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: bytes) -> bool:
        """Take one token; return False when none is left."""
        with self._lock:
            left, at = self._now(key)
            self._left[key] = (left - 1 if left >= 1 else left, at)
            self._left.move_to_end(key)
            while len(self._left) > self.keys:
                self._left.popitem(last=False)
            return left >= 1

    def is_empty(self, key: bytes) -> bool:
        """Tell whether the next ``take`` would find nothing, without taking."""
        with self._lock:
            return self._now(key)[0] < 1

    def is_full(self, key: bytes) -> bool:
        """Tell whether nothing was taken of late."""
        with self._lock:
            return self._now(key)[0] >= self.most

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._left.clear()

    def __len__(self) -> int:
        return len(self._left)

    def _now(self, key: bytes) -> tuple[float, float]:
        at = self._ticks()
        left, then = self._left.get(key, (float(self.most), at))
        return min(float(self.most), left + (at - then) * self.per_second), at


# A shared address of 500 people passes, whether they come within a minute or spread over the hour; then ten a minute.
REPORTS = Bucket(600, 600 / 3600)
# Wrong receipt codes: twenty at once, twenty a minute; then each further try wants a proof of work.
WRONG_CODES = Bucket(20, 20 / 60)


def address_key(request: HttpRequest) -> bytes:
    """Return the key of the address a request came from: 16 bytes that mean nothing tomorrow or in another process."""
    return hmac.new(_day_key.of(clock.today()), _site(_address(request)), hashlib.sha256).digest()[:16]


def _address(request: HttpRequest) -> str:
    """Return the nearest address nobody but our own proxies could have written.

    Behind proxies that is as many entries from the right of X-Forwarded-For as there are proxies; whatever stands to
    the left was written by the sender. Without proxies, or with fewer entries than proxies, it is the connection's own.
    """
    connected = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.BEHIND_PROXY:
        return connected
    hops = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).split(",")
    return hops[-settings.PROXY_HOPS].strip() if len(hops) >= settings.PROXY_HOPS else connected


def _site(address: str) -> bytes:
    """Return the part of an address that stands for one connection: IPv4 whole, of IPv6 the first 64 bits."""
    bare = _PORT.sub(r"\1", address.strip()).strip("[]").partition("%")[0]
    try:
        said = ipaddress.ip_address(bare)
    except ValueError:
        return b"unknown"
    if isinstance(said, ipaddress.IPv6Address):
        return said.ipv4_mapped.packed if said.ipv4_mapped else said.packed[: IPV6_SITE // 8]
    return said.packed
