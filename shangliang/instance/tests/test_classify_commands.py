"""The two measuring commands: what they print, what they write, and what they say of files that will not do."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from shangliang.analysis.tests.test_classify import tickets


def table(path: Path, **columns: list[str]) -> str:
    """Write a CSV file of these columns."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))
    return str(path)


def printed(command: str, *arguments: str) -> dict[str, float | None]:
    """Run a command and read the JSON it prints."""
    out = StringIO()
    call_command(command, *arguments, stdout=out)
    return dict(json.loads(out.getvalue()))


def lines(path: Path) -> list[list[str]]:
    """The rows of a CSV file, the header first."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture
def known(tmp_path: Path) -> str:
    texts, labels = tickets(40)
    return table(
        tmp_path / "known.csv",
        body=[*texts, "井盖响"],
        handled_by=[*labels, "市政"],
        level1=[*labels, "市政"],
    )


def test_the_kind_command_prints_figures_and_writes_predictions(known: str, tmp_path: Path) -> None:
    texts, labels = tickets(10, seed=2)
    asked = table(tmp_path / "asked.csv", level1=labels, body=texts)
    out = tmp_path / "out.csv"
    found = printed(
        "classify_eval",
        "--train",
        known,
        "--test",
        asked,
        "--text",
        "body",
        "--label",
        "level1",
        "--predictions",
        str(out),
    )
    assert list(found) == ["rows", "macro_f1", "accuracy"]
    assert found["rows"] == 30
    assert float(found["accuracy"] or 0) > 0.9
    rows = lines(out)
    assert rows[0] == ["row", "predicted"]
    assert [row[0] for row in rows[1:]] == [str(number) for number in range(1, 31)]
    right = sum(row[1] == label for row, label in zip(rows[1:], labels, strict=True))
    assert round(right / 30, 4) == found["accuracy"]


def test_without_labels_the_kind_command_prints_null(known: str, tmp_path: Path) -> None:
    asked = table(tmp_path / "asked.csv", body=["停水两天了", "幼儿园收费太高"])
    out = tmp_path / "out.csv"
    found = printed(
        "classify_eval",
        "--train",
        known,
        "--test",
        asked,
        "--text",
        "body",
        "--label",
        "level1",
        "--predictions",
        str(out),
    )
    assert found == {"rows": 2, "macro_f1": None, "accuracy": None}
    assert lines(out)[1:] == [["1", "供水"], ["2", "教育"]]


def test_the_unit_command_leaves_small_units_out_of_the_figures_only(known: str, tmp_path: Path) -> None:
    texts, labels = tickets(10, seed=2)
    asked = table(tmp_path / "asked.csv", body=[*texts, "井盖响了"], handled_by=[*labels, "市政"])
    out = tmp_path / "out.csv"
    found = printed("dispatch_eval", "--train", known, "--test", asked, "--predictions", str(out))
    assert list(found) == ["rows", "units", "top1", "top3", "macro_f1"]
    assert (found["rows"], found["units"], found["top3"]) == (30, 3, 1)
    assert float(found["top1"] or 0) > 0.9
    rows = lines(out)
    assert rows[0] == ["row", "first", "second", "third"]
    assert len(rows) == 32
    assert all(set(row[1:]) == {"供水", "城管", "教育"} for row in rows[1:])


def test_without_units_the_unit_command_prints_null_and_every_row(known: str, tmp_path: Path) -> None:
    asked = table(tmp_path / "asked.csv", body=["停水两天了", "垃圾桶满了"])
    out = tmp_path / "out.csv"
    found = printed("dispatch_eval", "--train", known, "--test", asked, "--predictions", str(out))
    assert found == {"rows": 2, "units": 3, "top1": None, "top3": None, "macro_f1": None}
    assert [row[:2] for row in lines(out)[1:]] == [["1", "供水"], ["2", "城管"]]


def test_where_no_row_counts_the_figures_are_null(known: str, tmp_path: Path) -> None:
    asked = table(tmp_path / "asked.csv", body=["井盖响了"], handled_by=["市政"])
    assert printed("dispatch_eval", "--train", known, "--test", asked)["top1"] is None


def test_files_that_will_not_do_are_told_in_a_sentence(known: str, tmp_path: Path) -> None:
    other = table(tmp_path / "other.csv", title=["停水"])
    empty = table(tmp_path / "empty.csv", body=[])
    odd = tmp_path / "odd.csv"
    odd.write_bytes("body\n幼儿园收费太高\n".encode("gb18030"))
    for path, sentence in (
        (str(tmp_path / "nowhere.csv"), "打不开文件"),
        (other, "缺少列：body"),
        (empty, "没有记录"),
        (str(odd), "不是 UTF-8 编码"),
    ):
        for command, more in (
            ("dispatch_eval", []),
            ("classify_eval", ["--text", "body", "--label", "level1"]),
        ):
            with pytest.raises(CommandError, match=sentence):
                call_command(command, "--train", known, "--test", path, *more)


def test_a_training_file_without_its_label_and_an_unwritable_place_are_told(
    known: str, tmp_path: Path
) -> None:
    asked = table(tmp_path / "asked.csv", body=["停水两天了"])
    with pytest.raises(CommandError, match="缺少列：handled_by"):
        call_command("dispatch_eval", "--train", asked, "--test", asked)
    with pytest.raises(CommandError, match="缺少列：level9"):
        call_command(
            "classify_eval", "--train", known, "--test", asked, "--text", "body", "--label", "level9"
        )
    with pytest.raises(CommandError, match="写不了文件"):
        call_command(
            "dispatch_eval",
            "--train",
            known,
            "--test",
            asked,
            "--predictions",
            str(tmp_path / "no" / "out.csv"),
        )


def test_too_few_tickets_are_told_in_a_sentence(tmp_path: Path) -> None:
    few = table(tmp_path / "few.csv", body=["停水", "摆摊"] * 5, handled_by=["供水", "城管"] * 5)
    with pytest.raises(CommandError, match="至少要有两个类别"):
        call_command("dispatch_eval", "--train", few, "--test", few)
