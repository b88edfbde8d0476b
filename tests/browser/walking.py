"""How people of the browser tests walk: signing in, opening, pressing, filling, reading a receipt."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, Response

from shangliang.people import actions
from shangliang.people.tests.factories import District

PASSWORD = "walking-example-2026"
PRESSED = "main button, main a, main summary, header a, header summary, .no-print > a"


def give_passwords(place: District) -> None:
    """Give everybody of a district the password the tests type."""
    for held in place.appointments.values():
        actions.set_password(held.person, PASSWORD)


def sign_in(page: Page, login: str, password: str = PASSWORD) -> Page:
    """Sign in by the page of the staff; return the page."""
    opened(page, "/sign-in/")
    fill(page, username=login, password=password)
    press(page, "登录")
    assert "/sign-in/" not in page.url, page.locator("main").inner_text()
    return page


def opened(page: Page, address: str) -> Response:
    """Open an address that must answer."""
    answer = page.goto(address)
    assert answer and answer.ok, f"{address}: {answer and answer.status}"
    return answer


def button(page: Page, words: str) -> Locator:
    """Return the first button or link that begins with these words."""
    return page.locator(PRESSED).filter(has_text=re.compile(rf"^\s*{re.escape(words)}")).first


def press(page: Page, words: str) -> None:
    """Press the button or link of these words, and wait for the page it leads to; a refusal fails the test."""
    button(page, words).click()
    page.wait_for_load_state("load")
    refused = page.locator(".errors, .alert-error:visible, p.error")
    assert not refused.count(), f"{words}: {refused.first.inner_text()}"


def fill(page: Page, **said: str) -> None:
    """Type into the fields of these names; choose where there is something to choose."""
    for name, words in said.items():
        fields = page.locator(f"main [name={name}]")
        kind = fields.first.evaluate("field => field.type")
        if kind in ("radio", "checkbox"):
            page.locator(f"main [name={name}][value='{words}']").check()
        elif kind == "select-one":
            fields.select_option(label=words)
        else:
            fields.first.fill(words)


def path_of(page: Page) -> str:
    """Return where the page is, without host and query."""
    return urlsplit(page.url).path


def code_of(page: Page) -> str:
    """Return the code the address ends with."""
    return path_of(page).rstrip("/").split("/")[-1]


def codes_on(page: Page) -> tuple[str, str]:
    """Return a receipt's code as symbols and as characters."""
    symbols, han = (re.sub(r"\s", "", line) for line in page.locator(".code").all_inner_texts())
    return symbols, han


def words_on(page: Page) -> str:
    """Return what somebody reads on the page."""
    return page.locator("main").inner_text()
