"""The page of the models: figures, chart, history, the share that was taken, and the button."""

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from shangliang.people.tests.factories import MORNING, district
from shangliang.sorting.models import Lesson, TrainedModel
from shangliang.sorting.tests.lessons import kinds_of, taught

pytestmark = pytest.mark.django_db


def client_of(client, place, who="clerk"):
    client.force_login(place.appointments[who].person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client, address="/sorting/models/"):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_before_the_first_lesson_the_page_says_what_it_takes(client):
    place = district()
    shown = page(client_of(client, place))
    assert "至少要 50 条" in shown and "还没有学过" in shown and "还没有人在系统猜过之后定类别" in shown


def test_the_page_shows_the_model_in_use_its_figures_its_chart_and_their_table(client):
    place = district()
    row = taught(place, kinds_of(place))
    shown = page(client_of(client, place, "leader"))
    assert f"从 {row.examples} 条以前的处理里学，认得 4 个" in shown and f"最近的 {row.held_out} 条" in shown
    right = round(row.held_out * row.figures["top1"])
    assert row.held_out < 100 and f">{right}<small>条（考了 {row.held_out} 条；条数少，往后大约 " in shown
    assert "<small>%</small>" not in shown and f"{row.held_out} 条里 {right} 条" in shown
    assert "<svg" in shown and "<circle" in shown and "它说有几成把握" in shown
    assert "在用" in shown


def test_the_history_says_why_a_later_one_was_not_taken(client):
    place = district()
    kinds = kinds_of(place)
    taught(place, kinds)
    taught(place, kinds, at=MORNING + timedelta(days=8))
    shown = page(client_of(client, place))
    assert "没有更好，接着用原来的" in shown and TrainedModel.unscoped.count() == 2


def test_the_button_asks_once_and_says_so(client):
    place = district()
    client_of(client, place)
    assert "排上了" in client.post("/sorting/models/", follow=True).content.decode()
    assert "等着学" in page(client) and Lesson.unscoped.exclude(asked_at=None).count() == 2
    assert "已经排上了" in client.post("/sorting/models/", follow=True).content.decode()


def test_a_lesson_that_was_broken_off_is_said(client):
    place = district()
    Lesson(committee=place.committee, subject="kind", looked_at=MORNING, went_wrong=True).save()
    assert "上一次没学成" in page(client_of(client, place))


def test_the_rows_behind_the_share_are_there_when_there_are_none(client):
    place = district()
    client_of(client, place)
    assert "还没有定过类别" in page(client, "/sorting/models/taken/")
    book = load_workbook(io.BytesIO(client.get("/sorting/models/taken/?format=xlsx").content))
    assert book.worksheets[0]["A1"].value == "什么时候"


def test_another_committees_model_is_not_shown(client):
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    taught(place, kinds_of(place))
    assert "<svg viewBox" not in page(client_of(client, elsewhere))
