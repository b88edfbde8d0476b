"""What the address bar of the desk says, and addresses that keep it."""

from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from shangliang.reports.queries.desk import DeskFilter

STATES = ("waiting", "aside", "banked", "done", "all")
CLOCKS = ("late", "soon")
LONGEST_ID = 18
NOT_FILTERS = ("r", "format", "plain", "report", "view")


def filter_of(request: HttpRequest) -> DeskFilter:
    """Return what the address bar asks for; what makes no sense there counts as not said."""
    said = request.GET
    state, area, clock = said.get("state", "waiting"), said.get("area", ""), said.get("clock", "")
    return DeskFilter(
        state=state if state in STATES else "waiting",
        area=int(area) if area.isascii() and area.isdecimal() and len(area) < LONGEST_ID else 0,
        channel=said.get("channel", "")[:10].replace("\0", ""),
        words=said.get("q", "").strip()[:40].replace("\0", ""),
        point=said.get("point", "")[:12].replace("\0", ""),
        since=_day(said.get("since", "")),
        until=_day(said.get("until", "")),
        clock=clock if clock in CLOCKS else "",
        is_spoken=said.get("spoken") in ("1", "on"),
        claims=said.get("claims") in ("1", "on"),
    )


def query_of(wanted: DeskFilter) -> str:
    """Return a filter as it stands in the address bar, the same for the same filter: what a saved view keeps."""
    parts = {
        "state": wanted.state,
        "area": wanted.area or "",
        "channel": wanted.channel,
        "point": wanted.point,
        "since": wanted.since or "",
        "until": wanted.until or "",
        "clock": wanted.clock,
        "spoken": "1" if wanted.is_spoken else "",
        "claims": "1" if wanted.claims else "",
        "q": wanted.words,
    }
    return urlencode({name: value for name, value in parts.items() if value})


def kept_query(request: HttpRequest, **more: str) -> str:
    """Return the filters as a query string, without what was chosen or ticked, with ``more`` set (empty: left out)."""
    query = request.GET.copy()
    for name in NOT_FILTERS:
        query.pop(name, None)
    for name, value in more.items():
        query[name] = value
        if not value:
            query.pop(name)
    return query.urlencode()


def address(name: str, request: HttpRequest, *args: str) -> str:
    """Return an address of the desk that keeps the filters."""
    query = kept_query(request)
    return reverse(name, args=args) + (f"?{query}" if query else "")


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
