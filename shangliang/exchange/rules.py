"""Pure decisions: what a heading means, whether a number looks right, what stands in a pasted table."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from shangliang.ui.clean import bare_heading

ROWS_AT_ONCE = 100
ROWS_PER_PART = 500
ROWS_PER_UNDO = 500
ROWS_SHOWN = 20
HOURS_KEPT = 24
DRAFT_DAYS = 30
LONGEST_SOURCE = 40
MOST_DRAFTS = 200
LONGEST_DRAFT = 10_000  # characters, as any report
MOST_ON_A_SHEET = 100
LONGEST_NUMBER = 60

# What of a report a column of a file may fill, in the order of the page.
FIELDS = ("body", "title", "sent_at", "place", "community", "author", "number")
DATE_FORMATS = {"": (), "dmy": ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"), "mdy": ("%m/%d/%Y", "%m-%d-%Y"), "plain": ("%Y%m%d",)}  # fmt: skip
_MEANINGS = {
    "body": ("正文", "内容", "诉求内容", "留言详情", "反映内容", "问题描述", "描述", "详情", "留言内容", "工单内容", "body", "text", "content"),
    "title": ("标题", "主题", "留言主题", "工单标题", "诉求标题", "题目", "title", "subject"),
    "sent_at": (
        "时间", "日期", "留言时间", "反映时间", "诉求时间", "来电时间", "受理时间", "创建时间", "发生日期", "提交时间",
        "sentat", "date", "time", "createdat",
    ),
    "place": ("地点", "地址", "位置", "事发地点", "诉求地址", "发生地点", "place", "address", "location"),
    "community": ("社区", "村社区", "所属社区", "村居", "community"),
    "author": ("反映人", "姓名", "来电人", "留言用户", "用户", "作者", "诉求人", "联系人", "author", "user", "name"),
    "number": ("编号", "工单编号", "工单号", "留言编号", "受理编号", "流水号", "诉求编号", "number", "id"),
}  # fmt: skip

# What of a transfer may fill a column of another system's sheet.
FILLS = (
    "code", "title", "words", "place", "area", "happened_on", "received_on", "handed_on", "answer_by", "from",
    "contact", "fixed", "blank",
)  # fmt: skip


@dataclass(frozen=True)
class PastedLine:
    """One line of a pasted table: which report or number it speaks of, what it says, the day if one stands there."""

    number: int
    key: str
    words: str
    day: date | None = None


def guess_columns(headings: Sequence[str]) -> dict[str, str]:
    """Return {our field: heading} as far as headings tell: equal words first, then words that are in a heading."""
    bare = {one: bare_heading(one) for one in headings}
    found: dict[str, str] = {}
    for is_near in (False, True):
        for field, meanings in _MEANINGS.items():
            free = [one for one in headings if one not in found.values()]
            if field not in found and (best := _best(free, bare, meanings, is_near)):
                found[field] = best
    return found


def _best(free: list[str], bare: Mapping[str, str], meanings: tuple[str, ...], is_near: bool) -> str:
    for meaning in meanings:
        for one in free:
            near = is_near and not meaning.isascii() and meaning in bare[one]
            if bare[one] == meaning or near:
                return one
    return ""


def fits(headings: Iterable[str], columns: Mapping[str, str], kept_headings: Sequence[str]) -> int:
    """Return how well a kept mapping fits a file: 2 the same headings, 1 all the mapped ones are there, 0 not."""
    here = list(headings)
    if here == list(kept_headings):
        return 2
    return 1 if columns and all(one in here for one in columns.values()) else 0


def number_fits(number: str, number_format: str) -> bool:
    """Tell whether a number has the form of that system: # is a digit, * any letters or digits, the rest itself."""
    if not number_format:
        return True
    parts = {"#": "[0-9]", "*": "[0-9A-Za-z]+"}
    pattern = "".join(parts.get(one, re.escape(one)) for one in number_format)
    return re.fullmatch(pattern, number) is not None


def day_said(written: str, date_format: str = "") -> datetime | None:
    """Return the day a cell says in one of the formats chosen by the person who imports, or None."""
    for one in DATE_FORMATS.get(date_format, ()):
        try:
            return datetime.strptime(written.strip()[:10], one)
        except ValueError:
            continue
    return None


def pasted_table(text: str) -> list[list[str]]:
    """Return the cells of a pasted table: split at tabs, else at commas or two blanks; empty lines are left out."""
    lines = [line for line in text.replace("\r", "").split("\n") if line.strip()]
    if any("\t" in line for line in lines):
        return [[cell.strip() for cell in line.split("\t")] for line in lines]
    return [[cell.strip() for cell in re.split(r"[,，;；]|\s{2,}", line, maxsplit=2)] for line in lines]


def pasted_numbers(text: str) -> list[PastedLine]:
    """Return lines of our code and their number."""
    rows = enumerate(pasted_table(text), 1)
    return [PastedLine(at, cells[0], cells[1] if len(cells) > 1 else "") for at, cells in rows]


def pasted_answers(text: str) -> list[PastedLine]:
    """Return lines of our code or their number, the answer and its day; the day may stand second or be missing."""
    found = []
    for at, (key, *rest) in enumerate(pasted_table(text), 1):
        day = next((said for cell in rest if (said := plain_day(cell))), None)
        words = " ".join(cell for cell in rest if cell and not plain_day(cell))
        found.append(PastedLine(at, key, words, day))
    return found


def plain_day(cell: str) -> date | None:
    """Return the day a cell is, written 2026-09-08, 2026/9/8, 2026.9.8 or 2026年9月8日, with or without an hour."""
    match = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]\d{1,2}:\d{2}.*)?", cell.strip())
    try:
        return date(*(int(one) for one in match.groups())) if match else None
    except ValueError:
        return None
