"""The crawl behind T02: every address, every viewer, GET and POST, and what came back."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

SIGN_IN = re.compile(r"^/sign-in/")
SHUT = {403, 404, 405}
OPENED = {200, 204, 301, 302, 303, 400, 409, 410, 422}
OPENS_A_TRANSACTION = re.compile(r"^(BEGIN|SAVEPOINT|INSERT|UPDATE|DELETE)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Door:
    """One row of the table: an address by name, who gets in by GET and by POST, and whose objects stand in it.

    ``of`` names the object behind each word of the address. ``anybody`` marks a page whose object is public, so that
    the object of another committee opens as well. ``sends`` are fields a POST cannot do without.
    """

    name: str
    get: tuple[str, ...] = ()
    post: tuple[str, ...] = ()
    of: dict[str, str] = field(default_factory=dict)
    anybody: bool = False
    sends: dict[str, str] = field(default_factory=dict)
    asks: str = ""

    def address(self, objects: dict[str, str]) -> str:
        """Return the address with these objects in it."""
        return reverse(self.name, kwargs={word: objects[kind] for word, kind in self.of.items()}) + self.asks


@dataclass
class Leak:
    """Somebody got in who must not, or was kept out who must get in."""

    door: str
    viewer: str
    method: str
    whose: str
    status: int
    expected: bool

    def __str__(self) -> str:
        wish = "should open" if self.expected else "must not open"
        return f"{self.method} {self.door} ({self.whose}) {wish} for {self.viewer}: {self.status}"


def named_patterns(patterns: Iterable[Any] | None = None, spaces: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield the name and pattern of every address. An address without a name is yielded as its route."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            space = f"{spaces}{pattern.namespace}:" if pattern.namespace else spaces
            yield from named_patterns(pattern.url_patterns, space)
        else:
            yield spaces + (pattern.name or f"unnamed {pattern.pattern}"), pattern


def is_inside(response: HttpResponse) -> bool:
    """Tell whether an answer lets somebody in: neither missing, nor forbidden, nor the way to the sign-in page."""
    return response.status_code not in SHUT and not (
        response.status_code in (301, 302, 303) and bool(SIGN_IN.match(response.headers.get("Location", ""))))


@contextmanager
def nothing_kept() -> Iterator[None]:
    """Undo whatever a request wrote."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def knock(client: Client, method: str, address: str, fields: dict[str, str]) -> HttpResponse:
    """Ask once, and undo what it wrote."""
    with nothing_kept():
        if method == "GET":
            return client.get(address)
        return client.post(address, fields)


def crawl(doors: Iterable[Door], clients: dict[str, Client], own: dict[str, str], other: dict[str, str]) -> list[Leak]:
    """Knock at each door as each viewer, on own objects and on those of another committee. Return what was wrong."""
    leaks: list[Leak] = []
    for door in doors:
        for viewer, client in clients.items():
            for method, allowed in (("GET", door.get), ("POST", door.post)):
                leaks += _knock(door, viewer, client, method, own, "own", viewer in allowed)
                if door.of and not door.anybody and viewer in allowed and viewer != "other_clerk":
                    leaks += _knock(door, viewer, client, method, other, "other committee", False)
    return leaks


def _knock(door: Door, viewer: str, client: Client, method: str, objects: dict[str, str], whose: str,
           expected: bool) -> list[Leak]:
    response = knock(client, method, door.address(objects), door.sends if method == "POST" else {})
    inside = is_inside(response)
    if inside == expected and (not inside or response.status_code in OPENED):
        return []
    return [Leak(door.name, viewer, method, whose, response.status_code, expected)]


def rows_per_table() -> dict[str, int]:
    """Return how many rows stand in each table, the session table excepted."""
    return {model._meta.db_table: model._base_manager.count() for model in apps.get_models()
            if model._meta.managed and model._meta.label != "sessions.Session"}


def writes_of(ask: Callable[[], HttpResponse]) -> list[str]:
    """Return the statements of one GET that open a transaction or write, those of the session's own row excepted."""
    with CaptureQueriesContext(connection) as kept:
        ask()
    said = [one["sql"] for one in kept.captured_queries]
    return [sql for sql in said if OPENS_A_TRANSACTION.match(sql) and "django_session" not in sql]
