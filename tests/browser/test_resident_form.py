"""The resident's form in a real browser: spoken, without a signal, opened again, with what others said; and how small it is."""

import os
import re

import pytest
from playwright.sync_api import Browser, Page

from shangliang.foundation.clock import now
from shangliang.people.tests.factories import district
from shangliang.reports.models import Recording, Report
from shangliang.reports.tests.factories import gathered_matter, point_in
from shangliang.reports.tests.test_others import page_of
from tests.browser.conftest import IN_CHINESE, NARROW, PHONE, QUIET, chromium_path
from tests.browser.walking import codes_on, fill, opened, press, words_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "放学那会儿校门口车停了两排，孩子从车缝里钻过去。"
PHONE_NUMBER = "13900001111"
FAKE_MICROPHONE = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
MOST_BYTES, MOST_REQUESTS, THUMB = 60 * 1024, 5, 60


@pytest.fixture
def place(clock, live_server, settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    return district()


@pytest.fixture
def wall(place):
    return f"/r/{point_in(place).code}/"


@pytest.fixture
def speaking_browser(browser: Browser):
    """A browser with a microphone that hums, and nobody who has to allow it."""
    opened_one = browser.browser_type.launch(
        executable_path=chromium_path(),
        args=[*QUIET, *FAKE_MICROPHONE],
        env={**os.environ, **IN_CHINESE},
    )
    yield opened_one
    opened_one.close()


def large(page: Page, url: str) -> Page:
    page.context.add_cookies([{"name": "elder", "value": "1", "url": url}])
    return page


def form_key(page: Page) -> str:
    return page.locator("[name=form_key]").input_value()


def kept_on_phone(page: Page) -> str:
    return page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")


def typed(page: Page) -> str:
    return page.locator("[name=text]").input_value()


def without_signal(page: Page, yes: bool = True) -> None:
    page.context.set_offline(yes)


# --- how small it is (B9)


@pytest.mark.parametrize("elder", [False, True])
def test_a_phone_that_was_never_here_loads_little(open_window, wall, live_server, elder):
    page = open_window(PHONE)
    if elder:
        large(page, live_server.url)
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    opened(page, wall)
    page.wait_for_timeout(500)
    from_us = [one for one in loaded if not one.startswith("data:")]
    packed = sum(page.evaluate(PACKED, one) for one in from_us)
    assert len(from_us) <= MOST_REQUESTS, from_us
    assert packed <= MOST_BYTES, packed


PACKED = """async address => {
  const stream = (await (await fetch(address)).blob()).stream().pipeThrough(new CompressionStream('gzip'));
  return (await new Response(stream).arrayBuffer()).byteLength + 500;
}"""  # as served: packed, and some bytes of headers


def test_everything_fits_a_thumb_in_large_letters(open_window, wall, live_server, place, fits):
    page_of(place, gathered_matter(place))
    page = large(open_window(NARROW), live_server.url)
    opened(page, wall)
    page.locator("[name=text]").type(WORDS)
    page.locator("[data-claim]").first.wait_for()
    fits(page, "elder form at 360 px")
    for which in ("[data-speak]", ".btn-main[type=submit]", "[data-claim]", "summary"):
        box = page.locator(which).first.bounding_box()
        assert box and box["height"] >= THUMB - 0.5, which
        assert box["x"] >= 0 and box["x"] + box["width"] <= NARROW["width"], which
    assert page.locator("[data-speak]").is_visible() and not page.locator("[name=recording]").is_visible()


def test_a_phone_without_a_voice_says_that_it_cannot_read(open_window, live_server, wall):
    page = large(open_window(NARROW), live_server.url)
    page.add_init_script("speechSynthesis.speak = () => {}")
    opened(page, wall)
    page.locator("[data-read]").click()
    page.get_by_text("这部手机读不出来").wait_for()
    assert page.locator("[data-mute]").bounding_box()["width"] <= NARROW["width"]


def test_a_phone_with_a_voice_only_reads(open_window, live_server, wall):
    page = large(open_window(NARROW), live_server.url)
    page.add_init_script("speechSynthesis.speak = said => said.onstart()")
    opened(page, wall)
    page.locator("[data-read]").click()
    page.wait_for_timeout(3300)
    assert page.locator("[data-mute]").is_hidden()


# --- speaking


def test_somebody_speaks_listens_and_sends(speaking_browser: Browser, live_server, wall):
    context = speaking_browser.new_context(viewport=PHONE, base_url=live_server.url, locale="zh-CN")
    page = context.new_page()
    opened(page, wall)
    page.locator("[data-speak]").click()
    page.locator("[data-speak][aria-pressed=true]").wait_for()
    page.wait_for_timeout(1500)
    page.locator("[data-speak]").click()
    page.locator("[data-spoken] audio").wait_for()
    page.locator("[data-unsay]").click()
    assert page.locator("[name=recording]").evaluate("field => field.files.length") == 0
    page.locator("[data-speak]").click()
    page.wait_for_timeout(1500)
    press(page, "提交")  # while still speaking: it is ended first, then sent
    page.wait_for_selector(".receipt")
    assert "一段录音" in words_on(page)
    assert Recording.unscoped.get().seconds in (1, 2, 3) and Report.unscoped.get().text == ""
    context.close()


def test_holding_the_button_records_until_it_is_let_go(speaking_browser: Browser, live_server, wall):
    context = speaking_browser.new_context(viewport=PHONE, base_url=live_server.url, locale="zh-CN")
    page = context.new_page()
    opened(page, wall)
    page.locator("[data-speak]").click()  # the first press fetches the script and begins
    page.locator("[data-speak][aria-pressed=true]").wait_for()
    page.locator("[data-speak]").click()
    page.locator("[data-spoken] audio").wait_for()
    box = page.locator("[data-speak]").bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 20)
    page.mouse.down()
    page.locator("[data-speak][aria-pressed=true]").wait_for()
    page.wait_for_timeout(1200)
    page.mouse.up()
    page.locator("[data-speak]:not([aria-pressed])").wait_for()
    assert page.locator("[name=recording]").evaluate("field => field.files.length") == 1
    context.close()


