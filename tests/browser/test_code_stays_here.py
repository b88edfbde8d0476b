"""T13: a receipt code never stands in an address, a referrer or the browser's history, and nobody else is ever asked."""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

import pytest

from shangliang.foundation import codes
from shangliang.people.tests.factories import district
from shangliang.reports.actions import ask
from shangliang.reports.models import Report
from shangliang.reports.tests.factories import point_in
from tests.browser.walking import opened, press
from tests.trust.traces import forms_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "放学那会儿校门口车停了两排，孩子从车缝里钻过去。"


@dataclass
class Heard:
    """What a browser sent out: addresses, referrers, and where it was before."""

    addresses: list[str] = field(default_factory=list)
    referrers: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)

    def listen(self, page) -> None:
        page.on("request", self._request)
        page.on("framenavigated", lambda frame: self.pages.append(frame.url))

    def _request(self, request) -> None:
        self.addresses.append(request.url)
        self.referrers.append(request.headers.get("referer", ""))

    def leaks(self, bits: bytes) -> list[str]:
        """Return where the code stands, in any of its forms."""
        said = [unquote(one) for one in (*self.addresses, *self.referrers, *self.pages)]
        return [one for one in said for form in forms_of(bits).values() if form in one]

    def others(self, own: str) -> set[str]:
        """Return the hosts asked beside our own."""
        hosts = {urlsplit(one).hostname for one in self.addresses if one.startswith("http")}
        return hosts - {urlsplit(own).hostname}


def said_at(page, point) -> bytes:
    """Say something at a point; return the receipt that is shown."""
    opened(page, f"/r/{point.code}/")
    page.fill("textarea[name=text]", WORDS)
    press(page, "提交")
    shown = "".join(page.locator("p.code").first.inner_text().split())
    bits = codes.parse_receipt(shown)
    assert bits is not None, shown
    return bits


def used(page, bits: bytes) -> None:
    """Look it up, answer, add and take a look at everything a holder can open."""
    opened(page, "/receipt/")
    page.fill("input[name=code]", codes.format_symbols(bits))
    press(page, "查")
    for link in ("/receipt/reply/", "/receipt/add/", "/receipt/withdraw/", "/receipt/now/"):
        opened(page, link)
    page.go_back()
    page.reload()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_receipt_code_never_leaves_in_an_address(open_window, live_server, scripts, clock):
    place, heard = district(), Heard()
    point = point_in(place)
    page = open_window({"width": 390, "height": 844}, scripts=scripts)
    heard.listen(page)

    bits = said_at(page, point)
    ask(Report.unscoped.get(), words="大概几点？", by=place.clerk, at=Report.unscoped.get().received_at)
    used(page, bits)
    opened(page, f"/receipt/#{codes.as_symbols(bits)}")  # the square on a printed slip
    opened(page, "/receipt/now/")

    with_square = [one for one in heard.leaks(bits) if "/receipt/#" not in one]
    assert not with_square
    assert not [one for one in heard.referrers if "#" in one]
    assert not heard.others(live_server.url)
    assert len(heard.addresses) > 10


def test_the_square_of_a_slip_fills_the_code_in_and_clears_the_address(open_window, clock):
    place = district()
    page = open_window({"width": 390, "height": 844})
    bits = said_at(page, point_in(place))
    opened(page, "/")

    opened(page, f"/receipt/#{codes.as_symbols(bits)}")

    assert codes.parse_receipt(page.input_value("input[name=code]")) == bits
    assert "#" not in page.url


def test_a_page_that_put_the_code_into_an_address_would_be_heard(open_window, clock):
    place, heard = district(), Heard()
    page = open_window({"width": 390, "height": 844})
    heard.listen(page)
    bits = said_at(page, point_in(place))

    page.goto(f"/receipt/?code={codes.as_symbols(bits)}")

    assert heard.leaks(bits)
