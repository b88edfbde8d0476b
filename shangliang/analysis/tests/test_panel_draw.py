"""Tickets, the draw from a seed, the record anybody can redo, and the figures."""

import copy
import hashlib
import json
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangliang.analysis import panel
from shangliang.analysis.panel.drawing import TICKETS, Dice, chances, draw, tickets
from shangliang.analysis.panel.figures import geometric_mean, gini
from shangliang.analysis.tests.test_panel import pool_of


@pytest.fixture(scope="module")
def record():
    return panel.choose(pool_of(5, people=60, size=8, widths=[2, 3, 3], play=(1,))).protocol(
        "清河街道 第一次"
    )


def test_the_dice_are_the_hashes_the_record_describes():
    number = int(hashlib.sha256("种子/0".encode()).hexdigest(), 16)
    following = int(hashlib.sha256("种子/1".encode()).hexdigest(), 16)
    dice = Dice("种子")
    assert (dice.below(10**9), dice.below(7)) == (number % 10**9, following % 7)


def test_the_dice_fall_evenly():
    dice = Dice("evenly")
    fell = Counter(dice.below(6) for _ in range(6000))
    assert sorted(fell) == list(range(6))
    assert all(abs(count - 1000) < 150 for count in fell.values())


@given(st.lists(st.floats(0, 1, exclude_min=True), min_size=1, max_size=9))
def test_tickets_add_up_and_follow_the_weights(weights):
    panels = [(number, 9 - number) for number in range(len(weights))]
    shared = dict(tickets(panels, weights))
    assert sum(shared.values()) == TICKETS
    for one, weight in zip(panels, weights, strict=True):
        assert abs(shared.get(one, 0) - weight / sum(weights) * TICKETS) < 1.01


def test_the_same_panel_found_twice_is_one_entry_with_both_shares():
    assert tickets([(1, 0), (0, 1), (1, 0)], [0.25, 0.5, 0.25]) == (
        ((0, 1), TICKETS // 2),
        ((1, 0), TICKETS // 2),
    )


def test_drawing_often_gives_each_person_the_stated_chance():
    lottery = (((1, 1), TICKETS // 4), ((2, 0), TICKETS - TICKETS // 4))
    people = [["甲", "乙", "丙"], ["丁"]]
    stated = chances(lottery, [3, 1])
    assert stated == [Fraction(7, 12), Fraction(1, 4)]
    drawn = Counter(key for seed in range(3000) for key in draw(lottery, people, str(seed))[1])
    assert [drawn[key] / 3000 for key in "甲乙丙丁"] == pytest.approx([7 / 12] * 3 + [1 / 4], abs=0.035)


def test_a_record_survives_json_and_gives_its_panel_again(record):
    again = json.loads(json.dumps(record, ensure_ascii=False))
    assert panel.redo(again) == record["panel"]
    assert len(set(record["panel"])) == 8
    assert sum(panel.probabilities_of(again).values()) == pytest.approx(8)


def test_another_seed_draws_another_ticket_and_the_fingerprint_stays():
    lottery = panel.choose(pool_of(5, people=60, size=8, widths=[2, 3, 3], play=(1,)))
    one, other = lottery.protocol("一"), lottery.protocol("二")
    assert one["ticket"] != other["ticket"]
    assert one["fingerprint"] == other["fingerprint"] == panel.fingerprint(one)


def test_the_text_tells_seed_ticket_people_and_fingerprint(record):
    for part in (record["seed"], str(record["ticket"]), record["fingerprint"], "、".join(record["panel"])):
        assert part in record["text"]


def other_person(changed):
    outside = {key for cell in changed["cells"] for key in cell["people"]} - set(changed["panel"])
    changed["panel"][0] = min(outside)


def other_seed(changed):
    changed["seed"] += "!"


def other_order(changed):
    next(cell for cell in changed["cells"] if len(cell["people"]) > 1)["people"].reverse()


def moved_ticket(changed):
    changed["panels"][0]["tickets"] += 1


def harder_quota(changed):
    changed["quotas"][0]["min"] = changed["size"]
    changed["fingerprint"] = panel.fingerprint(changed)


def one_home(changed):
    for cell in changed["cells"]:
        cell["household"] = 1
    changed["fingerprint"] = panel.fingerprint(changed)


def too_many(changed):
    changed["size"] += 1
    changed["fingerprint"] = panel.fingerprint(changed)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (other_person, "结果和记录不同"), (other_seed, "结果和记录不同"), (other_order, "指纹对不上"), (moved_ticket, "张"),
        (harder_quota, "不合名额要求"), (one_home, "一户"), (too_many, "人数不对"),
    ],
)  # fmt: skip
def test_a_record_that_was_changed_is_found_out(record, change, says):
    changed = copy.deepcopy(record)
    change(changed)
    with pytest.raises(panel.NotTheSame, match=says):
        panel.redo(changed)


def test_gini_and_geometric_mean_of_known_cases():
    half = Fraction(1, 2)
    assert gini([half] * 4) == 0
    assert gini([Fraction(0), Fraction(1)]) == half
    assert gini([Fraction(1), Fraction(2), Fraction(3)]) == Fraction(2, 9)
    assert gini([Fraction(0)] * 2) == 0
    assert geometric_mean([half, Fraction(1, 8)]) == pytest.approx(0.25)
    assert geometric_mean([half, Fraction(0)]) == 0
