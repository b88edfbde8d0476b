from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from shangliang.ui.xlsx import MOST_IN_A_CELL, Sheet, csv_safe, workbook_bytes, workbook_response

PAYLOADS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "=HYPERLINK(\"https://x.invalid\")",
            "=cmd|' /C calc'!A0", " =1+1"]  # fmt: skip


def reopened(*rows, columns=("内容",), title="线索", caption=""):
    book = load_workbook(BytesIO(workbook_bytes([Sheet(title, columns, rows, caption)])))
    return book.worksheets[0]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_a_formula(payload):
    page = reopened([payload], columns=[payload], caption=payload)
    for row in (1, 2, 3):
        cell = page.cell(row, 1)
        assert cell.data_type == "s"
        assert "1" in cell.value or "=" in cell.value or "@" in cell.value


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_risky_text_carries_the_quote_prefix_or_is_plain(payload):
    cell = reopened([payload]).cell(2, 1)
    assert cell.quotePrefix or cell.value[0] in " "


def test_control_characters_do_not_break_the_file():
    assert reopened(["坏\x00的\x0b字\ud800符\uffff"]).cell(2, 1).value == "坏的字符"


@pytest.mark.parametrize("letter", ["字", "👍"])
def test_what_is_too_long_is_cut_with_a_visible_mark(letter):
    value = reopened([letter * 40_000]).cell(2, 1).value
    assert value.endswith("（过长，已截断）")
    assert len(value.encode("utf-16-le")) // 2 <= MOST_IN_A_CELL


def test_numbers_days_and_yes_keep_their_kind():
    moment = datetime(2026, 9, 8, 8, 40, tzinfo=UTC)
    page = reopened(
        [3, 2.5, date(2026, 9, 8), moment, True, None, float("nan")], columns=list("甲乙丙丁戊己庚")
    )
    values = [cell.value for cell in page[2]]
    assert values[:3] == [3, 2.5, datetime(2026, 9, 8)]
    assert values[3].tzinfo is None
    assert values[4:] == ["是", None, None]


def test_the_page_prints_lying_with_its_heading_repeated():
    page = reopened(["甲"], caption="截至 2026年9月8日")
    assert page.freeze_panes == "A3"
    assert page.print_title_rows == "$2:$2"
    assert page.page_setup.orientation == "landscape"
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.cell(2, 1).font.bold


def test_sheet_names_are_made_legal_and_unlike():
    sheets = [
        Sheet("甲/乙:*", ["一"], []),
        Sheet("甲/乙:*", ["一"], []),
        Sheet("", ["一"], []),
        Sheet("长" * 50, ["一"], []),
    ]
    names = load_workbook(BytesIO(workbook_bytes(sheets))).sheetnames
    assert len(set(names)) == 4
    assert all(len(name) <= 31 for name in names)


def test_the_answer_is_a_download_nobody_caches():
    response = workbook_response("三项清单", [Sheet("一", ["一"], [])])
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["Content-Disposition"].endswith(".xlsx")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_csv_values_get_an_apostrophe(payload):
    assert csv_safe(payload).startswith("'")


def test_csv_leaves_numbers_and_plain_words():
    assert csv_safe(-1) == -1
    assert csv_safe("门口 -1 米") == "门口 -1 米"
