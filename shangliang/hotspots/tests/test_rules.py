"""Weeks, likeness of lists, memory, striking out: decided without a database."""

from datetime import date

import pytest

from shangliang.analysis.hot_topics import HeatParts, heat
from shangliang.hotspots import rules


@pytest.mark.parametrize(
    ("day", "monday"),
    [
        (date(2026, 9, 7), date(2026, 8, 31)),
        (date(2026, 9, 13), date(2026, 8, 31)),
        (date(2027, 1, 2), date(2026, 12, 21)),
    ],
)
def test_the_last_whole_week_was_over_when_the_day_began(day, monday):
    assert rules.last_whole_week(day) == monday
    assert rules.end_of(monday).weekday() == 6


def test_two_piles_are_the_same_from_half_of_the_smaller_and_each_once():
    now = [{1, 2, 3, 4}, {5, 6}, {9}]
    before = [{5, 6, 7}, {1, 2, 8, 10}, {3, 11, 12}]
    assert rules.same_in_both(now, before) == {0: 1, 1: 0}
    assert rules.same_in_both([], before) == {}


def test_a_pile_split_in_two_goes_on_in_the_part_that_has_the_larger_share():
    assert rules.same_in_both([{1, 2}, {3, 4, 5, 9}], [{1, 2, 3, 4, 5}]) == {0: 0}


def test_put_aside_is_remembered_until_twice_as_many_speak():
    assert rules.stays_aside(5, 9)
    assert not rules.stays_aside(5, 10)


def test_the_source_follows_the_majority_and_residents_win_a_tie():
    assert rules.comes_from_elsewhere(3, 2)
    assert not rules.comes_from_elsewhere(2, 2)
    assert not rules.comes_from_elsewhere(0, 0)


def test_struck_words_are_gone_however_they_were_shortened():
    said = "柳岸小学门口放学时车停满两边，孩子从车缝里钻过去。"
    text = "九月有四人说起。\n“柳岸小学门口放学时车停满两边……”（柳岸社区）\n也有人说孩子从车缝里钻。"
    left = rules.without_words(text, said)
    for begin in range(len(said) - rules.LEAST_STRUCK + 1):
        assert said[begin : begin + rules.LEAST_STRUCK] not in left
    assert "九月有四人说起" in left


def test_words_nobody_took_back_stay():
    assert rules.without_words("路灯坏了半个月", "井盖松了") == "路灯坏了半个月"
    assert rules.without_words("", "井盖") == rules.without_words("", "") == ""
    assert rules.without_words("短的", "短的") == rules.STRUCK


@pytest.mark.parametrize("parts", [(9, 1, 0.0), (9, 32, 1.0), (4, 7, 0.5), (120, 60, 0.3333), (2, 2, 1.0)])
def test_the_shown_sum_is_the_heat_of_the_function(parts):
    people, weeks, growth = parts
    shown = people * (1 + rules.added_by_lasting(weeks) + rules.added_by_growth(growth))
    assert shown == pytest.approx(heat(HeatParts(people, weeks, growth)), abs=0.005)


def test_it_is_expected_in_the_weeks_of_the_evidence_and_the_turn_of_the_year_is_no_hurdle():
    first, last = rules.span_of_evidence(date(2026, 10, 26), 44, [51, 51])
    assert (first, last) == (date(2026, 12, 14), date(2026, 12, 20))
    first, last = rules.span_of_evidence(date(2026, 12, 14), 51, [52, 1])
    assert (first, last) == (date(2026, 12, 21), date(2027, 1, 3))


def test_it_is_proposed_from_six_weeks_ahead_until_it_is_over():
    first, last = date(2026, 12, 14), date(2026, 12, 20)
    assert rules.is_ahead(first, last, date(2026, 11, 2))
    assert not rules.is_ahead(first, last, date(2026, 11, 1))
    assert rules.is_ahead(first, last, last)
    assert not rules.is_ahead(first, last, date(2026, 12, 21))
