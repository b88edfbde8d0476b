"""The pages of the figures: who may open them, what stands on them, the workbook."""

from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from shangliang.people.middleware import ACTING_KEY
from shangliang.people.tests.factories import district
from shangliang.statistics.tests import factories as rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return district()


@pytest.fixture
def sit(client, place):
    """Sign in as somebody of the cast; return the client."""

    def down(key):
        held = place.appointments[key]
        client.force_login(held.person, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session[ACTING_KEY] = held.pk
        session.save()
        return client

    return down


@pytest.mark.parametrize(("key", "answer"), [
    ("clerk", 200), ("leader", 200), ("member", 200), ("reviewer", 404), ("keeper", 404), ("unit", 404),
    ("authority_clerk", 404), ("officer", 404), ("admin", 404),
])  # fmt: skip
def test_figures_open_for_the_office_and_members_alone(sit, key, answer):
    seated = sit(key)
    assert seated.get(reverse("statistics:figures")).status_code == answer
    assert seated.get(reverse("statistics:figure", args=["M-18"])).status_code == answer


def test_a_visitor_is_sent_to_sign_in(client, place):
    assert client.get(reverse("statistics:figures")).status_code == 302


def test_a_figure_shows_its_definition_its_parts_and_its_rows(sit, place):
    topic = rows.topic(place)
    page = sit("clerk").get(reverse("statistics:figure", args=["M-18"])).content.decode()
    assert topic.code in page and "群众出题" in page and "唯一的主要来源" in page


def test_no_number_is_said_as_no_number(sit, place):
    page = sit("clerk").get(reverse("statistics:figure", args=["M-19"])).content.decode()
    assert "还没有可以数的" in page


def test_a_small_denominator_is_named(sit, place):
    rows.solved_matter(place)
    page = sit("clerk").get(reverse("statistics:figure", args=["M-27"])).content.decode()
    assert "不算百分比" in page and "%" not in page.split("<main")[1].split("</main>")[0]


def test_wrong_days_get_a_sentence_and_stay_typed(sit, place):
    page = sit("clerk").get(reverse("statistics:figures"), {"from": "2026-09-30", "to": "2026-09-01"})
    assert "写反了" in page.content.decode() and "2026-09-30" in page.content.decode()


def test_a_period_narrows_the_page(sit, place):
    topic = rows.topic(place)
    page = sit("clerk").get(reverse("statistics:figure", args=["M-18"]), {"to": "2026-09-07"})
    assert topic.code not in page.content.decode()


def test_the_workbook_holds_one_row_for_each_counted_one(sit, place):
    codes = {rows.topic(place).code for _number in range(3)}
    answer = sit("clerk").get(reverse("statistics:figure", args=["M-18"]), {"format": "xlsx"})
    book = load_workbook(BytesIO(answer.content))
    cells = {cell.value for row in book.worksheets[0].iter_rows() for cell in row}
    assert codes <= cells
    assert any(row[1].value == 3 for row in book.worksheets[1].iter_rows())


def test_an_unknown_figure_is_not_there(sit, place):
    assert sit("clerk").get(reverse("statistics:figure", args=["M-99"])).status_code == 404


def test_two_hundred_rows_need_no_more_queries_than_five(sit, place, django_assert_max_num_queries):
    seated = sit("clerk")
    for number in (5, 195):
        for _one in range(number):
            rows.topic(place)
        with django_assert_max_num_queries(12):
            assert seated.get(reverse("statistics:figure", args=["M-18"])).status_code == 200
