"""How people of the browser tests walk: signing in, pressing, opening folds, reading a receipt."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Response

from shangliang.instance.example.cast import PASSWORD
from shangliang.people import actions
from shangliang.people.tests.factories import District


def give_passwords(place: District) -> None:
    """Give everybody of a district the password the tests type."""
    for held in place.appointments.values():
        actions.set_password(held.person, PASSWORD)


def sign_in(page: Page, login: str) -> None:
    """Sign in by the page of the staff."""
    page.goto("/sign-in/")
    page.locator("[name=username]").fill(login)
    page.locator("[name=password]").fill(PASSWORD)
    press(page, "登录")
    assert "/sign-in/" not in page.url, page.locator("main").inner_text()


def opened(page: Page, address: str) -> Response:
    """Open an address that must answer."""
    answer = page.goto(address)
    assert answer and answer.ok, f"{address}: {answer and answer.status}"
    return answer


def press(page: Page, words: str, within: str = "main") -> None:
    """Press the button or link of these words, and wait for the page it leads to."""
    one = page.locator(within).locator("button, a.btn, a.tap, summary").filter(has_text=re.compile(rf"^\s*{re.escape(words)}"))
    one.first.click()
    page.wait_for_load_state("load")


def path_of(page: Page) -> str:
    """Return where the page is, without host and query."""
    return urlsplit(page.url).path


def codes_on(page: Page) -> tuple[str, str]:
    """Return a receipt's code as symbols and as characters."""
    symbols, han = (re.sub(r"\s", "", line) for line in page.locator(".code").all_inner_texts())
    return symbols, han


def without_referrer_trail(context: BrowserContext) -> None:
    """Forget every cookie: what a phone that was switched off and on knows."""
    context.clear_cookies()
