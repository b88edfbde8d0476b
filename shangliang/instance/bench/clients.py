"""Clients that press on a server without pressing on its cores: one thread, plain sockets, kept connections.

A client is a generator: it yields the bytes of a request and is sent the `Answer`; what it returns is never read.
"""

import re
import selectors
import socket
import time
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from urllib.parse import urlencode

Walk = Generator[bytes, "Answer", None]
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


@dataclass
class Answer:
    """One HTTP answer: status, head and body as bytes."""

    status: int
    head: bytes
    body: bytes

    def header(self, name: str) -> str:
        """Return one header, or ""."""
        found = re.search(rb"\r\n" + name.encode() + rb": *([^\r]*)", self.head, re.IGNORECASE)
        return found[1].decode() if found else ""

    def cookie(self, name: str) -> str:
        """Return the value a cookie is set to, or ""."""
        found = re.search(rb"\r\nset-cookie: *" + name.encode() + rb"=([^;\r]*)", self.head, re.IGNORECASE)
        return found[1].decode() if found else ""


@dataclass
class Load:
    """What a press came to: units done, seconds, the status of answers that were not as wished."""

    done: int = 0
    seconds: float = 0.0
    wrong: list[int] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return self.done / self.seconds if self.seconds else 0.0


def get(path: str, **headers: str) -> bytes:
    """Return the bytes of a GET."""
    return _request("GET", path, headers, b"")


def post(path: str, fields: dict[str, str], **headers: str) -> bytes:
    """Return the bytes of a POST of a form."""
    body = urlencode(fields).encode()
    return _request("POST", path, {"Content-Type": "application/x-www-form-urlencoded", **headers}, body)


def _request(method: str, path: str, headers: dict[str, str], body: bytes) -> bytes:
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Content-Length: {len(body)}",
        *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def press(port: int, make: Callable[[Load], Walk], clients: int, seconds: float) -> Load:
    """Let clients walk again and again for some seconds. ``make`` makes one endless walk, and counts its units."""
    load, began = Load(), time.perf_counter()
    with selectors.DefaultSelector() as ready:
        open_ones = [_Client(port, make(load), ready) for _ in range(clients)]
        while time.perf_counter() - began < seconds:
            for key, _events in ready.select(timeout=0.2):
                key.data.read()
        load.seconds, done = time.perf_counter() - began, load.done
        _let_finish(open_ones, ready)
        load.done = done
    return load


def _let_finish(clients: list["_Client"], ready: selectors.BaseSelector) -> None:
    """Wait for the answers still on their way, so that the next press does not queue behind them; then hang up."""
    until = time.perf_counter() + 60
    for one in clients:
        one.is_last = True
    while any(one.is_waiting for one in clients) and time.perf_counter() < until:
        for key, _events in ready.select(timeout=0.2):
            key.data.read()
    for one in clients:
        one.close()


class _Client:
    """One kept connection and the walk it makes."""

    def __init__(self, port: int, walk: Walk, ready: selectors.BaseSelector) -> None:
        self.port, self.walk, self.ready, self.held = port, walk, ready, b""
        self.is_last, self.is_waiting = False, True
        self._connect()
        self.link.sendall(next(walk))

    def _connect(self) -> None:
        self.link = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        self.link.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.ready.register(self.link, selectors.EVENT_READ, self)

    def read(self) -> None:
        """Take what came; when an answer is whole, hand it to the walk and send its next request."""
        came = self.link.recv(262144)
        if not came:
            raise ConnectionError("the server closed a connection in the middle of a benchmark")
        self.held += came
        answer = _whole(self.held)
        if answer:
            self.held, self.is_waiting = b"", not self.is_last
            request = self.walk.send(answer)
            if not self.is_last:
                self.link.sendall(request)

    def close(self) -> None:
        self.ready.unregister(self.link)
        self.link.close()
        self.walk.close()


def _whole(held: bytes) -> Answer | None:
    """Return the answer once all of it is there; one without a length and without chunks has no body."""
    head, gap, body = held.partition(b"\r\n\r\n")
    if not gap:
        return None
    length = _LENGTH.search(head)
    if length:
        return Answer(int(head[9:12]), head, body) if len(body) >= int(length[1]) else None
    if b"chunked" in head.lower():
        return Answer(int(head[9:12]), head, _joined(body)) if body.endswith(b"0\r\n\r\n") else None
    return Answer(int(head[9:12]), head, b"")


def _joined(chunks: bytes) -> bytes:
    parts: list[bytes] = []
    while True:
        size, _gap, rest = chunks.partition(b"\r\n")
        count = int(size, 16)
        if not count:
            return b"".join(parts)
        parts.append(rest[:count])
        chunks = rest[count + 2 :]


def once(port: int, request: bytes) -> Answer:
    """Ask once on a connection of its own."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as link:
        link.sendall(request)
        held = b""
        while not (answer := _whole(held)):
            came = link.recv(262144)
            if not came:
                raise ConnectionError("the server closed the connection")
            held += came
        return answer
