"""How big a trust test is: short in every run of the suite, full with SHANGLIANG_FULL=1."""

import os

FULL = os.environ.get("SHANGLIANG_FULL", "") == "1"


def size(short: int, full: int) -> int:
    """Return the size of this run."""
    return full if FULL else short
