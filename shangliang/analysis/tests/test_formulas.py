"""Frames of titles and sentences of habit are taken off; what a paper says of its own matter stays."""

import pytest

from shangliang.analysis.formulas import bare_title, without_formulas


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("关于“路灯不亮”的协商", "路灯不亮"),
        ("关于“路灯不亮”的专题协商", "路灯不亮"),
        ("关于缓解柳岸小学门口拥堵的建议", "缓解柳岸小学门口拥堵"),
        ("关于《柳岸里停车》的协商议题", "柳岸里停车"),
        ("缓解柳岸小学门口拥堵", "缓解柳岸小学门口拥堵"),
        ("关于路灯", "关于路灯"),
        ("", ""),
    ],
)
def test_a_title_loses_its_frame_and_nothing_else(title, bare):
    assert bare_title(title) == bare


def test_a_sentence_three_papers_hold_is_a_habit_whatever_its_number():
    texts = [
        f"近来有 {number} 条线索说的是这件事。{own}"
        for number, own in ((3, "路灯不亮。"), (12, "井盖松了。"), (7, "水压不够。"))
    ]
    assert without_formulas(texts) == ["路灯不亮。", "井盖松了。", "水压不够。"]


def test_what_two_papers_say_stays_and_so_does_what_one_says_three_times():
    texts = ["路灯不亮。", "路灯不亮。", "井盖松了。井盖松了。井盖松了。"]
    assert without_formulas(texts) == texts


def test_texts_without_words_are_left_as_they_are():
    assert without_formulas(["", "……", "", "\n"]) == ["", "……", "", "\n"]
    assert without_formulas([]) == []
