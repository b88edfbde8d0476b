"""The command that chooses a panel: what it prints, what it writes, and how it refuses."""

import json
import random
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from shangliang.analysis import panel


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Sixty volunteers of two categories, in households of about two."""
    rng = random.Random(7)
    people = [f"v{n},h{rng.randrange(40)},{rng.choice('男男女')},{rng.choice('老中中青')}" for n in range(60)]
    quotas = ["性别,男,4,6", "性别,女,4,6", "年龄,老,2,5", "年龄,中,2,5", "年龄,青,2,5"]
    (tmp_path / "quotas.csv").write_text("\n".join(["category,feature,min,max", *quotas]), encoding="utf-8")
    (tmp_path / "people.csv").write_text("\n".join(["id,household,性别,年龄", *people]), encoding="utf-8")
    return [
        "--categories",
        str(tmp_path / "quotas.csv"),
        "--respondents",
        str(tmp_path / "people.csv"),
        "--size",
        "10",
    ]


def printed(*arguments: str) -> dict:
    """Run the command and read the JSON it prints."""
    out = StringIO()
    call_command("select_panel", *arguments, stdout=out)
    return dict(json.loads(out.getvalue()))


@pytest.mark.parametrize("algorithm", ["leximin", "maximin", "lot"])
def test_it_prints_the_panel_the_figures_and_everybodys_chance(files, algorithm):
    found = printed(*files, "--algorithm", algorithm, "--seed", "2031-05-01")
    assert found["algorithm"] == algorithm
    assert len(set(found["panel"])) == 10
    assert set(found["panel"]) <= set(found["probabilities"])
    assert len(found["probabilities"]) == 60
    assert sum(found["probabilities"].values()) == pytest.approx(10)
    assert found["min_probability"] == min(found["probabilities"].values())
    assert 0 <= found["gini"] < 1
    assert found["seconds"] >= 0
    assert found["over"] == "types"


def test_leximin_is_never_below_the_simple_lot(files):
    fair, simple = (printed(*files, "--algorithm", name, "--seed", "s") for name in ("leximin", "lot"))
    assert fair["proven"] is True
    assert simple["min_probability"] <= fair["min_probability"] + 1e-6 <= fair["upper_bound"] + 1e-5


def test_the_same_seed_draws_the_same_panel_and_the_record_written_can_be_redone(files, tmp_path):
    one = printed(*files, "--seed", "七", "--protocol", str(tmp_path / "record.json"))
    again, other = printed(*files, "--seed", "七"), printed(*files, "--seed", "八")
    assert one["panel"] == again["panel"] != other["panel"]
    record = json.loads((tmp_path / "record.json").read_text(encoding="utf-8"))
    assert panel.redo(record) == one["panel"]
    assert panel.probabilities_of(record) == pytest.approx(one["probabilities"])


def test_one_per_household_takes_no_two_of_a_home_and_says_persons(files):
    homes = dict(line.split(",")[:2] for line in Path(files[3]).read_text(encoding="utf-8").splitlines()[1:])
    for seed in "abcdefgh":
        found = printed(*files, "--seed", seed, "--one-per-household")
        assert len({homes[key] for key in found["panel"]}) == 10
        assert (found["over"], found["types"]) == ("persons", 60)
        assert "每户最多一人" in found["note"]


def test_another_household_column_can_be_named(files):
    with pytest.raises(CommandError, match="缺少列：住址"):
        printed(*files, "--seed", "s", "--one-per-household", "住址")


def test_time_up_is_admitted(files):
    found = printed(*files, "--seed", "s", "--time-limit", "0")
    assert (found["asked"], found["algorithm"], found["proven"]) == ("leximin", "maximin", False)


def test_quotas_that_cannot_be_met_end_with_two_and_what_would_help(files):
    path = Path(files[1])
    path.write_text(path.read_text(encoding="utf-8").replace("女,4,6", "女,8,9"), encoding="utf-8")
    out = StringIO()
    with pytest.raises(CommandError, match="改动最小的办法") as refusal:
        call_command("select_panel", *files, "--seed", "s", stdout=out)
    assert refusal.value.returncode == 2
    told = json.loads(out.getvalue())
    assert told["panel"] is None
    assert (
        sum(one["min"][0] - one["min"][1] + one["max"][1] - one["max"][0] for one in told["relaxations"]) == 2
    )


def test_a_faulty_file_ends_with_one_and_a_sentence(files, tmp_path):
    path = Path(files[3])
    path.write_text(path.read_text(encoding="utf-8").replace(",老", ",高寿", 1), encoding="utf-8")
    with pytest.raises(CommandError, match="“年龄”列“高寿”不在名额文件里") as refusal:
        printed(*files, "--seed", "s")
    assert refusal.value.returncode == 1


def test_a_record_that_cannot_be_written_is_told(files, tmp_path):
    with pytest.raises(CommandError, match="写不进这个文件"):
        printed(*files, "--seed", "s", "--protocol", str(tmp_path / "nowhere" / "record.json"))


def test_progress_goes_to_standard_error(files, capsys):
    printed(*files, "--seed", "s", "--progress")
    assert "100% 算好了" in capsys.readouterr().err
