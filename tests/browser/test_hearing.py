"""Hearing and protecting by clicking: a resident who speaks, a day at the desk, imports and transfers, points; axe looks on."""

import wave
from io import BytesIO

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from shangliang.instance.example import cast
from shangliang.instance.example.build import build_once
from shangliang.people.tests.factories import load_days
from shangliang.reports.models import Recording, Report
from tests.browser.conftest import DESKTOP, NARROW, PHONE
from tests.browser.test_accessibility import Looking
from tests.browser.walking import button, codes_on, fill, opened, path_of, press, sign_in, words_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TABLE = """日期,地点,内容
2026-11-02,柳岸路菜场,菜场门口早上堆满菜筐，轮椅过不去。
2026-11-03,滨河路,公交站牌被树挡住了，看不见几路车。
2026-11-03,桂园二期,
2026-11-05,桂园二期,健身器材断了一根杆，孩子还在上面爬。
"""
CHAT = """陈大姐 11月3日 09:12
楼下的路灯又灭了，老人摔过一回。

老周 11月3日 09:20
三号门那盏也不亮，找我打 13900001111。
"""
HEARD = "柳岸小学校门口放学时车多，孩子走不了。"
TALL_PHONE = {"width": 390, "height": 1400}


@pytest.fixture
def point(clock, live_server, settings, tmp_path) -> str:
    """The code of a report point of the example district, which is built anew."""
    settings.FILES_ROOT = tmp_path / "files"
    load_days()
    clock.set("2026-11-23 10:00")
    return build_once(timezone.localdate())["point"]


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


def staff(open_window, login: str, size=DESKTOP) -> Page:
    return sign_in(open_window(size), f"example-{login}", cast.PASSWORD)


def hum(seconds: int = 3) -> dict:
    """Return a recording of a phone as a file to attach."""
    kept = BytesIO()
    with wave.open(kept, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16000)
        sound.writeframes(b"\x00\x10\x00\xf0" * (8000 * seconds))
    return {"name": "r.wav", "mimeType": "audio/wav", "buffer": kept.getvalue()}


def report_like(words: str) -> Report:
    """Return the newest report that contains these words."""
    return Report.unscoped.filter(text__contains=words).latest("pk")


def open_on_desk(page: Page, report: Report) -> None:
    opened(page, f"/desk/{report.code}/")


# --- residents


def test_a_resident_joins_with_others_speaks_answers_and_leaves_a_phone(point, open_window, look):
    phone = open_window(PHONE)
    opened(phone, f"/r/{point}/")
    phone.locator("[data-speak]").click()
    phone.locator("[data-speak]").wait_for(state="hidden")  # a phone that lends no microphone
    phone.locator("[name=text]").type(HEARD)
    phone.locator("[data-claim]").first.wait_for()
    phone.set_viewport_size(TALL_PHONE)
    look(phone, "resident-others-390", whole=False)
    phone.set_viewport_size(PHONE)
    phone.locator("[data-claim]").first.click()
    phone.locator("[name=recording]").set_input_files(hum())
    look(phone, "resident-claimed")
    press(phone, "提交")
    assert "您说也是" in words_on(phone) and "一段录音，3 秒" in words_on(phone)
    look(phone, "receipt-spoken")
    _symbols, han = codes_on(phone)

    clerk = staff(open_window, "clerk")
    asks_and_writes_down(clerk, look)

    opened(phone, "/receipt/")
    look(phone, "receipt-lookup-390")
    fill(phone, code=han)
    press(phone, "查一查")
    assert "请您回一句话" in words_on(phone)
    look(phone, "receipt-question-390")
    answers_and_leaves_a_phone(phone, look)


def asks_and_writes_down(clerk: Page, look) -> None:
    report = report_like(HEARD)
    open_on_desk(clerk, report)
    press(clerk, "写下来")
    look(clerk, "write-down")
    fill(clerk, text=HEARD + "下午四点半最堵。")
    clerk.locator("[name=has_listened]").check()
    press(clerk, "写好了，删掉录音")
    assert not Recording.unscoped.filter(report=report).exists()
    open_on_desk(clerk, report)
    clerk.locator("body").press("q")
    clerk.wait_for_url("**/ask/")
    asked = clerk.locator("[name=words]")
    assert asked.evaluate("one => one === document.activeElement"), "the key leads into the box"
    asked.fill("每天都这样，还是下雨天才这样？")
    look(clerk, "ask")
    asked.press("Control+Enter")
    clerk.wait_for_url("**/desk/**")
    clerk.get_by_text("已问一句").wait_for()


