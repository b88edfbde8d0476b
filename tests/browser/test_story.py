"""The whole story by clicking: residents on phones, the office at a desk, a unit by a link, a visitor at the end."""

import re
from datetime import date

import pytest

from shangliang.people.tests.factories import District, district
from tests.browser.conftest import DESKTOP, NARROW, PHONE
from tests.browser.walking import (
    button,
    code_of,
    codes_on,
    fill,
    give_passwords,
    opened,
    path_of,
    press,
    sign_in,
    words_on,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TODAY = date(2026, 11, 23).isoformat()
WORDS = "放学那会儿柳岸小学门口车停了两排，孩子从车缝里钻过去。"
OTHER_WORDS = "柳岸小学门口放学时车停两排，走不动，孩子只能走马路中间。"
TITLE = "柳岸小学门口放学时堵车"


@pytest.fixture
def place(clock, live_server) -> District:
    cast = district()
    give_passwords(cast)
    return cast


@pytest.fixture
def walk(place, open_window, fits):
    """Return who walks where: windows of the people, opened when somebody first comes."""
    return Walk(place, open_window, fits)


class Walk:
    """The stages of the story, each by clicking; every page stopped at is measured for its width."""

    def __init__(self, place: District, open_window, look) -> None:
        self.place, self.open_window, self.look = place, open_window, look
        self.clerk = sign_in(open_window(DESKTOP), "yunchuan-clerk")

    def opens_a_point(self) -> str:
        press(self.clerk, "直报点")
        press(self.clerk, "开一个直报点")
        fill(self.clerk, area="柳岸社区", name="柳岸社区直报点", where="居委会门口")
        self.look(self.clerk, "point-new")
        press(self.clerk, "开放，去打印海报")
        self.look(self.clerk, "poster")
        assert self.clerk.locator(".poster svg.qr").is_visible()
        point = re.findall(r"/points/(.+)/poster/", self.clerk.url)[0]
        press(self.clerk, "返回")
        self.look(self.clerk, "points")
        return f"/r/{point}"

    def says(self, wall: str, words: str, scripts: bool = True):
        phone = self.open_window(PHONE, scripts)
        opened(phone, wall)
        self.look(phone, "report")
        fill(phone, text=words, place="柳岸小学正门")
        if scripts:  # nobody types as fast as a test: the phone has time to do its sum
            phone.wait_for_function("document.querySelector('input[name=proof]').value")
        press(phone, "提交")
        self.look(phone, "receipt")
        return phone

    def screens_with_keys(self) -> None:
        clerk = self.clerk
        press(clerk, "线索筛选")
        self.look(clerk, "desk")
        clerk.locator("body").press("n")
        clerk.wait_for_url("**/raise/")
        fill(clerk, title=TITLE)
        press(clerk, "立为新事项")
        self.look(clerk, "desk")

    def joins_with_a_key(self) -> None:
        clerk = self.clerk
        opened(clerk, "/desk/?state=aside")  # the second phone had no scripts, so no proof of work
        assert TITLE in words_on(clerk) and "像是同一件事的" in words_on(clerk)
        clerk.locator("body").press("j")
        clerk.get_by_text("已合成一件").wait_for()
        self.look(clerk, "desk")

    def decides(self) -> None:
        clerk = self.clerk
        press(clerk, "事项")
        self.look(clerk, "matters")
        press(clerk, "写给单位和公众看的")
        fill(clerk, households="many")
        self.look(clerk, "safe-texts")
        press(clerk, "就按这个")
        press(clerk, "事项")
        press(clerk, "列为议题")
        fill(clerk, source="群众出题", domain="livelihood", form="界别协商")
        self.look(clerk, "topic-new")
        press(clerk, "存进题库")
        press(clerk, "列入选题")
        press(clerk, "报审")
        press(clerk, "记下")
        press(clerk, "记下审批的决定")
        fill(clerk, decision="approved", decided_by="区委", document_no="云委办〔2026〕21号")
        press(clerk, "记下")
        press(clerk, "排期")
        fill(clerk, scheduled_on=TODAY)
        press(clerk, "记下")
        self.look(clerk, "topic")

    def consults(self) -> str:
        clerk = self.clerk
        press(clerk, "开始协商")
        press(clerk, "开始")
        code = code_of(clerk)
        assert not button(clerk, "开过会了").count(), "no research, no session"
        self.step("订方案", place="柳岸社区议事厅", planned_on=TODAY, heads_residents="10")
        self.step("记一次调研", note="放学前后数了三十分钟，来了一百八十多辆车。", who="委员 3 人")
        press(clerk, "调研做完了")
        self.step("开过会了", held_on=TODAY, heads_residents="12", heads_departments="5", heads_experts="1",
                  heads_members="4", counted_by="程晓岚")  # fmt: skip
        self.step("记一条共识", text="校门两侧划限时停车位。", proposer_side="residents", agree__residents="11",
                  reserve__residents="1", reservation__residents="怕影响送货")  # fmt: skip
        self.step("记谁说了什么", lines="居民 家长｜最怕下雨天，伞一撑什么都看不见。")
        self.step("报送成果", submitted_to="区委、区政府")
        self.step("记下采纳不采纳", word__1="yes", decided_by="区政府", source="云府办〔2026〕31号")
        return code

    def step(self, name: str, **said: str) -> None:
        press(self.clerk, name)
        fill(self.clerk, **said)
        self.look(self.clerk, name)
        press(self.clerk, "记下")
        self.look(self.clerk, "consultation")

    def assigns(self) -> str:
        authority = sign_in(self.open_window(DESKTOP), "yunchuan-authority_clerk")
        press(authority, "等交办")
        self.look(authority, "awaiting")
        press(authority, "交办")
        fill(authority, document_no="云府办交〔2026〕31号", basis="区政府常务会议", lead_unit="区城管局")
        self.look(authority, "assign")
        press(authority, "记下交办")
        self.look(authority, "assignment")
        return path_of(authority)

    def does(self, task: str) -> None:
        unit = sign_in(self.open_window(DESKTOP), "yunchuan-unit")
        press(unit, "校门两侧")
        self.look(unit, "unit-assignment")
        press(unit, "接收")
        press(unit, "接收")
        assert "车缝" not in words_on(unit)

        opened(self.clerk, task)
        press(self.clerk, "给单位做一个一次性链接")
        link = self.clerk.locator("#link").input_value()
        phone = self.open_window(PHONE)
        opened(phone, link)
        self.look(phone, "by-link")
        press(phone, "报办结")
        fill(phone, text="划了三十六个限时车位，立了告示牌。", real_outcome="done", finished_on=TODAY)
        self.look(phone, "link-claim")
        press(phone, "报办结")
        self.look(phone, "link-over")
        assert not button(phone, "报办结").count(), "a link answers once"

    def checks(self, task: str, consultation: str) -> None:
        clerk = self.clerk
        opened(clerk, task)
        press(clerk, "核实")
        fill(clerk, verified_by="提案委副主任", note="到现场看过，和单位说的一致。")
        press(clerk, "核实")
        opened(clerk, f"/lists/{consultation}/")
        self.look(clerk, "lists")
        press(clerk, "请反映人评价")
        self.look(clerk, "lists")

    def publishes(self) -> None:
        clerk = self.clerk
        press(clerk, "事项")
        press(clerk, TITLE)
        self.look(clerk, "matter-course")
        press(clerk, "拟公开文字")
        self.look(clerk, "prepare")
        press(clerk, "拟好了，请人审核")
        for _unit in range(clerk.get_by_role("button", name="已给单位看").count()):
            clerk.locator("[name=how]:visible").first.fill("当面送阅")
            press(clerk, "已给单位看")
        while clerk.get_by_text("代录单位的话").count():
            press(clerk, "代录单位的话")
            clerk.locator("details[open] [name=how]").fill("盖章回函")
            clerk.locator("details[open] button").click()
            clerk.wait_for_load_state("load")
        self.look(clerk, "publication")
        reviewer = sign_in(self.open_window(DESKTOP), "yunchuan-reviewer")
        press(reviewer, TITLE)
        self.look(reviewer, "review")
        press(reviewer, "审核通过")
        opened(clerk, path_of(clerk))
        clerk.get_by_role("button", name="公布", exact=True).click()
        clerk.get_by_text("看公众看到的页面").wait_for()


def test_the_whole_story_by_clicking(walk):
    wall = walk.opens_a_point()
    first = walk.says(wall, WORDS)
    first_code, _han = codes_on(first)
    first.reload()  # the browser sends the same form again
    assert codes_on(first)[0] == first_code and "没有收两次" in words_on(first)
    walk.screens_with_keys()

    second = walk.says(wall, OTHER_WORDS, scripts=False)
    second_han = codes_on(second)[1]
    walk.joins_with_a_key()
    walk.decides()
    consultation = walk.consults()
    task = walk.assigns()
    walk.does(task)
    walk.checks(task, consultation)

    opened(first, f"/receipt/#{first_code}")
    assert first.locator("[name=code]").input_value() == first_code and "#" not in first.url
    press(first, "查一查")
    walk.look(first, "status")
    press(first, "我来评")
    fill(first, solved="yes", satisfied="yes")
    walk.look(first, "verdict")
    press(first, "交上评价")
    assert "评过了，谢谢您" in words_on(first)

    opened(second, "/receipt/")
    fill(second, code=second_han)
    press(second, "查一查")
    press(second, "我来评")
    fill(second, solved="no", satisfied="no")
    press(second, "交上评价")
    assert "重新跟踪" in words_on(second)

    press(walk.clerk, "更多")
    press(walk.clerk, "办理")
    press(walk.clerk, "没解决，在跟踪")
    assert TITLE in words_on(walk.clerk)
    press(walk.clerk, TITLE)
    walk.look(walk.clerk, "follow-up")

    walk.publishes()
    visitor = walk.open_window(PHONE)
    opened(visitor, "/yunchuan/")
    walk.look(visitor, "portal-home")
    press(visitor, TITLE)
    walk.look(visitor, "matter")
    assert "划了三十六个限时车位" in words_on(visitor) and "车缝" not in words_on(visitor)


def test_a_resident_without_scripts_is_asked_answers_adds_and_withdraws(walk):
    phone = walk.says(walk.opens_a_point(), "那条路天天有人骑得飞快，太危险了。", scripts=False)
    press(walk.clerk, "线索筛选")
    press(walk.clerk, "先放一边")  # without scripts there is no proof of work
    press(walk.clerk, "问一句")
    fill(walk.clerk, words="您说的是哪条路？")
    press(walk.clerk, "问一句")

    press(phone, "现在就看看进展")
    walk.look(phone, "status")
    fill(phone, text="石桥街，早上七点多。")
    press(phone, "回答")
    press(phone, "再补充一句")
    fill(phone, text="学校门口那一段最快。")
    press(phone, button(phone, "补充").inner_text() if button(phone, "补充").count() else "提交")
    walk.look(phone, "status-answered")
    assert "石桥街，早上七点多。" in words_on(phone) and "学校门口那一段最快。" in words_on(phone)
    press(phone, "撤回我说的")
    walk.look(phone, "withdraw")
    phone.locator("main form button[type=submit]").first.click()
    phone.wait_for_load_state("load")
    assert "已经撤回" in words_on(phone)


def test_with_large_letters_on_a_narrow_phone_nothing_is_cut_off(walk):
    wall = walk.opens_a_point()
    phone = walk.open_window(NARROW)
    opened(phone, wall)
    press(phone, "大字版")
    assert "elder" in (phone.locator("html").get_attribute("class") or "")
    walk.look(phone, "elder-report")
    fill(phone, text=WORDS)
    press(phone, "提交")
    walk.look(phone, "elder-receipt")
    press(phone, "现在就看看进展")
    walk.look(phone, "elder-status")
    assert phone.locator("html.elder").count()


def test_a_micro_consultation_is_recorded_on_a_phone_and_fills_every_list(place, open_window, fits):
    phone = sign_in(open_window(PHONE), "yunchuan-clerk")
    opened(phone, "/lists/micro/new/")
    fits(phone, "micro")
    fill(phone, title="院墙边加一盏灯", source="群众出题", domain="民生改善实事", held_on=TODAY,
         place="柳岸社区凉亭", heads_residents="8", heads_departments="2", heads_experts="0", heads_members="2",
         counted_by="程晓岚", research_1_on=TODAY, research_1_note="晚上八点去看了，二十米没有灯。",
         agreed_1_text="院墙边装一盏感应灯。", agreed_1_unit="区城管局", agreed_1_until="2026-12-18", agreed_1_by="市政科科长", agreed_1_side="居民",
         approver="街道党工委", approval_document="电话同意", document_no="云府办交〔2026〕40号", entry_source="现场记录")  # fmt: skip
    press(phone, "记下这次微协商")
    fits(phone, "micro-lists")
    lists = words_on(phone)
    assert lists.count("院墙边装一盏感应灯。") >= 2 and "区城管局" in lists
