"""Text as it is shown: always escaped, built with format_html, never by marking user text safe."""

import re
from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy

_HIDDEN = re.compile(r"[\[【〔［](已遮[：:][^\]】〕］\n]{1,20})[\]】〕］]")
_PHONES = re.compile(r"(?<!\d)(110|119|120|122|999|12345|12356|12309|12337|12388)(?!\d)")
_LINE_BREAK = mark_safe("<br>")


_KINDS = {
    "matter": gettext_lazy("事项"), "topic": gettext_lazy("议题"), "consultation": gettext_lazy("协商"),
    "suggestion": gettext_lazy("建议"), "assignment": gettext_lazy("任务"), "publication": gettext_lazy("公开文字"),
    "report": gettext_lazy("线索"), "reportpoint": gettext_lazy("直报点"), "appointment": gettext_lazy("身份"),
    "organisation": gettext_lazy("单位"), "area": gettext_lazy("社区"), "committee": gettext_lazy("办公室"),
    "followup": gettext_lazy("跟踪"), "lookback": gettext_lazy("回头看"), "person": gettext_lazy("人员"),
    "importrun": gettext_lazy("导入"), "transfer": gettext_lazy("转办"), "othersystem": gettext_lazy("转往的系统"),
    "message": gettext_lazy("提醒"), "job": gettext_lazy("后台的事"), "look": gettext_lazy("看热点"),
    "week": gettext_lazy("一周热点"), "hottopic": gettext_lazy("热点"), "seasonmatter": gettext_lazy("时令的事"),
}  # fmt: skip


def _pieces(pattern: re.Pattern, text: str, template: str, plain) -> SafeString:
    """Join what matches (through `template`, its first group) and what does not (through `plain`)."""
    parts, at = [], 0
    for hit in pattern.finditer(text):
        parts += [(plain(text[at : hit.start()]),), (format_html(template, hit.group(1)),)]
        at = hit.end()
    parts.append((plain(text[at:]),))
    return format_html_join("", "{}", parts)


def _lines(text: str) -> SafeString:
    return format_html_join(_LINE_BREAK, "{}", ((line,) for line in text.split("\n")))


def _with_hidden_marks(text: str, plain=_lines) -> SafeString:
    return _pieces(_HIDDEN, text, '<span class="redact">{}</span>', plain)


def clean_text(value) -> SafeString:
    """Somebody's words: escaped, line breaks kept, in <bdi>; 【已遮：手机号】 becomes the black label."""
    text = "" if value is None else str(value).strip()
    return format_html("<bdi>{}</bdi>", _with_hidden_marks(text))


def mark_words(value, words: str | Iterable[str] = ()) -> SafeString:
    """`clean_text` with every one of `words` (a list, or one string split at 、 or spaces) in <mark>; longest first."""
    if isinstance(words, str):
        words = re.split(r"[、,，\s]+", words)
    wanted = sorted({str(word) for word in words if str(word).strip()}, key=len, reverse=True)
    if not wanted:
        return clean_text(value)
    pattern = re.compile("(" + "|".join(map(re.escape, wanted)) + ")", re.IGNORECASE)
    text = "" if value is None else str(value).strip()
    marked = _with_hidden_marks(text, lambda piece: _pieces(pattern, piece, "<mark>{}</mark>", _lines))
    return format_html("<bdi>{}</bdi>", marked)


def phones(value) -> SafeString:
    """Our own sentence with emergency and service numbers (110, 12345 …) made links that dial."""
    return _pieces(_PHONES, str(value), '<a href="tel:{0}"><b>{0}</b></a>', _lines)


def unit(number, word="") -> SafeString:
    """`14|unit:_("条")` → 14 条, kept on one line; None shows as a dash alone."""
    if number is None:
        return format_html("{}", gettext("—"))
    return format_html('<span class="nb num">{} {}</span>', number, word)


def symbol_code(code: str) -> SafeString:
    """A receipt code of 16 symbols and a check symbol, in two lines of two groups, the check in grey."""
    symbols = re.sub(r"[^0-9A-Za-z]", "", str(code))
    body, check = symbols[:16], symbols[16:]
    groups = [body[at : at + 4] for at in range(0, len(body), 4)]
    first, second = " ".join(groups[:2]), " ".join(groups[2:])
    return format_html("<span>{}</span><span>{} <i>{}</i></span>", first, second, check)


def han_code(code: str) -> SafeString:
    """The same code as ten Chinese characters and a check character, in two lines of five, the check in grey."""
    han = re.sub(r"\s", "", str(code))
    return format_html("<span>{}</span><span>{} <i>{}</i></span>", han[:5], han[5:10], han[10:])


def subject_words(value) -> str:
    """What a record is, in words: "matter:YC-2026-0001" reads 事项 YC-2026-0001; anything else stays as it is."""
    kind, colon, code = str(value or "").partition(":")
    return f"{_KINDS[kind]} {code}" if colon and kind in _KINDS else str(value or "")
