"""Matters are found among much else, kept apart from their like, named in somebody's own words."""

import subprocess
import sys
from datetime import datetime, timedelta
from random import Random

import pytest

from shangliang.analysis.hot_topics import Said, find_matters, find_topics
from shangliang.analysis.hot_topics.joining import COMPARED_WITH, NEVER_COMPARED, nearness, piles_of

START = datetime(2026, 3, 2, 9)
LIGHTS = (
    ("柳岸花园北门路灯不亮", "柳岸花园北门的路灯一个月没亮了，晚上回家什么都看不见，希望尽快修好。"),
    ("柳岸花园北门路灯坏了一个月", "我住柳岸花园，北门那排路灯全黑，老人晚上出门摔了一跤。"),
    ("请修柳岸花园北门的路灯", "柳岸花园北门没有灯，孩子下晚自习害怕，路灯报修几次没人来。"),
    ("柳岸花园路灯", "柳岸花园北门口路灯坏了很久，请有关部门来修。"),
)
FUMES = (
    ("梧溪苑楼下烧烤油烟", "梧溪苑临街的烧烤店没有烟道，油烟直接进我家，窗都不敢开。"),
    ("梧溪苑烧烤店油烟扰民", "梧溪苑一楼烧烤店每天冒烟到凌晨，油烟味很大，业主都有意见。"),
    ("投诉梧溪苑烧烤店", "梧溪苑楼下烧烤店油烟扰民，没有净化设备，请环保部门来查。"),
)
SCHOOL = (
    ("梧溪苑孩子上学学位", "梧溪苑的小孩划不进清河小学，配套学位不够，请教育局答复。"),
    ("梧溪苑业主子女入学问题", "我们梧溪苑业主的孩子没有学上，清河小学说学位满了，教育局怎么安排入学？"),
)
OTHERS = (
    "公交三路末班车太早", "图书馆周末不开门", "请增加桃坪公园的座椅", "社保卡丢了怎么补办", "枫塘村的水渠堵塞", "兰桥菜场价格不公示",
    "咨询退休手续", "楼道里堆放杂物", "小学门口没有斑马线", "宽带只能装一家", "桂园社区打疫苗时间", "荷坡健身器材损坏",
)  # fmt: skip


def said(matters, who=None):
    """Messages of several matters, one a day; keys like ``a0``."""
    made = []
    for name, texts in matters.items():
        for at, (title, body) in enumerate(texts):
            key = f"{name}{at}"
            made.append(Said(key, who or key, START + timedelta(days=at), title, body))
    return made


def others():
    return [
        Said(f"o{at}", f"o{at}", START + timedelta(days=at * 3), title, f"{title}，请问什么时候能解决？")
        for at, title in enumerate(OTHERS)
    ]


def found(messages):
    return {frozenset(one.keys) for one in find_topics(messages)}


def test_a_matter_told_by_several_is_one_topic_and_the_rest_is_none():
    topics = find_topics([*said({"a": LIGHTS}), *others()])
    assert [set(one.keys) for one in topics] == [{"a0", "a1", "a2", "a3"}]
    only = topics[0]
    assert (only.since, only.until) == (START, START + timedelta(days=3))
    assert only.heat_parts == (4, 1, 1.0)
    assert only.heat == 4.8
    assert "柳岸花园" in only.places


def test_the_title_is_the_words_of_one_of_them():
    topic = find_topics([*said({"a": LIGHTS}), *others()])[0]
    assert (
        topic.title
        == dict(zip(("a0", "a1", "a2", "a3"), (title for title, _body in LIGHTS), strict=True))[
            topic.title_of
        ]
    )


def test_two_troubles_of_one_compound_are_two_matters():
    assert found([*said({"a": FUMES, "b": SCHOOL}), *others()]) == {
        frozenset({"a0", "a1", "a2"}),
        frozenset({"b0", "b1"}),
    }


def test_one_trouble_in_two_compounds_is_two_matters():
    moved = [(title.replace("梧溪苑", "桃坪里"), body.replace("梧溪苑", "桃坪里")) for title, body in FUMES]
    both = found([*said({"a": FUMES, "b": moved}), *others()])
    assert both == {frozenset({"a0", "a1", "a2"}), frozenset({"b0", "b1", "b2"})}


def test_a_kind_of_trouble_at_many_places_is_no_topic():
    places = ("枫塘里", "兰桥坊", "桂园弄", "荷坡村", "桃坪里", "榆畔苑", "杏溪庭", "竹湾居")
    kind = [(f"{one}麻将馆扰民", f"{one}有人开麻将馆，打到半夜，吵得睡不着。") for one in places]
    assert all(len(one) < 3 for one in found([*said({"k": kind}), *others()]))


