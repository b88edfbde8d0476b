"""The pictures of README and guide, taken from the example district; each page is looked at for its width on the way."""

from typing import NamedTuple

import pytest
from django.core import signing
from django.utils import timezone
from playwright.sync_api import Page

from shangliang.consultations.models import Consultation
from shangliang.delivery.models import Assignment
from shangliang.instance.example.build import build
from shangliang.people.tests.factories import load_days
from shangliang.reports import receipt_cookie
from shangliang.reports.models import Matter, Report
from shangliang.topics.models import Topic
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.walking import opened, press, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class Example(NamedTuple):
    """The codes of what the pictures show."""

    point: str
    closed: Matter
    delivering: Matter


@pytest.fixture
def example(clock, live_server) -> Example:
    load_days()
    clock.set("2026-11-23 10:00")
    built = build(timezone.localdate())
    titles = {one.title: one for one in Matter.unscoped.exclude(title="")}
    return Example(built["point"], titles["柳岸小学门口放学时堵车"], titles["老人食堂只开午饭"])


def hold_receipt_of(page: Page, matter: Matter, url: str) -> None:
    """Put into the browser what unlocking a receipt of the matter would have put there."""
    report = Report.unscoped.filter(matter=matter).earliest("pk")
    until = int((timezone.now() + receipt_cookie.FOR_NOW).timestamp())
    value = signing.dumps({"report": report.pk, "until": until}, salt=receipt_cookie.SALT)
    page.context.add_cookies([{"name": receipt_cookie.NAME, "value": value, "url": f"{url}/receipt/"}])


def consultation_on(matter: Matter) -> Consultation:
    return Consultation.unscoped.get(topic__topic_matters__matter=matter)


def test_pictures_of_residents_pages(example, open_window, picture, live_server):
    page = open_window(PHONE)
    opened(page, f"/r/{example.point}")
    page.locator("[name=text]").fill("放学那会儿柳岸小学门口车停了两排，孩子从车缝里钻过去。")
    page.locator("[name=place]").fill("柳岸小学正门")
    picture(page, "resident-report-390", whole=True)
    press(page, "提交")
    picture(page, "receipt-390", whole=True)

    hold_receipt_of(page, example.delivering, live_server.url)
    opened(page, "/receipt/now/")
    picture(page, "status-390", whole=True)

    opened(page, f"/example/matters/{example.closed.code}/")
    picture(page, "matter-390", whole=True)
    desktop = open_window(DESKTOP)
    opened(desktop, f"/example/matters/{example.closed.code}/")
    picture(desktop, "matter-1280", whole=True)
    opened(desktop, "/example/")
    picture(desktop, "portal-home-1280", whole=True)
    opened(desktop, "/start/")
    picture(desktop, "start-1280", whole=True)


def test_pictures_of_the_desk(example, open_window, picture):
    page = open_window(DESKTOP)
    sign_in(page, "example-clerk")
    held = consultation_on(example.closed)
    topic = Topic.unscoped.get(title__contains="卫生院门口没有斑马线")
    addresses: dict[str, str] = {
        "desk-1280": "/desk/", "lists-1280": f"/lists/{held.code}/", "poster-1280": f"/points/{example.point}/poster/",
        "publications-1280": "/publications/", "consultation-1280": f"/consultations/{held.code}/",
        "topic-1280": f"/topics/{topic.code}/", "figures-1280": "/figures/",
    }  # fmt: skip
    for name, address in addresses.items():
        opened(page, address)
        picture(page, name, whole=name != "desk-1280")
    phone = open_window(PHONE)
    sign_in(phone, "example-clerk")
    for name, address in {"desk-390": "/desk/", "micro-390": "/lists/micro/new/"}.items():
        opened(phone, address)
        picture(phone, name, whole=True)


def test_picture_of_a_units_task(example, open_window, picture):
    page = open_window(DESKTOP)
    sign_in(page, "example-unit")
    mine = Assignment.unscoped.filter(lead_unit__name="区城管局").latest("pk")
    opened(page, f"/delivery/{mine.code}/")
    picture(page, "assignment-1280", whole=True)
