"""How a list lies on its paper: what all rows share is shown once, and no line breaks inside a day."""

import re
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

KEEP_TOGETHER = re.compile(r"(\d{4}年\d{1,2}月\d{1,2}日|\d+ 个工作日|[一-龥]{0,4} ?\d+ (?:份|人|张))")
SHORT = 5  # characters of a heading that fit one line
BREAK = mark_safe("<br>")


def on_paper(one: Any) -> list[list[tuple[SafeString, int]]]:
    """Return the rows of a list as cells (text, rows it spans); a shared column stands in the first row alone."""
    rows = []
    for number, row in enumerate(one.rows):
        cells = [(place, cell) for place, cell in enumerate(row) if number == 0 or place not in one.shared]
        rows.append([(_words(cell), len(one.rows) if place in one.shared else 1) for place, cell in cells])
    return rows


def headings(one: Any) -> list[SafeString]:
    """Return the headings of a list; a long one takes two lines, so that the table keeps to its paper."""
    return [_words(_in_two_lines(str(name))) for name in one.columns]


def _in_two_lines(name: str) -> str:
    for sign, lines in (("／", "／\n"), ("（", "\n（")):
        if sign in name:
            return name.replace(sign, lines)
    half = len(name) // 2 + 1
    return name if len(name) <= SHORT else f"{name[:half]}\n{name[half:]}"


def _words(cell: Any) -> SafeString:
    return format_html_join(BREAK, "{}", ((_line(line),) for line in str(cell).split("\n")))


def _line(line: str) -> SafeString:
    pieces = KEEP_TOGETHER.split(line)
    kept = (
        format_html('<span class="nb">{}</span>', one) if at % 2 else one for at, one in enumerate(pieces)
    )
    return format_html_join("", "{}", ((one,) for one in kept))
