"""The proof of work in a real browser: nobody notices it, a slow phone is done in time, and nothing needs it."""

import time
from datetime import datetime, timedelta

import pytest

from shangliang.foundation import codes, limits
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports.models import Report
from shangliang.reports.tests.factories import point_in, sent
from tests.browser.conftest import PHONE
from tests.browser.walking import fill, opened, press, words_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "路灯不亮，晚上看不清路。"
SLOWER = 20  # times: the cheapest phones of 2016 beside one core of a server
# About 1.3 s on average and 2.6 s at worst where nothing else runs; the suite shares two cores with itself.
SECONDS_ALLOWED = 10.0


@pytest.fixture
def point(clock, live_server):
    return point_in(district())


def solved_on(page, other_than=""):
    """Wait until the page has found its proof; return it. (A string is no script here: the page's policy forbids it.)"""
    for _turn in range(400):
        found = page.locator("[data-proof]").input_value()
        if found and found != other_than:
            return found
        page.wait_for_timeout(50)
    raise AssertionError("no proof was found")


def test_somebody_who_types_and_sends_has_the_proof_with_it(point, open_window):
    phone = open_window(PHONE)
    opened(phone, f"/r/{point.code}")
    fill(phone, text=WORDS)
    press(phone, "提交")
    assert "回执码" in words_on(phone) and Report.unscoped.get().set_aside == ""


def test_without_scripts_the_receipt_comes_all_the_same(point, open_window):
    phone = open_window(PHONE, scripts=False)
    opened(phone, f"/r/{point.code}")
    fill(phone, text=WORDS)
    press(phone, "提交")
    assert "回执码" in words_on(phone) and Report.unscoped.get().set_aside == "unproven"


def test_a_slow_phone_is_done_soon_and_typing_stays_smooth(point, open_window):
    phone = open_window(PHONE)
    phone.context.new_cdp_session(phone).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    phone.add_init_script(
        "window.longest = 0; var last = Date.now();"
        "setInterval(function () { longest = Math.max(longest, Date.now() - last); last = Date.now(); }, 10);"
    )
    opened(phone, f"/r/{point.code}")
    began = time.monotonic()
    phone.evaluate("longest = 0")
    solved_on(phone)
    assert time.monotonic() - began <= SECONDS_ALLOWED
    assert phone.evaluate("longest") < 1000


def test_a_page_that_lay_open_asks_for_a_fresh_task_when_somebody_comes_back(point, open_window, clock):
    phone = open_window(PHONE)
    phone.clock.install(time=datetime.now())
    opened(phone, f"/r/{point.code}")
    phone.clock.run_for(15_000)
    old = solved_on(phone)
    clock.forward(minutes=12)
    phone.clock.fast_forward(int(timedelta(minutes=12).total_seconds() * 1000))
    with phone.expect_response("**/r/proof/") as fresh:
        fill(phone, text=WORDS)
    assert fresh.value.status == 200
    phone.clock.run_for(15_000)
    assert solved_on(phone, other_than=old) != old
    press(phone, "提交")
    assert "回执码" in words_on(phone) and Report.unscoped.get().set_aside == ""


def test_an_owner_is_let_in_while_somebody_guesses_from_the_same_address(
    point, open_window, live_server, fits
):
    from shangliang.people.queries import get_committee  # noqa: PLC0415

    class Place:
        committee, community = get_committee("yunchuan"), point.area

    code = codes.as_symbols(sent(Place, WORDS, at=MORNING).bits)
    phone, plain = open_window(PHONE), open_window(PHONE, scripts=False)
    while limits.WRONG_CODES.take(_key()):
        pass
    for one in (phone, plain):
        opened(one, "/receipt/")
        fill(one, code=code)
    plain.get_by_role("button", name="查一查").click()
    plain.get_by_text("等一分钟").first.wait_for()
    assert "等一分钟" in words_on(plain) and plain.locator("[name=code]").input_value() == code
    fits(plain, "receipt-wait")
    solved_on(phone)
    press(phone, "查一查")
    phone.wait_for_url("**/receipt/now/")


def _key():
    class Here:
        META = {"REMOTE_ADDR": "127.0.0.1"}

    return limits.address_key(Here)
