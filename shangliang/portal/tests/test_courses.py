"""The office's own page of a matter."""

import pytest
from django.urls import reverse

from shangliang.people.tests.factories import district
from shangliang.portal.tests import factories as made
from shangliang.reports import states as reporting
from shangliang.statistics.tests import factories as rows

pytestmark = pytest.mark.django_db


def test_a_matter_opens_with_its_course_its_ledger_and_where_to_go_on(sit, place):
    matter = made.whole_matter(place)
    page = sit("clerk").get(reverse("portal:matter_course", args=[matter.code])).content.decode()
    for words in (
        "坐下来商量",
        "装好了十二盏灯",
        "请反映人评价",
        "subject=matter:" + matter.code,
        "三项清单",
    ):
        assert words in page


@pytest.mark.parametrize(("key", "answer"), [
    ("clerk", 200), ("leader", 200), ("reviewer", 200), ("member", 404), ("unit", 404), ("authority_clerk", 404),
    ("keeper", 404), ("officer", 404), ("admin", 404),
])  # fmt: skip
def test_matters_open_for_the_office_and_reviewers_alone(sit, place, key, answer):
    matter, seated = made.whole_matter(place), sit(key)
    assert seated.get(reverse("portal:matter_course", args=[matter.code])).status_code == answer


def test_another_committee_sees_none_of_it(sit, place):
    matter, other = made.whole_matter(place), district("qingshan", "QS", "青山区政协")
    assert sit("clerk", other).get(reverse("portal:matter_course", args=[matter.code])).status_code == 404


def test_a_reviewer_reads_and_does_not_prepare(sit, place):
    matter = made.whole_matter(place)
    assert (
        "subject=matter"
        not in sit("reviewer").get(reverse("portal:matter_course", args=[matter.code])).content.decode()
    )


def test_a_matter_that_has_only_begun_has_a_page_too(sit, place):
    matter = rows.matter(place, reporting.ESTABLISH)
    page = sit("clerk").get(reverse("portal:matter_course", args=[matter.code])).content.decode()
    assert "还没有列入议题" in page and "不到 5 条线索" in page


def test_the_course_of_a_matter_is_read_once(sit, place, django_assert_max_num_queries):
    matter, clerk = made.whole_matter(place), sit("clerk")
    with django_assert_max_num_queries(36):
        clerk.get(reverse("portal:matter_course", args=[matter.code]))
