"""What headings mean, which numbers look right, what stands in a paste: without a database."""

from datetime import date

import pytest

from shangliang.exchange import rules


@pytest.mark.parametrize(("headings", "wanted"), [
    (("id", "author", "title", "sent_at", "body", "against"),
     {"number": "id", "author": "author", "title": "title", "sent_at": "sent_at", "body": "body"}),
    (("留言编号", "留言用户", "留言主题", "留言时间", "留言详情"),
     {"number": "留言编号", "author": "留言用户", "title": "留言主题", "sent_at": "留言时间", "body": "留言详情"}),
    (("工单编号", "诉求内容（必填）", "事发地点", "所属社区"),
     {"number": "工单编号", "body": "诉求内容（必填）", "place": "事发地点", "community": "所属社区"}),
    (("甲", "乙"), {}),
])  # fmt: skip
def test_columns_are_guessed_by_what_their_headings_say(headings, wanted):
    assert rules.guess_columns(headings) == wanted


def test_a_kept_mapping_fits_best_where_all_headings_are_the_same():
    columns = {"body": "内容"}
    assert rules.fits(("内容", "时间"), columns, ["内容", "时间"]) == 2
    assert rules.fits(("内容", "别的"), columns, ["内容", "时间"]) == 1
    assert rules.fits(("正文",), columns, ["内容", "时间"]) == 0
    assert rules.fits(("正文",), {}, ["内容"]) == 0


@pytest.mark.parametrize(("number", "form", "fits"), [
    ("ZX20260001", "ZX########", True), ("ZX2026001", "ZX########", False), ("任何", "", True),
    ("A-1b2", "A-*", True), ("A-", "A-*", False), ("ZX２０２６０００１", "ZX########", False),
])  # fmt: skip
def test_a_number_has_the_form_of_its_system(number, form, fits):
    assert rules.number_fits(number, form) is fits


@pytest.mark.parametrize(("written", "form", "day"), [
    ("08/09/2026", "dmy", (2026, 9, 8)), ("08/09/2026 10:20", "mdy", (2026, 8, 9)),
    ("20260908", "plain", (2026, 9, 8)), ("2026-09-08", "", None), ("99/99/2026", "dmy", None),
])  # fmt: skip
def test_a_day_is_read_as_the_person_said_it_is_written(written, form, day):
    said = rules.day_said(written, form)
    assert (said and (said.year, said.month, said.day)) == day


def test_a_pasted_table_is_split_at_tabs_or_at_commas():
    assert rules.pasted_numbers("ABCD2345\tZX-1\n\nEFGH2345\tZX-2\n") == [
        rules.PastedLine(1, "ABCD2345", "ZX-1"), rules.PastedLine(2, "EFGH2345", "ZX-2")]  # fmt: skip
    assert rules.pasted_numbers("ABCD2345，ZX-1") == [rules.PastedLine(1, "ABCD2345", "ZX-1")]
    assert rules.pasted_numbers("ABCD2345") == [rules.PastedLine(1, "ABCD2345", "")]


def test_an_answer_may_have_its_day_before_or_after_it():
    day = date(2026, 9, 10)
    assert rules.pasted_answers("K\t已修好\t2026-09-10") == [rules.PastedLine(1, "K", "已修好", day)]
    assert rules.pasted_answers("K\t2026年9月10日\t已修好") == [rules.PastedLine(1, "K", "已修好", day)]
    assert rules.pasted_answers("K\t已修好") == [rules.PastedLine(1, "K", "已修好", None)]
    assert rules.plain_day("2026-13-40") is None
