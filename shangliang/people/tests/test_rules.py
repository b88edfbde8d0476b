"""What pasted lists say; no database."""

import pytest

from shangliang.people.rules import (
    PlaceLine,
    parse_people,
    parse_places,
    parse_units,
    place_kind,
    unit_kind,
    within_limits,
)

SAME_PLACES = (
    "清河街道\n 柳岸社区\n 石桥社区\n桂园镇\n\t滨河村",
    "清河街道：柳岸社区、石桥社区\n桂园镇:滨河村",
    "街道\t社区\n清河街道\t柳岸社区\n清河街道\t石桥社区\n桂园镇\t滨河村",
    "清河街道\t柳岸社区\n\t石桥社区\n桂园镇\t滨河村",
    "清河街道\n柳岸社区\n石桥社区\n桂园镇\n滨河村",
    "\n清河街道： 柳岸社区；石桥社区\n\n桂园镇\n　滨河村\n清河街道",
)


@pytest.mark.parametrize("text", SAME_PLACES)
def test_each_way_of_writing_places_gives_the_same_places(text):
    found, problems = parse_places(text)
    assert not problems
    assert [(one.street, one.community) for one in found] == [
        ("清河街道", ""), ("清河街道", "柳岸社区"), ("清河街道", "石桥社区"), ("桂园镇", ""), ("桂园镇", "滨河村")]  # fmt: skip


def test_a_community_before_any_street_is_named_with_its_line():
    found, problems = parse_places("\n柳岸社区\n清河街道")
    assert [(one.line, one.why) for one in problems] == [(2, "no_street")]
    assert found == [PlaceLine(3, "清河街道")]


def test_a_name_that_is_too_long_is_named_and_the_rest_is_read():
    found, problems = parse_places("清河街道\n " + "长" * 41 + "\n 柳岸社区")
    assert [(one.line, one.why) for one in problems] == [(2, "too_long")]
    assert found[-1].community == "柳岸社区"


def test_towns_and_villages_are_told_by_their_endings():
    assert [place_kind("桂园镇", True), place_kind("清河街道", True)] == ["town", "street"]
    assert [place_kind("滨河村", False), place_kind("柳岸社区", False)] == ["village", "community"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("柳岸小学", "school"), ("清河供电公司", "company"), ("石桥社区居委会", "community"), ("区城管局", "department"),
     ("清河街道办事处", "street"), ("区政府办公室", "authority"), ("区图书馆", "public_institution"), ("区餐饮协会", "social")],
)  # fmt: skip
def test_the_kind_of_a_unit_is_told_by_its_ending(name, kind):
    assert unit_kind(name) == kind


def test_companies_and_whoever_is_marked_are_asked_by_letter():
    found, problems = parse_units("区城管局、区交警大队\n清河供电公司\n云川一中学 函商\n区城管局")
    assert not problems
    assert [(one.name, one.by_letter) for one in found] == [
        ("区城管局", False), ("区交警大队", False), ("清河供电公司", True), ("云川一中学", True)]  # fmt: skip


def test_people_are_read_with_and_without_an_address():
    found, problems = parse_people(
        "姓名 角色 邮箱\n程晓岚 经办人 cheng@example.org\n白玉珍，审核人\n秦川\t单位经办人\t区城管局\n贺知远 委员 教育界"
    )
    assert not problems
    assert [(one.name, one.role, one.email, one.organisation, one.title) for one in found] == [
        ("程晓岚", "clerk", "cheng@example.org", "", ""), ("白玉珍", "reviewer", "", "", ""),
        ("秦川", "unit", "", "区城管局", ""), ("贺知远", "member", "", "", "教育界")]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "why"),
    [("程晓岚", "no_role"), ("程晓岚 局长", "no_role"), ("经办人 程晓岚", "no_name"), ("程晓岚 经办人 cheng@", "bad_email"),
     ("秦川 单位经办人", "no_unit"), ("程" * 41 + " 委员", "too_long")],
)  # fmt: skip
def test_a_line_of_people_that_cannot_be_read_says_why(line, why):
    assert [one.why for one in parse_people(line)[1]] == [why]


def test_the_same_person_in_the_same_role_twice_is_a_problem_and_in_another_role_is_not():
    found, problems = parse_people("程晓岚 经办人\n程晓岚 审核人\n程晓岚 经办人")
    assert [one.role for one in found] == ["clerk", "reviewer"]
    assert [(one.line, one.why) for one in problems] == [(3, "twice")]


def test_the_first_answer_can_never_be_promised_later_than_fifteen_days():
    assert within_limits("answer_days", 15)
    assert not within_limits("answer_days", 16)
    assert not within_limits("answer_max_days", 16)
    assert [within_limits("reviewers", number) for number in (0, 1, 3, 4, True)] == [
        False,
        True,
        True,
        False,
        False,
    ]
    assert within_limits("labels", {"consultation": "有事好商量"})
