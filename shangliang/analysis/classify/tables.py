"""Reading the tables the measuring commands are given: UTF-8, a header, one record a row."""

import csv
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

LARGEST_CELL = 1_000_000

Table = list[dict[str, str]]


def read_table(path: str | os.PathLike[str], needed: Sequence[str]) -> Table:
    """Return the rows of a CSV file in order. ValueError with a sentence: no file, not UTF-8, no rows, a column missing."""
    csv.field_size_limit(LARGEST_CELL)
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="")
            missing = [name for name in needed if name not in (reader.fieldnames or ())]
            if missing:
                raise ValueError(f"文件 {path} 缺少列：{'、'.join(missing)}。")
            rows = list(reader)
    except OSError as error:
        raise ValueError(f"打不开文件 {path}，请核对路径。") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValueError(f"文件 {path} 不是 UTF-8 编码的 CSV 表格。") from error
    if not rows:
        raise ValueError(f"文件 {path} 里没有记录。")
    return rows


def write_table(
    path: str | os.PathLike[str], header: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Write a CSV file (UTF-8). ValueError with a sentence where it cannot be written."""
    try:
        with Path(path).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(rows)
    except OSError as error:
        raise ValueError(f"写不了文件 {path}，请核对路径和权限。") from error