def test_the_hottest_comes_first_and_one_person_is_one():
    messages = [*said({"a": FUMES}), *said({"b": LIGHTS}, who="the same"), *others()]
    assert [set(one.keys) for one in find_topics(messages)] == [{"a0", "a1", "a2"}, {"b0", "b1", "b2", "b3"}]


def test_what_staff_joined_stays_together_and_brings_its_like():
    first, second = others()[0]._replace(group=7), said({"a": LIGHTS})[0]._replace(group=7)
    messages = [first, second, *said({"a": LIGHTS})[1:], *others()[1:]]
    assert found(messages) == {frozenset({"o0", "a0", "a1", "a2", "a3"})}


def test_a_joined_pair_nothing_is_like_is_a_topic_of_its_own():
    pair = [one._replace(group="g") for one in others()[:2]]
    assert found([*pair, *others()[2:]]) == {frozenset({"o0", "o1"})}


def test_no_message_is_in_two_topics_and_no_more_than_asked_for():
    messages = [*said({"a": LIGHTS, "b": FUMES, "c": SCHOOL}), *others()]
    matters = find_matters(messages, most=2)
    keys = [key for one in matters.matters for key in one]
    assert len(keys) == len(set(keys)) == 9
    assert [len(one) for one in matters.matters] == [4, 3, 2]
    assert [one.keys for one in matters.topics] == matters.matters[:2]


def test_the_same_input_in_any_order_gives_the_same_topics():
    messages = [*said({"a": LIGHTS, "b": FUMES, "c": SCHOOL}), *others()]
    mixed = messages.copy()
    Random(3).shuffle(mixed)
    assert found(mixed) == found(messages)


def test_private_data_never_stands_in_a_title():
    told = [
        (f"请修北门路灯，电话{number}", body)
        for number, (_title, body) in zip(range(13800138000, 13800138004), LIGHTS, strict=True)
    ]
    topic = find_topics([*said({"a": told}), *others()])[0]
    assert "1380013" not in topic.title
    assert len(topic.title) <= 60


def test_without_titles_the_first_sentence_is_the_title():
    topic = find_topics([*said({"a": [("", body) for _title, body in LIGHTS]}), *others()])[0]
    assert topic.title in {body.split("。")[0] for _title, body in LIGHTS}


def test_places_of_the_records_come_first():
    messages = [one._replace(place="清河街道") for one in said({"a": LIGHTS})]
    assert find_topics([*messages, *others()])[0].places[0] == "清河街道"


@pytest.mark.parametrize(
    "messages", [[], [Said(1, None, START)], [Said(1, None, START), Said(2, None, START, "。", " ")]]
)
def test_nothing_to_compare_gives_no_topic(messages):
    assert find_matters(messages) == ([], [])


def test_a_matter_of_many_hundreds_is_not_lost_in_pieces():
    chance = Random(5)
    half = [part for _title, body in LIGHTS for part in body.rstrip("。").split("，")]
    many = [
        (
            f"柳岸花园北门{chance.choice(('路灯不亮', '路灯坏了', '没有灯'))}",
            "，".join(["柳岸花园北门", *chance.sample(half, 3)]),
        )
        for _one in range(700)
    ]
    largest = find_topics([*said({"a": many, "b": FUMES}), *others()])[0]
    assert len([key for key in largest.keys if key.startswith("a")]) >= 630
    assert not [key for key in largest.keys if key.startswith(("b", "o"))]


def test_one_likeness_does_not_chain_two_piles():
    inside = [(a, b, 3.0) for group in (range(4), range(4, 8)) for a in group for b in group if a < b]
    assert sorted(map(sorted, piles_of(8, [*inside, (3, 4, 3.0)]))) == [[0, 1, 2, 3], [4, 5, 6, 7]]
    across = [(a, b, 3.0) for a in range(4) for b in range(4, 8)]
    assert sorted(map(sorted, piles_of(8, [*inside, *across]))) == [list(range(8))]


def test_pairs_never_compared_count_against_a_join_up_to_what_could_be_compared():
    assert nearness((8.0, 2, 4.0), 1, 2) == pytest.approx(4.0)
    assert nearness((4.0, 1, 4.0), 1, 2) == pytest.approx(0.75 * (4 + NEVER_COMPARED) / 2 + 0.25 * 4)
    far = nearness((400.0, 100, 4.0), 1000, 5000)
    assert far == nearness((400.0, 100, 4.0), 1000, 9000)
    assert far == pytest.approx(
        0.75 * (400 + (1000 * COMPARED_WITH - 100) * NEVER_COMPARED) / (1000 * COMPARED_WITH) + 1
    )


def test_importing_the_library_loads_neither_numpy_nor_scipy():
    asked = "import sys, shangliang.analysis.hot_topics; print({'numpy', 'scipy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
