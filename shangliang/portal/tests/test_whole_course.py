"""The pages over a course that was walked by the real buttons of every stage."""

import pytest
from django.urls import reverse

from shangliang.delivery.tests.factories import assignment_at, holders_of, judging_matter, matter_of, say
from shangliang.portal.receipts import receipt_page_of
from shangliang.portal.tests import factories as made
from shangliang.statistics.definitions import computed
from shangliang.statistics.queries import METRICS, scope_of

pytestmark = pytest.mark.django_db


def test_a_judged_matter_becomes_a_page_with_its_figures(client, place):
    matter = judging_matter(place, reports=6)
    for holder in holders_of(matter):
        say(holder)
    draft = made.draft_for(place.clerk, f"matter:{matter.code}")
    facts = {one["key"]: (one["number"], one["of"]) for one in draft.content["facts"]}
    assert facts["answered"] == (6, 6) and facts["solved_yes"] == facts["satisfied_yes"] == (6, 6)
    assert {"approved", "session", "assigned", "done", "verified", "judged"} <= {
        one["key"] for one in draft.content["steps"]
    }
    made.published(place, f"matter:{matter.code}")
    page = client.get(reverse("portal:matter", args=["yunchuan", matter.code])).content.decode()
    assert matter.title in page and "6<small>/" in page


def test_a_dispatched_assignment_is_what_a_receipt_waits_for(place):
    one = assignment_at("dispatched", place)
    holder = holders_of(matter_of(one))[0]
    page = receipt_page_of(holder, one.issued_on)
    assert page.waiting.due == one.deadline_on and one.lead_unit.name in page.waiting.title
    assert page.left == one.working_days


def test_the_figures_know_what_the_buttons_wrote(place):
    matter = judging_matter(place)
    scope = scope_of(place.committee)
    topics, solved = computed(METRICS["M-18"], scope), computed(METRICS["M-27"], scope)
    assert topics["value"] == 1 and solved["rows"] == [matter.code]
    day = matter.established_on.replace(year=2027)
    for key, now in (("M-18", topics), ("M-27", solved)):
        assert computed(METRICS[key], scope_of(place.committee, as_of=day))["rows"] == now["rows"]
    before = scope_of(place.committee, as_of=matter.established_on.replace(year=2025))
    assert computed(METRICS["M-18"], before)["rows"] == computed(METRICS["M-27"], before)["rows"] == []
