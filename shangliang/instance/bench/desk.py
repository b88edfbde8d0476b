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
from shangliang.instance.bench.machine import middle, percentile
from shangliang.instance.bench.texts import words_of_residents
from shangliang.people import actions as people
from shangliang.people.models import Appointment, Committee
from shangliang.people.queries import communities_of, get_committee, viewer_from
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
    committee = get_committee("bench")
    assert committee is not None
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

    Beside the times: in how many cases somebody else who speaks of the same trouble is among those shown, and how many
    of the five best of an unbounded look the bounded one finds too.
    """
    committee = get_committee("bench")
    assert committee is not None
    viewer = viewer_from(clerk_of(committee))
    rows = Report.unscoped.filter(committee=committee)
    count, chance = rows.count(), random.Random(7)  # noqa: S311 - a sample, nothing secret
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
        "same_trouble_shown": _same_trouble(shown, count),
        "best_five_found": _best_five_found(viewer, asked[:MOST_COMPARED], shown),
        "index_ms": _indexing(asked),
    }


def _same_trouble(shown: dict[str, list[str]], count: int) -> float:
    """Of those whose trouble somebody else speaks of too, how many are shown one who does."""
    troubles = array("l", (one.trouble for one in words_of_residents(count)))
    spoken = Counter(troubles)
    about = {code: troubles[int(code[1:])] for code in shown}
    known = [code for code in shown if spoken[about[code]] > 1]
    hits = [any(troubles[int(other[1:])] == about[code] for other in shown[code]) for code in known]
    return round(sum(hits) / max(len(hits), 1), 3)


def _best_five_found(viewer: Viewer, asked: list[Report], shown: dict[str, list[str]]) -> float:
    kept, found = similar.MOST_PER_KEY, list[float]()
    similar.MOST_PER_KEY = 10_000_000
    try:
        for one in asked:
            best = [likeness.report.code for likeness in similar_to(viewer, one)]
            if best:
                found.append(len(set(best) & set(shown[one.code])) / len(best))
    finally:
        similar.MOST_PER_KEY = kept
    return round(sum(found) / max(len(found), 1), 3)


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
