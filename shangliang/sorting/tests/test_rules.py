"""What a table says, what importing it would change, and who answers for what where."""

from itertools import permutations

import pytest

from shangliang.sorting import rules

HEADS = ("一级", "二级", "三级")


def test_the_most_specific_row_decides_the_deeper_kind_first_then_the_nearer_place():
    kinds, places = (1, 2, 3), (10, 11)
    order = [(3, 11), (3, 10), (3, None), (2, 11), (2, 10), (2, None), (1, 11), (1, 10), (1, None)]
    rows = {pair: pair for pair in order}
    for pair in order:
        assert rules.owner_for(rows, kinds, places) == pair
        del rows[pair]
    assert rules.owner_for(rows, kinds, places) is None


def test_a_row_for_another_kind_or_place_says_nothing():
    assert rules.owner_for({(4, None): "a", (3, 12): "b"}, (1, 2, 3), (10, 11)) is None
    assert rules.owner_for({(3, 11): "a"}, (1, 2, 3), ()) is None, (
        "without a place only rows for everywhere count"
    )


def test_rows_of_a_file_become_paths_and_refused_rows_keep_their_number():
    rows = [
        ["环境", "噪声", "音响"],
        ["", "噪声", "音响"],
        ["环境", "", "音响"],
        ["环境", "噪声", "音响"],
        ["", "", ""],
        ["长" * 41, "", ""],
        ["水 / 电", "", ""],
        ["环境"],
        ["水/电", "", ""],
    ]
    names, problems = rules.read_names(HEADS, rows)
    assert names == [("环境", "噪声", "音响"), ("环境",), ("水/电",)]
    assert [(one.row, one.why) for one in problems] == [
        (2, "gap"), (3, "gap"), (4, "twice"), (5, "empty"), (6, "long"), (7, "parted")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "heads", [("level1", "level2", "level3"), ("一级", "二级", "三级"), ("Level1", "二级类别", " 三级 ")]
)
def test_levels_are_found_under_chinese_and_english_headings_in_any_order(heads):
    for order in permutations(range(3)):
        row = ("甲", "乙", "丙")
        names, _problems = rules.read_names([heads[at] for at in order], [[row[at] for at in order]])
        assert names == [("甲", "乙", "丙")]


def test_a_plan_tells_new_from_kept_revived_and_retired_and_adds_those_above():
    existing = {"甲": True, "甲 / 乙": True, "甲 / 旧": True, "丁": False}
    plan = rules.plan_scheme(existing, [("甲", "乙", "丙"), ("丁",)])
    assert plan.new == ("甲 / 乙 / 丙",) and plan.kept == ("甲", "甲 / 乙")
    assert plan.revived == ("丁",) and plan.retired == ("甲 / 旧",)
    assert plan.mark != rules.plan_scheme(existing, [("甲", "乙", "丙")]).mark
    assert rules.plan_scheme(existing, [("甲", "乙"), ("甲", "旧")]).changes == 0


def test_owner_rows_are_read_by_path_or_by_a_name_only_one_has():
    kinds = rules.Names.of([(1, "环境 / 噪声"), (2, "环境 / 垃圾"), (3, "交通 / 噪声")])
    areas = rules.Names.of([(7, "清河街道"), (8, "清河街道 / 柳岸社区")])
    units = rules.Names.of([(5, "区城管局")])
    heads = ("类别", "街道社区", "主责单位")
    rows = [
        ["环境/噪声", "柳岸社区", "区城管局"],
        ["垃圾", "", "区城管局"],
        ["噪声", "", "区城管局"],
        ["没有的", "", "区城管局"],
        ["垃圾", "天边街道", "区城管局"],
        ["垃圾", "", "没有的局"],
        ["垃圾", "", "区城管局"],
        ["", "", "区城管局"],
        ["垃圾", "", ""],
    ]
    lines, problems = rules.read_owners(heads, rows, kinds, areas, units)
    assert lines == [rules.OwnerLine(1, 8, 5), rules.OwnerLine(2, None, 5)]
    assert [(one.row, one.why) for one in problems] == [
        (3, "several_kind"), (4, "unknown_kind"), (5, "unknown_area"), (6, "unknown_unit"), (7, "twice"),
        (8, "no_kind"), (9, "no_unit"),
    ]  # fmt: skip


def test_a_plan_of_owners_adds_changes_and_leaves_alone():
    standing = {(1, None): (11, 5), (2, 8): (12, 5)}
    lines = [rules.OwnerLine(1, None, 5), rules.OwnerLine(2, 8, 6), rules.OwnerLine(2, None, 6)]
    plan = rules.plan_owners(standing, lines)
    assert plan.same == 1 and plan.new == (lines[2],) and plan.changed == ((12, lines[1]),)


def test_a_small_sample_without_a_miss_promises_less_than_everything():
    assert round(rules.at_least(18, 18), 3) == 0.824
    assert round(rules.at_least(90, 100), 3) == 0.826
    assert rules.at_least(0, 5) == 0
    assert rules.at_least(1000, 1000) > 0.99
