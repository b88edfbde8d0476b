"""Figures of a classifier: calibration, macro F1, which rows are held out, and when a new model replaces the old."""

from datetime import date, timedelta

import pytest

from shangliang.analysis.classify import Figures, Suggestion, better, evaluate, figures_of, split_held_out
from shangliang.analysis.classify.figures import macro_f1


def said(*labels: str, confidence: float = 0.8) -> list[Suggestion]:
    """Suggestions of these labels, the first with a confidence."""
    return [Suggestion(label, confidence if at == 0 else 0.05, False) for at, label in enumerate(labels)]


def figures(top1: float, macro: float, top3: float = 0.95, rows: int = 100) -> Figures:
    """Figures of a model."""
    return Figures(rows, top1, top3, macro, ())


def test_first_and_first_three_are_counted() -> None:
    found = figures_of(
        [said("甲", "乙", "丙"), said("乙", "甲", "丙"), said("丙", "乙", "丁")], ["甲", "甲", "甲"]
    )
    assert (found.rows, found.top1, found.top3) == (3, pytest.approx(1 / 3), pytest.approx(2 / 3))


def test_macro_f1_weighs_every_label_the_same_and_counts_wrongly_predicted_ones() -> None:
    assert macro_f1(["甲", "甲", "甲", "乙"], ["甲", "甲", "乙", "乙"]) == pytest.approx((0.8 + 2 / 3) / 2)
    assert macro_f1(["甲", "丙"], ["甲", "甲"]) == pytest.approx((2 / 3 + 0) / 2)


def test_calibration_tells_what_was_said_and_what_was_right() -> None:
    suggestions = [
        said("甲", confidence=0.92),
        said("甲", confidence=0.98),
        said("甲", confidence=0.35),
        said("甲", confidence=1.0),
    ]
    found = figures_of(suggestions, ["甲", "乙", "甲", "甲"])
    assert found.calibration == ((0.35, 1.0, 1), (pytest.approx(2.9 / 3), pytest.approx(2 / 3), 3))
    assert found.calibration_error == pytest.approx((0.65 + 3 * (2.9 / 3 - 2 / 3)) / 4)


def test_figures_go_through_json() -> None:
    found = figures_of([said("甲"), said("乙")], ["甲", "甲"])
    assert Figures.from_json(found.as_json()) == found


def test_nothing_to_check_is_refused() -> None:
    with pytest.raises(ValueError, match="没有可以核对的记录"):
        figures_of([], [])
    with pytest.raises(ValueError, match="没有可以核对的记录"):
        figures_of([said("甲")], ["甲", "乙"])


def test_evaluating_asks_the_model_for_every_text() -> None:
    class Fixed:
        def suggest_many(self, texts: list[str]) -> list[list[Suggestion]]:
            return [said(text, "乙") for text in texts]

    assert evaluate(Fixed(), ["甲", "丙"], ["甲", "乙"]).top1 == 0.5  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("new", "old", "replaces"),
    [
        (figures(0.86, 0.74), figures(0.85, 0.73), True),
        (figures(0.85, 0.73), figures(0.85, 0.73), False),
        (figures(0.85002, 0.73), figures(0.85, 0.73), False),
        (figures(0.84, 0.76), figures(0.85, 0.73), True),
        (figures(0.84, 0.73), figures(0.85, 0.73), False),
        (figures(0.86, 0.74, top3=0.93), figures(0.85, 0.73), False),
        (figures(0.86, 0.74, top3=0.945), figures(0.85, 0.73), True),
    ],
)
def test_a_new_model_replaces_the_old_only_where_it_is_better(
    new: Figures, old: Figures, replaces: bool
) -> None:
    assert better(new, old) is replaces


def test_models_measured_on_different_rows_are_not_compared() -> None:
    with pytest.raises(ValueError, match="同一批"):
        better(figures(0.9, 0.9, rows=10), figures(0.8, 0.8))


def test_the_latest_rows_are_held_out() -> None:
    texts = [f"第{at}件事情" for at in range(20)]
    dates = [date(2026, 1, 1) + timedelta(days=at * 7 % 20) for at in range(20)]
    learn, held = split_held_out(texts, ["甲", "乙"] * 10, dates)
    assert len(held) == 4
    assert sorted(learn + held) == list(range(20))
    assert min(dates[at] for at in held) > max(dates[at] for at in learn)


def test_no_label_is_held_out_whole_when_decisions_come_in_batches() -> None:
    texts = [f"第{at}件事情" for at in range(60)]
    labels = ["供水"] * 20 + ["供电"] * 20 + ["停车"] * 20
    learn, held = split_held_out(texts, labels, [date(2026, 1, 1) + timedelta(days=at) for at in range(60)])
    assert sorted(learn + held) == list(range(60)) and len(held) == 12
    assert {labels[at] for at in held} <= {labels[at] for at in learn}
    assert sum(labels[at] == "停车" for at in held) == 10, (
        "half of the latest batch, the rest of the one before"
    )


def test_equal_texts_stay_on_one_side() -> None:
    texts = [f"停水{'，。！'[at % 3]} {at // 3} 天" for at in range(300)]
    labels = ["供水"] * 300
    for dates in (None, [date(2026, 1, 1) + timedelta(days=at % 50) for at in range(300)]):
        learn, held = split_held_out(texts, labels, dates)
        assert 40 <= len(held) <= 60
        assert not {at // 3 for at in learn} & {at // 3 for at in held}


def test_without_dates_the_choice_hangs_on_the_texts_alone() -> None:
    texts = [f"第{at}件事情" for at in range(100)]
    _learn, held = split_held_out(texts, ["甲"] * 100)
    _learn, turned = split_held_out(texts[::-1], ["甲"] * 100)
    assert {texts[at] for at in held} == {texts[::-1][at] for at in turned}


def test_lists_of_different_length_and_odd_shares_are_refused() -> None:
    with pytest.raises(ValueError, match="条数不一样"):
        split_held_out(["停水"], [])
    with pytest.raises(ValueError, match="条数不一样"):
        split_held_out(["停水"], ["供水"], [])
    with pytest.raises(ValueError, match="比例"):
        split_held_out(["停水"], ["供水"], share=1)