def test_where_the_phone_lends_no_microphone_its_own_recorder_stays(open_window, wall):
    page = open_window(PHONE)
    opened(page, wall)
    page.locator("[data-speak]").click()
    page.locator("[data-speak]").wait_for(state="hidden")
    assert "没让用话筒" in words_on(page) and page.locator("[name=recording]").is_visible()


# --- drafts and a lost signal


def test_words_survive_the_end_of_the_page_and_nothing_personal_does(open_window, wall):
    page = open_window(PHONE)
    opened(page, wall)
    page.locator("summary").first.click()
    fill(page, text=WORDS, place="小学正门", contact=PHONE_NUMBER)
    kept = kept_on_phone(page)
    assert WORDS in kept and PHONE_NUMBER not in kept
    again = page.context.new_page()  # another tab, as when a chat app opens the code anew
    page.close()
    opened(again, wall)
    assert typed(again) == WORDS and again.locator("[data-draft-note]").is_visible()
    assert again.locator("[name=contact]").input_value() == ""
    again.locator("[data-draft-drop]").first.click()
    assert typed(again) == "" and WORDS not in kept_on_phone(again)
    assert not again.locator("[data-draft-kept]").is_visible()


def test_after_the_receipt_nothing_is_left_on_the_phone(open_window, wall):
    page = open_window(PHONE)
    opened(page, wall)
    fill(page, text=WORDS)
    press(page, "提交")
    assert codes_on(page) and "draft:" not in kept_on_phone(page)


def test_a_draft_is_gone_after_a_day(open_window, wall):
    page = open_window(PHONE)
    opened(page, wall)
    fill(page, text=WORDS)
    page.evaluate(
        "Object.keys(localStorage).forEach(k => { const d = JSON.parse(localStorage[k]); d.until = Date.now() - 1;"
        " localStorage[k] = JSON.stringify(d); })"
    )
    opened(page, wall)
    assert typed(page) == "" and WORDS not in kept_on_phone(page)


def test_pressed_without_a_signal_it_waits_and_goes_by_itself(open_window, wall):
    page = open_window(PHONE)
    opened(page, wall)
    fill(page, text=WORDS)
    without_signal(page)
    page.get_by_role("button", name="提交").first.click()
    assert "还没交上" in words_on(page) and typed(page) == WORDS and not Report.unscoped.exists()
    without_signal(page, False)
    page.wait_for_selector(".receipt")
    assert Report.unscoped.get().text == WORDS


