"""A walk through the example district: axe finds no fault on a key page, and the manual's pictures are taken on the way."""

from pathlib import Path
from typing import NamedTuple

import pytest
from django.core import signing
from django.utils import timezone
from playwright.sync_api import Page

from shangliang.consultations.models import Consultation
from shangliang.delivery.models import Assignment
from shangliang.instance.example import cast
from shangliang.instance.example.build import build_once
from shangliang.people.tests.factories import load_days
from shangliang.reports import receipt_cookie
from shangliang.reports.models import Matter, Report
from shangliang.topics.models import Topic
from tests.browser.conftest import DESKTOP, NARROW, PHONE
from tests.browser.walking import button, fill, opened, press, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
LONG_PHONE = {"width": 390, "height": 1130}


class Example(NamedTuple):
    """What the walk visits: codes of the example district."""

    point: str
    closed: Matter
    delivering: Matter
    held: Consultation
    approved: Topic
    task: Assignment


@pytest.fixture
def example(clock, live_server) -> Example:
    load_days()
    clock.set("2026-11-23 10:00")
    point = build_once(timezone.localdate())["point"]
    closed, delivering = (
        Matter.unscoped.get(title=title) for title in ("柳岸小学门口放学时堵车", "老人食堂只开午饭")
    )
    tasks = Assignment.unscoped.filter(lead_unit__name="区城管局").order_by("pk")
    return Example(point, closed, delivering, Consultation.unscoped.get(topic__topic_matters__matter=closed),
                   Topic.unscoped.filter(state="approved").latest("pk"),
                   tasks.exclude(state__in=("verified", "explained")).first() or tasks.last())  # fmt: skip


class Looking:
    """Measures a page, takes its picture, and lets axe look at it; remembers every fault."""

    def __init__(self, picture) -> None:
        self.picture, self.faults = picture, []

    def __call__(self, page: Page, name: str, *, whole: bool = True) -> None:
        self.picture(page, name, whole=whole)
        page.evaluate(AXE)
        for fault in page.evaluate("axe.run().then(found => found.violations)"):
            where = [node["target"] for node in fault["nodes"]]
            self.faults.append(f"{name}: {fault['id']} ({fault['impact']}) {fault['help']}: {where}")


@pytest.fixture
def look(picture) -> Looking:
    return Looking(picture)


def hold_receipt_of(page: Page, matter: Matter, url: str) -> None:
    """Put into the browser what unlocking a receipt of the matter would have put there."""
    report = Report.unscoped.filter(matter=matter).earliest("pk")
    until = int((timezone.now() + receipt_cookie.FOR_NOW).timestamp())
    value = signing.dumps({"report": report.pk, "until": until}, salt=receipt_cookie.SALT)
    page.context.add_cookies([{"name": receipt_cookie.NAME, "value": value, "url": f"{url}/receipt/"}])


def residents_pages(example: Example, page: Page, look, url: str) -> None:
    opened(page, f"/r/{example.point}")
    fill(page, text="放学那会儿柳岸小学门口车停了两排，孩子从车缝里钻过去。", place="柳岸小学正门")
    page.set_viewport_size(LONG_PHONE)
    page.evaluate("scrollTo(0, 0)")
    look(page, "resident-report-390", whole=False)
    page.set_viewport_size(PHONE)
    press(page, "提交")
    look(page, "receipt-390")
    hold_receipt_of(page, example.delivering, url)
    opened(page, "/receipt/now/")
    look(page, "status-390")
    opened(page, f"/example/matters/{example.closed.code}/")
    look(page, "matter-390")


def pages_in_large_letters(page: Page, fits) -> None:
    opened(page, "/example/")
    press(page, "大字版")
    fits(page, "elder-home")
    for matter in Matter.unscoped.filter(state="closed"):
        opened(page, f"/example/matters/{matter.code}/")
        fits(page, f"elder-matter-{matter.title}")


def public_pages(example: Example, page: Page, look) -> None:
    opened(page, f"/example/matters/{example.closed.code}/")
    look(page, "matter-1280", whole=False)
    opened(page, "/example/")
    look(page, "portal-home-1280")
    opened(page, "/start/")
    look(page, "start-1280")


def pages_of_the_desk(example: Example, page: Page, look) -> None:
    sign_in(page, "example-clerk", cast.PASSWORD)
    page.locator(".queue a").filter(has_text="往外歪").first.click()
    button(page, "合到这件").wait_for()
    page.evaluate("scrollTo(0, 0)")
    look(page, "desk-1280", whole=False)
    for name, address in {
        "lists-1280": f"/lists/{example.held.code}/", "poster-1280": f"/points/{example.point}/poster/",
        "publications-1280": "/publications/", "consultation-1280": f"/consultations/{example.held.code}/",
        "topic-1280": f"/topics/{example.approved.code}/", "figures-1280": "/figures/",
    }.items():  # fmt: skip
        opened(page, address)
        look(page, name)


def pages_of_the_desk_on_a_phone(example: Example, page: Page, look) -> None:
    sign_in(page, "example-clerk", cast.PASSWORD)
    page.locator(".queue a").filter(has_text="往外歪").first.click()
    button(page, "合到这件").wait_for()
    look(page, "desk-390", whole=False)
    opened(page, "/lists/micro/new/")
    look(page, "micro-390")


def test_key_pages_have_no_fault_that_keeps_anybody_out(example, open_window, look, fits, live_server):
    residents_pages(example, open_window(PHONE), look, live_server.url)
    pages_in_large_letters(open_window(NARROW), fits)
    public_pages(example, open_window(DESKTOP), look)
    pages_of_the_desk(example, open_window(DESKTOP), look)
    pages_of_the_desk_on_a_phone(example, open_window(PHONE), look)
    unit = sign_in(open_window(DESKTOP), "example-unit", cast.PASSWORD)
    opened(unit, f"/delivery/{example.task.code}/")
    look(unit, "assignment-1280")
    assert not look.faults, "\n".join(look.faults)
