"""A clerk alone, with an empty database: five screens from nothing to a poster on the wall, and the first report."""

import pytest

from config.setup_code import setup_code
from shangliang.people.tests.factories import load_days
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.walking import codes_on, fill, opened, path_of, press, words_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "cloud-river-2026"


def test_from_nothing_to_a_poster_and_the_first_report(live_server, open_window, fits):
    load_days()
    page = open_window(DESKTOP)
    opened(page, "/")
    fits(page, "two-doors")
    press(page, "开始建")
    fill(page, code=setup_code(), name="云川区政协", short_name="云川区", prefix="YC", person="程晓岚", password=PASSWORD,
         again=PASSWORD)  # fmt: skip
    press(page, "存好，下一步")

    fill(page, text="清河街道：柳岸社区、石桥社区\n桂园街道\n 滨河社区")
    press(page, "先看看对不对")
    assert "滨河社区" in words_on(page)
    fits(page, "start-places")
    press(page, "对，存好，下一步")

    fill(page, text="白玉珍 审核人\n毛秀兰 联络人")
    fits(page, "start-people")
    press(page, "存好，出链接")
    assert words_on(page).count("/invite/") == 2
    fits(page, "start-links")
    press(page, "下一步")

    fill(page, authorities="区政府办公室", units="区城管局、区交警大队")
    fits(page, "start-work")
    press(page, "存好，下一步")

    fill(page, area="柳岸社区", name="柳岸社区直报点")
    fits(page, "start-point")
    press(page, "开放，去打印海报")
    assert page.locator(".poster svg.qr").is_visible()
    point = path_of(page).split("/")[2]

    phone = open_window(PHONE)
    opened(phone, f"/r/{point}")
    fill(phone, text="柳岸里楼道口的灯坏了。")
    press(phone, "提交")
    assert [len(code) for code in codes_on(phone)] == [17, 11]
    opened(page, "/desk/")
    assert "柳岸里楼道口的灯坏了。" in words_on(page)
