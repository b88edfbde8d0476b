"""Importing through the page's actions: the sealed file, the columns, batches that go on, and taking it all back."""

import csv
import io

import pytest
from openpyxl import Workbook

from shangliang.exchange import actions, queries, reading, rules, tasks
from shangliang.exchange.actions import importing as acts
from shangliang.exchange.actions.importing import table_of
from shangliang.exchange.models import ImportedReport, ImportMapping, ImportRejection, ImportRun, WaitingFile
from shangliang.exchange.states import ImportState
from shangliang.exchange.tests.factories import (
    BAD_ROWS,
    HEAD,
    ROWS,
    csv_file,
    days_on,
    held_file,
    imported,
    xlsx_file,
)  # fmt: skip
from shangliang.foundation.ledger import chain_of, verify
from shangliang.foundation.models import LedgerEntry
from shangliang.foundation.queries import inbox_of
from shangliang.foundation.refusals import NotYours, Refusal, WrongState
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports.actions import answer
from shangliang.reports.models import Report, SimilarGram
from shangliang.reports.tests.factories import ACCUSING, point_in
from shangliang.ui.table_files import MOST_BYTES, read_table

pytestmark = pytest.mark.django_db


def many(count):
    return "".join(f"N-{at},甲一,第 {at} 件,2026-08-01,第 {at} 盏灯不亮。\n" for at in range(count))


def test_a_file_is_held_sealed_with_its_columns_guessed():
    place = district()
    run = held_file(place)
    assert (run.state, run.rows, run.source) == (ImportState.WAITING, 3, "12345 导出")
    assert run.columns == {
        "number": "编号",
        "author": "反映人",
        "title": "标题",
        "sent_at": "时间",
        "body": "内容",
    }
    kept = bytes(WaitingFile.unscoped.get().sealed)
    assert "清河桥下".encode() not in kept and b"13900001234" not in kept
    assert not Report.unscoped.exists()


def test_every_row_comes_in_with_its_channel_day_number_and_an_alias():
    place = district()
    run = imported(place, point=point_in(place))
    assert (run.state, run.accepted, run.repeated, run.rejected) == (ImportState.DONE, 3, 0, 0)
    report = Report.unscoped.get(title="路灯不亮")
    assert (report.channel, str(report.happened_on), report.received_at) == (
        "imported",
        "2026-08-01",
        MORNING,
    )
    assert (report.elsewhere, report.elsewhere_number, report.text) == (
        "12345 导出",
        "Q-1",
        "清河桥下夜里没灯。",
    )
    one, two, three = Report.unscoped.order_by("pk").values_list("import_alias", flat=True)
    assert one == three != two and "甲" not in one
    assert SimilarGram.unscoped.filter(report_id=report.pk).exists()
    assert not WaitingFile.unscoped.exists()
    verbs = list(
        LedgerEntry.unscoped.filter(subject=f"importrun:{run.code}")
        .order_by("seq")
        .values_list("verb", flat=True)
    )
    assert verbs == ["import.begin", "import.finish"] and verify(chain_of(place.committee.pk))[1] == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_the_encoding_is_found_out(encoding):
    assert imported(district(), csv_file(encoding=encoding)).accepted == 3


def test_tabs_and_workbooks_are_read_like_csv_and_repeat_what_came_before():
    place = district()
    imported(place)
    tabs = imported(place, csv_file().replace(b",", b"\t"))
    lines = [line.split(",") for line in (HEAD + ROWS).strip().split("\n")]
    book = imported(place, xlsx_file(lines))
    assert [(one.accepted, one.repeated) for one in (tabs, book)] == [(0, 3), (0, 3)]


def test_rows_that_cannot_come_in_are_kept_with_their_number_and_reason_for_the_uploader():
    place = district()
    run = imported(place, csv_file(ROWS + BAD_ROWS + "Q-6,丁,以后,2026-12-01,还没到。\n"))
    assert (run.accepted, run.rejected) == (3, 3)
    mine = queries.rejected_rows(place.clerk, run)
    assert [(row, why) for row, why, _cells in mine] == [
        (4, "正文是空的。"), (5, "时间看不懂：昨天下午。"), (6, "时间还没到：2026-12-01。")]  # fmt: skip
    assert mine[1][2] == ["Q-5", "丙三", "几时", "昨天下午", "说不清。"]
    assert [cells for _row, _why, cells in queries.rejected_rows(place.leader, run)] == [[], [], []]
    assert "说不清".encode() not in bytes(ImportRejection.unscoped.get(row=5).sealed)


