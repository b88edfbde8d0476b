"""Pure decisions of a consultation."""

import pytest

from shangliang.consultations import rules
from shangliang.consultations.models import Side, StepName


def test_the_order_of_the_steps_is_the_one_of_the_tables():
    assert list(rules.ORDER) == StepName.values


def test_after_the_last_step_and_after_the_end_comes_nothing():
    assert rules.step_after("selected") == "planned"
    assert rules.step_after("following") == ""
    assert rules.step_after("closed") == ""
    assert (rules.number_of("held"), rules.number_of("closed")) == (4, 6)


@pytest.mark.parametrize(
    ("typed", "side", "speaker"),
    [
        ("居民 家长｜车太多", "residents", "家长"),
        ("居民｜车太多", "residents", ""),
        ("群众·商户：车太多", "residents", "商户"),
        ("部门 区城管局|车太多", "departments", "区城管局"),
        ("专家（交通规划）:车太多", "experts", "交通规划"),
        ("政协委员 贺知远｜车太多", "members", "贺知远"),
        ("委员｜车太多", "members", ""),
    ],
)
def test_a_typed_line_names_the_side_then_who_then_the_words(typed, side, speaker):
    lines, wrong = rules.lines_said(typed)
    assert lines == [rules.Line(side, speaker, "车太多")]
    assert not wrong


def test_lines_not_understood_are_named_by_their_number_and_empty_ones_are_passed_over():
    lines, wrong = rules.lines_said("居民｜一\n\n随便说一句\n专家｜\n路人｜二\n委员｜三：四")
    assert [one.text for one in lines] == ["一", "三：四"]
    assert wrong == [3, 4, 5]


def test_every_side_of_the_tables_can_be_typed():
    typed = "\n".join(f"{label}｜话" for label in Side.labels)
    assert [one.side for one in rules.lines_said(typed)[0]] == Side.values


@pytest.mark.parametrize(
    ("speaker", "is_name"),
    [
        ("李女士", True),
        ("王某", True),
        ("王某某", True),
        ("老张", True),
        ("小刘", True),
        ("陈师傅", True),
        ("家长", False),
        ("商户", False),
        ("高龄老人", False),
        ("老人", False),
        ("小区业主", False),
        ("", False),
    ],
)
def test_a_resident_is_known_by_role_not_by_name(speaker, is_name):
    assert rules.names_a_person(speaker) is is_name


@pytest.mark.parametrize(
    ("present", "agree", "reserve", "too_many"),
    [(12, 10, 2, False), (12, 11, 2, True), (0, 0, 1, True), (None, 500, 500, False)],
)
def test_no_more_people_agree_than_were_counted(present, agree, reserve, too_many):
    assert rules.exceeds(present, agree, reserve) is too_many
