"""Where it was measured, and what a median is: absolute figures mean nothing without the machine beside them."""

import os
import platform
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from typing import Any

from django.db import connection


def machine() -> dict[str, Any]:
    """Return cores, memory in GB, processor, Python and system."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "cores": os.cpu_count(),
        "memory_gb": round(pages / 1024**3, 1),
        "processor": _processor(),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "load_before": round(os.getloadavg()[0], 2),
    }


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    return next(
        (line.partition(":")[2].strip() for line in lines if line.startswith("model name")),
        platform.machine(),
    )


def database_version() -> str:
    """Return the name and version of the database this process is connected to."""
    if connection.vendor == "postgresql":
        with connection.cursor() as ask:
            ask.execute("SHOW server_version")
            return f"PostgreSQL {ask.fetchone()[0].split()[0]}"
    return "SQLite " + ".".join(str(part) for part in sqlite3.sqlite_version_info)


def durable() -> dict[str, str]:
    """Return the settings on which "committed" rests."""
    names = ("fsync", "synchronous_commit", "full_page_writes")
    with connection.cursor() as ask:
        if connection.vendor == "postgresql":
            return {name: _one(ask, f"SHOW {name}") for name in names}
        return {name: _one(ask, f"PRAGMA {name}") for name in ("journal_mode", "synchronous")}


def _one(ask: Any, sentence: str) -> str:
    ask.execute(sentence)
    return str(ask.fetchone()[0])


def middle(values: Iterable[float]) -> float:
    """Return the median, or 0 of nothing."""
    held = sorted(values)
    return float(median(held)) if held else 0.0


def percentile(values: Iterable[float], part: float) -> float:
    """Return the value below which ``part`` (0 to 1) of the values lie, or 0 of nothing."""
    held = sorted(values)
    return held[min(len(held) - 1, int(part * len(held)))] if held else 0.0
