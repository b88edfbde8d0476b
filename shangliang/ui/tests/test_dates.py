from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from shangliang.ui import dates


@pytest.fixture(autouse=True)
def in_2026(monkeypatch):
    monkeypatch.setattr(dates.clock, "today", lambda: date(2026, 11, 23))
    with translation.override("zh-hans"):
        yield


def bare(words):
    return words.replace('<span class="nb">', "").replace("</span>", "")


def test_days_show_the_year_only_when_it_is_another():
    assert dates.when_day(date(2026, 9, 8)) == '<span class="nb">9月8日</span>'
    assert bare(dates.when_day(date(2027, 3, 15))) == "2027年3月15日"
    assert bare(dates.when_day(date(2026, 11, 27), "weekday")) == "11月27日（周五）"
    assert bare(dates.when_day(date(2026, 9, 8), "full")) == "2026年9月8日"
    assert dates.when_day(None) == ""


def test_minutes_are_local():
    assert bare(dates.when_minute(datetime(2026, 9, 8, 8, 40, tzinfo=UTC))) == "9月8日 16:40"


def test_spans():
    assert bare(dates.when_span(date(2026, 9, 8), date(2026, 9, 15))) == "9月8日—15日"
    assert bare(dates.when_span(date(2026, 11, 13), date(2026, 12, 2))) == "11月13日—12月2日"
    assert bare(dates.when_span(date(2026, 9, 8), date(2026, 9, 8))) == "9月8日"
    assert bare(dates.when_span(None, date(2026, 9, 8))) == "9月8日"


@pytest.mark.parametrize(
    ("left", "words"), [(4, "还有 4 个工作日"), (0, "今天到期"), (-2, "已超 2 个工作日")]
)
def test_clocks(left, words):
    assert dates.clock_words(left) == words
