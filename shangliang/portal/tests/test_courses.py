"""The office's own page of a matter and the list of them."""

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
    for words in ("坐下来商量", "装好了十二盏灯", "请反映人评价", "subject=matter:" + matter.code, "三项清单"):
        assert words in page


@pytest.mark.parametrize(("key", "answer"), [
    ("clerk", 200), ("leader", 200), ("reviewer", 200), ("member", 404), ("unit", 404), ("authority_clerk", 404),
    ("keeper", 404), ("officer", 404), ("admin", 404),
])  # fmt: skip
def test_matters_open_for_the_office_and_reviewers_alone(sit, place, key, answer):
    matter, seated = made.whole_matter(place), sit(key)
    assert seated.get(reverse("portal:all_matters")).status_code == answer
    assert seated.get(reverse("portal:matter_course", args=[matter.code])).status_code == answer


def test_another_committee_sees_none_of_it(sit, place):
    matter, other = made.whole_matter(place), district("qingshan", "QS", "青山区政协")
    assert sit("clerk", other).get(reverse("portal:matter_course", args=[matter.code])).status_code == 404
    assert matter.code not in sit("clerk", other).get(reverse("portal:all_matters")).content.decode()


def test_matters_are_found_by_the_clerks_title_and_never_by_a_persons_words(sit, place):
    matter = rows.matter(place, reporting.ESTABLISH, title="桥下没有灯")
    rows.report(place, matter, text="金丝雀原话")
    found = sit("clerk").get(reverse("portal:all_matters"), {"q": "桥下"}).content.decode()
    assert matter.code in found
    assert matter.code not in sit("clerk").get(reverse("portal:all_matters"), {"q": "金丝雀"}).content.decode()


def test_the_list_narrows_by_state(sit, place):
    one = rows.matter(place, reporting.ESTABLISH)
    other = rows.matter(place, reporting.ESTABLISH, reporting.CONSULT)
    page = sit("clerk").get(reverse("portal:all_matters"), {"state": "consulting"}).content.decode()
    assert other.code in page and one.code not in page


def test_two_hundred_matters_need_no_more_queries_than_five(sit, place, django_assert_max_num_queries):
    seated = sit("clerk")
    for number in (5, 195):
        for _one in range(number):
            rows.matter(place, reporting.ESTABLISH, reports=0)
        with django_assert_max_num_queries(12):
            assert seated.get(reverse("portal:all_matters")).status_code == 200
