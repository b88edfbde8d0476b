"""What the address bar of the desk says, and addresses that keep it."""

from django.http import HttpRequest
from django.urls import reverse

from shangliang.reports.queries.desk import DeskFilter


def filter_of(request: HttpRequest) -> DeskFilter:
    """Return what the address bar asks for; what makes no sense there counts as not said."""
    said = request.GET
    state = said.get("state", "waiting")
    area = said.get("area", "")
    return DeskFilter(
        state if state in ("waiting", "banked", "all") else "waiting",
        int(area) if area.isdecimal() and len(area) < 18 else 0,
        said.get("channel", "")[:10],
        said.get("q", "").strip()[:40].replace("\0", ""),
    )


def kept_query(request: HttpRequest, **more: str) -> str:
    """Return the filters as a query string, without the report chosen, with ``more`` set (empty: left out)."""
    query = request.GET.copy()
    for name in ("r", "format", "plain"):
        query.pop(name, None)
    for name, value in more.items():
        query[name] = value
    return query.urlencode()


def address(name: str, request: HttpRequest, *args: str) -> str:
    """Return an address of the desk that keeps the filters."""
    query = kept_query(request)
    return reverse(name, args=args) + (f"?{query}" if query else "")
