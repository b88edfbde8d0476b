"""Same matter, its parts: names both texts mention, the bar a committee moves, many pairs at once, texts around a pair."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shangliang.analysis import same_matter
from shangliang.analysis.same_matter.around import Around
from shangliang.analysis.same_matter.figures import (
    Unreadable,
    figures_of,
    judge,
    read_messages,
    read_pairs,
)
from shangliang.analysis.tests.test_same_matter import GATE, GATE_AGAIN, GATE_CANTEEN, LAMP, OTHER_GATE

TEXTS = [GATE, GATE_AGAIN, GATE_CANTEEN, OTHER_GATE, LAMP]
share = st.floats(0, 1)


def test_places_both_mention_are_named_whole():
    assert same_matter.shared_place("\n".join(GATE), "\n".join(GATE_AGAIN)) == ("青禾路梧桐小学",) or set(
        same_matter.shared_place("\n".join(GATE), "\n".join(GATE_AGAIN))
    ) == {"青禾路", "梧桐小学"}
    assert same_matter.shared_place("荷塘村的路灯坏了", "荷塘村水沟堵了") == ("荷塘村",)


def test_a_place_only_one_mentions_is_not_shared():
    assert same_matter.shared_place("荷塘村的路灯坏了", "柳岸社区的路灯坏了") == ()
    assert same_matter.shared_place("", "荷塘村") == ()


def test_everyday_words_with_the_ending_of_a_place_are_no_place():
    assert same_matter.shared_place("我们小区的这条路坏了", "你们小区的这条路也坏了") == ()


def test_a_joined_pair_below_the_bar_lowers_it_and_a_parted_one_above_raises_it():
    assert same_matter.moved_threshold(0.5, [0.3], []) < 0.5 < same_matter.moved_threshold(0.5, [], [0.7])


def test_decisions_the_bar_agrees_with_hardly_move_it():
    assert abs(same_matter.moved_threshold(0.5, [0.95] * 5, [0.05] * 5) - 0.5) < 0.001


def test_one_decision_moves_little_and_many_move_more():
    one, many = (same_matter.moved_threshold(0.5, [], [0.8] * n) - 0.5 for n in (1, 60))
    assert 0 < one < 0.025 < many <= 0.2


@given(share, st.lists(share, max_size=300), st.lists(share, max_size=300))
def test_the_bar_never_leaves_its_bounds_and_knows_no_order(start, joined, parted):
    moved = same_matter.moved_threshold(start, joined, parted)
    assert abs(moved - start) <= 0.2 + 1e-9
    assert min(start, 0.05) <= moved <= max(start, 0.95)
    assert moved == same_matter.moved_threshold(start, joined[::-1], parted[::-1])


@given(share, st.lists(share, max_size=20))
def test_mirrored_decisions_leave_the_bar(start, away):
    below = [start - min(one, start, 1 - start) for one in away]
    above = [start + min(one, start, 1 - start) for one in away]
    assert same_matter.moved_threshold(start, below, above) == pytest.approx(
        max(min(start, 0.95) if start <= 0.95 else start, min(start, 0.05)), abs=1e-6
    )


@pytest.mark.parametrize("wrong", [(1.2, [], []), (0.5, [-0.1], []), (0.5, [], [1.5])])
def test_scores_outside_0_and_1_are_refused(wrong):
    with pytest.raises(ValueError, match="within"):
        same_matter.moved_threshold(*wrong)


def test_many_pairs_at_once_give_the_numbers_of_one_by_one():
    known = [same_matter.profile(*one) for one in TEXTS]
    single = [same_matter.score(*GATE, *one) for one in TEXTS]
    assert same_matter.score_many(known[0], known) == pytest.approx(single, abs=2e-6)
    assert same_matter.score_pairs((known[0], one) for one in known) == pytest.approx(single, abs=2e-6)
    assert same_matter.score_pairs([]) == [] and same_matter.score_many(known[0], []) == []


def test_among_other_texts_the_same_pair_is_still_the_likeliest():
    around = Around(TEXTS)
    scores = around.scores([(0, 1), (1, 0), (0, 2), (0, 3), (0, 4)])
    assert scores[0] == scores[1] and scores[0] > max(scores[2:])
    assert all(0 <= one <= 1 for one in scores)
    assert around.scores([]) == []


def test_an_empty_text_among_others_is_of_no_matter():
    assert Around([GATE, ("", ""), GATE_AGAIN]).scores([(0, 1), (1, 1)]) == [0.0, 0.0]


def _files(folder: Path, head: str, *lines: str) -> tuple[str, str]:
    messages, pairs = folder / "messages.csv", folder / "pairs.tsv"
    with messages.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("id", "author", "title", "sent_at", "body", "against", "support"))
        for number, (title, body) in enumerate(TEXTS, start=1):
            out.writerow((number, "a", title, "2026-01-01", body, 0, 0))
    pairs.write_text("\n".join((head, *lines)) + "\n", "utf-8")
    return str(messages), str(pairs)


def test_labelled_pairs_are_measured(tmp_path):
    names = _files(tmp_path, "a\tb\tlabel\tweight", "1\t2\tS\t2", "1\t3\tR\t1", "1\t4\tD\t1", "1\t5\tS\t4")
    messages = read_messages(names[0])
    judged = judge(messages, read_pairs(names[1], messages))
    figures = figures_of(judged._replace(scores=[0.9, 0.1, 0.5, 0.2]))
    assert figures | {"pairs_per_s": 0} == {
        "pairs": 4,
        "pairs_per_s": 0,
        "precision": 0.5,
        "recall": 0.5,
        "f1": 0.5,
        "weighted_f1": 0.4444,
    }


def test_without_labels_the_figures_are_empty(tmp_path):
    messages_file, pairs_file = _files(tmp_path, "a,b", "1,2")
    messages = read_messages(messages_file)
    figures = figures_of(judge(messages, read_pairs(pairs_file, messages)))
    assert figures["pairs"] == 1 and figures["f1"] is None and figures["weighted_f1"] is None


@pytest.mark.parametrize(
    ("head", "line", "words"),
    [
        ("a,c", "1,2", "缺少列：b"),
        ("a,b", "1,77", "“77”不在消息文件里"),
        ("a,b,weight", "1,2,many", "weight"),
    ],
)
def test_what_is_wrong_with_a_file_of_pairs_is_said(tmp_path, head, line, words):
    messages_file, pairs_file = _files(tmp_path, head, line)
    with pytest.raises(Unreadable, match=words):
        read_pairs(pairs_file, read_messages(messages_file))


def test_an_absent_file_is_said(tmp_path):
    with pytest.raises(Unreadable, match="找不到"):
        read_messages(str(tmp_path / "none.csv"))


def test_predictions_have_a_row_for_each_pair_in_order(tmp_path):
    messages_file, pairs_file = _files(tmp_path, "a,b", "1,4", "2,1", "1,5")
    messages = read_messages(messages_file)
    judged = judge(messages, read_pairs(pairs_file, messages))
    out = tmp_path / "out.csv"
    judged.write(str(out))
    rows = list(csv.reader(out.read_text("utf-8").splitlines()))
    assert rows[0] == ["a", "b", "score", "same"]
    assert [row[:2] for row in rows[1:]] == [["1", "4"], ["2", "1"], ["1", "5"]]
    assert [row[3] for row in rows[1:]] == [str(int(float(row[2]) >= 0.5)) for row in rows[1:]]
    with pytest.raises(Unreadable, match="无法写入"):
        judged.write(str(tmp_path / "none" / "out.csv"))
