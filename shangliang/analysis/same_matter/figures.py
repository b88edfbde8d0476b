"""Pairs of messages in files: read them, judge them, measure the answers against labels."""

import csv
import math
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from shangliang.analysis.same_matter.around import MOST_TEXTS, Around
from shangliang.analysis.same_matter.profile import profile
from shangliang.analysis.same_matter.scoring import THRESHOLD, score_pairs

LONGEST_CELL = 10_000_000
SAME = "S"


class Unreadable(Exception):
    """A file that is not there or not as it should be; the words say which and why, for the person at the keyboard."""


class Messages(NamedTuple):
    """Texts (title, body) in the order of the file, and the row of each id."""

    texts: list[tuple[str, str]]
    row: dict[str, int]


class Pair(NamedTuple):
    """Two ids; ``same`` is None where the file has no label; ``weight`` 1 where it has none."""

    a: str
    b: str
    same: bool | None
    weight: float


class Judged(NamedTuple):
    """Pairs with their scores (0..1), in order, and the seconds from the first text to the last score."""

    pairs: list[Pair]
    scores: list[float]
    seconds: float

    def write(self, path: str) -> None:
        """Write a,b,score,same (0 or 1), every pair a row, in order. Refuses (Unreadable) a path that cannot be written."""
        try:
            with Path(path).open("w", encoding="utf-8", newline="") as file:
                out = csv.writer(file)
                out.writerow(("a", "b", "score", "same"))
                for pair, value in zip(self.pairs, self.scores, strict=True):
                    out.writerow((pair.a, pair.b, f"{value:.6f}", int(value >= THRESHOLD)))
        except OSError as problem:
            raise Unreadable(f"无法写入 {path}：请检查目录是否存在、是否有写入权限。") from problem


def read_messages(path: str) -> Messages:
    """Read a CSV with the columns id, title and body (others are left alone). Refuses (Unreadable) what is not so."""
    rows = _rows(path, ("id", "title", "body"))
    texts = [(one["title"] or "", one["body"] or "") for one in rows]
    return Messages(texts, {one["id"]: number for number, one in enumerate(rows)})


def read_pairs(path: str, messages: Messages) -> list[Pair]:
    """Read a CSV or TSV with the columns a, b and, where known, label (S is yes) and weight.

    Refuses (Unreadable) a missing column, an id that is not among the messages, a weight that is no number from 0 on.
    """
    pairs = [_pair(path, number, one) for number, one in enumerate(_rows(path, ("a", "b")), start=2)]
    for number, pair in enumerate(pairs, start=2):
        for one in (pair.a, pair.b):
            if one not in messages.row:
                raise Unreadable(f"{path} 第 {number} 行的编号“{one}”不在消息文件里：请核对两个文件。")
    return pairs


def judge(messages: Messages, pairs: Sequence[Pair]) -> Judged:
    """Score each pair among all messages of the file; above 20,000 messages by the two texts alone."""
    started = time.perf_counter()
    rows = [(messages.row[pair.a], messages.row[pair.b]) for pair in pairs]
    if len(messages.texts) <= MOST_TEXTS:
        scores = Around(messages.texts).scores(rows)
    else:
        scores = score_pairs((profile(*messages.texts[a]), profile(*messages.texts[b])) for a, b in rows)
    return Judged(list(pairs), scores, time.perf_counter() - started)


def figures_of(judged: Judged) -> dict[str, float | int | None]:
    """Return pairs, pairs_per_s, precision, recall, f1, weighted_f1; the last four None unless every pair has a label.

    F1 = 2 * right / (2 * right + wrong + missed), of pairs, and with each pair counted by its weight.
    """
    found: dict[str, float | int | None] = {
        "pairs": len(judged.pairs),
        "pairs_per_s": round(len(judged.pairs) / max(judged.seconds, 1e-9), 1),
    }
    if not judged.pairs or any(pair.same is None for pair in judged.pairs):
        return found | dict.fromkeys(("precision", "recall", "f1", "weighted_f1"))
    precision, recall, f1 = _measured(judged, [1.0] * len(judged.pairs))
    weighted = _measured(judged, [pair.weight for pair in judged.pairs])[2]
    rounded = (round(one, 4) for one in (precision, recall, f1, weighted))
    return found | dict(zip(("precision", "recall", "f1", "weighted_f1"), rounded, strict=True))


def _measured(judged: Judged, weights: Sequence[float]) -> tuple[float, float, float]:
    right = said = there = 0.0
    for pair, value, weight in zip(judged.pairs, judged.scores, weights, strict=True):
        yes = value >= THRESHOLD
        right += weight * (yes and bool(pair.same))
        said += weight * yes
        there += weight * bool(pair.same)
    return (
        right / said if said else 0.0,
        right / there if there else 0.0,
        2 * right / (said + there) if said + there else 0.0,
    )


def _rows(path: str, needed: Sequence[str]) -> list[dict[str, str]]:
    csv.field_size_limit(LONGEST_CELL)
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            file.seek(0)
            reader = csv.DictReader(file, delimiter="\t" if "\t" in first else ",")
            missing = [name for name in needed if name not in (reader.fieldnames or ())]
            if missing:
                raise Unreadable(f"{path} 缺少列：{'、'.join(missing)}。请检查表头。")
            return list(reader)
    except OSError as problem:
        raise Unreadable(f"找不到或打不开文件 {path}：请检查路径。") from problem
    except (UnicodeDecodeError, csv.Error) as problem:
        raise Unreadable(f"{path} 不是 UTF-8 编码的表格文件：请另存为 UTF-8 的 CSV 或 TSV。") from problem


def _pair(path: str, number: int, row: dict[str, str]) -> Pair:
    label = (row.get("label") or "").strip().upper()
    try:
        weight = float(row.get("weight") or 1)
    except ValueError:
        weight = math.nan
    if not (math.isfinite(weight) and weight >= 0):
        raise Unreadable(f"{path} 第 {number} 行的 weight 不是不小于 0 的数字。")
    return Pair(row["a"] or "", row["b"] or "", label == SAME if label else None, weight)
