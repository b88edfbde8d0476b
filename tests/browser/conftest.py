"""A real Chromium, a real server, windows of a phone and of a desktop; pictures for README and guide."""

import os
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright's loop runs in the thread of the test

PHONE = {"width": 390, "height": 844}
NARROW = {"width": 360, "height": 720}
DESKTOP = {"width": 1280, "height": 800}
QUIET = (
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--lang=zh-CN",
)
IN_CHINESE = {"LANGUAGE": "zh_CN:zh"}  # the browser's own buttons, where its translations are installed
PICTURES = Path(settings.BASE) / "docs" / "guide" / "pictures"


def chromium_path() -> str:
    """Return where Chromium is, as `make test` installed it."""
    found = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))),
        "",
    )
    assert found, "no Chromium: run tests/ensure_chromium"
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the whole run."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=chromium_path(), args=list(QUIET), env={**os.environ, **IN_CHINESE}
        )
        yield opened
        opened.close()


@pytest.fixture
def open_window(browser: Browser, live_server) -> Iterator[object]:
    """Return a function that opens a fresh window (own cookies) of a size; script errors fail the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_one(size: dict[str, int] = DESKTOP, scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport=size,
            base_url=live_server.url,
            java_script_enabled=scripts,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )
        context.set_default_timeout(5000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert not errors


def keep(shot: bytes, name: str) -> None:
    """Keep a picture in 256 colours: the colours that fill a page stay exact, and README is read on slow lines."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    few = Image.open(BytesIO(shot)).convert("RGB").quantize(256, Image.Quantize.MEDIANCUT, kmeans=1)
    few.save(PICTURES / f"{name}.png", optimize=True)


@pytest.fixture
def fits():
    """Return a function that fails where a page is wider than its window."""

    def measure(page: Page, name: str) -> None:
        too_wide = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert too_wide <= 1, f"{name}: the page is {too_wide} px too wide"

    return measure


@pytest.fixture
def picture(fits):
    """Return a function that measures a page's width and, where TAKE_PICTURES=1, takes its picture for the manual."""

    def take(page: Page, name: str, *, whole: bool = False) -> None:
        fits(page, name)
        if os.environ.get("TAKE_PICTURES") == "1":
            keep(page.screenshot(full_page=whole, animations="disabled"), name)

    return take
