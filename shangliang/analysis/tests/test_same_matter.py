"""Same matter: deterministic rare pairs, a symmetric score, words that show why. All texts are invented."""

import json
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangliang.analysis.same_matter import THRESHOLD, normalise, rare_grams, score, shared_words

GATE = (
    "梧桐小学门口早上堵车",
    "每天早上七点半，青禾路梧桐小学大门口停满了送孩子的车，电动车和行人挤在一起，很不安全，希望有人来疏导。",
)
GATE_AGAIN = (
    "青禾路梧桐小学上学时段拥堵",
    "梧桐小学校门前早晚高峰送学车辆乱停，孩子只能从车缝里走，建议设临时停车区并安排人疏导交通。",
)
GATE_CANTEEN = (
    "梧桐小学食堂饭菜凉",
    "梧桐小学的午饭送到教室已经凉了，孩子吃了肚子疼，请学校改进配餐的保温。",
)
OTHER_GATE = (
    "东溪中学放学路口没有红绿灯",
    "东溪中学门外的云岭大道放学时车速很快，学生过街危险，请装一组信号灯。",
)
LAMP = ("荷塘村村道路灯不亮", "荷塘村三组到村口的路灯坏了两个月，老人晚上出门看不见，请修一修。")


def test_two_ways_of_saying_one_thing_are_alike():
    assert score(*GATE, *GATE_AGAIN) >= THRESHOLD


@pytest.mark.parametrize("other", [GATE_CANTEEN, OTHER_GATE, LAMP])
def test_another_matter_is_not(other):
    assert score(*GATE, *other) < THRESHOLD


def test_the_order_of_scores_is_that_of_nearness():
    scores = [score(*GATE, *other) for other in (GATE, GATE_AGAIN, GATE_CANTEEN, LAMP)]
    assert scores == sorted(scores, reverse=True) and scores[0] > 0.99


@given(st.text(max_size=200), st.text(max_size=300), st.text(max_size=200), st.text(max_size=300))
def test_any_text_gives_a_symmetric_share(title_a, body_a, title_b, body_b):
    there, back = score(title_a, body_a, title_b, body_b), score(title_b, body_b, title_a, body_a)
    assert there == back and 0 <= there <= 1


@given(st.text(max_size=300), st.integers(0, 20))
def test_rare_grams_are_few_different_and_fit_a_column(text, k):
    grams = rare_grams(text, k)
    assert len(grams) == len(set(grams)) <= k
    assert all(-(2**63) <= gram < 2**63 for gram in grams)


def test_empty_texts_are_harmless():
    assert rare_grams("") == [] and rare_grams(" \n！？") == []
    assert score("", "", "", "") < 0.01
    assert shared_words("", "路灯") == []


def test_one_sentence_without_a_title_is_enough():
    assert score("", GATE[1], *GATE_AGAIN) >= THRESHOLD
    assert set(rare_grams(GATE[1])) & set(rare_grams("\n".join(GATE_AGAIN)))


def test_names_are_rarer_than_common_words():
    assert set(rare_grams("请问梧桐小学的问题", 4)) & set(rare_grams("希望梧桐小学尽快解决", 4))
    assert not set(rare_grams("请问梧桐小学的问题", 2)) & set(rare_grams("请问这个问题什么时候解决", 2))


def test_grams_and_scores_are_the_same_in_another_process():
    program = (
        "import json,sys;from shangliang.analysis.same_matter import *;"
        "a,b=json.load(sys.stdin);print(json.dumps([rare_grams(chr(10).join(a)),score(*a,*b)]))"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=json.dumps([GATE, GATE_AGAIN]),
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(path for path in sys.path if path) or "."},
        ).stdout
        for seed in ("1", "2")
    }
    assert [json.loads(answer) for answer in answers] == [
        [rare_grams("\n".join(GATE)), score(*GATE, *GATE_AGAIN)]
    ]


def test_shared_words_show_why():
    words = shared_words("\n".join(GATE), "\n".join(GATE_AGAIN))
    assert words[0] == "青禾路梧桐小学" and "梧桐小学" not in words
    assert len(words) <= 6 and [len(word) for word in words] == sorted(map(len, words), reverse=True)


def test_shared_words_are_maximal_and_not_only_stop_characters():
    assert shared_words("我们的荷塘村的路灯", "他们的荷塘村的水沟") == ["荷塘村"]
    assert shared_words("这是我的", "那是我的") == []


def test_normalise_folds_width_case_and_signs():
    assert normalise("ＡＢ区３栋！！　好") == "ab区3栋 好"
    assert len(normalise("字" * 20_000)) == 5000


def test_ten_thousand_characters_are_quick():
    long = "".join(chr(0x4E00 + n * 37 % 9000) for n in range(10_000))
    started = time.perf_counter()
    rare_grams(long)
    score(long[:200], long, *GATE)
    shared_words(long, long[::-1])
    assert time.perf_counter() - started < 2
