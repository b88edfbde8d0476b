"""B3 and B4 from inside the instance: the screening desk over very many open reports, and similar ones among more."""

import random
import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shangliang.foundation import clock
from shangliang.foundation.viewer import System, Viewer
from shangliang.instance.bench.machine import middle, percentile
from shangliang.people import actions as people
from shangliang.people.models import Appointment, Committee
from shangliang.people.queries import communities_of, get_committee, viewer_from
from shangliang.reports.models import Report, ReportPoint

MOST_SECONDS = 20.0  # on one page; a slow one is then measured fewer times
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
    return {"status": status, "queries": queries, "ms": round(middle(taken), 1), "p95": round(percentile(taken, 0.95), 1)}
