"""The crawl behind T02: every address, every viewer, GET and POST, and what came back."""

import copy
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

SIGN_IN, RECEIPT = "/sign-in/", "/receipt/"
SHUT = {403, 404, 405}
OPENED = {200, 204, 301, 302, 303, 400, 409, 410, 422}
OPENS_A_TRANSACTION = re.compile(r"^(BEGIN|SAVEPOINT|INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
OBJECT = re.compile(r"@(\w+)")
# Words of an address that name a step, not an object.
STEPS = {
    "verb": "answer",
    "point_verb": "close",
    "transfer_step": "words",
    "topic_step": "submit",
    "suggestion_step": "support",
    "form": "micro",
    "consultation_step": "plan",
    "deciding": "decide",
    "accepting": "accept",
    "verifying": "verify",
    "protecting": "exposure",
    "calling_back": "call-back",
    "adding": "add",
    "changing": "change",
    "metric": "M-18",
    "year": "2027",
}


@dataclass(frozen=True)
class Door:
    """One row of the table: an address by name, who gets in by GET and by POST, and whose objects stand in it.

    ``of`` names the object behind each word of the address, ``asks`` a query and ``sends`` the fields of a POST, with
    @object for an object. ``is_public``: the same is open to the same people for every committee's object. ``shut``
    are the pages one is led to when a door is closed. ``as_unknown``: an object of another committee is answered like
    one that was never there, which is not by 404. ``tag`` tells two rows of one address apart.
    """

    name: str
    get: tuple[str, ...] = ()
    post: tuple[str, ...] = ()
    of: dict[str, str] = field(default_factory=dict)
    is_public: bool = False
    sends: dict[str, str] = field(default_factory=dict)
    asks: str = ""
    shut: tuple[str, ...] = (SIGN_IN, RECEIPT)
    as_unknown: bool = False
    tag: str = ""

    @property
    def has_objects(self) -> bool:
        return not self.is_public and bool(self.of or OBJECT.search(self.asks + "".join(self.sends.values())))

    def lets_in(self, viewer: str, method: str) -> bool:
        """Tell whether somebody gets in; another committee's clerk does where a clerk does, but to no object of ours."""
        allowed = self.get if method == "GET" else self.post
        if viewer == "other_clerk":
            return "clerk" in allowed and (self.as_unknown or not self.has_objects)
        return viewer in allowed

    def address(self, objects: dict[str, str]) -> str:
        """Return the address with these objects in it."""
        words = {word: objects[kind] for word, kind in self.of.items()}
        return reverse(self.name, kwargs=words) + _filled(self.asks, objects)

    def fields(self, objects: dict[str, str]) -> dict[str, str]:
        """Return the fields of a POST with these objects in them."""
        return {name: _filled(value, objects) for name, value in self.sends.items()}

    def is_inside(self, response: HttpResponse) -> bool:
        """Tell whether an answer lets somebody in: neither missing, nor forbidden, nor the way to a closed door's page."""
        led_to = (
            response.headers.get("Location", "").partition("?")[0]
            if response.status_code in (301, 302, 303)
            else ""
        )
        return response.status_code not in SHUT and led_to not in self.shut

    def __str__(self) -> str:
        return f"{self.name} ({self.tag})" if self.tag else self.name


def _filled(text: str, objects: dict[str, str]) -> str:
    return OBJECT.sub(lambda found: objects[found[1]], text)


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


def named_patterns(
    patterns: Iterable[Any] | None = None, spaces: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Yield the name and pattern of every address. An address without a name is yielded as its route."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            space = f"{spaces}{pattern.namespace}:" if pattern.namespace else spaces
            yield from named_patterns(pattern.url_patterns, space)
        else:
            yield spaces + (pattern.name or f"unnamed {pattern.pattern}"), pattern


@contextmanager
def nothing_kept() -> Iterator[None]:
    """Undo whatever a request wrote."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def knock(client: Client, method: str, address: str, fields: dict[str, str]) -> HttpResponse:
    """Ask once, and undo what it wrote, in the database and in the browser."""
    cookies = copy.deepcopy(client.cookies)
    with nothing_kept():
        response = client.get(address) if method == "GET" else client.post(address, fields)
    client.cookies = cookies
    return response


def crawl(
    doors: Iterable[Door], clients: dict[str, Client], own: dict[str, str], other: dict[str, str]
) -> tuple[list[Leak], int]:
    """Knock at each door as each viewer, on own objects and on another committee's. Return what was wrong, and knocks."""
    leaks: list[Leak] = []
    knocks = 0
    for door, (viewer, client), method in product(doors, clients.items(), ("GET", "POST")):
        expected = door.lets_in(viewer, method)
        leaks += _knock(door, viewer, client, method, own, "own", expected)
        knocks += 1
        if door.has_objects and expected:
            compare = _same_as_unknown if door.as_unknown else _keeps_out
            leaks += compare(door, viewer, client, method, other)
            knocks += 1
    return leaks, knocks


def _keeps_out(door: Door, viewer: str, client: Client, method: str, other: dict[str, str]) -> list[Leak]:
    return _knock(door, viewer, client, method, other, "another committee's", False)


def _knock(
    door: Door, viewer: str, client: Client, method: str, objects: dict[str, str], whose: str, expected: bool
) -> list[Leak]:
    response = knock(client, method, door.address(objects), door.fields(objects))
    inside = door.is_inside(response)
    if inside == expected and (not inside or response.status_code in OPENED):
        return []
    return [Leak(str(door), viewer, method, whose, response.status_code, expected)]


def _same_as_unknown(
    door: Door, viewer: str, client: Client, method: str, other: dict[str, str]
) -> list[Leak]:
    """Compare the answer about another committee's object with that about none at all; neither may write a row."""
    unknown = {kind: word if kind in STEPS else "NEVERWAS" for kind, word in other.items()}
    answers = [
        _outline(knock(client, method, door.address(objects), door.fields(objects)), door.address(objects))
        for objects in (other, unknown)
    ]
    return (
        []
        if answers[0] == answers[1]
        else [Leak(str(door), viewer, method, "unlike unknown", answers[0][0], False)]
    )


def _outline(response: HttpResponse, address: str) -> tuple[int, str]:
    """Return the status and where it leads, with the code of the address taken out."""
    parts = set(address.split("/")) - {""}
    led_to = response.headers.get("Location", "").split("/")
    return response.status_code, "/".join("" if part in parts else part for part in led_to)


def rows_per_table() -> dict[str, int]:
    """Return how many rows stand in each table, the session table excepted."""
    return {
        model._meta.db_table: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.managed and model._meta.label != "sessions.Session"
    }


def writes_of(ask: Callable[[], HttpResponse]) -> list[str]:
    """Return the statements of one GET that open a transaction or write, those of the session's own row excepted."""
    with CaptureQueriesContext(connection) as kept:
        ask()
    said = [one["sql"] for one in kept.captured_queries]
    return [sql for sql in said if OPENS_A_TRANSACTION.match(sql) and "django_session" not in sql]
