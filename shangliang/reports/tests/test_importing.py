"""Importing a file of messages: what goes in, what is listed with its number and why, what repeats."""

import json

import pytest
from django.core.management import CommandError, call_command

from shangliang.foundation.ledger import chain_of, verify
from shangliang.foundation.models import LedgerEntry
from shangliang.foundation.queries import inbox_of
from shangliang.foundation.viewer import System
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports.actions import import_messages, importing
from shangliang.reports.actions.import_file import ParsedRow, decoded, moment_of
from shangliang.reports.models import Matter, Report, SimilarGram
from shangliang.reports.states import ReportState
from shangliang.reports.tests.factories import ACCUSING, point_in

pytestmark = pytest.mark.django_db
HEAD = "author,title,sent_at,body\n"
COLUMNS = "title=title,body=body,sent_at=sent_at,author=author"
ROWS = (
    "甲,路灯不亮,2026-08-01T09:30:00+08:00,清河桥下夜里没灯。\n"
    "乙,公交太挤,2026/8/2 7:05,早上七点挤不上车。\n"
    "甲,内部道路,2026年8月3日,小区内部道路的秘密花园没人管，机密不机密不知道。\n"
)


def run(tmp_path, capsys, content, columns=COLUMNS, place=None, point=None):
    place = place or district()
    point = point or point_in(place)
    path = tmp_path / "messages.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    call_command(
        "import_messages", str(path), committee=place.committee.slug, point=point.code, columns=columns
    )
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    return json.loads(lines[0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_rows_go_in_whatever_the_encoding(tmp_path, capsys, encoding):
    said = run(tmp_path, capsys, (HEAD + ROWS).encode(encoding))
    assert said == {"rows": 3, "accepted": 3, "repeated": 0, "rejected": []}
    assert set(Report.unscoped.values_list("title", flat=True)) == {"路灯不亮", "公交太挤", "内部道路"}


def test_an_imported_report_stands_on_the_desk_as_a_matter_of_its_own(tmp_path, capsys):
    place = district()
    point = point_in(place)
    run(tmp_path, capsys, HEAD + ROWS, place=place, point=point)
    report = Report.unscoped.get(title="路灯不亮")
    assert (report.state, report.channel, report.point, report.area) == (
        "received",
        "imported",
        point,
        place.community,
    )
    assert (str(report.happened_on), report.text) == ("2026-08-01", "清河桥下夜里没灯。")
    assert report.answer_due_on > report.received_at.date() > report.happened_on
    assert SimilarGram.unscoped.filter(report_id=report.pk).exists()
    assert Matter.unscoped.count() == 3
    assert LedgerEntry.unscoped.filter(verb="report.import").count() == 3
    assert verify(chain_of(place.committee.pk))[1] == ""


def test_an_author_becomes_an_alias_of_that_import_only(tmp_path, capsys):
    place = district()
    point = point_in(place)
    run(tmp_path, capsys, HEAD + ROWS, place=place, point=point)
    one, two, three = Report.unscoped.order_by("pk").values_list("import_alias", flat=True)
    assert one == three != two and "甲" not in one
    run(tmp_path, capsys, HEAD + "甲,别的事,2026-08-09,楼道堆满纸箱。\n", place=place, point=point)
    assert Report.unscoped.get(title="别的事").import_alias != one


def test_twice_imports_nothing_twice_and_a_row_repeats_only_when_all_columns_are_equal(tmp_path, capsys):
    place = district()
    point = point_in(place)
    run(tmp_path, capsys, HEAD + ROWS, place=place, point=point)
    other_author = "丙,路灯不亮,2026-08-01T09:30:00+08:00,清河桥下夜里没灯。\n"
    said = run(tmp_path, capsys, HEAD + ROWS + other_author + other_author, place=place, point=point)
    assert (said["rows"], said["accepted"], said["repeated"]) == (5, 1, 4)
    assert Report.unscoped.count() == 4


def test_the_same_file_goes_into_another_committee(tmp_path, capsys):
    run(tmp_path, capsys, HEAD + ROWS)
    assert run(tmp_path, capsys, HEAD + ROWS, place=district("linhe", "LH", "临河区政协"))["accepted"] == 3


def test_rows_that_cannot_be_read_are_listed_with_number_and_reason_and_the_rest_goes_in(tmp_path, capsys):
    torn = "丁,撕坏了,2026-08-05,这里".encode() + b"\xff\xfe\n"
    content = (HEAD + ROWS + "丙,空的,2026-08-04, \n" + "丙,几时,昨天下午,说不清。\n" + "丙,少列\n"
               + "丙,太长,2026-08-04," + "长" * 10_001 + "\n").encode() + torn  # fmt: skip
    said = run(tmp_path, capsys, content)
    assert (said["rows"], said["accepted"], said["repeated"]) == (8, 3, 0)
    assert [one["row"] for one in said["rejected"]] == [4, 5, 6, 7, 8]
    reasons = "".join(one["why"] for one in said["rejected"])
    for why in ("正文是空的", "时间看不懂：昨天下午", "列不够", "超过 10000 个字", "读不出来的字符"):
        assert why in reasons


def test_quotes_keep_lines_and_commas_together_and_signs_are_cleaned(tmp_path, capsys):
    said = run(tmp_path, capsys, HEAD + '甲,"停车, 太乱",2026-08-01,"第一行\r\n第二行\x07，""两排""😀"\n')
    assert said["accepted"] == 1
    assert (Report.unscoped.get().title, Report.unscoped.get().text) == (
        "停车, 太乱",
        '第一行\n第二行，"两排"😀',
    )


def test_a_title_too_long_for_its_column_is_kept_in_the_text(tmp_path, capsys):
    run(tmp_path, capsys, HEAD + f"甲,{'题' * 201},2026-08-01,正文。\n")
    assert (Report.unscoped.get().title, Report.unscoped.get().text) == ("", "题" * 201 + "\n正文。")


def test_marked_and_accusing_rows_go_to_the_officers_who_are_told_once(tmp_path, capsys):
    place = district()
    marked = '丁,通知,2026-08-05,"机密★1年\n关于某事的情况"\n'
    said = run(tmp_path, capsys, HEAD + ROWS + marked + f"戊,举报,2026-08-06,{ACCUSING}\n", place=place)
    assert said["accepted"] == 5
    held = Report.unscoped.filter(state=ReportState.HELD)
    assert set(held.values_list("held_because", flat=True)) == {"marking", "accusation"}
    assert not SimilarGram.unscoped.filter(report_id__in=held.values("pk")).exists()
    assert inbox_of(place.officer).count() == 1


def test_only_the_columns_that_are_mapped_are_needed(tmp_path, capsys):
    said = run(tmp_path, capsys, "内容,其他\n桥下没灯。,x\n", columns="body=内容")
    assert said["accepted"] == 1
    assert Report.unscoped.get().import_alias == ""


def test_more_than_one_batch_goes_in(tmp_path, capsys):
    rows = "".join(f"甲,第 {number} 件,2026-08-01,第 {number} 盏灯不亮。\n" for number in range(205))
    assert run(tmp_path, capsys, HEAD + rows)["accepted"] == 205


def test_rows_of_another_import_at_the_same_moment_are_met_by_the_unique_column(monkeypatch):
    place = district()
    point, by = point_in(place), System("import_messages", place.committee.pk)
    rows = [ParsedRow(1, "", "桥下没灯。", "", None, ("桥下没灯。",))]
    honest, blind = importing.known_digests, iter([set()])
    import_messages(rows, committee=place.committee, point=point, by=by, at=MORNING)
    monkeypatch.setattr(importing, "known_digests", lambda *said: next(blind, None) or honest(*said))
    outcome = import_messages(rows, committee=place.committee, point=point, by=by, at=MORNING)
    assert (outcome.accepted, outcome.repeated, Report.unscoped.count()) == (0, 1, 1)


@pytest.mark.parametrize(("change", "code"), [
    ({"file": "/nowhere/messages.csv"}, 1), ({"committee": "nowhere"}, 1), ({"point": "22222222"}, 1),
    ({"columns": "body=内容,title=没有的列"}, 2),
])  # fmt: skip
def test_what_cannot_be_done_says_so_and_gives_its_exit_code(tmp_path, change, code):
    place = district()
    path = tmp_path / "messages.csv"
    path.write_text("内容\n桥下没灯。\n", encoding="utf-8")
    said = {
        "file": str(path),
        "committee": place.committee.slug,
        "point": point_in(place).code,
        "columns": "body=内容",
    }
    said |= change
    with pytest.raises(CommandError) as refused:
        call_command("import_messages", said.pop("file"), **said)
    assert refused.value.returncode == code
    assert not Report.unscoped.exists()


@pytest.mark.parametrize("columns", ["title=title", "body", "body=a,body=b", "text=body,body=body", "body="])
def test_a_mapping_that_makes_no_sense_is_wrong_usage(tmp_path, columns):
    with pytest.raises(CommandError, match="--columns") as refused:
        call_command("import_messages", str(tmp_path), "--committee=a", "--point=b", f"--columns={columns}")
    assert refused.value.returncode == 2


def test_an_empty_file_is_refused_with_a_sentence(tmp_path, capsys):
    with pytest.raises(CommandError, match="文件是空的"):
        run(tmp_path, capsys, b"")


def test_a_point_of_another_committee_is_refused(tmp_path, capsys):
    elsewhere = district("linhe", "LH", "临河区政协")
    with pytest.raises(CommandError, match="不是这个政协的"):
        run(tmp_path, capsys, HEAD + ROWS, place=district(), point=point_in(elsewhere))


def test_one_torn_row_does_not_turn_a_whole_file_into_another_encoding():
    text = "清河桥下夜里没灯。" * 50
    assert decoded(text.encode() + b"\xff").startswith(text)
    assert decoded(text.encode("gb18030")) == text


@pytest.mark.parametrize("written", ["", "昨天", "2026-13-01", "0001-01-01", "20:15"])
def test_a_time_nobody_can_read_is_no_time(written):
    assert moment_of(written) is None
