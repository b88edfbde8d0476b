"""Suggestions: three with how sure, why, and by whom they may be read; the web process loads numpy and nothing heavier."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings as real

from shangliang.analysis.classify import Suggestion
from shangliang.foundation.files import path_of
from shangliang.people.tests.factories import MORNING, district
from shangliang.sorting.actions import retire_category
from shangliang.sorting.models import TrainedModel
from shangliang.sorting.models_chart import chart_of
from shangliang.sorting.queries import suggesting
from shangliang.sorting.queries.suggesting import (
    kinds_suggested,
    label_of_elsewhere,
    label_of_unit,
    models_in_use,
    tried_when_as_sure,
    units_suggested,
)
from shangliang.sorting.tests.lessons import DARK, DARK_AND_LOUD, kinds_of, taught

pytestmark = pytest.mark.django_db


def test_kinds_come_with_how_sure_and_why():
    place = district()
    kinds = kinds_of(place)
    taught(place, kinds)
    said = kinds_suggested(place.clerk, models_in_use(place.clerk)["kind"], DARK)
    assert said[0].pk == kinds["路灯"].pk and said[0].name == "城市管理 / 照明"
    assert said[0].percent == round(100 * said[0].confidence)
    assert said[0].why and all(word in DARK for word in said[0].why)
    assert any("灯" in word for word in said[0].why)


def test_where_it_might_be_several_kinds_three_are_offered_the_likeliest_first():
    place = district()
    taught(place, kinds_of(place))
    said = kinds_suggested(place.clerk, models_in_use(place.clerk)["kind"], DARK_AND_LOUD)
    assert len(said) == 3 and said[0].confidence > said[1].confidence >= said[2].confidence
    assert not any(one.is_sure for one in said[1:])


def test_nothing_is_suggested_without_a_model_or_without_words():
    place = district()
    kinds = kinds_of(place)
    assert kinds_suggested(place.clerk, None, DARK) == []
    taught(place, kinds)
    assert kinds_suggested(place.clerk, models_in_use(place.clerk)["kind"], " \n") == []


def test_a_kind_retired_since_is_passed_over():
    place = district()
    kinds = kinds_of(place)
    taught(place, kinds)
    retire_category(kinds["噪音"], by=place.clerk, at=MORNING)
    said = kinds_suggested(place.clerk, models_in_use(place.clerk)["kind"], DARK_AND_LOUD)
    assert said and kinds["噪音"].pk not in [one.pk for one in said]


def test_units_and_other_systems_are_suggested_by_name():
    place = district()
    labels = {
        "路灯": label_of_unit(place.lead_unit.pk),
        "停车": label_of_unit(place.co_unit.pk),
        "垃圾": label_of_elsewhere("区城市管理平台"),
    }
    taught(place, labels, "unit")
    row = models_in_use(place.clerk)["unit"]
    first = units_suggested(place.clerk, row, DARK)[0]
    assert (first.pk, first.name) == (place.lead_unit.pk, place.lead_unit.name)
    other = units_suggested(place.clerk, row, "小区东门垃圾堆了几天发臭")[0]
    assert (other.pk, other.name) == (None, "区城市管理平台")


@pytest.mark.parametrize(
    "who", ["member", "admin", "unit", "reviewer", "keeper", "authority_clerk", "officer"]
)
def test_nobody_outside_the_office_is_told_of_a_model(who):
    place = district()
    taught(place, kinds_of(place))
    viewer = getattr(place, who)
    assert models_in_use(viewer) == {} and not suggesting.models_seen_by(viewer).exists()
    assert suggesting.lessons_of(viewer) == {}


def test_another_committees_model_does_not_suggest_here():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    taught(place, kinds_of(place))
    assert models_in_use(elsewhere.clerk) == {}
    row = models_in_use(place.clerk)["kind"]
    assert kinds_suggested(elsewhere.clerk, row, DARK) == []  # its kinds are not theirs


def test_a_file_that_is_gone_or_spoilt_suggests_nothing_and_breaks_nothing():
    place = district()
    taught(place, kinds_of(place))
    row = models_in_use(place.clerk)["kind"]
    suggesting._loaded.clear()
    path_of(row.file.name).write_bytes(b"spoilt")
    assert kinds_suggested(place.clerk, row, DARK) == []
    path_of(row.file.name).unlink()
    assert kinds_suggested(place.clerk, row, DARK) == []


def test_no_more_than_two_models_are_held_in_a_process():
    suggesting._loaded.clear()
    for slug, prefix, name in (("a", "AA", "甲区政协"), ("b", "BB", "乙区政协"), ("c", "CC", "丙区政协")):
        place = district(slug, prefix, name)
        taught(place, kinds_of(place))
        assert kinds_suggested(place.clerk, models_in_use(place.clerk)["kind"], DARK)
    assert len(suggesting._loaded) == 2
    latest = TrainedModel.unscoped.order_by("-pk").first()
    assert latest.file.name in suggesting._loaded


def test_the_new_model_suggests_as_soon_as_it_is_taken(monkeypatch):
    place = district()
    kinds = kinds_of(place)
    first = taught(place, kinds)
    kinds_suggested(place.clerk, models_in_use(place.clerk)["kind"], DARK)
    TrainedModel.unscoped.filter(pk=first.pk).update(is_current=False)
    swapped = {"路灯": kinds["停车"], "停车": kinds["路灯"], "垃圾": kinds["垃圾"], "噪音": kinds["噪音"]}
    taught(place, swapped, at=MORNING + timedelta(days=8))
    said = kinds_suggested(place.clerk, models_in_use(place.clerk)["kind"], DARK)
    assert said[0].pk == kinds["停车"].pk


def test_how_often_it_was_right_is_counted_and_said_only_where_enough_were_as_sure():
    figures = {"rows": 40, "top1": 0.8, "top3": 0.9, "macro_f1": 0.8}
    bands = [[0.35, 0.3, 9], [0.95, 1.0, 18]]
    said = {**figures, "calibration": bands}
    assert tried_when_as_sure(said, 0.97) == (18, 18)
    assert tried_when_as_sure(said, 0.4) is None
    assert tried_when_as_sure({}, 0.9) is None


def test_what_is_hardly_likely_is_not_offered(monkeypatch):
    place = district()
    kinds = kinds_of(place)
    taught(place, kinds)
    row = models_in_use(place.clerk)["kind"]
    names = {"路灯": 0.9, "停车": suggesting.WORTH_READING, "垃圾": suggesting.WORTH_READING - 0.001}
    said = [Suggestion(str(kinds[trouble].pk), sure, False) for trouble, sure in names.items()]
    monkeypatch.setattr(suggesting, "_suggestions", lambda *_: said)
    assert [one.pk for one in kinds_suggested(place.clerk, row, DARK)] == [kinds["路灯"].pk, kinds["停车"].pk]


def test_the_chart_stands_on_the_diagonal_where_the_model_says_what_it_knows():
    chart = chart_of([(0.0, 0.0, 1), (1.0, 1.0, 4)])
    low, high = chart.dots
    assert (low.x, low.y) == (chart.left, chart.bottom) and (high.x, high.y) == (chart.right, chart.top)
    assert high.radius > low.radius and chart_of([]) is None


def test_a_web_process_suggests_without_sklearn_and_scipy():
    place = district()
    row = taught(place, kinds_of(place))
    code = (
        "import sys, django; django.setup()\n"
        "import config.wsgi, config.urls, shangliang.reports.views.sorting, shangliang.sorting.views.models_page\n"
        "from django.urls import get_resolver; get_resolver().url_patterns\n"
        "from pathlib import Path\n"
        "from shangliang.sorting.queries import suggesting as one\n"
        "from shangliang.foundation.models import StoredFile\n"
        "from shangliang.sorting.models import TrainedModel\n"
        f"one.path_of = lambda _name: Path({str(path_of(row.file.name))!r})\n"
        "row = TrainedModel(file=StoredFile(name='x'), figures={})\n"
        f"said = one._suggestions(row, {DARK!r})\n"
        "assert len(said) == 3 and one._model(row).why('路灯坏了', said[0].label) is not None\n"
        "print(sorted({'numpy', 'scipy', 'sklearn'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=real.BASE,
        env={"DJANGO_SETTINGS_MODULE": "config.settings_test", "PATH": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.split("\n")[-2] == "['numpy']"
