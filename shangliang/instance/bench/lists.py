"""B2: the public list and one public page at a thousand and at a hundred thousand published subjects."""

from collections.abc import Callable
from typing import Any

from shangliang.instance.bench.clients import Load, Walk, get, press
from shangliang.instance.bench.instances import Instance
from shangliang.instance.bench.machine import middle

SIZES = (1_000, 100_000)
PEER_LIST_PER_SECOND = 6.0  # adhocracy+, list of a thousand ideas: shared/reference/performance.md
KINDS = ("topic", "matter")
Asked = Callable[..., Any]


def measure(instance: Instance, port: int, slug: str, quick: bool, asked: Asked) -> dict[str, Any]:
    """Measure queries and milliseconds in process at both sizes, and pages per second over HTTP at the larger."""
    at_size = {}
    for count in SIZES:
        last = {kind: asked(instance, "publications", kind, str(count))["last"] for kind in KINDS}
        at_size[count] = {
            name: asked(instance, "page", path, "40" if quick else "200")
            for name, path in pages(slug, last).items()
        }
    return _compared(at_size, _over_http(port, pages(slug, last), quick))


def pages(slug: str, last: dict[str, str]) -> dict[str, str]:
    """Return the public pages measured: the committee's front page, the lists, one page of each."""
    return {
        "front": f"/{slug}/",
        "list": f"/{slug}/topics/",
        "topic": f"/{slug}/topics/{last['topic']}/",
        "matter": f"/{slug}/matters/{last['matter']}/",
    }


def _over_http(port: int, paths: dict[str, str], quick: bool) -> dict[str, float]:
    def walk_of(path: str) -> Callable[[Load], Walk]:
        def walk(load: Load) -> Walk:
            while True:
                answer = yield get(path)
                load.done += answer.status == 200

        return walk

    seconds = 1.0 if quick else 5.0
    return {
        name: round(middle(press(port, walk_of(path), 16, seconds).per_second for _round in range(5)), 1)
        for name, path in paths.items()
    }


def _compared(at_size: dict[int, dict[str, Any]], per_second: dict[str, float]) -> dict[str, Any]:
    small, large = (at_size[count] for count in SIZES)
    found: dict[str, Any] = {
        name: {
            "status": large[name]["status"],
            "queries": [small[name]["queries"], large[name]["queries"]],
            "ms": [small[name]["ms"], large[name]["ms"]],
            "ratio": round(large[name]["ms"] / max(small[name]["ms"], 0.01), 2),
            "per_second": per_second[name],
        }
        for name in large
    }
    found["times_peer"] = round(per_second["list"] / PEER_LIST_PER_SECOND, 1)
    return found
