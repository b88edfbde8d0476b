"""A reader that opens every door of the table and follows every link it finds, and keeps what it was handed."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client

from tests.trust.doorway import Door, nothing_kept

LINK = re.compile(r"""(?:href|src|action|content|hx-get|hx-post|data-[a-z-]*url)=["']([^"'#]+)""")
LEAVE = re.compile(r"^/(?:sign-out|static|language|elder|gallery)/")
CHANNELS = {
    "text/html": "page",
    "application/json": "json",
    "text/csv": "csv",
    "text/plain": "text",
    "image/jpeg": "picture",
    "image/svg+xml": "drawing",
    "audio/wav": "sound",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/zip": "zip",
    "application/javascript": "script",
    "text/javascript": "script",
}


@dataclass
class Handed:
    """What one viewer was handed at one address: the channel it came by, its bytes and what stood around them."""

    viewer: str
    address: str
    channel: str
    status: int
    data: bytes
    around: bytes


@dataclass
class Spider:
    """Reads as one viewer. ``most`` bounds how many links are followed; every door of the table is opened."""

    viewer: str
    client: Client
    most: int
    seen: set[str] = field(default_factory=set)

    def read(self, doors: Iterable[Door], objects: Iterable[dict[str, str]]) -> Iterator[Handed]:
        """Open every door of the table with each set of objects, then every link found on the way."""
        waiting = [door.address(each) for each in objects for door in doors]
        last = len(set(waiting)) + self.most
        while waiting and len(self.seen) < last:
            address = waiting.pop(0)
            if address in self.seen or LEAVE.match(address):
                continue
            self.seen.add(address)
            one = self.open(address)
            yield one
            if one.channel in ("page", "fragment") and one.status == 200:
                waiting += [link for link in links_in(one.data.decode(), address) if link not in self.seen]

    def open(self, address: str) -> Handed:
        """Ask for one address and take back whatever asking wrote."""
        with nothing_kept():
            response = self.client.get(address)
            data = b"".join(response.streaming_content) if response.streaming else response.content
        around = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
        around += response.cookies.output()
        return Handed(
            self.viewer, address, channel_of(response, data), response.status_code, data, around.encode()
        )


def channel_of(response: HttpResponse, data: bytes) -> str:
    """Return by what kind of thing an answer came: page, fragment, xlsx, …, or error, or redirect."""
    if response.status_code in (301, 302, 303):
        return "redirect"
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    if response.status_code >= 400:
        return "error page"
    if kind == "text/html":
        return "page" if b"<html" in data[:3000] else "fragment"
    return CHANNELS.get(kind, kind or "nothing")


def links_in(page: str, address: str) -> list[str]:
    """Return the addresses of this site that a page names, with their queries."""
    found: list[Any] = []
    for link in LINK.findall(page):
        parts = urlsplit(urljoin(f"http://testserver{address}", unescape(link)))
        if parts.hostname == "testserver" and parts.path.startswith("/"):
            found.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return list(dict.fromkeys(found))
