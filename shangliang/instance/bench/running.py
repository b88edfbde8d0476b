"""B10: memory of a web worker, and how long `manage.py serve` takes until the first page, the second time."""

import time
from pathlib import Path
from typing import Any

from shangliang.instance.bench.instances import Instance, free_port, kill_group, wait_for


def memory_of(worker_ids: list[str]) -> float:
    """Return the resident memory of the largest of these processes in MB, or 0 where the system does not tell."""
    found = [0.0]
    for pid in worker_ids:
        told = Path(f"/proc/{pid}/status")
        lines = told.read_text(encoding="ascii").splitlines() if told.exists() else []
        found += [int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")]
    return round(max(found), 1)


def second_start(instance: Instance) -> dict[str, Any]:
    """Start `manage.py serve` on an instance twice; return seconds until the first page answered, each time."""
    taken = []
    for _turn in range(2):
        port, began = free_port(), time.monotonic()
        server = instance.start("manage.py", "serve", log="serve.log", PORT=str(port))
        try:
            wait_for(port, "/sign-in/")
            taken.append(round(time.monotonic() - began, 2))
        finally:
            kill_group(server)
    return {"first_start_seconds": taken[0], "second_start_seconds": taken[1]}
