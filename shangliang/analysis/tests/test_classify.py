"""The classifier: what it learns, how sure it says it is, why, and what a model file holds."""

import hashlib
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from shangliang.analysis import classify
from shangliang.analysis.classify.grams import grams_of, prepared, request_in
from shangliang.analysis.classify.lesson import Lesson, matrix

MATTERS = {
    "城管": ("路边摆摊占道", "夜里烧烤油烟呛人", "违规搭建棚子", "垃圾桶满了没人收"),
    "供水": ("水管爆了漏水", "停水两天了", "水压太低洗不了澡", "水表走得太快"),
    "教育": ("小学报名要什么材料", "幼儿园收费太高", "老师周末补课", "校门口家长堵着"),
}
PLACES = ("清河街道", "柳岸社区", "云川区东门", "石桥路口", "北坡小区")


def ticket(kind: str, chance: random.Random) -> str:
    """One invented ticket of a kind."""
    return (
        f"{chance.choice(PLACES)}{chance.choice(MATTERS[kind])}，已经{chance.randint(2, 30)}天，请核实处理。"
    )


def tickets(each: int, seed: int = 1) -> tuple[list[str], list[str]]:
    """Invented tickets, the same number of every kind, and their kinds."""
    chance = random.Random(seed)
    pairs = [(ticket(kind, chance), kind) for kind in MATTERS for _one in range(each)]
    chance.shuffle(pairs)
    return [text for text, _kind in pairs], [kind for _text, kind in pairs]


@pytest.fixture(scope="module")
def model() -> classify.Model:
    return classify.train(*tickets(80))


def test_a_model_suggests_the_right_kind_first(model: classify.Model) -> None:
    figures = classify.evaluate(model, *tickets(30, seed=2))
    assert figures.top1 > 0.97
    assert figures.macro_f1 > 0.97
    assert figures.top3 == 1


def test_suggestions_fall_in_confidence_and_sum_to_one(model: classify.Model) -> None:
    suggestions = model.suggest("柳岸社区停水三天了，请核实处理。", most=10)
    assert suggestions[0].label == "供水"
    assert {one.label for one in suggestions} == set(MATTERS)
    confidences = [one.confidence for one in suggestions]
    assert confidences == sorted(confidences, reverse=True)
    assert sum(confidences) == pytest.approx(1, abs=1e-4)


def test_only_the_first_suggestion_may_be_sure(model: classify.Model) -> None:
    suggestions = model.suggest("清河街道水管爆了漏水，请核实处理。")
    assert suggestions[0].is_sure
    assert not any(one.is_sure for one in suggestions[1:])


def test_a_text_unlike_all_others_is_not_sure(model: classify.Model) -> None:
    assert not model.suggest("αβγ")[0].is_sure
    assert not model.suggest("")[0].is_sure


def test_labels_given_by_chance_make_no_sure_suggestion() -> None:
    texts, labels = tickets(60, seed=3)
    random.Random(4).shuffle(labels)
    confused = classify.train(texts, labels)
    sure = [confused.suggest(text)[0].is_sure for text in tickets(40, seed=5)[0]]
    assert sum(sure) == 0


def test_the_words_that_spoke_for_a_kind_come_from_the_text(model: classify.Model) -> None:
    text = "北坡小区水管爆了漏水，已经12天，请核实处理。"
    words = model.why(text, "供水")
    assert 0 < len(words) <= 5
    assert all(word in text for word in words)
    assert "水" in "".join(words[:2])
    assert len(model.why(text, "供水", most=1)) == 1


def test_the_words_for_another_kind_are_others(model: classify.Model) -> None:
    text = "石桥路口小学报名要什么材料，停水两天了"
    assert any("水" in word for word in model.why(text, "供水"))
    assert not any("水" in word for word in model.why(text, "教育"))


def test_an_unknown_kind_has_no_words(model: classify.Model) -> None:
    with pytest.raises(KeyError):
        model.why("停水", "消防")