def test_the_preview_writes_nothing_and_tells_what_would_happen():
    place = district()
    imported(place)
    run = held_file(
        place, csv_file(ROWS + BAD_ROWS + "Q-7,丁,新的,2026-08-04,楼道太黑，电话13900001234。\n" * 2)
    )
    seen = reading.preview_of(table_of(run, by=place.clerk), run.columns, "", place.committee, MORNING.date())
    assert (seen.rows, seen.accepted, seen.repeated, seen.rejected) == (7, 1, 4, 2)
    assert dict(seen.reasons) == {"正文是空的。": 1, "时间看不懂。": 1}
    assert seen.shown[5].text == "楼道太黑，电话【已遮：手机号】。" and seen.shown[5].has_author
    assert Report.unscoped.count() == 3


def test_a_chosen_mapping_is_kept_by_name_and_taken_when_the_headings_match():
    place = district()
    data = "甲列,乙列,丙列\n路灯不亮,08/09/2026,清河桥\n".encode()
    run = held_file(place, data)
    assert "body" not in run.columns
    with pytest.raises(Refusal, match="哪一列是正文"):
        actions.begin_import(run, by=place.clerk, at=MORNING)
    said = {
        "columns": {"body": "甲列", "sent_at": "乙列", "place": "丙列"},
        "date_format": "dmy",
        "sheet": "",
    }
    actions.choose_columns(run, **said, save_as="街道月报", by=place.clerk, at=MORNING)
    again = held_file(place, data)
    assert (again.columns, again.date_format) == (said["columns"], "dmy")
    assert queries.mapping_names(place.clerk) == ["街道月报"]
    actions.choose_columns(again, **said, save_as="街道月报", by=place.clerk, at=MORNING)
    assert ImportMapping.unscoped.count() == 1
    actions.begin_import(again, by=place.clerk, at=MORNING)
    actions.import_next(again, by=place.clerk, at=MORNING)
    assert (str(Report.unscoped.get().happened_on), Report.unscoped.get().place) == ("2026-09-08", "清河桥")


@pytest.mark.parametrize(("columns", "date_format", "says"), [
    ({"title": "标题"}, "", "哪一列是正文"), ({"body": "没有的列"}, "", "一列只能填一项"),
    ({"body": "内容", "title": "内容"}, "", "一列只能填一项"), ({"body": "内容"}, "奇怪", "日期的写法"),
])  # fmt: skip
def test_columns_that_make_no_sense_are_refused(columns, date_format, says):
    place = district()
    run = held_file(place)
    with pytest.raises(Refusal, match=says):
        actions.choose_columns(
            run, columns=columns, date_format=date_format, sheet="", save_as="", by=place.clerk, at=MORNING
        )


def test_a_community_named_in_a_column_becomes_the_reports_place():
    place = district()
    run = imported(place, "内容,社区\n灯不亮,柳岸社区\n井盖松,没有的社区\n".encode())
    assert run.accepted == 2
    assert Report.unscoped.get(text="灯不亮").area == place.community
    assert Report.unscoped.get(text="井盖松").area is None


def test_a_broken_off_import_goes_on_where_it_stopped(monkeypatch):
    place = district()
    run = held_file(place, csv_file(many(250)))
    actions.begin_import(run, by=place.clerk, at=MORNING)
    honest, calls = acts.write_reports, []

    def breaks_at_the_second(going, reports):
        calls.append(len(reports))
        if len(calls) == 2:
            raise OSError("power")
        return honest(going, reports)

    monkeypatch.setattr(acts, "write_reports", breaks_at_the_second)
    with pytest.raises(OSError, match="power"):
        actions.import_next(run, by=place.clerk, at=MORNING)
    kept = ImportRun.unscoped.get(pk=run.pk)
    assert (kept.state, kept.next_row, kept.accepted, Report.unscoped.count()) == ("running", 100, 100, 100)
    after = actions.import_next(kept, by=place.clerk, at=MORNING)
    assert (after.state, after.accepted, after.repeated, Report.unscoped.count()) == ("done", 250, 0, 250)
    assert len(set(Report.unscoped.values_list("import_alias", flat=True))) == 1


