"""The commands that judge pairs of messages and make the weights again: figures as one JSON line, plain refusals."""

import csv
import json
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from shangliang.analysis.tests.test_same_matter import GATE, GATE_AGAIN, GATE_CANTEEN, LAMP, OTHER_GATE

TEXTS = [GATE, GATE_AGAIN, GATE_CANTEEN, OTHER_GATE, LAMP]
LABELLED = "a\tb\tlabel\tweight\n1\t2\tS\t3\n1\t3\tR\t1\n1\t4\tD\t1\n1\t5\tD\t2\n"


def _messages(folder: Path) -> str:
    path = folder / "messages.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("id", "title", "body"))
        out.writerows((number, *text) for number, text in enumerate(TEXTS, start=1))
    return str(path)


def _pairs(folder: Path, words: str) -> str:
    path = folder / "pairs.tsv"
    path.write_text(words, "utf-8")
    return str(path)


def _run(name: str, *arguments: str) -> dict[str, object]:
    out = StringIO()
    call_command(name, *arguments, stdout=out)
    lines = out.getvalue().splitlines()
    assert len(lines) == 1
    return json.loads(lines[0])


def test_labelled_pairs_give_all_figures_and_a_file(tmp_path):
    files = "--messages", _messages(tmp_path), "--pairs", _pairs(tmp_path, LABELLED)
    figures = _run("same_matter", *files, "--predictions", str(tmp_path / "out.csv"))
    assert list(figures) == ["pairs", "pairs_per_s", "precision", "recall", "f1", "weighted_f1"]
    assert figures["pairs"] == 4 and figures["recall"] == 1.0
    rows = (tmp_path / "out.csv").read_text("utf-8").splitlines()
    assert rows[0] == "a,b,score,same" and len(rows) == 5 and rows[1].endswith(",1")


def test_unlabelled_pairs_give_scores_and_no_figures(tmp_path):
    files = "--messages", _messages(tmp_path), "--pairs", _pairs(tmp_path, "a,b\n1,2\n")
    figures = _run("same_matter", *files)
    assert figures["f1"] is figures["precision"] is figures["weighted_f1"] is None


@pytest.mark.parametrize(("pairs", "words"), [("x,b\n1,2\n", "缺少列"), ("a,b\n1,99\n", "99")])
def test_what_is_wrong_is_said_in_a_sentence(tmp_path, pairs, words):
    with pytest.raises(CommandError, match=words):
        _run("same_matter", "--messages", _messages(tmp_path), "--pairs", _pairs(tmp_path, pairs))
    with pytest.raises(CommandError, match="找不到"):
        _run("same_matter", "--messages", str(tmp_path / "no.csv"), "--pairs", _pairs(tmp_path, pairs))


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_training_twice_gives_the_same_numbers_and_nothing_but_numbers(tmp_path):
    files = "--messages", _messages(tmp_path), "--pairs", _pairs(tmp_path, LABELLED)
    kept = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        assert _run("train_same_matter", *files, "--into", str(tmp_path / name))["pairs"] == 4
        kept.append({file: dict(np.load(tmp_path / name / file)) for file in ("forest.npz", "network.npz")})
    for file, values in kept[0].items():
        for key, value in values.items():
            assert value.dtype.kind in "fi" and np.array_equal(value, kept[1][file][key])


def test_training_needs_a_label_for_every_pair(tmp_path):
    with pytest.raises(CommandError, match="label"):
        _run(
            "train_same_matter", "--messages", _messages(tmp_path), "--pairs", _pairs(tmp_path, "a,b\n1,2\n")
        )
