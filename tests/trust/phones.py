"""Phones with an address of their own before a server behind a proxy: honest ones solve, flooders do not bother."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any

from shangliang.foundation.codes import new_form_key
from shangliang.foundation.tests.solving import solved
from tests.trust.residents import Form, Resident, receipt_in

# Addresses of the range set apart for tests of networks (RFC 2544). They stand in a header alone: nothing is sent there.
NET = "198.18"


def address(number: int) -> str:
    """Return one of 65,000 addresses."""
    return f"{NET}.{number // 250 % 250}.{number % 250 + 1}"


def phone_at(port: int, point: str, where: str) -> Resident:
    """Return a phone whose requests come through our proxy from an address; it may have claimed another itself."""
    said = {"X-Forwarded-For": f"192.0.2.44, {where}"}
    return Resident(port, point, where, headers=said)


@dataclass
class Told:
    """What a crowd met: seconds of each who got a receipt, and how many got none."""

    seconds: list[float] = field(default_factory=list)
    refused: int = 0

    def slowest(self, part: float = 0.95) -> float:
        """Return the time within which that part of them was done."""
        return sorted(self.seconds)[int(part * (len(self.seconds) - 1))]


def send_honestly(one: Resident, words: str, told: Told) -> None:
    """Open the form, let the phone work while somebody types, send; note how long the waiting took without the typing."""
    began = time.monotonic()
    try:
        _status, _where, page = one._follow("GET", f"/r/{one.point}/")
        opened = time.monotonic() - began
        fields = {**Form(page).fields, "text": words, "proof": solved(page)}
        began = time.monotonic()
        status, _where, page = one._follow("POST", f"/r/{one.point}", fields)
    except (OSError, HTTPException):
        told.refused += 1
        return
    if status == 200 and receipt_in(page):
        told.seconds.append(opened + time.monotonic() - began)
    else:
        told.refused += 1


class Flood:
    """Threads that send as often as wished until told to stop: forms without a proof, or one proof again and again."""

    def __init__(
        self, port: int, point: str, where: Callable[[int], str], per_second: int, threads: int = 3
    ) -> None:
        self.port, self.point, self.where = port, point, where
        self.stopped, self.sent, self.answers = threading.Event(), 0, set[int]()
        self.pause = threads / per_second
        self.threads = [
            threading.Thread(target=self._pour, args=(one,), daemon=True) for one in range(threads)
        ]

    def __enter__(self) -> "Flood":
        for one in self.threads:
            one.start()
        return self

    def __exit__(self, *_failure: Any) -> None:
        self.stopped.set()
        for one in self.threads:
            one.join(timeout=30)

    def _numbers(self, first: int) -> Iterator[int]:
        number = first
        while not self.stopped.is_set():
            yield number
            number += len(self.threads)

    def _pour(self, first: int) -> None:
        mine = phone_at(self.port, self.point, self.where(first))
        _status, _where, page = mine._follow("GET", f"/r/{self.point}/")
        fields, used = Form(page).fields, solved(page)
        for number in self._numbers(first):
            began = time.monotonic()
            mine.headers["X-Forwarded-For"] = self.where(number)
            said = {
                **fields,
                "form_key": new_form_key(),
                "text": f"灌水 {number}",
                "proof": used if number % 2 else "",
            }
            self.answers.add(mine._follow("POST", f"/r/{self.point}", said)[0])
            self.sent += 1
            self.stopped.wait(max(0.0, self.pause - (time.monotonic() - began)))
