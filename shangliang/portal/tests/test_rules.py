"""Pure decisions of the pages."""

from datetime import date

import pytest

from shangliang.portal import rules


def test_a_span_leaves_out_unknown_days():
    assert rules.span([date(2026, 9, 9), None, date(2026, 9, 8)]) == (date(2026, 9, 8), date(2026, 9, 9))
    assert rules.span([None]) is None


@pytest.mark.parametrize(
    ("finished", "days"), [(date(2026, 10, 13), 0), (date(2026, 10, 12), 0), (date(2026, 10, 16), 3)]
)
def test_late_is_counted_in_working_days_and_never_below_nought(finished, days):
    assert rules.late_by(date(2026, 10, 13), finished, lambda first, last: (last - first).days) == days


def test_late_over_a_holiday_is_still_late():
    assert rules.late_by(date(2026, 9, 30), date(2026, 10, 1), lambda first, last: 0) == 1


def test_a_unit_is_named_by_its_work_or_by_the_words():
    names = {1: "区城管局", 2: "区交警大队", 3: "柳岸小学"}
    assert rules.organisations_named(["柳岸小学门口"], names, beside=(2,)) == [
        (2, "区交警大队"),
        (3, "柳岸小学"),
    ]


def test_what_was_not_kept_is_gone_and_what_was_written_stands():
    draft = {
        "area": "",
        "chip": "",
        "gathered": "",
        "facts": [],
        "steps": [{"key": "a", "title": "一"}, {"key": "b", "title": "二"}],
        "lists": [{"key": "r", "result": "旧"}],
    }
    kept = rules.kept_of(draft, {"b": {"title": "改过的"}, "r": {"result": "新"}})
    assert kept["steps"] == [{"key": "b", "title": "改过的"}] and kept["lists"] == [
        {"key": "r", "result": "新"}
    ]
