"""What is private, who may read it, who may handle it: without a database."""

import pytest

from shangliang.protection import rules

ORIGINAL = "我家住在三单元，放学时校门口车停了两排，孩子从车缝里钻过去。"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("打 13800001234 找我", "手机号"),
        ("身份证 11010519491231002X", "身份证号"),
        ("卡号 4111111111111111", "银行卡号"),
        ("车牌云A12345挡了门", "车牌号"),
        ("发到 li@example.org", "邮箱"),
    ],
)
def test_a_number_that_leads_to_a_person_is_named_by_its_kind(text, kind):
    assert kind in {found for found, _words in rules.numbers_in(text)}


def test_house_numbers_are_asked_about_and_not_refused_outright():
    kinds = {kind for kind, _words in rules.names_in("3栋2单元502室门口")}
    assert kinds and not kinds & rules.STRUCTURED
    assert not rules.numbers_in("3栋2单元502室门口")


def test_the_pieces_are_the_text_with_every_hidden_part_in_its_place():
    text = "打 13800001234，3栋502室。"
    pieces = rules.pieces_of(text)
    assert "".join(words for words, _kind, _tone in pieces) == text
    assert [(kind, bool(tone)) for _words, kind, tone in pieces if kind] == [
        ("手机号", True),
        ("门牌号", True),
    ]
    assert all(tone == 0 for _words, kind, tone in pieces if not kind)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ORIGINAL, True),
        ("放学时，校门口车停了两排！", True),  # signs between words do not hide a quotation
        ("校门口放学时段停车占道。", False),
        ("", False),
    ],
)
def test_ten_signs_in_a_row_are_the_reporters_own_way_of_saying_it(text, said):
    assert rules.quotes(ORIGINAL, text) is said


def test_a_very_short_original_is_quoted_when_it_stands_whole():
    assert rules.quotes("灯坏了", "楼道灯坏了半年")
    assert not rules.quotes("灯坏了", "灯不亮")


@pytest.mark.parametrize(
    ("state", "voices", "unit", "public"),
    [
        ("unanswered", 9, False, False),
        ("open", 1, True, True),
        ("locked", 4, False, False),
        ("locked", 5, True, True),
        ("asked", 4, False, False),
        ("asked", 5, True, True),
        ("consented", 1, True, False),
        ("consented", 5, True, True),
        ("refused", 50, False, False),
        ("enough", 4, False, False),
        ("enough", 5, True, True),
        ("by_member", 50, False, False),
    ],
)
def test_who_may_read_a_text_hangs_on_what_was_answered_and_on_how_many_speak(state, voices, unit, public):
    assert rules.may_be_read("dispatch", state, voices) is unit
    assert rules.may_be_read("public", state, voices) is public


def test_one_person_counts_once():
    assert rules.distinct_voices([(1, ""), (2, ""), (3, "")]) == 3
    assert rules.distinct_voices([(1, "甲"), (2, "甲"), (3, "乙"), (4, "")]) == 3
    assert rules.distinct_voices([(1, ""), (2, "")], [(1, 2)]) == 1
    assert rules.distinct_voices([(2, "")], [(1, 2)]) == 1, "the finding alone is a voice"


@pytest.mark.parametrize(
    ("co_units", "implicated", "alone"),
    [
        ([], {1}, True),
        ([2], {1}, False),
        ([2], {1, 2}, True),
        ([2, 3], {1, 2}, False),
        ([1], {1}, True),
        ([], {2}, False),
        ([2], {2}, False),
    ],
)
def test_a_unit_complained_about_needs_somebody_clean_beside_it(co_units, implicated, alone):
    assert rules.is_alone(1, co_units, implicated) is alone
