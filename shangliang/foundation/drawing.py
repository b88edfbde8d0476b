"""The children that draw: started when first needed, kept warm, at most two at once, replaced when one dies."""

import atexit
import os
import selectors
import subprocess
import sys
import threading
import time
from pathlib import Path

from shangliang.foundation.picture_child import ANSWER, MOST_PICTURES, NO_PICTURE, ORDER

PATIENCE = 20.0  # seconds of waiting for a child, which is allowed four of work: the machine may be busy
Answer = tuple[int, int, int, bytes]

_at_once = threading.BoundedSemaphore(2)
_idle: list["_Child"] = []
_guard = threading.Lock()


class ChildGone(RuntimeError):
    """The child ended, or took too long, before it answered."""


class _Child:
    """One process of `picture_child.py` and the two pipes to it."""

    def __init__(self) -> None:
        program = Path(__file__).with_name("picture_child.py")
        self.owner = os.getpid()
        self.turns = 0
        self.process = subprocess.Popen(
            [sys.executable, "-I", str(program)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            bufsize=0,
        )

    def draw(self, data: bytes, max_side: int) -> Answer:
        """Hand over one picture and wait for the answer. Raises ChildGone."""
        self.turns += 1
        until = time.monotonic() + PATIENCE
        try:
            self._send(ORDER.pack(max_side, len(data)) + data)
        except OSError as gone:
            raise ChildGone from gone
        how, width, height, size = ANSWER.unpack(self._read(ANSWER.size, until))
        return how, width, height, self._read(size, until)

    def end(self) -> None:
        """End the process and close the pipes."""
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        self.process.kill()
        self.process.wait()

    def _send(self, order: bytes) -> None:
        rest = memoryview(order)
        while rest:
            rest = rest[self.process.stdin.write(rest) :]  # type: ignore[union-attr]

    def _read(self, size: int, until: float) -> bytes:
        pipe, got = self.process.stdout, bytearray()
        with selectors.DefaultSelector() as waiting:
            waiting.register(pipe, selectors.EVENT_READ)  # type: ignore[arg-type]
            while len(got) < size:
                left = until - time.monotonic()
                more = pipe.read(size - len(got)) if left > 0 and waiting.select(left) else b""  # type: ignore[union-attr]
                if not more:
                    raise ChildGone
                got += more
        return bytes(got)


def draw(data: bytes, max_side: int) -> Answer:
    """Return how drawing ended (see `picture_child`), width, height and the JPEG; a child that dies is "no picture"."""
    with _at_once:
        child = _taken()
        try:
            answer = child.draw(data, max_side)
        except ChildGone:
            child.end()
            return NO_PICTURE, 0, 0, b""
        except BaseException:
            child.end()
            raise
        _put_back(child)
        return answer


def _taken() -> _Child:
    with _guard:
        while _idle:
            child = _idle.pop()
            if child.owner != os.getpid():
                continue  # a fork's copy of pipes that belong to the process it came from
            if child.process.poll() is None:
                return child
            child.end()
    return _Child()


def _put_back(child: _Child) -> None:
    if child.turns >= MOST_PICTURES:
        child.end()
        return
    with _guard:
        _idle.append(child)


@atexit.register
def end_children() -> None:
    """End every idle child of this process."""
    with _guard:
        mine = [child for child in _idle if child.owner == os.getpid()]
        _idle.clear()
    for child in mine:
        child.end()
