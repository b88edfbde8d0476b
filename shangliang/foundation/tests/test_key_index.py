"""The one bounded look into an index of keys: what it refuses, and what it binds."""

import pytest

from shangliang.foundation.key_index import KeyIndex, sharing_most

INDEX = KeyIndex("a_table", "record_id", ("committee_id", "kind"))


def test_every_value_is_bound_and_there_is_one_bounded_list_for_each_key():
    look = sharing_most(INDEX, [7, 8], {"committee_id": [3], "kind": ["topic"]}, but=5, per_key=9, most=4)
    assert look.sql.count("LIMIT") == 3 and look.sql.count("UNION ALL") == 1
    assert look.sql.count("%s") == len(look.params)
    assert look.params[:4] == [3, "topic", 7, 9] and look.params[-1] == 4 and 5 in look.params
    assert "topic" not in look.sql


def test_several_values_of_a_column_are_one_condition():
    look = sharing_most(INDEX, [7], {"committee_id": [3, 4], "kind": ["topic"]})
    assert "committee_id IN (%s, %s) AND kind = %s AND gram = %s" in look.sql


@pytest.mark.parametrize(
    "within", [{}, {"committee_id": [1]}, {"committee_id": [1], "kind": ["a"], "name": ["b"]}]
)
def test_a_column_that_is_missing_or_none_of_its_own_is_refused(within):
    with pytest.raises(ValueError, match="for each column"):
        sharing_most(INDEX, [7], within)


def test_no_value_and_no_key_are_refused():
    with pytest.raises(ValueError, match="a key"):
        sharing_most(INDEX, [], {"committee_id": [1], "kind": ["a"]})
    with pytest.raises(ValueError, match="values"):
        sharing_most(INDEX, [7], {"committee_id": [], "kind": ["a"]})
