"""A unit complained about never handles the matter alone, is never told why, and reads only what was written for it."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shangliang.delivery import actions
from shangliang.delivery.models import Assignment
from shangliang.delivery.tasks import warn_of_handling_alone
from shangliang.delivery.tests import factories as make
from shangliang.delivery.tests.test_micro import record
from shangliang.foundation.models import LedgerEntry, Message
from shangliang.foundation.refusals import AlreadyDone, NotYours, Refusal
from shangliang.protection import actions as protection
from shangliang.protection.models import Showing
from shangliang.protection.tests.factories import SAFE_WORDS, dispatch_text
from shangliang.reports.models import Report
from shangliang.reports.tests.factories import WORDS

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return make.district()


def name(place, matter, unit):
    report = Report.unscoped.filter(matter=matter).order_by("pk").first()
    return protection.name_unit(report, unit, by=place.clerk, at=make.MORNING)


def test_it_is_never_given_the_task_alone(place):
    matter = make.gathered_matter(place)
    name(place, matter, place.lead_unit)
    row = make.adopted_suggestion(place, matters=(matter,))
    with pytest.raises(Refusal, match="不能由它一家办"):
        actions.assign(suggestion=row, **make.what_was_issued(place, co_units=[]))
    assert not Assignment.unscoped.exists()
    one = actions.assign(suggestion=row, **make.what_was_issued(place, co_units=[place.co_unit]))
    assert one.lead_unit_id == place.lead_unit.pk


def test_somebody_else_complained_about_is_nobody_beside_it(place):
    matter = make.gathered_matter(place)
    for unit in (place.lead_unit, place.co_unit):
        name(place, matter, unit)
    row = make.adopted_suggestion(place, matters=(matter,))
    with pytest.raises(Refusal, match="没有被反映到的配合单位"):
        actions.assign(suggestion=row, **make.what_was_issued(place))
    assert actions.assign(suggestion=row, **make.what_was_issued(place, lead_unit=place.school))


def test_a_decision_cannot_leave_it_or_put_it_there_alone(place):
    matter = make.gathered_matter(place)
    row = make.adopted_suggestion(place, matters=(matter,))
    one = actions.assign(suggestion=row, **make.what_was_issued(place, co_units=[]))
    actions.object_to(one, reason="不归我们管。", by=place.unit, at=make.MORNING)
    said = {"decision": "就这样定。", "by": place.authority_clerk, "at": make.MORNING}
    for unit in (place.lead_unit, place.co_unit):
        name(place, matter, unit)
    with pytest.raises(Refusal, match=place.lead_unit.name):
        actions.uphold(one, **said)
    with pytest.raises(Refusal, match=place.co_unit.name):
        actions.reassign(one, lead_unit=place.co_unit, **said)
    one.refresh_from_db()
    assert one.state == "objected" and one.objection.decided_on is None
    assert actions.reassign(one, lead_unit=place.school, **said).lead_unit_id == place.school.pk


def test_a_micro_consultation_is_not_assigned_to_it_either(place):
    matter = make.gathered_matter(place)
    name(place, matter, place.lead_unit)
    with pytest.raises(Refusal, match="不能由它一家办"):
        record(place, matters=[matter], households="many")
    with pytest.raises(Refusal, match="有多少人说得出这件事"):
        record(place, matters=[matter])
    assert not Assignment.unscoped.exists()


def test_named_later_office_and_authority_are_told_and_the_unit_is_not(place, client):
    matter = make.gathered_matter(place)
    row = make.adopted_suggestion(place, matters=(matter,))
    one = actions.assign(suggestion=row, **make.what_was_issued(place, co_units=[]))
    name(place, matter, place.lead_unit)
    before = Message.unscoped.count()
    warn_of_handling_alone(make.MORNING.date(), make.MORNING)
    warn_of_handling_alone(make.MORNING.date(), make.MORNING)
    told = Message.unscoped.order_by("pk")[before:]
    roles = {key for key, held in place.appointments.items() for row in told if row.appointment == held.pk}
    assert roles == {"clerk", "leader", "authority_clerk"} and len(told) == 3
    page, warning = reverse("delivery:assignment", args=[one.code]), "只有它一家在办"
    for key, sees in (("clerk", True), ("authority_clerk", True), ("unit", False)):
        answer = make.sign_in(Client(), place, key).get(page).content.decode()
        assert (warning in answer) is sees, key


def test_a_unit_is_added_beside_it_and_the_warning_goes(place, client, clock):
    clock.set("2026-09-08 10:00")
    matter = make.gathered_matter(place)
    row = make.adopted_suggestion(place, matters=(matter,))
    one = actions.assign(suggestion=row, **make.what_was_issued(place, co_units=[]))
    name(place, matter, place.lead_unit)
    make.sign_in(client, place, "clerk")
    url = reverse("delivery:co_unit", args=[one.code])
    refused = client.post(url, {"organisation": place.co_unit.pk, "source": ""})
    assert refused.status_code == 422 and not one.co_units.exists()
    answer = client.post(url, {"organisation": place.co_unit.pk, "source": "区政府办电话"}, follow=True)
    assert "只有它一家在办" not in answer.content.decode()
    assert list(one.co_units.all()) == [place.co_unit]
    assert LedgerEntry.unscoped.filter(verb="assignment.add_unit").count() == 1


def test_only_the_authority_or_the_office_with_a_source_adds_a_unit(place):
    one = make.assigned(place, co_units=[])
    said = {"organisation": place.co_unit, "at": make.MORNING}
    for by in (place.unit, place.member, place.other_unit):
        with pytest.raises(NotYours):
            actions.add_co_unit(one, by=by, **said)
    with pytest.raises(Refusal, match="来源"):
        actions.add_co_unit(one, by=place.clerk, **said)
    actions.add_co_unit(one, by=place.authority_clerk, **said)
    with pytest.raises(AlreadyDone):
        actions.add_co_unit(one, by=place.authority_clerk, **said)


def test_a_unit_reads_the_dispatch_texts_signed_in_and_by_link_and_it_is_kept_which(place, client):
    matter = make.gathered_matter(place)
    row = make.adopted_suggestion(place, matters=(matter,))
    report = Report.unscoped.get(matter=matter)
    dispatch_text(place, report)
    one = actions.assign(suggestion=row, **make.what_was_issued(place))
    assert set(Showing.unscoped.values_list("unit", flat=True)) == {place.lead_unit.pk, place.co_unit.pk}
    page = make.sign_in(Client(), place, "unit").get(reverse("delivery:assignment", args=[one.code]))
    token = actions.make_link(one, by=place.clerk, at=timezone.now())
    linked = client.get(reverse("delivery:by_link", args=[token]))
    for answer in (page.content.decode(), linked.content.decode()):
        assert SAFE_WORDS in answer and "柳岸社区" in answer
        assert WORDS not in answer and report.code not in answer
    dispatch_text(place, report, "改过的一版：校门口停满了车。")
    actions.accept(one, by=place.unit, at=make.MORNING)
    seen = (
        Showing.unscoped.filter(unit=place.lead_unit.pk)
        .order_by("pk")
        .values_list("text__version", flat=True)
    )
    assert list(seen) == [1, 2]
