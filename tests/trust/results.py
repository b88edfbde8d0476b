"""What a trust test measured, kept as one file per test and database; the page is written from these alone."""

import json
import os
import platform
import subprocess
import time
from pathlib import Path
from typing import Any

from django.db import connection

from tests.trust.sizes import FULL

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "var" / "trust"


def keep(
    promise: str,
    test: str,
    *,
    said: str,
    figures: dict[str, Any],
    mutants: list[dict[str, Any]],
    seconds: float,
) -> None:
    """Write down one measured result. A short run is not kept, nor one that measured nothing (a skipped test)."""
    if not FULL or not (figures or mutants):
        return
    KEPT.mkdir(parents=True, exist_ok=True)
    result = {
        "promise": promise,
        "test": test,
        "said": said,
        "database": database(),
        "figures": figures,
        "mutants": mutants,
        "seconds": round(seconds, 1),
        "measured_on": time.strftime("%Y-%m-%d"),
        "commit": commit(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
    }
    path = KEPT / f"{promise}.{connection.vendor}.{test}.json"
    path.write_text(json.dumps(result, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8")


def database() -> str:
    """Return the name and version of the database the tests run on."""
    if connection.vendor == "postgresql":
        return f"PostgreSQL {connection.pg_version // 10000}"
    return "SQLite " + ".".join(str(part) for part in connection.Database.sqlite_version_info)


def commit() -> str:
    """Return the short name of the commit, with a plus where the checkout differs from it."""
    try:
        ran = subprocess.run(
            ["git", "describe", "--always", "--dirty=+"], cwd=ROOT, capture_output=True, text=True
        )
    except OSError:
        return ""
    return ran.stdout.strip()
