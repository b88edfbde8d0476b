"""python manage.py metric: one line of JSON on stdout, everything else on stderr, exit 0, 1 or 2."""

import json

import pytest
from django.core.management import ManagementUtility

from shangliang.people.tests.factories import district
from shangliang.statistics.tests import factories as rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command line as manage.py does; return (exit code, stdout, stderr)."""
    monkeypatch.setattr("django.core.management.base.connections.close_all", lambda: None)

    def at_the_command_line(*words):
        try:
            ManagementUtility(["manage.py", "metric", *words]).execute()
            code = 0
        except SystemExit as left:
            code = left.code
        said = capsys.readouterr()
        return code, said.out, said.err

    return at_the_command_line


@pytest.fixture
def place():
    return district()


def test_one_figure_is_one_line_with_the_promised_keys(run, place):
    topic = rows.topic(place)
    code, out, _err = run("M-18", "--committee", "yunchuan", "--json")
    assert code == 0 and out.count("\n") == 1
    found = json.loads(out)
    assert list(found) == ["metric", "version", "value", "parts", "unit", "rows", "sha256"]
    assert found["rows"] == [topic.code] and len(found["sha256"]) == 64


def test_all_figures_are_one_line_with_a_list(run, place):
    code, out, _err = run("--all", "--committee", "yunchuan", "--json")
    assert code == 0 and out.count("\n") == 1
    assert [one["metric"] for one in json.loads(out)] == ["M-17", "M-18", "M-19", "M-27"]


def test_a_figure_nobody_can_say_yet_is_null_and_still_a_success(run, place):
    code, out, _err = run("M-19", "--committee", "yunchuan", "--json")
    assert code == 0 and json.loads(out)["value"] is None


def test_days_narrow_the_figure(run, place):
    rows.topic(place)
    _code, out, _err = run("M-18", "--committee", "yunchuan", "--from", "2026-09-09", "--to", "2026-09-30")
    assert json.loads(out)["value"] == 0
    _code, out, _err = run("M-18", "--committee", "yunchuan", "--as-of", "2026-09-08")
    assert json.loads(out)["value"] == 1


def test_a_committee_that_is_not_there_ends_with_one(run, place):
    code, out, err = run("M-18", "--committee", "nowhere")
    assert (code, out) == (1, "") and "nowhere" in err


@pytest.mark.parametrize("words", [
    ("M-99", "--committee", "yunchuan"),
    ("--committee", "yunchuan"),
    ("M-18",),
    ("M-18", "--all", "--committee", "yunchuan"),
    ("M-18", "--committee", "yunchuan", "--from", "yesterday"),
    ("M-18", "--committee", "yunchuan", "--as-of", "2026-09-08", "--to", "2026-09-09"),
    ("M-18", "--committee", "yunchuan", "--from", "2026-09-09", "--to", "2026-09-08"),
])  # fmt: skip
def test_wrong_usage_ends_with_two_and_an_empty_stdout(run, place, words):
    code, out, err = run(*words)
    assert (code, out) == (2, "") and err


def test_a_day_at_the_end_of_the_calendar_breaks_nothing(run):
    rows.topic(district())
    code, out, _err = run("M-18", "--committee", "yunchuan", "--as-of", "9999-12-31")
    assert code == 0 and json.loads(out)["value"] == 1
