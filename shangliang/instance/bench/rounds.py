"""All benchmarks in their order, each on the database it is about."""

import importlib.util
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings

from shangliang.instance.bench import hot, lists, reports, running, weight
from shangliang.instance.bench.instances import Instance, free_port, kill_group, made_instance, wait_for
from shangliang.instance.bench.machine import machine

OPEN_REPORTS, STORED_REPORTS = 100_000, 1_000_000
TEXTS, TEXTS_QUICK = (4_326, 100_000, STORED_REPORTS), (4_326, 20_000)  # of hot topics
Say = Callable[[str], object]


def all_benchmarks(quick: bool, say: Say) -> dict[str, Any]:
    """Measure everything. Return the figures with the machine named. Refuses what it cannot start (RuntimeError)."""
    figures: dict[str, Any] = {"machine": machine(), "quick": quick, "databases": {}}
    with _postgresql(say) as address:
        for name, where in {"postgresql": address, "sqlite": ""}.items():
            if where is None:
                continue
            say(f"{name} …")
            with made_instance(where, with_static=True) as instance:
                figures["databases"][name] = _on_one(instance, quick, say)
    say("B5 …")
    return figures | {"B5": hot.measured(TEXTS_QUICK if quick else TEXTS)}


def _on_one(instance: Instance, quick: bool, say: Say) -> dict[str, Any]:
    ground = asked(instance, "ground")
    found: dict[str, Any] = {"database": ground["database"], "durable": ground["durable"]}
    port = free_port()
    server = instance.serve(port, reports.APPLICATION)
    try:
        wait_for(port, f"/r/{ground['point']}/")
        say("  B9 …")
        found["B9"] = weight.measure(port, f"/r/{ground['point']}/")
        say("  B1 …")
        found["B1"] = {
            **reports.measure(instance, port, ground["point"], 5, 2 if quick else 10),
            "web_workers": 1 if instance.is_sqlite else 2,
            **asked(instance, "commits", ground["point"]),
        }
        say("  B2 …")
        found["B2"] = lists.measure(instance, port, ground["slug"], quick, asked)
        found["B10"] = {"web_worker_mb": running.memory_of(list(reports.workers(port)))}
    finally:
        kill_group(server)
    say("  B10 …")
    found["B10"].update(running.second_start(instance))
    return found | _many_reports(instance, quick, say)


def _many_reports(instance: Instance, quick: bool, say: Say) -> dict[str, Any]:
    """B3 and B4, which no server takes part in: the instance is filled, then asked in process."""
    say("  B3 …")
    asked(instance, "filled", str(OPEN_REPORTS))
    found = {"B3": asked(instance, "desk", "20" if quick else "60")}
    say("  B4 …")
    asked(instance, "filled", str(OPEN_REPORTS if quick else STORED_REPORTS))
    return {**found, "B4": asked(instance, "similar", "100" if quick else "500")}


def asked(instance: Instance, *question: str) -> Any:
    """Run one function of ``grounds`` in a process of the instance."""
    return json.loads(instance.run("manage.py", "bench", "--skip-checks", "--inside", *question))


@contextmanager
def _postgresql(say: Say) -> Iterator[str | None]:
    """Yield the address of a PostgreSQL that really syncs: the one of DATABASE_URL, or a private one; None if neither."""
    if settings.DATABASE_URL:
        yield settings.DATABASE_URL
        return
    spec = importlib.util.spec_from_file_location("private_postgres", settings.BASE / "tests" / "postgres.py")
    if spec is None or spec.loader is None:
        yield None
        return
    private = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(private)
    private.UNSAFE_BUT_FAST.clear()
    try:
        with private.running() as address:
            yield address
    except private.NoPostgreSQL as missing:
        say(f"{missing}")
        yield None
