"""The desk's pages: who opens them, what they show, that a press does what it says and a stale form keeps the words."""

import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from shangliang.foundation.codes import new_form_key
from shangliang.foundation.queries import day_table
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import actions
from shangliang.reports.models import Report, ReportPoint, ThreadEntry
from shangliang.reports.states import ReportState
from shangliang.reports.tests.factories import (
    asked_report,
    gathered_matter,
    held_report,
    picture,
    point_in,
    report_in,
)
from shangliang.reports.views import points

pytestmark = pytest.mark.django_db
GATE = "柳岸小学门口放学的时候车停两排，孩子从车缝里钻。"
GATE_TOO = "放学的时候柳岸小学门口全是车，两排都停满，孩子没处走。"


def client_of(client, place, who="clerk"):
    client.force_login(place.appointments[who].person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def state_of(report):
    return Report.unscoped.get(pk=report.pk).state


@pytest.mark.parametrize(
    "who", ["officer", "admin", "keeper", "member", "reviewer", "unit", "authority_clerk"]
)
def test_the_desk_does_not_exist_for_others(client, who):
    place = district()
    code = report_in(place).code
    client_of(client, place, who)
    for address in (
        "/desk/",
        f"/desk/{code}/",
        f"/desk/{code}/answer/",
        f"/desk/{code}/contact/",
        "/points/new/",
    ):
        assert client.get(address).status_code == 404
    for address in (
        "/desk/bulk/",
        "/desk/undo/",
        f"/desk/{code}/hold/",
        f"/desk/{code}/beside/",
        f"/desk/{code}/undo/",
    ):
        assert client.post(address, {"report": code}).status_code == 404
    assert Report.unscoped.get().state == ReportState.RECEIVED


def test_somebody_signed_out_is_led_to_the_sign_in(client):
    assert client.get("/desk/").status_code == 302


def test_another_committees_report_is_not_there(client):
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    code = report_in(elsewhere).code
    client_of(client, place)
    assert client.get(f"/desk/{code}/").status_code == 404
    assert client.post(f"/desk/{code}/answer/", {"words": "已办。"}).status_code == 404
    assert code not in page(client, "/desk/?state=all")


def test_what_waits_stands_oldest_clock_first(client):
    place = district()
    late = report_in(place, "后来的那条。", at=MORNING + timedelta(days=7))
    early = report_in(place, "先来的那条。")
    shown = page(client_of(client, place), "/desk/")
    assert shown.index("先来的那条") < shown.index("后来的那条")
    assert f"/desk/{early.code}/" in shown and f"/desk/{late.code}/" in shown


def test_held_reports_are_in_no_list_and_no_export(client):
    place = district()
    report = held_report(place)
    client_of(client, place)
    assert client.get(f"/desk/{report.code}/").status_code == 404
    assert report.code not in page(client, "/desk/?state=all")
    assert report.code not in str(sheet(client, "/desk/?state=all&format=xlsx"))


def sheet(client, address):
    book = load_workbook(io.BytesIO(client.get(address).content))
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


def test_filters_stand_in_the_address_and_survive_the_choice_of_a_report(client):
    place = district()
    one = report_in(place, "桥下没灯。")
    report_in(place, "桥上堵车。", area=place.other_community)
    report_in(place, "楼道纸箱。")
    client_of(client, place)
    shown = page(client, f"/desk/?area={place.community.pk}&channel=qr&q=桥")
    assert "桥下没灯" in shown and "桥上堵车" not in shown and "楼道纸箱" not in shown
    assert re.search(rf"/desk/{one.code}/\?area={place.community.pk}&amp;channel=qr&amp;q=%E6%A1%A5", shown)
    assert "没有符合条件的线索" in page(client, "/desk/?q=没人这么说")


@pytest.mark.parametrize(
    "query", ["state=x&area=abc&channel=zzzz&page=99", "area=99999999999999999999", "q=%00", "r=X"]
)
def test_an_address_that_makes_no_sense_breaks_nothing(client, query):
    place = district()
    report_in(place)
    assert client_of(client, place).get(f"/desk/?{query}").status_code in (200, 404)


def test_an_empty_desk_says_what_to_do(client):
    shown = page(client_of(client, district()), "/desk/")
    assert "都看完了" in shown and "/desk/enter/" in shown


def test_private_data_in_the_text_is_hidden_until_somebody_looks(client):
    place = district()
    code = report_in(place, "水管漏了，打 13900001111 找我。").code
    client_of(client, place)
    assert "13900001111" not in page(client, f"/desk/{code}/")
    assert "系统遮了 1 处" in page(client, f"/desk/{code}/")
    assert "13900001111" in page(client, f"/desk/{code}/?plain=1")


def test_markup_in_a_text_is_text(client):
    place = district()
    shown = page(
        client_of(client, place), f"/desk/{report_in(place, '<script>alert(1)</script>灯坏了').code}/"
    )
    assert "<script>alert" not in shown and "&lt;script&gt;alert" in shown


def test_what_is_alike_stands_beside_and_one_press_makes_them_one(client):
    place = district()
    other, report = report_in(place, GATE_TOO), report_in(place, GATE)
    client_of(client, place)
    shown = page(client, f"/desk/{report.code}/")
    assert "共同的词" in shown and "同一社区" in shown and "<mark>" in shown
    client.post(f"/desk/{report.code}/beside/", {"report": other.code})
    assert state_of(report) == state_of(other) == ReportState.TAKEN
    shown = page(client, "/desk/")
    token = re.search(r'name="undo" value="([^"]+)"', shown)[1]
    client.post("/desk/undo/", {"undo": token})
    assert state_of(report) == state_of(other) == ReportState.RECEIVED


def test_one_press_joins_the_matter_beside(client):
    place = district()
    matter, report = gathered_matter(place), report_in(place)
    client_of(client, place)
    assert matter.code in page(client, f"/desk/{report.code}/")
    client.post(f"/desk/{report.code}/beside/?state=waiting", {"matter": matter.code})
    assert Report.unscoped.get(pk=report.pk).matter_id == matter.pk


@pytest.mark.parametrize(("verb", "said", "state"), [
    ("answer", {"words": "灯换好了。"}, ReportState.ANSWERED), ("bank", {"words": "先留着。"}, ReportState.BANKED),
    ("decline", {"words": "法院在办。"}, ReportState.DECLINED), ("ask", {"words": "几点？"}, ReportState.ASKED),
    ("refer", {"channel": "物业", "number": "7", "words": ""}, ReportState.REFERRED),
    ("raise", {"title": "校门口的车", "area": "", "summary": "", "words": "立好了。"}, ReportState.TAKEN),
])  # fmt: skip
def test_each_move_has_a_page_with_the_words_and_does_it(client, verb, said, state):
    place = district()
    report = report_in(place)
    client_of(client, place)
    assert "反映人" in page(client, f"/desk/{report.code}/{verb}/")
    answer = client.post(f"/desk/{report.code}/{verb}/?state=waiting&channel=qr", said)
    assert (answer.status_code, answer["Location"]) == (302, "/desk/?state=waiting&channel=qr")
    assert state_of(report) == state
    assert ThreadEntry.unscoped.get(report=report).text


def test_joining_by_hand_takes_a_matter_from_the_list(client):
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    matter, foreign, report = gathered_matter(place), gathered_matter(elsewhere), report_in(place)
    client_of(client, place)
    shown = page(client, f"/desk/{report.code}/join/")
    assert matter.code in shown and foreign.code not in shown
    assert (
        client.post(f"/desk/{report.code}/join/", {"matter": foreign.code, "words": "合。"}).status_code
        == 422
    )
    client.post(f"/desk/{report.code}/join/", {"matter": matter.code, "words": "合在一起了。"})
    assert Report.unscoped.get(pk=report.pk).matter_id == matter.pk


def test_a_stale_form_says_so_and_keeps_what_was_typed(client):
    place = district()
    report = report_in(place)
    client_of(client, place)
    actions.bank(report, words="先留着。", by=place.leader, at=MORNING)
    answer = client.post(f"/desk/{report.code}/answer/", {"words": "我写了很久的一段话。"})
    assert answer.status_code == 422
    assert "刚才已经有人做过" in answer.content.decode() and "我写了很久的一段话。" in answer.content.decode()
    assert "刚才已经有人做过" in client.get(f"/desk/{report.code}/answer/", follow=True).content.decode()


def test_the_buttons_are_the_moves_open_now(client):
    place = district()
    report = asked_report(place)
    client_of(client, place)
    shown = page(client, f"/desk/{report.code}/")
    assert f"/desk/{report.code}/answer/" in shown and f"/desk/{report.code}/hold/" in shown
    assert 'data-key="A"' in shown and "等反映人回话" in shown
    actions.answer(report, words="已修。", by=place.clerk, at=MORNING)
    shown = page(client, f"/desk/{report.code}/")
    assert f"/desk/{report.code}/undo/" in shown and f"/desk/{report.code}/answer/" not in shown


def test_many_are_kept_in_the_bank_with_a_count_and_taken_back(client):
    place = district()
    rows = [report_in(place, f"第 {number} 盏灯。") for number in range(3)]
    client_of(client, place)
    client.post("/desk/bulk/", {"act": "bank", "report": [one.code for one in rows[:2]]})
    shown = page(client, "/desk/")
    assert "留在库里：2 条" in shown
    client.post("/desk/undo/", {"undo": ",".join(one.code for one in rows[:2])})
    assert {state_of(one) for one in rows} == {ReportState.RECEIVED}


def test_many_become_one_and_nothing_ticked_is_said(client):
    place = district()
    rows = [report_in(place, f"第 {number} 盏灯。") for number in range(2)]
    client_of(client, place)
    assert "没有动任何一条" in client.post("/desk/bulk/", {"act": "bank"}, follow=True).content.decode()
    refused = client.post(
        "/desk/bulk/", {"act": "join", "report": [rows[0].code]}, follow=True
    ).content.decode()
    assert "至少要两条" in refused and "没有动任何一条" not in refused
    said = {"report": [one.code for one in rows], "title": "灯", "words": "合了。"}
    client.post("/desk/bulk/join/", said)
    assert len({Report.unscoped.get(pk=one.pk).matter_id for one in rows}) == 1


def test_the_offer_to_undo_is_gone_after_a_while(client, clock):
    place = district()
    report = report_in(place)
    client_of(client, place)
    client.post(f"/desk/{report.code}/bank/", {"words": "先留着。"})
    assert "data-undo" in page(client, "/desk/")
    clock.forward(minutes=2)
    assert "data-undo" not in page(client, "/desk/")


def test_the_course_shows_what_was_taken_back(client):
    place = district()
    report = report_in(place)
    actions.join(report, gathered_matter(place), by=place.clerk, at=MORNING)
    actions.undo(report, by=place.clerk, at=MORNING)
    shown = page(client_of(client, place), f"/desk/{report.code}/")
    assert "已撤销" in shown and "合到 YC-2026-0001" in shown


def test_handing_to_the_officers_takes_it_off_the_desk(client):
    place = district()
    report = report_in(place)
    client_of(client, place).post(f"/desk/{report.code}/hold/")
    assert state_of(report) == ReportState.HELD
    assert client.get(f"/desk/{report.code}/").status_code == 404


def test_the_export_holds_the_list_and_no_contact_data(client):
    place = district()
    report_in(place, "=1+1 水管漏了，打 13900001111。", contact="000-0000-0001", consent_version="2026-11")
    rows = sheet(client_of(client, place), "/desk/?format=xlsx")
    assert len(rows) == 2 and rows[1][0] == Report.unscoped.get().code
    assert "13900001111" not in str(rows) and "000-0000-0001" not in str(rows)
    assert "=1+1" in str(rows)


def asked_of_the_desk(client, address="/desk/"):
    client.get(address)
    day_table()
    with CaptureQueriesContext(connection) as asked:
        page(client, address)
    return len(asked)


def test_the_desk_costs_the_same_twelve_queries_at_five_and_at_a_hundred_reports(client):
    place = district()
    for number in range(5):
        report_in(place, f"{GATE}第 {number} 回。")
    client_of(client, place)
    few = asked_of_the_desk(client)
    for number in range(5, 101):
        report_in(place, f"{GATE}第 {number} 回。")
    assert asked_of_the_desk(client) == few + 1 <= 12  # one more counts what is beyond the first page
    assert page(client, "/desk/").count('name="report" value=') >= 100


def test_a_report_with_pictures_contact_and_a_filter_costs_no_more_than_twelve(client):
    place = district()
    report = report_in(place, GATE, photos=[picture()], contact="000-0000-0001", consent_version="2026-11")
    report_in(place, GATE_TOO)
    assert asked_of_the_desk(client_of(client, place), f"/desk/{report.code}/?q=小学") <= 12


def test_reading_the_desk_writes_nothing_and_opens_no_transaction(client):
    place = district()
    report = report_in(place, GATE)
    client_of(client, place)
    for address in (
        "/desk/",
        f"/desk/{report.code}/",
        f"/desk/{report.code}/answer/",
        "/points/",
        "/desk/enter/",
    ):
        with CaptureQueriesContext(connection) as asked:
            page(client, address)
        assert not [
            one["sql"]
            for one in asked
            if not re.match(r"SELECT|DECLARE \S+ NO SCROLL CURSOR FOR SELECT", one["sql"])
        ]


def test_points_are_listed_for_office_and_keepers_who_see_no_number(client):
    place = district()
    point_in(place)
    assert "近 30 天" in page(client_of(client, place), "/points/")
    shown = page(client_of(client, place, "keeper"), "/points/")
    assert "柳岸社区直报点" in shown and "近 30 天" not in shown and "/poster/" not in shown
    assert client_of(client, place, "member").get("/points/").status_code == 404


def test_a_new_point_leads_to_its_poster_which_carries_the_points_address_only(client):
    place = district()
    client_of(client, place)
    assert client.post("/points/new/", {"area": "", "name": ""}).status_code == 422
    said = {"area": place.community.pk, "name": "柳岸社区直报点", "where": "公告栏", "phone": "0000-555 1234"}
    answer = client.post("/points/new/", said)
    point = ReportPoint.unscoped.get()
    assert answer["Location"] == f"/points/{point.code}/poster/"
    shown = page(client, answer["Location"])
    assert (
        "不用注册，不用手机号" in shown
        and "0000-555 1234" in shown
        and 'class="qr"' in shown
        and "Ctrl+P" in shown
    )
    assert "5 个工作日" in shown and "style=" not in shown


def test_the_posters_code_is_the_points_address(client, monkeypatch):
    place = district()
    point, drawn = point_in(place), []
    monkeypatch.setattr(points, "qr_svg", lambda content, label: drawn.append(content) or "")
    page(client_of(client, place), f"/points/{point.code}/poster/")
    assert drawn == [f"http://testserver/r/{point.code}"]


def test_a_point_is_closed_and_opened_by_its_buttons(client):
    place = district()
    point = point_in(place)
    client_of(client, place)
    for verb, state in (("close", "closed"), ("close", "closed"), ("open", "open")):
        assert client.post(f"/points/{point.code}/{verb}/").status_code == 302
        assert ReportPoint.unscoped.get().state == state
    assert client.post("/points/22222222/close/").status_code == 404


ENTRY = {
    "channel": "phone",
    "text": "楼道灯坏了半个月。",
    "happened_on": "2026-09-07",
    "source": "来电登记第 3 页",
}


@pytest.mark.parametrize("who", ["clerk", "keeper"])
def test_entering_for_somebody_ends_with_the_slip_and_no_code_in_an_address(client, who):
    place = district()
    client_of(client, place, who)
    shown = page(client, "/desk/enter/")
    form_key = re.search(r'name="form_key" value="([^"]+)"', shown)[1]
    one, two = (client.post("/desk/enter/", {**ENTRY, "form_key": form_key}) for _ in range(2))
    code = re.search(r"<span>\w{4} \w{4}</span><span>\w{4} \w{4} <i>\w</i></span>", one.content.decode())[0]
    assert one.status_code == 200 and code in two.content.decode()
    assert "no-store" in one["Cache-Control"]
    assert Report.unscoped.get().entry_source == "来电登记第 3 页"


def test_a_wrong_entry_keeps_what_was_typed_and_other_words_get_a_fresh_form_key(client):
    place = district()
    client_of(client, place)
    form_key = new_form_key()
    wrong = client.post(
        "/desk/enter/", {**ENTRY, "form_key": form_key, "contact": "000-1", "happened_on": "2999-01-01"}
    )
    assert wrong.status_code == 422
    for words in ("楼道灯坏了半个月。", "还没到", "他同意"):
        assert words in wrong.content.decode()
    client.post("/desk/enter/", {**ENTRY, "form_key": form_key})
    other = client.post("/desk/enter/", {**ENTRY, "form_key": form_key, "text": "另一件事。"})
    assert (
        other.status_code == 422
        and form_key not in other.content.decode()
        and "另一件事。" in other.content.decode()
    )


def test_entering_is_closed_to_others(client):
    place = district()
    for who in ("officer", "admin", "unit", "reviewer"):
        assert client_of(client, place, who).get("/desk/enter/").status_code == 404


@pytest.mark.parametrize(
    "number", ["13800001111", "138 0000 1111", "138-0000-1111", "１３８００００", "001111", "云A12345"]
)
def test_nobody_is_looked_for_by_a_telephone_or_plate_number(client, number):
    place = district()
    report_in(place, "打 13800001111 找我，车是云A12345，桥下灯不亮。")
    client_of(client, place)
    shown = page(client, f"/desk/?q={number}")
    assert "桥下灯不亮" not in shown and "这里不按电话、证件、车牌找" in shown


def test_words_short_numbers_and_a_reports_own_code_are_still_found(client):
    place = district()
    report = report_in(place, "打过 12345，桥下灯还是不亮。")
    Report.unscoped.filter(pk=report.pk).update(code="AB234567CD")
    client_of(client, place)
    for words in ("桥下灯", "12345", "AB234567CD"):
        assert "桥下灯" in page(client, f"/desk/?q={words}")


def test_a_new_matter_is_not_begun_with_the_words_of_whoever_spoke(client):
    place = district()
    report = report_in(place, "我家门口的井盖丢了三天没人管")
    client_of(client, place)
    shown = client.get(f"/desk/{report.code}/raise/")
    assert not shown.context["form"]["title"].value()


def test_a_marked_text_of_the_office_is_refused_and_one_it_takes_down_for_somebody_is_held(client):
    place = district()
    report = report_in(place)
    client_of(client, place)
    refused = client.post(f"/desk/{report.code}/answer/", {"words": "机密★1年\n已经安排。"})
    assert refused.status_code == 422 and "密级标志“机密★”" in refused.content.decode()
    assert state_of(report) == ReportState.RECEIVED and not ThreadEntry.unscoped.exists()
    form = client.get("/desk/enter/").context["form"]
    said = {"channel": "phone", "text": "内部文件\n他念给我听的", "happened_on": "2026-09-01", "source": "来电登记",
            "form_key": form["form_key"].value()}  # fmt: skip
    assert client.post("/desk/enter/", said).status_code == 200
    assert Report.unscoped.latest("pk").state == ReportState.HELD
