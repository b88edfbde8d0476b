"""B3 and B4 from inside the instance: the screening desk over very many open reports, and similar ones among more."""

import random
import time
from array import array
from collections import Counter
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shangliang.foundation import clock
from shangliang.foundation.viewer import System, Viewer
from shangliang.instance.bench.filling import committee_of_many
from shangliang.instance.bench.machine import middle, percentile
from shangliang.instance.bench.texts import words_of_residents
from shangliang.people import actions as people
from shangliang.people.models import Appointment, Committee
from shangliang.people.queries import communities_of, viewer_from
from shangliang.reports.actions.receiving import grams_of
from shangliang.reports.models import Report, ReportPoint, SimilarGram
from shangliang.reports.queries import similar
from shangliang.reports.queries.similar import similar_to

MOST_SECONDS = 20.0  # on one page; a slow one is then measured fewer times
MOST_COMPARED = 40  # an unbounded look costs a second
LOGIN = "bench-clerk"


def clerk_of(committee: Committee) -> Appointment:
    """Return a clerk of the committee, appointed at the first asking."""
    held = Appointment.unscoped.filter(committee=committee, person__login=LOGIN).select_related("person")
    return held.first() or people.appoint(
        committee=committee, login=LOGIN, name="测速经办人", role="clerk", by=System("bench"), at=clock.now()
    )


def desk_pages(turns: str) -> dict[str, Any]:
    """Open the desk with and without filters again and again; return queries and milliseconds of each page."""
    committee = committee_of_many()
    client = Client(SERVER_NAME="localhost")
    client.force_login(clerk_of(committee).person, backend="django.contrib.auth.backends.ModelBackend")
    return {name: _timed(client, path, int(turns)) for name, path in _paths(committee).items()}


def _paths(committee: Committee) -> dict[str, str]:
    area = communities_of(committee.pk).last()
    point = ReportPoint.unscoped.filter(committee=committee).first()
    inside = Report.unscoped.filter(committee=committee).order_by("answer_due_on", "pk")
    opened = inside.values_list("code", flat=True)[1000]
    return {
        "queue": "/desk/",
        "next": "/desk/?page=2",
        "far": "/desk/?page=800",
        "late": "/desk/?clock=late",
        "soon": "/desk/?clock=soon",
        "area": f"/desk/?area={area.pk if area else 0}",
        "point": f"/desk/?point={point.code if point else ''}",
        "channel": "/desk/?channel=web",
        "words": "/desk/?q=路灯",
        "rare words": "/desk/?q=没有人这么说过",
        "everything": "/desk/?state=all",
        "one report": f"/desk/{opened}/",
    }


def _timed(client: Client, path: str, turns: int) -> dict[str, Any]:
    client.get(path)
    with CaptureQueriesContext(connection) as kept:
        status = client.get(path).status_code
    queries = len(kept)
    taken, until = list[float](), time.perf_counter() + MOST_SECONDS
    for _turn in range(turns):
        began = time.perf_counter()
        client.get(path)
        taken.append(1000 * (time.perf_counter() - began))
        if began > until:
            break
    return {
        "status": status,
        "queries": queries,
        "ms": round(middle(taken), 1),
        "p95": round(percentile(taken, 0.95), 1),
    }


def similar_ones(turns: str) -> dict[str, Any]:
    """Look for what is like some reports among all there are, and put one more into the index.

    Beside the times: of those whose trouble somebody else speaks of, how many are shown such a one; and the same of
    some of them by the bounded look and by one without a bound, so that the bound is seen to cost little.
    """
    committee = committee_of_many()
    viewer = viewer_from(clerk_of(committee))
    rows = Report.unscoped.filter(committee=committee)
    count, chance = rows.count(), random.Random(7)
    codes = [f"b{number}" for number in chance.sample(range(count), int(turns))]
    asked = list(rows.filter(code__in=codes).select_related("committee"))
    taken, shown = list[float](), dict[str, list[str]]()
    for one in asked:
        began = time.perf_counter()
        beside = similar_to(viewer, one)
        taken.append(1000 * (time.perf_counter() - began))
        shown[one.code] = [likeness.report.code for likeness in beside]
    return {
        "stored": count,
        "rows": SimilarGram.unscoped.count(),
        "ms": round(middle(taken), 1),
        "p99": round(percentile(taken, 0.99), 1),
        **_same_trouble(viewer, asked, shown, count),
        "index_ms": _indexing(asked),
    }


def _same_trouble(
    viewer: Viewer, asked: list[Report], shown: dict[str, list[str]], count: int
) -> dict[str, float]:
    troubles = array("l", (one.trouble for one in words_of_residents(count)))
    spoken = Counter(troubles)

    def about(code: str) -> int:
        return troubles[int(code[1:])]

    def share(beside: dict[str, list[str]]) -> float:
        known = [code for code in beside if spoken[about(code)] > 1]
        hits = [any(about(other) == about(code) for other in beside[code]) for code in known]
        return round(sum(hits) / max(len(hits), 1), 3)

    unbounded = _unbounded(viewer, asked[:MOST_COMPARED])
    same = {code: shown[code] for code in unbounded}
    return {"same_trouble_shown": share(shown), "of_some": share(same), "of_some_unbounded": share(unbounded)}


def _unbounded(viewer: Viewer, asked: list[Report]) -> dict[str, list[str]]:
    kept, similar.MOST_PER_KEY = similar.MOST_PER_KEY, 10_000_000
    try:
        return {one.code: [near.report.code for near in similar_to(viewer, one)] for one in asked}
    finally:
        similar.MOST_PER_KEY = kept


def _indexing(reports: list[Report]) -> dict[str, float]:
    """Put reports into the index again, each in a transaction of its own as when it came; nothing is kept."""
    taken = []
    for one in reports:
        with transaction.atomic():
            began = time.perf_counter()
            SimilarGram.unscoped.bulk_create(grams_of(one))
            taken.append(1000 * (time.perf_counter() - began))
            transaction.set_rollback(True)
    return {"ms": round(middle(taken), 2), "p99": round(percentile(taken, 0.99), 2)}
