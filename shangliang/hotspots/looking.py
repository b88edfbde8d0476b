"""A look at everything that was said, in a child process: what goes in, what comes out, and why there may be nothing.

Nothing here reads or writes the database: whoever gathers the reports hands them over, and stores what comes back.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from shangliang.hotspots import rules
from shangliang.hotspots.looking_child import NO_MEMORY

PATIENCE = 1500.0  # seconds of waiting for the child
PROGRAM = Path(__file__).with_name("looking_child.py")
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
TIME, MEMORY, BROKEN = "time", "memory", "broken"


class Spoken(NamedTuple):
    """One report as the child gets it: ``who`` is a number that means nothing outside this look, ``kind`` what it was
    sorted into with its area."""

    key: int
    who: int | None
    on: date
    title: str
    body: str
    place: str
    group: int | None
    kind: str | None


class NothingSeen(Exception):
    """The child gave no answer; ``why`` is "time", "memory" or "broken"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def look(said: Iterable[Spoken], *, until: date, today: date) -> dict[str, Any]:
    """Return what many speak of up to a day, and what comes back with the season within six weeks of ``today``.

    Minutes at most; call it outside a transaction. The answer holds texts and matters (counts), topics by falling heat
    and season (see ``looking_child``). Raises NothingSeen.
    """
    order = {
        "until": until.isoformat(),
        "today": today.isoformat(),
        "most": rules.MOST_TOPICS,
        "weeks": rules.SPARK_WEEKS,
        "ahead": rules.AHEAD_WEEKS,
    }
    child = subprocess.Popen(
        [sys.executable, "-I", str(PROGRAM)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=dict.fromkeys(THREADS, "1"),
    )  # fmt: skip
    patience = threading.Timer(PATIENCE, child.kill)
    patience.start()
    try:
        answer = _asked(child, order, said)
    finally:
        was_too_long = not patience.is_alive()
        patience.cancel()
        child.kill()
        child.wait()
    if answer is None:
        raise NothingSeen(TIME if was_too_long else MEMORY if child.returncode == NO_MEMORY else BROKEN)
    return answer


def _asked(
    child: "subprocess.Popen[bytes]", order: dict[str, Any], said: Iterable[Spoken]
) -> dict[str, Any] | None:
    """Hand everything over line by line, and read the answer; None where the child ended without one."""
    assert child.stdin and child.stdout
    with child.stdout:
        try:
            with child.stdin:
                child.stdin.write(json.dumps(order).encode() + b"\n")
                for one in said:
                    child.stdin.write(json.dumps([*one[:2], one.on.isoformat(), *one[3:]]).encode() + b"\n")
        except BrokenPipeError:
            return None
        answered = child.stdout.read()
    if child.wait() != 0:
        return None
    found: dict[str, Any] = json.loads(answered)
    return found