def answers_and_leaves_a_phone(phone: Page, look) -> None:
    fill(phone, text="下雨天最堵。")
    press(phone, "回答")
    assert "收到您的回答了" in words_on(phone)
    press(phone, "留个电话")
    look(phone, "receipt-contact")
    fill(phone, value="13900001111")
    phone.locator("[name=has_agreed]").first.check()
    press(phone, "留下")
    assert "13900001111" not in words_on(phone)
    look(phone, "receipt-contact-left")
    opened(phone, "/receipt/now/")
    press(phone, "撤回")
    look(phone, "receipt-withdraw")
    phone.get_by_role("button", name="撤回", exact=True).click()
    phone.get_by_text("已经撤回").first.wait_for()
    assert button(phone, "再说另一件事").is_visible()


def test_somebody_of_seventy_five_reads_large_letters_on_a_narrow_phone(
    point, open_window, look, live_server
):
    phone = open_window(NARROW, scripts=False)
    phone.context.add_cookies([{"name": "elder", "value": "1", "url": live_server.url}])
    opened(phone, f"/r/{point}/")
    fill(phone, text="三号楼的楼道灯坏了一个月。")
    press(phone, "提交")
    symbols, han = codes_on(phone)
    assert len(symbols) == 17 and len(han) == 11
    opened(phone, "/receipt/")
    fill(phone, code="书法羊春金方让扫城张弟")
    button(phone, "查一查").click()
    assert "一个符号、一个字都不能差" in words_on(phone)
    fill(phone, code=han)
    press(phone, "查一查")
    assert "您说了第一句" in words_on(phone)
    large_with_scripts(open_window(NARROW), point, look, live_server.url)


def large_with_scripts(phone: Page, point: str, look, url: str) -> None:
    phone.context.add_cookies([{"name": "elder", "value": "1", "url": url}])
    opened(phone, f"/r/{point}/")
    phone.set_viewport_size({"width": 360, "height": 1500})
    look(phone, "resident-large-360", whole=False)
    opened(phone, "/receipt/")
    look(phone, "receipt-large")
    opened(phone, "/r/where/")
    look(phone, "where-large")
    for number in phone.locator("main [href^='tel:']").all():
        assert number.bounding_box()["height"] >= 59.5


# --- the desk


def test_a_clerk_joins_several_at_once_after_a_look_and_takes_it_back(point, open_window, look):
    clerk = staff(open_window, "clerk")
    opened(clerk, "/desk/?channel=qr")
    look(clerk, "desk-narrowed")
    waiting = clerk.locator("#queue_title").inner_text()
    boxes = clerk.locator(".queue input[type=checkbox]")
    for at in range(2):
        boxes.nth(at).check()
    clerk.locator("[data-bulk-bar] button[value=join]").click()
    clerk.wait_for_url("**/bulk/join/**")
    look(clerk, "bulk-join-1280")
    clerk.get_by_role("button", name="合成一件", exact=True).click()
    clerk.get_by_text("合成一件：2 条").wait_for()
    assert clerk.locator("#queue_title").inner_text() != waiting
    clerk.locator("body").press("u")
    clerk.get_by_text("撤销了 2 条").wait_for()
    assert clerk.locator("#queue_title").inner_text() == waiting, "taken back, with the filters kept"


def test_a_clerk_splits_what_was_joined_wrongly_and_sees_who_did_what(point, open_window, look):
    clerk = staff(open_window, "clerk")
    opened(clerk, "/matters/")
    press(clerk, "图书角开放时间太短")
    press(clerk, "里面的线索")
    joined = path_of(clerk)
    look(clerk, "split")
    clerk.locator(".row [name=report]").first.check()
    fill(clerk, title="周末开门的另一件")
    clerk.get_by_role("button", name="拆成另一件", exact=True).click()
    clerk.get_by_text("拆").first.wait_for()
    look(clerk, "split-done")
    opened(clerk, joined)
    press(clerk, "谁做的")
    assert "拆" in words_on(clerk)
    look(clerk, "matter-history")


@pytest.mark.parametrize(("size", "name"), [(DESKTOP, "protect-1280"), (PHONE, "protect-390")])
def test_what_few_could_have_said_is_locked_until_a_way_is_chosen(point, open_window, look, size, name):
    clerk = staff(open_window, "clerk", size)
    report = report_like("凹形老楼钥匙")
    opened(clerk, f"/protect/{report.code}/")
    look(clerk, "protect-question")
    fill(clerk, households="one_or_two")
    press(clerk, "就按这个")
    assert "可以走三条路" in words_on(clerk) and "锁着" in words_on(clerk)
    look(clerk, name)
    press(clerk, "去问他")
    assert not button(clerk, "确认给单位看").count()
    look(clerk, "protect-asked")


