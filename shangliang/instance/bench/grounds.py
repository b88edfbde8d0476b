"""What a benchmark asks of the instance it made, from inside: rows to measure on, and measures taken in process."""

import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shangliang.foundation import clock, codes
from shangliang.foundation.models import Publication
from shangliang.foundation.viewer import System
from shangliang.instance.bench.clients import Answer
from shangliang.instance.bench.desk import desk_pages, similar_ones
from shangliang.instance.bench.filling import filled
from shangliang.instance.bench.machine import database_version, durable, middle
from shangliang.instance.bench.reports import hidden_fields, words
from shangliang.people import actions as people
from shangliang.people.models import Committee
from shangliang.people.queries import get_committee
from shangliang.reports.actions import open_point

BY = System("bench")
BATCH = 1000
MOST_SECONDS = 15.0  # on one page; a slow one is then measured fewer times
WRITES = re.compile(r"^(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)


def ground() -> dict[str, Any]:
    """Make a committee with one open report point. Return its names, and what it stands on."""
    at = clock.now()
    place = people.open_committee(
        slug="bench", name="测速区政协", short_name="测速", prefix="CS", level="district", by=BY, at=at
    )
    street = people.add_area(committee=place, kind="street", name="清河街道", by=BY, at=at)
    area = people.add_area(committee=place, kind="community", name="柳岸社区", parent=street, by=BY, at=at)
    point = open_point(
        committee=place, area=area, name="柳岸社区直报点", where="公告栏", phone="", by=BY, at=at
    )
    return {"slug": place.slug, "point": point.code, "database": database_version(), "durable": durable()}


def publications(kind: str, count: str) -> dict[str, Any]:
    """Lay down so many published words of one kind of subject; return how many stand and the code of the last."""
    committee = get_committee("bench")
    assert committee is not None
    standing = Publication.unscoped.filter(committee_id=committee.pk, subject__startswith=f"{kind}:").count()
    rows = _published(committee, kind, standing, int(count))
    made = 0
    while batch := [row for _number, row in zip(range(BATCH), rows, strict=False)]:
        Publication.unscoped.bulk_create(batch)
        made += len(batch)
    last = (
        Publication.unscoped.filter(subject__startswith=f"{kind}:")
        .order_by("-pk")
        .values_list("subject", flat=True)
    )
    return {"standing": standing + made, "last": str(last[0]).partition(":")[2]}


def _published(committee: Committee, kind: str, first: int, until: int) -> Iterator[Publication]:
    at, content = clock.now(), _content(clock.today().isoformat())
    for number in range(first, until):
        moment = at - timedelta(minutes=until - number)
        yield Publication(
            code=codes.short_code(10),
            committee_id=committee.pk,
            subject=f"{kind}:CS-2026-{number:06d}",
            part="1",
            title=f"第 {number} 件：{words()}",
            content=content,
            happened_on=clock.day_of(moment),
            state="published",
            prepared_at=moment,
            published_at=moment,
        )


def _content(day: str) -> dict[str, Any]:
    """Return a page as the portal keeps it: from the first sentence to the check, with three lists of three rows."""
    step = {"when": day, "until": None, "who": "居民", "kind": "done", "words": False}
    steps = [{**step, "key": f"step{number}", "title": words(), "text": words()} for number in range(10)]
    row = {
        "key": "row",
        "suggestion": words(),
        "held": "",
        "who": "区城管局",
        "deadline": day,
        "result": words(),
        "chip": "按时办了",
        "late": False,
    }
    return {
        "area": "清河街道 · 柳岸社区",
        "chip": "正在办",
        "gathered": "3 个人说到这件事",
        "note": "",
        "steps": steps,
        "facts": [],
        "lists": [row, row, row],
    }


def page(path: str, turns: str) -> dict[str, Any]:
    """Ask for one page again and again in process; return queries, and the middle of the milliseconds."""
    client, taken = Client(SERVER_NAME="localhost"), []
    with CaptureQueriesContext(connection) as kept:
        status = client.get(path).status_code
    queries = len(kept)  # now: the next request empties the log
    until = time.perf_counter() + MOST_SECONDS
    for _turn in range(int(turns)):
        began = time.perf_counter()
        client.get(path)
        taken.append(1000 * (time.perf_counter() - began))
        if began > until:
            break
    return {"path": path, "status": status, "queries": queries, "ms": round(middle(taken), 2)}


def commits(point: str) -> dict[str, Any]:
    """Send one report in process; return its SQL statements, and how often something was committed."""
    client = Client(SERVER_NAME="localhost")
    form = client.get(f"/r/{point}/")
    fields = hidden_fields(Answer(200, b"", form.content))
    client.post(f"/r/{point}/", {**fields, "text": words(), "form_key": codes.new_form_key()})
    counted = {"statements": 0, "commits": 0}
    with connection.execute_wrapper(_counter(counted)), CaptureQueriesContext(connection) as kept:
        began = time.perf_counter()
        sent = client.post(f"/r/{point}/", {**fields, "text": words()})
        counted["ms"] = round(1000 * (time.perf_counter() - began), 1)  # type: ignore[assignment]
    counted["commits"] += sum(one["sql"] == "COMMIT" for one in kept.captured_queries)
    return {**counted, "status": sent.status_code}


def _counter(counted: dict[str, int]) -> Any:
    """Count statements; a write outside any transaction is a commit of its own."""

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        counted["statements"] += 1
        counted["commits"] += bool(WRITES.match(sql)) and not context["connection"].in_atomic_block
        return execute(sql, params, many, context)

    return wrapper


QUESTIONS: dict[str, Callable[..., dict[str, Any]]] = {
    "ground": ground,
    "publications": publications,
    "page": page,
    "commits": commits,
    "filled": filled,
    "desk": desk_pages,
    "similar": similar_ones,
}
