"""What may be said of small counts."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangliang.analysis.small_counts import (
    fits,
    from_json,
    in_steps,
    may_say,
    number_in,
    released,
    sums_in,
    tabled,
    total_of,
)

CELLS = st.dictionaries(st.sampled_from("abcde"), st.integers(0, 30), min_size=1)


@pytest.mark.parametrize(
    ("number", "said"), [(0, 0), (1, None), (4, None), (5, 5), (9, 5), (10, 10), (23, 20)]
)
def test_a_living_page_says_steps_of_five(number, said):
    assert in_steps(number) == said and may_say(number) == (said is not None)


def test_a_table_without_small_cells_is_told_whole():
    assert tabled({"yes": 12, "no": 5, "partly": 0}) == ((("yes",), 12), (("no",), 5), (("partly",), 0))


def test_a_single_small_cell_takes_the_smallest_other_one_along():
    table = tabled({"yes": 12, "partly": 7, "no": 2})
    assert number_in(table, "yes") == 12 and number_in(table, "no") is None
    assert number_in(table, "no", "partly") == 9 and total_of(table) == 21


def test_two_small_cells_of_five_together_stand_as_one():
    table = tabled({"yes": 12, "partly": 4, "no": 2})
    assert number_in(table, "yes") == 12 and number_in(table, "partly", "no") == 6


def test_a_table_of_fewer_than_five_is_not_told_and_an_empty_one_is():
    assert tabled({"yes": 2, "no": 1}) is None and tabled({"yes": 0, "no": 0}) is not None


def test_where_only_the_total_may_be_told_it_is():
    table = tabled({"yes": 4, "no": 2})
    assert total_of(table) == 6 and number_in(table, "yes") is None and number_in(table, "yes", "no") == 6


@given(CELLS)
def test_nothing_that_can_be_added_up_is_one_to_four(cells):
    table = tabled(cells)
    if table is None:
        assert 0 < sum(cells.values()) < 5
        return
    assert all(may_say(number) for number in sums_in(table).values())
    assert total_of(table) == sum(cells.values())
    assert sorted(name for group, _number in table for name in group) == sorted(cells)


def test_a_change_of_one_keeps_what_was_published():
    first = released({"said": {"in": 12}})
    assert released({"said": {"in": 13}}, [first]) == first
    assert released({"said": {"in": 17}}, [first]) == {"said": ((("in",), 17),)}


def test_everything_published_is_remembered_not_only_the_last():
    history = [released({"said": {"in": number}}) for number in (10, 16)]
    assert released({"said": {"in": 11}}, history) == history[-1]


def test_tables_counted_together_stay_together():
    first = released({"a": {"x": 10}, "b": {"y": 10}})
    assert released({"a": {"x": 20}, "b": {"y": 11}}, [first]) == first


def test_differently_grouped_tables_are_compared_in_what_both_say():
    first = tabled({"yes": 12, "partly": 4, "no": 2})
    assert not fits(tabled({"yes": 12, "partly": 5, "no": 5}), first)
    assert fits(tabled({"yes": 12, "partly": 6, "no": 5}), first)


def test_a_release_is_read_back_from_json_as_it_was():
    release = released({"a": {"x": 10, "y": 3, "z": 3}})
    assert from_json(json.loads(json.dumps(release))) == release and from_json(None) == {}
