"""B9: what a phone that was never here before has to load to see the page behind a code on a wall."""

import re
from typing import Any

from shangliang.instance.bench.clients import Answer, get, once

_PARTS = re.compile(rb'<(?:link|script|img|source)\b[^>]*?\b(?:href|src)="([^"]+)"')
_NOT_LOADED = re.compile(rb'rel="(?:canonical|alternate|next|prev|help|author|license|manifest)"')
_INSIDE_CSS = re.compile(rb"url\(\s*['\"]?([^'\")]+)")


def measure(port: int, path: str) -> dict[str, Any]:
    """Load a page and all it asks for, compressed as a browser would; return bytes on the line and requests."""
    page = _load(port, path)
    parts = {path: _bytes(page)}
    plain = once(port, get(path))
    for address in _asked_for(plain.body):
        parts[address] = _bytes(_load(port, address))
        if address.endswith(".css"):
            inside = _INSIDE_CSS.findall(once(port, get(address)).body)
            parts.update(
                {one: _bytes(_load(port, one)) for one in map(bytes.decode, inside) if one.startswith("/")}
            )
    return {"bytes": sum(parts.values()), "requests": len(parts), "parts": parts}


def _asked_for(page: bytes) -> list[str]:
    found = [
        tag
        for tag in re.findall(rb"<(?:link|script|img|source)\b[^>]*>", page)
        if not _NOT_LOADED.search(tag)
    ]
    addresses = [match[1].decode() for tag in found if (match := _PARTS.search(tag))]
    return sorted({address for address in addresses if address.startswith("/")})


def _load(port: int, path: str) -> Answer:
    return once(port, get(path, Accept_Encoding="gzip, deflate, br"))


def _bytes(answer: Answer) -> int:
    return len(answer.head) + 4 + len(answer.body)
