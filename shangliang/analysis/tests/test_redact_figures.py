"""How much the redaction engine finds on invented sentences, and that the measure sees it when a rule is gone."""

import time

import pytest

from shangliang.analysis.redact import find_private, names, numbers, places
from shangliang.analysis.redact_corpus import sentences
from shangliang.analysis.redact_score import scored

MANY, SEED = 900, 41
LOWER = {"姓名": 0.90, "门牌号": 0.90}
KINDS = {"手机号", "座机号", "身份证号", "银行卡号", "车牌号", "邮箱", "微信号", "QQ号", "姓名", "门牌号"}


def figures(many=MANY, seed=SEED):
    corpus = sentences(many, seed)
    return scored(
        (one.text, one.places, [(at.start, at.end, at.kind) for at in find_private(one.text)])
        for one in corpus
    )


def test_the_engine_reaches_its_floors_for_every_kind():
    found = figures()
    assert set(found) == KINDS
    for kind, figure in found.items():
        assert figure["spans"] >= 15, kind
        assert figure["recall"] >= LOWER.get(kind, 0.98), kind
        assert figure["precision"] >= 0.90, kind


@pytest.mark.parametrize("kind", sorted(KINDS - {"姓名", "门牌号"}))
def test_a_dropped_rule_is_seen_in_the_figures(kind, monkeypatch):
    monkeypatch.setattr(numbers, "RULES", tuple(rule for rule in numbers.RULES if rule.kind != kind))
    assert figures()[kind]["recall"] < 0.98


def test_names_without_the_cue_before_a_form_of_address_are_seen_in_the_figures(monkeypatch):
    monkeypatch.setattr(names, "_with_titles", lambda shadow: iter(()))
    assert figures()["姓名"]["recall"] < 0.90


def test_rooms_without_the_rule_of_the_building_are_seen_in_the_figures(monkeypatch):
    monkeypatch.setattr(places, "_SURE", places._SURE[1:])
    assert figures()["门牌号"]["recall"] < 0.90


def test_an_engine_that_hides_every_number_loses_its_precision(monkeypatch):
    def everything(shadow, digits, spans):
        return (numbers.Span(at, at + 1, "手机号") for at, sign in enumerate(shadow) if sign.isdigit())

    monkeypatch.setattr("shangliang.analysis.redact.numbers_in", everything)
    assert figures()["手机号"]["precision"] < 0.90


def test_the_checker_counts_a_half_found_place_as_lost_and_a_wide_one_as_wrong():
    text = "打13900001234谢谢大家了"
    whole = scored([(text, [(1, 12, "手机号")], [(1, 12, "手机号")])])["手机号"]
    half = scored([(text, [(1, 12, "手机号")], [(1, 8, "手机号")])])["手机号"]
    wide = scored([(text, [(1, 12, "手机号")], [(0, 16, "手机号")])])["手机号"]
    other = scored([(text, [(1, 12, "手机号")], [(1, 12, "QQ号")])])
    assert whole == {"recall": 1.0, "precision": 1.0, "spans": 1}
    assert half["recall"] == 0.0 and wide["recall"] == 1.0 and wide["precision"] == 0.0
    assert other["手机号"]["recall"] == 0.0 and other["QQ号"]["precision"] == 0.0


def test_the_corpus_knows_its_places_and_is_the_same_for_one_seed():
    corpus = sentences(300, 7)
    assert corpus == sentences(300, 7) != sentences(300, 8)
    assert all(one.text[start:end].strip() for one in corpus for start, end, _kind in one.places)
    assert 0.2 < sum(not one.places for one in corpus) / len(corpus) < 0.6


def test_five_hundred_signs_take_about_a_millisecond():
    text = ("".join(one.text for one in sentences(40, 5)))[:500]
    find_private(text)
    best = min(_seconds(text) for _ in range(20))
    assert best < 0.005  # a loaded machine; about 0.001 on a quiet one


def _seconds(text):
    began = time.perf_counter()
    find_private(text)
    return time.perf_counter() - began