@pytest.mark.parametrize(("size", "name"), [(DESKTOP, "work-1280"), (PHONE, "work-390")])
def test_one_page_says_what_waits(point, open_window, look, size, name):
    clerk = staff(open_window, "clerk", size)
    opened(clerk, "/work/")
    look(clerk, name)
    assert "等筛选" in words_on(clerk)
    clerk.locator("main table a").first.click()
    clerk.wait_for_load_state("load")
    look(clerk, "first-of-work")


# --- imports and transfers


def test_a_table_is_looked_at_before_it_comes_in(point, open_window, look):
    clerk = staff(open_window, "clerk")
    opened(clerk, "/imports/")
    look(clerk, "imports")
    table = {"name": "街道留言.csv", "mimeType": "text/csv", "buffer": TABLE.encode("gb18030")}
    clerk.locator("[name=file]").set_input_files(table)
    fill(clerk, source="清河街道留言簿")
    before = Report.unscoped.count()
    press(clerk, "上传，先看看")
    assert "会收下 3 条" in words_on(clerk) and "正文是空的" in words_on(clerk)
    assert Report.unscoped.count() == before
    look(clerk, "import-1280")
    press(clerk, "导入 3 条")
    clerk.wait_for_function("() => document.querySelector('main').innerText.includes('3')")
    for _turn in range(20):
        if Report.unscoped.count() == before + 3:
            break
        clerk.wait_for_timeout(250)
    assert Report.unscoped.count() == before + 3
    look(clerk, "import-done")


def test_a_copied_chat_loses_its_names_before_anything_is_kept(point, open_window, look):
    clerk = staff(open_window, "clerk")
    opened(clerk, "/chats/")
    look(clerk, "chats")
    clerk.locator("main textarea").first.fill(CHAT)
    press(clerk, "拆开看看")
    kept = [box.input_value() for box in clerk.locator("main textarea").all()]
    assert len(kept) == 2 and not any("13900001111" in one or "陈大姐" in one for one in kept)
    look(clerk, "chat-1280")
    press(clerk, "把打勾的留作草稿")
    look(clerk, "chat-drafts")


def test_a_report_goes_to_another_system_on_its_own_sheet(point, open_window, look):
    leader = staff(open_window, "leader")
    opened(leader, "/transfers/systems/new/")
    look(leader, "system-new")
    fill(leader, name="区综治平台")
    press(leader, "存好")
    clerk = staff(open_window, "clerk")
    report = report_like("河边广场跳舞")
    opened(clerk, f"/transfers/out/{report.code}/")
    fill(clerk, system="区综治平台")
    look(clerk, "refer-out")
    press(clerk, "转出去")
    opened(clerk, "/transfers/")
    clerk.locator("main tr", has_text="区综治平台").locator("a.btn").click()
    clerk.wait_for_load_state("load")
    look(clerk, "to-list")
    press(clerk, "把选中的列成一张")
    sheet = path_of(clerk)
    press(clerk, "核对下一条")
    look(clerk, "check-words")
    clerk.locator("main form input[type=checkbox]").check()
    clerk.locator("main form button.btn-main").first.click()
    clerk.wait_for_load_state("load")
    opened(clerk, sheet)
    look(clerk, "sheet-1280")
    press(clerk, "打印")
    look(clerk, "sheet-print")


# --- points


def test_points_have_posters_paper_forms_somebody_in_charge_and_a_new_code(point, open_window, look):
    clerk = staff(open_window, "clerk")
    opened(clerk, "/points/")
    look(clerk, "points-1280")
    press(clerk, "哪些社区有直报点")
    look(clerk, "coverage")
    opened(clerk, f"/points/{point}/")
    clerk.locator("[name=appointment]").select_option(index=1)
    press(clerk, "请他负责")
    look(clerk, "point-1280")
    fill(clerk, n="1")
    press(clerk, "出空白表")
    assert clerk.locator(".form-sheet").count() == 1
    look(clerk, "paper-form-1280")
    changes_the_code(clerk, point, look)
    keeper = staff(open_window, "keeper", PHONE)
    opened(keeper, "/points/mine/")
    assert "条线索" not in words_on(keeper)
    look(keeper, "points-mine-390")
    old_wall(open_window(NARROW), point, look)


def changes_the_code(clerk: Page, point: str, look) -> None:
    opened(clerk, f"/points/{point}/code/")
    clerk.get_by_label("马上停用").check()
    look(clerk, "point-code")
    press(clerk, "换码，去打印")
    look(clerk, "new-poster")
    assert point not in path_of(clerk)


def old_wall(phone: Page, point: str, look) -> None:
    opened(phone, f"/r/{point}/")
    assert "这张码换过了" in words_on(phone)
    look(phone, "old-code")
