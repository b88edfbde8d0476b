"""How long a search may take and whom it tells how far it is. Plain Python."""

import time

from shangliang.analysis.panel.pool import Progress


class OutOfTime(Exception):
    """The time given is used up; what was found so far is kept by the caller."""


class GaveUp(OutOfTime):
    """The solver failed at a program that has an answer; like time running out, what was found so far is kept."""


class Clock:
    """A deadline in seconds from now (None: no end) and a listener for progress (None: nobody listens)."""

    def __init__(self, seconds: float | None = None, progress: Progress | None = None) -> None:
        """Start now."""
        self.started = time.monotonic()
        self.ends = None if seconds is None else self.started + seconds
        self.progress = progress

    def say(self, part: float, words: str) -> None:
        """Tell that ``part`` (0 to 1) of the work is done, and what is being done."""
        if self.progress:
            self.progress(min(1.0, max(0.0, part)), words)

    def left(self) -> float:
        """Return the seconds left; raise `OutOfTime` when there are none."""
        if self.ends is None:
            return float("inf")
        rest = self.ends - time.monotonic()
        if rest <= 0:
            raise OutOfTime
        return rest

    def spent(self) -> float:
        """Return the seconds since the start."""
        return time.monotonic() - self.started
