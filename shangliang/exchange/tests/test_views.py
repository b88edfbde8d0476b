"""The pages of imports, chats and transfers: the whole way in a browser, what was typed stays, others find nothing."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from openpyxl import load_workbook

from shangliang.exchange.models import (
    ImportRun,
    OtherSystem,
    ReportDraft,
    Transfer,
    TransferSheet,
    WaitingFile,
)
from shangliang.exchange.tests.factories import (
    BAD_ROWS,
    ROWS,
    csv_file,
    drafts_in,
    held_file,
    imported,
    referred_out,
    sheet_with,
    system_in,
    with_them,
    xlsx_file,
)
from shangliang.foundation import clock, codes
from shangliang.people.middleware import ACTING_KEY
from shangliang.people.tests.factories import district
from shangliang.reports.models import Report
from shangliang.reports.tests.factories import report_in, sent

pytestmark = pytest.mark.django_db


def sit(client, place, key="clerk"):
    """Let one of the cast sit down in a browser."""
    held = place.appointments[key]
    client.force_login(held.person, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[ACTING_KEY] = held.pk
    session.save()
    return client


def upload(data, name="messages.csv"):
    return SimpleUploadedFile(name, data)


def test_a_file_goes_all_the_way_from_upload_to_result(client):
    sit(client, district())
    rows = ROWS + BAD_ROWS + "Q-6,丁,=1+1,2026-12-01,还没到。\n"
    answer = client.post(
        "/imports/", {"file": upload(csv_file(rows, encoding="gb18030")), "source": "12345 热线"}
    )
    here = answer.headers["Location"]
    look = client.get(here).content.decode()
    assert "会收下 <b>3 条</b>" in look and "收不了的 3 条" in look and "清河桥下夜里没灯" in look
    assert "13900001234" not in look and "甲一" not in look and not Report.unscoped.exists()
    columns = {
        "body": "标题",
        "sent_at": "时间",
        "author": "",
        "title": "",
        "number": "编号",
        "place": "",
        "community": "",
        "date_format": "",
    }
    assert client.post(f"{here}columns/", {**columns, "save_as": "八月"}).status_code == 302
    assert "路灯不亮" in client.get(here).content.decode()
    client.post(f"{here}columns/", {**columns, "body": "内容", "title": "标题", "save_as": ""})
    assert client.post(f"{here}begin/").status_code == 302
    done = client.get(here).content.decode()
    assert "已导入" in done and Report.unscoped.count() == 3
    book = load_workbook(io.BytesIO(client.get(f"{here}rejected/").content))
    cells = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert cells[1][:2] == [4, "正文是空的。"] and cells[3][4] == "=1+1"
    assert book.active["E4"].data_type == "s"
    client.post(f"{here}undo/")
    assert "已经撤掉" in client.get(here).content.decode()
    assert not Report.unscoped.exclude(state="withdrawn").exists()


def test_a_long_import_shows_how_far_it_is_and_goes_on_by_itself_or_by_a_press(client, monkeypatch):
    monkeypatch.setattr("shangliang.exchange.rules.ROWS_PER_PART", 100)
    sit(client, place := district())
    rows = "".join(f"N-{at},甲,第 {at} 件,2026-08-01,第 {at} 盏灯不亮。\n" for at in range(320))
    run = held_file(place, csv_file(rows), at=clock.now())
    here = f"/imports/{run.code}/"
    client.post(f"{here}begin/")
    page = client.get(here).content.decode()
    assert f'hx-post="{here}next/"' in page and "接着导" in page and 'value="100"' in page
    part = client.post(f"{here}next/", headers={"HX-Request": "true"})
    assert part.status_code == 200 and b'value="200"' in part.content and b"<html" not in part.content
    assert client.post(f"{here}next/").headers["Location"] == here
    last = client.post(f"{here}next/", headers={"HX-Request": "true"})
    assert last.status_code == 204 and last.headers["HX-Redirect"] == here
    assert ImportRun.unscoped.get().state == "done" and Report.unscoped.count() == 320


def test_what_is_no_table_is_refused_in_the_form_and_the_source_stays(client):
    sit(client, district())
    for data, says in (
        (b"PK\x03\x04xx", "读不出来"),
        ("内容\n机密★1年\n".encode(), "密级标志"),
        (b"", "文件是空的"),
    ):
        answer = client.post("/imports/", {"file": upload(data), "source": "街道月报"})
        assert (
            answer.status_code == 422
            and says in answer.content.decode()
            and "街道月报" in answer.content.decode()
        )
    assert not WaitingFile.unscoped.exists()


def test_a_stale_choice_of_columns_keeps_what_was_chosen(client):
    sit(client, place := district())
    run = held_file(place, at=clock.now())
    answer = client.post(
        f"/imports/{run.code}/columns/", {"body": "", "title": "内容", "save_as": "街道月报"}
    )
    assert (
        answer.status_code == 422
        and "哪一列是正文" in answer.content.decode()
        and "街道月报" in answer.content.decode()
    )


def test_hidden_sheets_and_formulas_are_named_on_the_page(client):
    sit(client, place := district())
    run = held_file(place, xlsx_file([["内容"], ["=1+1"]], hidden="底稿"), at=clock.now())
    page = client.get(f"/imports/{run.code}/").content.decode()
    assert "底稿" in page and "1 格是公式" in page and "=1+1" in page


def test_a_paste_is_shown_kept_joined_and_taken_in(client):
    sit(client, place := district())
    pasted = (
        "王小明 2026/9/7 10:22\n灯不亮，打13900001234\n李秀兰 2026/9/7 10:23\n王小明说得对，夜里没人敢走\n"
    )
    look = client.post("/chats/", {"pasted": pasted, "source": "柳岸业主群"}).content.decode()
    assert (
        "灯不亮，打【已遮：手机号】" in look
        and "【已遮：姓名】说得对" in look
        and not ReportDraft.unscoped.exists()
    )
    said = {
        "text_0": "灯不亮",
        "day_0": "2026-09-07",
        "text_1": "夜里没人敢走",
        "day_1": "",
        "keep": ["0", "1"],
        "source": "柳岸业主群",
    }
    assert client.post("/chats/keep/", said).status_code == 302
    one, two = ReportDraft.unscoped.order_by("pk")
    client.post("/chats/join/", {"draft": [one.code, two.code]})
    here = f"/chats/{one.code}/"
    assert "灯不亮\n夜里没人敢走" in client.get(here).content.decode()
    assert client.post(here, {"text": "", "happened_on": ""}).status_code == 422
    client.post(here, {"text": "灯不亮，夜里没人敢走", "happened_on": "2026-09-07"})
    client.post(f"{here}take/", {"area": place.community.pk})
    report = Report.unscoped.get()
    assert (report.text, report.entry_source, report.channel, str(report.happened_on)) == (
        "灯不亮，夜里没人敢走", "柳岸业主群", "imported", "2026-09-07")  # fmt: skip
    assert client.get(here).status_code == 404


def test_a_paste_nobody_can_use_or_that_is_marked_is_refused_and_the_rest_stays_in_the_boxes(client):
    sit(client, district())
    assert (
        "没有找到说的话"
        in client.post(
            "/chats/", {"pasted": "王小明 2026/9/7 10:22\n[图片]\n王 2026/9/7 10:23\n[图片]", "source": "群"}
        ).content.decode()
    )
    marked = client.post("/chats/", {"pasted": "机密★1年\n灯不亮", "source": "群"})
    assert marked.status_code == 422
    said = {"text_0": "机密★1年", "text_1": "灯不亮", "keep": ["0", "1"], "source": "群"}
    answer = client.post("/chats/keep/", said)
    assert (
        answer.status_code == 422
        and "灯不亮" in answer.content.decode()
        and not ReportDraft.unscoped.exists()
    )


def test_a_report_goes_from_the_desk_to_another_system_and_its_answer_comes_back(client):
    sit(client, place := district())
    received = sent(place, "井盖松了，电话13900001234。", at=clock.now())
    system = system_in(place, at=clock.now())
    code = received.report.code
    assert f"/transfers/out/{code}/" in client.get(f"/desk/{code}/").content.decode()
    assert (
        f'<option value="{system.code}" selected>' in client.get(f"/transfers/out/{code}/").content.decode()
    )
    assert client.post(f"/transfers/out/{code}/", {"system": "", "words": "先别丢"}).status_code == 422
    client.post(f"/transfers/out/{code}/", {"system": system.code, "words": ""})
    transfer = Transfer.unscoped.get()
    words = client.get(f"/transfers/{transfer.code}/words/").content.decode()
    assert "对照原话" in words and "看不出是谁说的" in words
    unlooked = client.post(f"/transfers/{transfer.code}/words/", {"words": "井盖松了。", "place": ""})
    assert unlooked.status_code == 422 and "打个勾" in unlooked.content.decode()
    client.post(f"/transfers/{transfer.code}/words/", {"words": "井盖松了。", "place": "", "looked": "on"})
    client.post(f"/transfers/systems/{system.code}/list/", {"report": [code]})
    sheet = TransferSheet.unscoped.get()
    assert "井盖松了。" in client.get(f"/transfers/sheets/{sheet.code}/print/").content.decode()
    client.post(f"/transfers/sheets/{sheet.code}/over/", {"on": clock.today().isoformat()})
    client.post(f"/transfers/{transfer.code}/number/", {"number": "ZX-77"})
    assert (
        client.post(f"/transfers/{transfer.code}/answer/", {"answer": "换了新井盖。", "on": ""}).status_code
        == 422
    )
    client.post(
        f"/transfers/{transfer.code}/answer/", {"answer": "换了新井盖。", "on": clock.today().isoformat()}
    )
    assert Transfer.unscoped.get().state == "answered"
    client.logout()
    client.post("/receipt/", {"code": codes.as_symbols(received.bits)})
    seen = client.get("/receipt/now/").content.decode()
    assert "已转12345 热线" in seen and "ZX-77" in seen and "那边答复：" in seen and "换了新井盖。" in seen


@pytest.mark.parametrize("kind", ["csv", "xlsx", "docx", "print"])
def test_a_sheet_comes_in_the_kind_its_system_takes_and_nothing_in_it_runs(client, kind):
    sit(client, place := district())
    system = system_in(place, sheet_kind=kind)
    hostile = referred_out(place, system, '=HYPERLINK("http://example.invalid")\x0b井盖松了')
    sheet = sheet_with(place, hostile)
    answer = client.get(f"/transfers/sheets/{sheet.code}/file/")
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    if kind == "csv":
        assert "\"'=HYPERLINK" in answer.content.decode("utf-8-sig")
    elif kind == "docx":
        text = "\n".join(
            cell.text
            for table in Document(io.BytesIO(answer.content)).tables
            for row in table.rows
            for cell in row.cells
        )
        assert "=HYPERLINK" in text and not any(
            "external" in name for name in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
        )
    else:
        cells = [cell for row in load_workbook(io.BytesIO(answer.content)).active.iter_rows() for cell in row]
        assert any("=HYPERLINK" in str(cell.value) for cell in cells) and all(
            cell.data_type != "f" for cell in cells
        )


def test_a_sheet_nobody_has_looked_at_is_neither_printed_nor_exported(client):
    sit(client, place := district())
    sheet = sheet_with(place, looked=False)
    for page in ("print", "file"):
        answer = client.get(f"/transfers/sheets/{sheet.code}/{page}/", follow=True)
        assert answer.redirect_chain and "没核对过文字" in answer.content.decode()


def test_pasted_numbers_and_answers_are_looked_at_first_and_unknown_ones_stay_in_the_box(client):
    sit(client, place := district())
    one, two = with_them(place, referred_out(place), referred_out(place), at=clock.now())
    here = f"/transfers/systems/{one.system.code}/numbers/"
    pasted = f"{one.code}\tZX-1\n{two.code}\tZX-2\nNEVERWAS\tZX-3"
    look = client.post(here, {"pasted": pasted, "act": "look"}).content.decode()
    assert "有 1 行对不上" in look and Transfer.unscoped.filter(number="").count() == 2
    taken = client.post(here, {"pasted": pasted, "act": "take"}).content.decode()
    box = re.search(r"<textarea[^>]*>(.*?)</textarea>", taken, re.S)[1].strip()
    assert box == "NEVERWAS\tZX-3" and "记下 2 行" in taken
    there = f"/transfers/systems/{one.system.code}/answers/"
    book = xlsx_file(
        [["编号", "答复", "日期"], ["ZX-1", "换了新井盖。", clock.today().isoformat()], ["ZX-2", "", ""]]
    )
    read = client.post(there, {"file": upload(book, "a.xlsx"), "act": "look"}).content.decode()
    assert "换了新井盖。" in read and Transfer.unscoped.filter(state="answered").count() == 0
    box = re.search(r"<textarea[^>]*>(.*?)</textarea>", read, re.S)[1].strip()
    kept = client.post(there, {"pasted": box, "act": "take"}).content.decode()
    assert Transfer.unscoped.get(number="ZX-1").state == "answered"
    assert Transfer.unscoped.get(number="ZX-2").state == "numbered" and "写上要对反映人说的话" in kept
    assert client.post(there, {"pasted": "", "act": "look"}).status_code == 422


def test_a_system_is_set_up_by_the_leader_and_a_refused_form_keeps_its_columns(client):
    sit(client, district(), "leader")
    said = {
        "name": "",
        "sheet_kind": "csv",
        "answer_days": "5",
        "is_used": "on",
        "heading_1": "工单标题",
        "fill_1": "title",
    }
    refused = client.post("/transfers/systems/new/", said)
    assert refused.status_code == 422 and "工单标题" in refused.content.decode()
    client.post("/transfers/systems/new/", {**said, "name": "区数字城管"})
    system = OtherSystem.unscoped.get()
    assert system.columns == [["工单标题", "title", ""]]
    assert "区数字城管" in client.get("/transfers/systems/").content.decode()
    assert "工单标题" in client.get(f"/transfers/systems/{system.code}/").content.decode()
    client.post(f"/transfers/systems/{system.code}/", {**said, "name": "区数字城管", "is_used": ""})
    assert not OtherSystem.unscoped.get().is_used


def test_already_elsewhere_is_noted_on_a_page_and_shown_on_the_desk(client):
    sit(client, place := district())
    report = report_in(place, at=clock.now())
    assert (
        client.post(f"/transfers/elsewhere/{report.code}/", {"system": "", "number": "ZX-8"}).status_code
        == 422
    )
    client.post(f"/transfers/elsewhere/{report.code}/", {"system": "12345 热线", "number": "ZX-8"})
    assert "ZX-8" in client.get(f"/desk/{report.code}/").content.decode()


@pytest.mark.parametrize(("key", "sees"), [
    ("clerk", True), ("leader", True), ("reviewer", False), ("officer", False), ("keeper", False),
    ("member", False), ("unit", False), ("authority_clerk", False),
])  # fmt: skip
def test_pages_exist_for_the_office_alone(client, key, sees):
    place = district()
    run, (draft,) = imported(place), drafts_in(place)
    (transfer,) = with_them(place)
    sit(client, place, key)
    pages = ["/imports/", f"/imports/{run.code}/", f"/imports/{run.code}/rejected/", "/chats/", f"/chats/{draft.code}/", "/transfers/",
             "/transfers/?format=xlsx&state=all", f"/transfers/{transfer.code}/", f"/transfers/{transfer.code}/answer/", "/transfers/sheets/",
             f"/transfers/sheets/{transfer.sheet.code}/", "/transfers/systems/"]  # fmt: skip
    assert {client.get(page).status_code for page in pages} == ({200} if sees else {404})


def test_lists_ask_few_questions_of_the_database(client, django_assert_max_num_queries):
    sit(client, place := district())
    with_them(place, *(referred_out(place) for _turn in range(3)))
    drafts_in(place, "一", "二", "三")
    imported(place)
    for page in (
        "/transfers/",
        "/chats/",
        "/imports/",
        f"/transfers/sheets/{TransferSheet.unscoped.get().code}/",
    ):
        with django_assert_max_num_queries(12):
            assert client.get(page).status_code == 200