def test_one_press_takes_in_no_more_than_a_part(monkeypatch):
    monkeypatch.setattr(rules, "ROWS_PER_PART", 200)
    place = district()
    run = held_file(place, csv_file(many(250)))
    actions.begin_import(run, by=place.clerk, at=MORNING)
    assert actions.import_next(run, by=place.clerk, at=MORNING).next_row == 200


def test_two_who_press_at_once_do_no_harm(monkeypatch):
    place = district()
    run = held_file(place, csv_file(many(150)))
    actions.begin_import(run, by=place.clerk, at=MORNING)
    honest = acts.reports_of_rows

    def meanwhile(going, rows):
        monkeypatch.setattr(acts, "reports_of_rows", honest)
        made = honest(going, rows)
        actions.import_next(ImportRun.unscoped.get(pk=run.pk), by=place.clerk, at=MORNING)
        return made

    monkeypatch.setattr(acts, "reports_of_rows", meanwhile)
    with pytest.raises(WrongState):
        actions.import_next(run, by=place.clerk, at=MORNING)
    assert Report.unscoped.count() == 150 == ImportedReport.unscoped.count()


def test_rows_for_the_officers_are_held_and_they_are_told():
    place = district()
    run = imported(place, csv_file(ROWS + f"Q-9,戊,举报,2026-08-06,{ACCUSING}\n"))
    assert run.accepted == 4
    assert Report.unscoped.get(state="held").held_because == "accusation"
    assert inbox_of(place.officer).count() == 1


def test_a_whole_import_can_be_taken_back_while_nothing_was_done_with_it():
    place = district()
    run = imported(place, csv_file(many(120) + f"Q-9,戊,举报,2026-08-06,{ACCUSING}\n"))
    assert actions.undo_import(run, by=place.leader, at=MORNING).state == ImportState.UNDONE
    assert ImportRun.unscoped.get(pk=run.pk).state == ImportState.UNDONE
    left = Report.unscoped.all()
    assert {(one.state, one.text, one.title, one.import_row_digest) for one in left} == {
        ("withdrawn", "", "", None)
    }
    assert not SimilarGram.unscoped.exists() and verify(chain_of(place.committee.pk))[1] == ""
    assert imported(place, csv_file(many(120))).accepted == 120


def test_taking_back_goes_on_where_it_stopped(monkeypatch):
    monkeypatch.setattr(rules, "ROWS_PER_UNDO", 100)
    place = district()
    run = imported(place, csv_file(many(150)))
    assert actions.undo_import(run, by=place.clerk, at=MORNING).state == ImportState.UNDOING
    assert Report.unscoped.filter(state="withdrawn").count() == 100
    picked = Report.unscoped.filter(state="received").first()
    answer(picked, words="灯已经修好。", by=place.clerk, at=MORNING)
    again = ImportRun.unscoped.get(pk=run.pk)
    for _turn in range(2):
        again = actions.undo_import(again, by=place.clerk, at=MORNING)
    assert again.state == ImportState.UNDONE
    assert list(Report.unscoped.exclude(state="withdrawn")) == [picked]


def test_an_import_is_not_taken_back_once_somebody_acted():
    place = district()
    run = imported(place)
    answer(Report.unscoped.first(), words="灯已经修好。", by=place.clerk, at=MORNING)
    with pytest.raises(Refusal, match="其中 1 条已经有人处理过"):
        actions.undo_import(run, by=place.clerk, at=MORNING)
    assert Report.unscoped.filter(state="received").count() == 2


def test_a_file_may_be_thrown_away_before_it_is_imported_and_not_after():
    place = district()
    run = held_file(place)
    actions.drop_file(run, by=place.clerk, at=MORNING)
    assert not WaitingFile.unscoped.exists() and not ImportRun.unscoped.exists()
    with pytest.raises(WrongState):
        actions.drop_file(imported(place), by=place.clerk, at=MORNING)


def test_after_a_day_files_are_gone_and_what_came_in_stays():
    place = district()
    waiting, broken = held_file(place), held_file(place, csv_file(many(150) + BAD_ROWS))
    broken = actions.begin_import(broken, by=place.clerk, at=MORNING)
    rejected = imported(place, csv_file(BAD_ROWS))
    tasks.sweep(MORNING.date(), days_on(0))
    assert WaitingFile.unscoped.count() == 2
    tasks.sweep(MORNING.date(), days_on(2))
    assert not WaitingFile.unscoped.exists()
    assert not ImportRun.unscoped.filter(pk=waiting.pk).exists()
    assert ImportRun.unscoped.get(pk=broken.pk).state == ImportState.STOPPED
    assert [cells for _row, _why, cells in queries.rejected_rows(place.clerk, rejected)] == [[], []]
    with pytest.raises(Refusal, match="只留 24 小时"):
        actions.import_next(ImportRun.unscoped.get(pk=broken.pk), by=place.clerk, at=days_on(2))


