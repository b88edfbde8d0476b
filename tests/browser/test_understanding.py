"""Kinds, owners, alike or not, hot weeks and seasons by clicking: the machine proposes, the clerk decides; axe looks on."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from shangliang.foundation.viewer import System
from shangliang.hotspots.models import HotTopic
from shangliang.instance.example import cast
from shangliang.instance.example.build import build_once
from shangliang.people.tests.factories import load_days
from shangliang.reports.models import Report
from shangliang.sorting.actions.training import teach
from shangliang.sorting.training import Example
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_accessibility import Looking
from tests.browser.walking import button, opened, path_of, press, sign_in, words_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LAMP = "一盏灯都没有"
LAMP_KIND = "城市管理 / 照明绿化 / 路灯不亮"
PAGES = {
    "scheme": "/sorting/", "kind": f"/sorting/kind/?kind={LAMP_KIND}", "owners": "/sorting/owners/",
    "owners-history": "/sorting/owners/history/", "nobody": "/sorting/nobody/",
    "scheme-import": "/sorting/import/", "models": "/sorting/models/", "models-taken": "/sorting/models/taken/",
    "unowned": "/matters/unowned/", "alike": "/desk/alike/", "week": "/hotspots/", "week-before": "/hotspots/?state=aside",
    "season": "/hotspots/season/",
}  # fmt: skip
PICTURES = ("owners", "models", "unowned", "alike", "season")


@pytest.fixture
def example(clock, live_server, settings, tmp_path) -> None:
    """The example district, built anew, with a model that learned from what its clerk joined and sorted."""
    settings.FILES_ROOT = tmp_path / "files"
    load_days()
    clock.set("2026-11-23 10:00")
    build_once(timezone.localdate())
    sorted_out = Report.unscoped.filter(state="taken", committee__slug=cast.SLUG).exclude(
        matter__category=None
    )
    past = [
        Example(one.text, str(one.matter.category_id), one.received_at)
        for one in sorted_out.select_related("matter")
    ]
    by = System("sorting.learn_kinds", sorted_out[0].committee_id)
    assert teach("kind", past, has_lost=lambda *_: False, by=by, at=timezone.now())


@pytest.fixture
def look(picture, fits):
    """Measure a page and ask axe; a name that ends in a width is a picture of the guide. What was found fails at the end."""

    def keep_or_measure(page: Page, name: str, *, whole: bool) -> None:
        if name[-1].isdigit():
            picture(page, name, whole=whole)
        else:
            fits(page, name)

    looking = Looking(keep_or_measure)
    yield looking
    assert not looking.faults, "\n".join(looking.faults)


def test_a_clerk_takes_what_the_machine_proposes_or_leaves_it(example, open_window, look, fits):
    clerk = sign_in(open_window(DESKTOP), "example-clerk", cast.PASSWORD)
    phone = sign_in(open_window(PHONE), "example-clerk", cast.PASSWORD)
    for name, address in PAGES.items():
        opened(clerk, address)
        look(clerk, f"{name}-1280" if name in PICTURES else name)
        opened(phone, address)
        fits(phone, f"{name} at 390 px")
    leader = sign_in(open_window(PHONE), "example-leader", cast.PASSWORD)
    opened(leader, "/sorting/owners/new/")
    look(leader, "a new issue of the owner table")
    takes_a_suggested_kind(clerk, phone, look)
    says_what_is_not_the_same(clerk, look)
    opens_a_topic_and_takes_it(clerk, phone, look)
    puts_one_aside_and_back(phone, look)


def takes_a_suggested_kind(clerk: Page, phone: Page, look) -> None:
    report = Report.unscoped.filter(state="received", text__contains=LAMP).latest("pk")
    opened(phone, f"/desk/{report.code}/kind/")
    look(phone, "the kind of a report at 390 px", whole=False)
    opened(clerk, f"/desk/{report.code}/")
    panel = clerk.locator("#kind")
    panel.get_by_role("button", name="就是它").first.wait_for()
    panel.scroll_into_view_if_needed()
    look(clerk, "kind-1280", whole=False)
    assert LAMP_KIND in panel.inner_text() and "系统只是猜，定的是您" in panel.inner_text()
    report.matter.refresh_from_db()
    assert report.matter.category is None, "nothing is decided before somebody presses"
    panel.locator("button", has_text="就是它").first.click()
    clerk.get_by_text(f"定为“{LAMP_KIND}”").wait_for()
    report.matter.refresh_from_db()
    assert report.matter.category.path == LAMP_KIND
    opened(clerk, "/sorting/models/")
    assert "最近 1 次定类别里，1 次用了它猜的" in words_on(clerk)
    opened(clerk, "/sorting/models/taken/")
    look(clerk, "what was taken")


def says_what_is_not_the_same(clerk: Page, look) -> None:
    report = Report.unscoped.filter(state="received", text__contains=LAMP).latest("pk")
    opened(clerk, f"/desk/{report.code}/")
    beside = clerk.locator(".sim", has=clerk.locator("button", has_text="不是一件事"))
    before = beside.count()
    assert before and clerk.locator(".sim mark").count(), "what is alike is marked"
    beside.first.get_by_role("button", name="不是一件事").click()
    clerk.get_by_text("记下了：不是一件事").wait_for()
    clerk.locator("summary", has_text="说过不是一件事的").click()
    look(clerk, "set apart")
    button(clerk, "收回，再放在一起看").click()
    clerk.get_by_text("收回了").wait_for()
    assert clerk.locator("button", has_text="不是一件事").count() == before


def opens_a_topic_and_takes_it(clerk: Page, phone: Page, look) -> None:
    opened(clerk, "/hotspots/")
    clerk.evaluate("document.querySelector('.rank').scrollIntoView()")
    look(clerk, "hotspots-1280", whole=False)
    first = clerk.locator(".rank > li").filter(has=clerk.locator("a", has_text="立为议题")).first
    assert "热度" in first.inner_text() and "人 ×（1 +" in first.inner_text()
    first.locator("h2 a").click()
    clerk.wait_for_load_state("load")
    hot = HotTopic.unscoped.get(code=path_of(clerk).strip("/").split("/")[-1])
    told = re.search(r"人说起，(\d+) 条", words_on(clerk))
    rows = clerk.locator("main table.stack tbody tr").count()
    assert told and rows == int(told[1]) >= 2, "the figure opens into the rows it was counted from"
    look(clerk, "hot-one-1280", whole=False)
    for part in ("", "topic/", "aside/"):
        opened(phone, f"/hotspots/{hot.code}/{part}")
        look(phone, f"a hot topic {part} at 390 px")
    press(clerk, "立为议题")
    look(clerk, "hot-topic-1280")
    clerk.locator("main [name=domain]").first.check()
    for name in ("source", "form"):
        choice = clerk.locator(f"main [name={name}]")
        if not choice.input_value():
            choice.select_option(index=1)
    if clerk.locator("main [name=joined]").count():
        clerk.locator("main [name=joined]").check()
        clerk.locator("main [name=matter_title]").fill("柳岸里楼道里充电，没有充电桩")
    press(clerk, "存进题库")
    hot.refresh_from_db()
    assert hot.state == "taken" and hot.topic
    look(clerk, "the new topic")
    opened(clerk, f"/hotspots/{hot.code}/")
    assert hot.topic.title in words_on(clerk)


def puts_one_aside_and_back(phone: Page, look) -> None:
    hot = HotTopic.unscoped.filter(state="proposed").order_by("-week__week_on", "-place_in_list").first()
    opened(phone, f"/hotspots/{hot.code}/aside/")
    phone.locator("main [name=because]").fill("区里已经列进年度实事，不用再议。")
    press(phone, "放到一边")
    opened(phone, f"/hotspots/{hot.code}/")
    assert "不用再议" in words_on(phone)
    press(phone, "放回待看")
    hot.refresh_from_db()
    assert hot.state == "proposed"
    look(phone, "put back")