def test_an_answer_that_was_lost_is_asked_for_again_with_the_same_key(open_window, wall):
    page = open_window(PHONE)
    opened(page, wall)
    fill(page, text=WORDS)
    key = form_key(page)
    page.route("**" + wall.rstrip("/"), lose_the_answer)
    page.get_by_role("button", name="提交").first.click()
    wait_until(lambda: Report.unscoped.exists(), page)
    again = page.context.new_page()
    page.close()
    opened(again, wall)
    assert typed(again) == WORDS and form_key(again) == key
    again.wait_for_timeout(1500)  # its proof of work is made anew
    press(again, "提交")
    assert "没有收两次" in words_on(again) and Report.unscoped.count() == 1


def lose_the_answer(route) -> None:
    route.fetch()  # it reaches us
    route.abort()  # and the receipt never arrives


def wait_until(done, page: Page) -> None:
    for _turn in range(50):
        if done():
            return
        page.wait_for_timeout(100)
    pytest.fail("it never came")


def test_another_person_who_empties_the_box_gets_a_key_of_their_own(open_window, wall):
    page = open_window(PHONE)
    opened(page, wall)
    fill(page, text=WORDS)
    page.evaluate("document.querySelector('form[data-draft]').dispatchEvent(new Event('submit'))")
    first = form_key(page)
    opened(page, wall)
    assert form_key(page) == first
    fill(page, text="")
    assert form_key(page) != first


def test_the_form_opens_again_without_a_signal_and_keeps_nothing_personal(open_window, wall):
    page = open_window(PHONE)
    opened(page, wall)
    fill(page, text=WORDS)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    wait_until(lambda: wall in page.evaluate(KEPT_PAGES), page)
    first = form_key(page)
    without_signal(page)
    again = page.context.new_page()
    again.goto(wall)
    assert typed(again) == WORDS and "现在没有信号" in words_on(again)
    assert form_key(again) != first and len(form_key(again)) == 32
    held = again.evaluate(ALL_KEPT)
    assert WORDS not in held and first not in held and 'name="form_key" value=""' in held
    again.get_by_role("button", name="提交").first.click()
    assert "还没交上" in words_on(again)
    without_signal(again, False)
    again.wait_for_selector(".receipt")
    assert Report.unscoped.get().text == WORDS and Report.unscoped.get().received_at <= now()
    assert ".receipt" not in again.evaluate(ALL_KEPT) and 'class="receipt' not in again.evaluate(ALL_KEPT)
    pages = again.evaluate(KEPT_PAGES)
    assert [one for one in pages if not one.startswith("/static/")] == [wall]


KEPT_PAGES = """async () => { const found = []; for (const name of await caches.keys())
  for (const one of await (await caches.open(name)).keys()) found.push(new URL(one.url).pathname); return found; }"""
ALL_KEPT = """async () => { let all = ''; for (const name of await caches.keys()) { const kept = await caches.open(name);
  for (const one of await kept.keys()) if (one.url.includes('/r/')) all += await (await kept.match(one)).text(); } return all; }"""


def test_a_browser_without_a_service_worker_misses_nothing(open_window, wall):
    page = open_window(PHONE)
    page.add_init_script("delete Navigator.prototype.serviceWorker; delete window.caches")
    opened(page, wall)
    fill(page, text=WORDS)
    press(page, "提交")
    assert Report.unscoped.get().text == WORDS


# --- others said this too


def test_one_press_says_it_is_the_same_and_one_takes_it_back(open_window, wall, place):
    matter = gathered_matter(place)
    page_of(place, matter)
    page = open_window(PHONE)
    opened(page, wall)
    page.locator("[name=text]").type("校门口放学时车多")
    page.locator("[data-claim]").first.click()
    assert page.locator("[data-claimed-title]").inner_text() == matter.title
    assert page.locator("[data-unclaim]").evaluate("one => one === document.activeElement")
    page.locator("[data-unclaim]").click()
    assert page.locator("[name=claims_matter]").input_value() == ""
    page.locator("[data-claim]").first.click()
    press(page, "提交")
    assert "您说也是" in words_on(page)
    assert Report.unscoped.latest("pk").claims_matter == matter


def test_without_scripts_the_form_is_whole(open_window, wall, place):
    page_of(place, gathered_matter(place))
    page = open_window(PHONE, scripts=False)
    opened(page, wall)
    shown = words_on(page)
    assert "按住说话" not in shown and "清掉" not in shown and "不是这件" not in shown
    assert page.locator("[name=recording]").is_visible()
    fill(page, text=WORDS)
    press(page, "提交")
    assert re.search("回执码", words_on(page))
