"""Residents with a phone: they open the form behind a code on a wall, send it, press again, and keep the receipt."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPException, HTTPResponse
from urllib.parse import urlencode, urljoin, urlsplit

RECEIPT = re.compile(r"(?<![0-9A-Z])((?:[2-9A-HJ-NP-Z]{4}[\s·-]+){4}[2-9A-HJ-NP-Z])(?![0-9A-Z])")


class Form(HTMLParser):
    """The first form of a page that holds a form key: its address and its hidden fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.action, self.fields, self._action, self._fields = "", {}, "", {}
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Collect what a browser would send without anybody typing."""
        said = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._action, self._fields = said.get("action", ""), {}
        elif tag == "input" and said.get("type") == "hidden":
            self._fields[said.get("name", "")] = said.get("value", "")
            if said.get("name") == "form_key":
                self.action, self.fields = self._action, self._fields


@dataclass
class Sent:
    """One report as its sender knows it: the form key, the words, and the receipt once one was shown."""

    form_key: str
    words: str
    has_photo: bool
    receipt: str = ""
    presses: int = 0


@dataclass
class Resident:
    """One phone: cookies, and what was sent from it."""

    port: int
    point: str
    name: str
    photo: bytes = b""
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)

    def open_form(self) -> tuple[str, dict[str, str]]:
        """Open the page behind the code; return the form's address and hidden fields."""
        path = f"/r/{self.point}/"
        status, where, page = self._follow("GET", path)
        if status != 200:
            raise HTTPException(f"the form answered {status}")
        form = Form(page)
        return urljoin(where, form.action or where), form.fields

    def fill(self, number: int) -> tuple[str, dict[str, str], Sent]:
        """Open a form and fill it; every eighth with a photo."""
        address, fields = self.open_form()
        words = f"{self.name} 第 {number} 件：路灯不亮，晚上看不清路。"
        one = Sent(fields["form_key"], words, bool(self.photo) and number % 8 == 0)
        self.sent.append(one)
        return address, {**fields, "text": words}, one

    def press(self, address: str, fields: dict[str, str], one: Sent) -> bool:
        """Send a filled form; note the receipt when one was shown. Tell whether one was."""
        one.presses += 1
        _status, _where, page = self._follow("POST", address, fields, self.photo if one.has_photo else b"")
        shown = receipt_in(page)
        one.receipt = shown or one.receipt
        return bool(shown)

    def press_until_shown(
        self, address: str, fields: dict[str, str], one: Sent, alive: Iterator[int]
    ) -> bool:
        """Press again and again, as somebody whose signal comes and goes, while ``alive`` gives a port."""
        for self.port in alive:
            try:
                if self.press(address, fields, one):
                    return True
            except (OSError, HTTPException):
                time.sleep(0.02)
        return False

    def _follow(
        self, method: str, path: str, fields: dict[str, str] | None = None, photo: bytes = b""
    ) -> tuple[int, str, str]:
        for _turn in range(5):
            status, to, page = self._ask(method, path, fields, photo)
            if status not in (301, 302, 303, 307, 308):
                return status, path, page
            path = urljoin(path, urlsplit(to).path)
            if status in (302, 303):
                method, fields, photo = "GET", None, b""
        raise HTTPException("too many turns")

    def _ask(
        self, method: str, path: str, fields: dict[str, str] | None, photo: bytes
    ) -> tuple[int, str, str]:
        kind, body = encoded(fields, photo)
        link = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            cookies = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
            link.request(method, path, body, {"Cookie": cookies, **self.headers, **kind})
            answer = link.getresponse()
            page = answer.read().decode("utf-8", "replace")
            self._keep_cookies(answer)
            return answer.status, answer.getheader("Location", ""), page
        finally:
            link.close()

    def _keep_cookies(self, answer: HTTPResponse) -> None:
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _equals, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value


def encoded(fields: dict[str, str] | None, photo: bytes) -> tuple[dict[str, str], bytes | None]:
    """Return the content type and the body a browser would send."""
    if fields is None:
        return {}, None
    if not photo:
        return {"Content-Type": "application/x-www-form-urlencoded"}, urlencode(fields).encode()
    edge = "----trust-edge"
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="photos"; filename="p.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    return (
        {"Content-Type": f"multipart/form-data; boundary={edge}"},
        b"".join([*parts, head.encode(), photo, f"\r\n--{edge}--\r\n".encode()]),
    )


def receipt_in(page: str) -> str:
    """Return the receipt a page shows, in symbols without blanks, or ""."""
    words = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", page)))
    found = RECEIPT.search(words)
    return re.sub(r"[\s·-]", "", found[1]) if found else ""
