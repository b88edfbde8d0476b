"""Pages for everybody: they open for anybody, start no session, stay small and quick, and show nothing internal."""

import pytest
from django.db import DatabaseError
from django.urls import reverse

from shangliang.foundation.queries import ledger_head
from shangliang.people.tests.factories import district
from shangliang.portal.tests import factories as made
from shangliang.portal.views import public
from shangliang.reports import rules as reporting_rules
from shangliang.reports.actions import close_point
from shangliang.reports.models import Report
from shangliang.reports.tests.factories import point_in, report_in

pytestmark = pytest.mark.django_db

PAGES = ("home", "matters", "topics", "points", "protection", "how_to", "ledger")
MOST_BYTES = 60 * 1024


def addresses(slug="yunchuan"):
    return [reverse(f"portal:{name}", args=[slug]) for name in PAGES]


def text(answer):
    return answer.content.decode()


def test_every_page_opens_for_anybody_and_starts_no_session(client, place):
    matter = made.whole_matter(place)
    made.published(place, f"matter:{matter.code}")
    for address in [
        *addresses(),
        reverse("portal:matter", args=["yunchuan", matter.code]),
        reverse("portal:health"),
    ]:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert not answer.cookies and len(answer.content) <= MOST_BYTES, address


def test_a_committee_that_is_not_there_has_no_pages(client, place):
    assert {client.get(address).status_code for address in addresses("nowhere")} == {404}


def test_two_hundred_pages_need_no_more_than_eight_queries(client, place, django_assert_max_num_queries):
    point_in(place)
    for number in (5, 200):
        made.Publication.unscoped.all().delete()
        made.many_pages(place, number)
        made.many_pages(place, number, kind="topic")
        one = reverse("portal:matter", args=["yunchuan", "C-1"])
        for address in [*addresses(), one, f"{addresses()[0]}?q=小事", f"{addresses()[0]}?page=3"]:
            with django_assert_max_num_queries(8):
                answer = client.get(address)
            assert answer.status_code == 200 and len(answer.content) <= MOST_BYTES, address


def test_lists_are_cut_into_pages_of_twenty(client, place):
    made.many_pages(place, 45)
    first, last = (client.get(addresses()[1], {"page": page}) for page in (1, 3))
    assert len(first.context["rows"]) == 20 and len(last.context["rows"]) == 5
    assert first.context["rows"][0]["title"] == "第 44 件小事"


def test_search_looks_at_published_titles_alone(client, place):
    made.many_pages(place, 3)
    matter = made.whole_matter(place, title="没公布的小事")
    made.reviewed(place, f"matter:{matter.code}")
    page = text(client.get(addresses()[0], {"q": "小事"}))
    assert "第 2 件小事" in page and "没公布的" not in page
    assert "没有找到" in text(client.get(addresses()[0], {"q": "<script>"}))


def test_pages_of_another_committee_are_not_shown(client, place):
    matter = made.whole_matter(place)
    made.published(place, f"matter:{matter.code}")
    district("qingshan", "QS", "青山区政协")
    assert client.get(reverse("portal:matter", args=["qingshan", matter.code])).status_code == 404
    assert made.TITLE not in text(client.get(reverse("portal:home", args=["qingshan"])))


def test_a_version_of_another_page_is_not_shown(client, place):
    one, other = made.whole_matter(place), made.whole_matter(place, title="另一件事")
    made.published(place, f"matter:{one.code}")
    alien = made.published(place, f"matter:{other.code}")
    address = reverse("portal:matter", args=["yunchuan", one.code])
    assert client.get(address, {"version": alien.code}).status_code == 404


def test_words_a_clerk_wrote_are_escaped(client, place):
    matter = made.whole_matter(place)
    made.published(place, f"matter:{matter.code}", title="<script>alert(1)</script>")
    page = text(client.get(reverse("portal:matter", args=["yunchuan", matter.code])))
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_the_page_says_when_and_by_how_many_it_was_read(client, place):
    matter = made.whole_matter(place)
    made.published(place, f"matter:{matter.code}")
    assert "1 人审核" in text(client.get(reverse("portal:matter", args=["yunchuan", matter.code])))


def test_only_open_points_are_offered(client, place):
    open_one, closed = point_in(place), point_in(place, name="石桥旧点")
    close_point(closed, by=place.clerk, at=made.MORNING)
    page = text(client.get(addresses()[0]))
    assert open_one.name in page and "石桥旧点" not in page
    assert reverse("reports:report_form", args=[open_one.code]) in page


def test_todays_line_shows_the_number_and_eight_characters(client, place):
    head = ledger_head(place.committee.pk)
    page = text(client.get(reverse("portal:ledger", args=["yunchuan"])))
    assert f"第 {head.seq} 行" in page and f">{bytes(head.hash).hex()[:8]}<" in page


def test_the_protection_page_names_the_version_people_consent_to(client, place):
    assert public.CONSENT_VERSION == reporting_rules.CONSENT_VERSION
    page = text(client.get(reverse("portal:protection", args=["yunchuan"])))
    assert reporting_rules.CONSENT_VERSION in page and "180 天" in page


def test_nothing_a_resident_wrote_is_on_any_public_page(client, place):
    matter = made.whole_matter(place, verdicts=("no",) * 5)
    Report.unscoped.filter(matter=matter).update(text="金丝雀原话", place="金丝雀地点", title="金丝雀题目")
    report_in(place, "金丝雀刚到的话", place="金丝雀路")
    made.published(place, f"matter:{matter.code}")
    for address in [
        *addresses(),
        reverse("portal:matter", args=["yunchuan", matter.code]),
        f"{addresses()[0]}?q=金丝",
    ]:
        assert "金丝雀" not in text(client.get(address)), address


def test_health_tells_nothing_but_that_it_works(client, place):
    assert client.get(reverse("portal:health")).json() == {"ok": True, "database": True}


def test_health_says_so_when_the_database_is_away(client, place, monkeypatch):
    class Away:
        def cursor(self):
            raise DatabaseError

    monkeypatch.setattr("shangliang.portal.views.health.connection", Away())
    answer = client.get(reverse("portal:health"))
    assert answer.status_code == 503 and answer.json()["ok"] is False


def test_pages_of_the_office_and_of_points_are_not_taken_for_a_committee(client, place):
    assert client.get("/publications/").status_code == 302  # sign in
    assert client.get("/desk/").status_code == 302
    assert client.get("/receipt/").status_code == 200