def test_the_same_texts_give_the_same_file(model: classify.Model, tmp_path: Path) -> None:
    model.save(tmp_path / "one")
    classify.train(*tickets(80)).save(tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_stored_model_says_the_same(model: classify.Model, tmp_path: Path) -> None:
    model.save(tmp_path / "kind.model")
    stored = classify.load(tmp_path / "kind.model")
    texts = tickets(10, seed=6)[0]
    assert stored.suggest_many(texts) == model.suggest_many(texts)
    assert stored.why(texts[0], "供水") == model.why(texts[0], "供水")
    assert (stored.labels, stored.trained_on, stored.sure_from) == (
        model.labels,
        model.trained_on,
        model.sure_from,
    )
    assert [each.name for each in tmp_path.iterdir()] == ["kind.model"]


def test_a_stored_model_holds_no_word_of_the_texts(model: classify.Model, tmp_path: Path) -> None:
    model.save(tmp_path / "kind.model")
    content = (tmp_path / "kind.model").read_bytes()
    for word in ("水管", "烧烤", "柳岸", "报名"):
        for encoding in ("utf-8", "utf-16-le", "utf-32-le", "gb18030"):
            assert word.encode(encoding) not in content


@pytest.mark.parametrize("place", [0, 40, 60, 400, -5])
def test_a_damaged_model_is_refused(model: classify.Model, tmp_path: Path, place: int) -> None:
    path = tmp_path / "kind.model"
    model.save(path)
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    with pytest.raises(ValueError, match="请重新训练"):
        classify.load(path)


def test_half_a_model_and_another_file_are_refused(model: classify.Model, tmp_path: Path) -> None:
    path = tmp_path / "kind.model"
    model.save(path)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(ValueError, match="已损坏"):
        classify.load(path)
    for content in (b"", b"PK\x03\x04", b"x" * 1000):
        path.write_bytes(content)
        with pytest.raises(ValueError, match="不是本系统的分类模型"):
            classify.load(path)
    with pytest.raises(OSError, match="nowhere"):
        classify.load(tmp_path / "nowhere")


def test_a_model_of_an_older_format_is_refused(model: classify.Model, tmp_path: Path) -> None:
    path = tmp_path / "kind.model"
    model.save(path)
    body = path.read_bytes()[32:].replace(b"shangliang classify 2", b"shangliang classify 1", 1)
    path.write_bytes(hashlib.sha256(body).digest() + body)
    with pytest.raises(ValueError, match="版本不同，请重新训练"):
        classify.load(path)


def test_reading_a_model_needs_neither_scipy_nor_sklearn(model: classify.Model, tmp_path: Path) -> None:
    model.save(tmp_path / "kind.model")
    script = (
        "import sys; from shangliang.analysis import classify; model = classify.load(sys.argv[1]);"
        "text = '清河街道停水两天了'; model.suggest(text); model.why(text, '供水');"
        "heavy = {'scipy', 'sklearn'} & {name.split('.')[0] for name in sys.modules}; assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "kind.model")], check=True)


@pytest.mark.parametrize(
    ("texts", "labels", "sentence"),
    [
        (["停水"] * 30, ["供水"] * 29, "条数不一样"),
        (["停水"] * 30, ["供水"] * 30, "至少要有两个类别"),
        (["停水"] * 30, ["供水"] * 29 + ["城管"], "至少要有两个类别"),
        (["停水"] * 10, ["供水", "城管"] * 5, "只有 10 条"),
        ([chr(0x4E00 + at) for at in range(30)], ["供水", "城管"] * 15, "没有共同的字词"),
        ([], [], "至少要有两个类别"),
    ],
)
def test_too_little_to_learn_from_is_refused(texts: list[str], labels: list[str], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        classify.train(texts, labels)


def test_a_kind_of_one_text_is_left_out() -> None:
    texts, labels = tickets(20)
    assert classify.train([*texts, "井盖响"], [*labels, "市政"]).labels == ("供水", "城管", "教育")


def test_two_kinds_are_enough() -> None:
    texts, labels = tickets(40)
    kept = [(text, label) for text, label in zip(texts, labels, strict=True) if label != "教育"]
    model = classify.train(*map(list, zip(*kept, strict=True)))  # type: ignore[arg-type]
    assert [one.label for one in model.suggest("停水两天了")] == ["供水", "城管"]


def test_long_numbers_are_never_features() -> None:
    assert prepared("电话13900001234，单号20***1，2018年") == "电话#，单号#，2018年"
    assert prepared("电话１３９００００１２３４") == "电话#"
    one, other = (grams_of(prepared(f"找我 {number} 谢谢")).hashes for number in ("13900001234", "98765"))
    assert np.array_equal(one, other)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("路灯不亮，请市政尽快核实处理。", "请市政尽"),
        ("请城管核实。又来电：请水务局核实处理！（请职能局按规定在30分钟内联系市民）", "请水务局核"),
        ("想问一下报名时间", ""),
    ],
)
def test_the_last_request_names_whom_the_clerk_wants(text: str, asked: str) -> None:
    start, end = request_in(prepared(text))
    assert prepared(text)[start:end] == asked


def lesson(texts: list[str], labels: list[str]) -> Lesson:
    """What is learned of the texts before any view is fitted."""
    names = sorted(set(labels))
    classes = np.array([names.index(label) for label in labels])
    return Lesson([grams_of(prepared(text)) for text in texts], classes, len(names))


def weight(learned: Lesson, sign: str) -> float:
    """The weight of a sign of the whole text."""
    column = learned.features.columns(grams_of(sign).hashes[:1])[0]
    return float(learned.features.weights[column])


def test_a_sign_that_tells_the_kinds_apart_weighs_more_than_one_as_rare_that_does_not() -> None:
    texts = [
        f"停水{'春' if at % 2 else '秋'}" if at < 20 else f"摆摊{'春' if at % 2 else '秋'}"
        for at in range(40)
    ]
    learned = lesson(texts, ["供水"] * 20 + ["城管"] * 20)
    assert weight(learned, "水") > 10 * weight(learned, "春")
    assert weight(learned, "摊") == pytest.approx(weight(learned, "水"), rel=0.01)


def test_the_rows_learned_from_are_the_rows_a_stored_model_reads() -> None:
    texts, labels = tickets(30)
    learned = lesson(texts, labels)
    read = matrix(learned.features, [grams_of(prepared(text)) for text in texts])
    assert np.allclose(learned.rows.toarray(), read.toarray(), atol=1e-5)
    lengths = np.sqrt((read.toarray()[:, learned.features.groups == 0] ** 2).sum(1))
    assert np.allclose(lengths, 1, atol=1e-4)


def test_a_kind_missing_from_a_part_leaves_every_weight_a_number() -> None:
    grams = [grams_of(prepared(text)) for text in tickets(10)[0]]
    learned = Lesson(grams, np.arange(len(grams)) % 2, 5)
    assert np.isfinite(learned.features.weights).all()
    assert (learned.features.weights >= 0).all()


def test_a_text_of_any_length_is_taken(model: classify.Model) -> None:
    for text in ("", "水", "停水两天了" * 5000, "\ud800坏字符停水"):
        assert len(model.suggest(text)) == 3