def test_a_file_is_its_uploaders_alone():
    place = district()
    elsewhere = district("linhe", "LH", "临河区政协")
    run = held_file(place)
    assert queries.get_import_for(place.leader, run.code) is None
    assert queries.get_import_for(elsewhere.clerk, run.code) is None
    for act in (actions.begin_import, actions.import_next, actions.drop_file):
        with pytest.raises(NotYours):
            act(run, by=place.leader, at=MORNING)
    for by in (place.admin, place.keeper, place.member, place.unit, place.officer, elsewhere.clerk):
        with pytest.raises(NotYours):
            actions.hold_file(csv_file(), committee=place.committee, source="x", by=by, at=MORNING)


def test_a_marked_file_is_refused_and_nothing_of_it_kept():
    place = district()
    for data in (csv_file(ROWS + 'Q-8,丁,通知,2026-08-05,"机密★1年\n关于某事"\n'), xlsx_file([["内容"], ["灯不亮"]], hidden="内部资料"),
                 "内部文件,内容\n甲,灯不亮\n".encode()):  # fmt: skip
        with pytest.raises(Refusal, match="密级标志"):
            held_file(place, data)
    assert not ImportRun.unscoped.exists() and not WaitingFile.unscoped.exists()
    assert (
        imported(
            place, csv_file("Q-8,丁,机密,2026-08-05,这个路口的机密大家都知道。\n".replace("机密,", "通知,"))
        ).accepted
        == 1
    )


def test_hidden_sheets_are_named_and_formulas_are_text():
    lines = [["内容", "金额"], ["灯不亮", "=1+1"], ['=HYPERLINK("http://example.invalid","x")', "2"]]
    table = read_table(xlsx_file(lines, hidden="底稿"))
    assert table.hidden_sheets == ("底稿",) and table.formulas == 2
    assert table.rows == [["灯不亮", "=1+1"], ['=HYPERLINK("http://example.invalid","x")', "2"]]


@pytest.mark.parametrize(("data", "says"), [
    (b"", "文件是空的"), ("内容\n".encode(), "只有表头"), (b"x" * (MOST_BYTES + 1), "超过 8 MB"),
    (b"\xd0\xcf\x11\xe0rest", "旧版的 .xls"), (b"PK\x03\x04nonsense", "读不出来"), (b"%PDF-1.7\x00\x01\x02", "不是表格"),
    ("内容\n" .encode() + "灯\n".encode() * 20_001, "超过 20,000 行"), (",".join(f"c{at}" for at in range(61)).encode() + b"\nx\n", "超过 60 列"),
])  # fmt: skip
def test_files_that_are_no_tables_or_too_large_are_refused_with_a_sentence(data, says):
    with pytest.raises(Refusal, match=says):
        read_table(data)


def test_another_sheet_may_be_chosen_and_brings_its_own_columns():
    place = district()
    book = Workbook()
    book.active.append(["说明"])
    book.active.append(["第一张"])
    other = book.create_sheet("八月")
    other.append(["内容", "日期"])
    other.append(["灯不亮", MORNING.replace(tzinfo=None)])
    out = io.BytesIO()
    book.save(out)
    run = held_file(place, out.getvalue())
    actions.choose_columns(
        run, columns={"body": "说明"}, date_format="", sheet="八月", save_as="", by=place.clerk, at=MORNING
    )
    assert (run.sheet, run.columns) == ("八月", {"body": "内容", "sent_at": "日期"})
    actions.begin_import(run, by=place.clerk, at=MORNING)
    actions.import_next(run, by=place.clerk, at=MORNING)
    assert str(Report.unscoped.get().happened_on) == "2026-09-08"


def test_a_small_file_does_not_make_the_next_reader_refuse_a_long_cell():
    read_table(b"a\n1\n")
    assert [len(row[0]) for row in csv.reader(io.StringIO("长" * 200_000))] == [200_000]
