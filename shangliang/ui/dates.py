"""Days, minutes and clocks in words. The format strings are message ids, so another language can change them."""

from datetime import date, datetime

from django.utils import dateformat, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from shangliang.foundation import clock


def _local(value: date | datetime) -> date | datetime:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def _day_words(value: date | datetime) -> str:
    if value.year == clock.today().year:
        return dateformat.format(value, gettext("n月j日"))
    return dateformat.format(value, gettext("Y年n月j日"))


def _weekday(value: date | datetime) -> str:
    names = (
        gettext("周一"),
        gettext("周二"),
        gettext("周三"),
        gettext("周四"),
        gettext("周五"),
        gettext("周六"),
        gettext("周日"),
    )
    return names[value.weekday()]


def _together(words: str) -> SafeString:
    return format_html('<span class="nb">{}</span>', words)


def when_day(value: date | datetime | str | None, style: str = "") -> SafeString | str:
    """9月8日, with the year when it is not this one; style "weekday" adds （周二）, "full" always shows the year.

    A day kept as text (2026-09-08, as in published words) is shown the same way.
    """
    if not value:
        return ""
    value = _local(date.fromisoformat(value) if isinstance(value, str) else value)
    words = dateformat.format(value, gettext("Y年n月j日")) if style == "full" else _day_words(value)
    if style == "weekday":
        words = gettext("%(day)s（%(weekday)s）") % {"day": words, "weekday": _weekday(value)}
    return _together(words)


def when_minute(value: datetime | None) -> SafeString | str:
    """9月8日 16:40 in local time, kept on one line."""
    if not value:
        return ""
    local = _local(value)
    return _together(f"{_day_words(local)} {dateformat.format(local, 'H:i')}")


def when_span(first: date | datetime | None, last: date | datetime | None) -> SafeString | str:
    """9月8日—15日, 11月13日—12月2日, or one day when both are the same or one is missing."""
    if not (first and last):
        return when_day(first or last)
    first, last = _local(first), _local(last)
    if (first.year, first.month, first.day) == (last.year, last.month, last.day):
        return when_day(first)
    day_comes_last = get_language() in (
        None,
        "zh-hans",
        "zh-cn",
        "zh",
    )  # elsewhere "25 August—31" reads wrong
    same_month = day_comes_last and (first.year, first.month) == (last.year, last.month)
    end = dateformat.format(last, gettext("j日")) if same_month else _day_words(last)
    return _together(f"{_day_words(first)}—{end}")


def clock_words(left: int) -> str:
    """Working days left in words: positive is time left, 0 today, negative is late. The caller counts them."""
    if left == 0:
        return gettext("今天到期")
    if left > 0:
        return ngettext("还有 %(days)s 个工作日", "还有 %(days)s 个工作日", left) % {"days": left}
    return ngettext("已超 %(days)s 个工作日", "已超 %(days)s 个工作日", -left) % {"days": -left}
