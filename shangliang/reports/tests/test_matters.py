"""Where a matter goes, who may move it, and what those who spoke are told each time."""

import inspect

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from shangliang.foundation.codes import new_form_key
from shangliang.foundation.models import LedgerEntry
from shangliang.foundation.refusals import NotYours, WrongState
from shangliang.foundation.viewer import NOBODY, LinkHolder, System
from shangliang.reports import actions, notices, queries
from shangliang.reports.actions.joining import join
from shangliang.reports.models import Matter, Report, ThreadEntry, ThreadKind
from shangliang.reports.queries import (
    get_matter_for,
    matter_by_id,
    matters_free_for_topics,
    matters_seen_by,
    reports_of,
    reports_seen_by,
)
from shangliang.reports.states import MatterState
from shangliang.reports.tests.factories import (
    MORNING,
    district,
    gathered_matter,
    held_report,
    holder_of,
    look_back_day,
    matter_at,
    report_in,
)

pytestmark = pytest.mark.django_db
DAY = look_back_day(MORNING)


def notices_told():
    return list(
        ThreadEntry.unscoped.filter(kind=ThreadKind.NOTICE).order_by("pk").values_list("text", flat=True)
    )


STEPS = (
    (MatterState.GATHERED, MatterState.CONSULTING, actions.begin_consulting, notices.being_consulted, {}),
    (MatterState.CONSULTING, MatterState.GATHERED, actions.leave_consulting, notices.laid_back, {}),
    (MatterState.CONSULTING, MatterState.DELIVERING, actions.begin_delivering, notices.handed_on, {}),
    (MatterState.DELIVERING, MatterState.JUDGING, actions.ask_for_verdicts, notices.asked_for_verdict, {}),
    (MatterState.JUDGING, MatterState.DELIVERING, actions.reopen_matter, notices.taken_up_again, {}),
    (
        MatterState.JUDGING,
        MatterState.CLOSED,
        actions.close_matter,
        lambda: notices.closed(DAY),
        {"look_back_on": DAY},
    ),
)


@pytest.mark.parametrize("before, after, act, words, more", STEPS)
def test_each_step_moves_the_matter_and_tells_everybody_in_it_once(before, after, act, words, more):
    place = district()
    matter = matter_at(place, before, reports=3)
    ThreadEntry.unscoped.all().delete()
    act(matter, by=place.clerk, at=MORNING, **more)
    assert Matter.unscoped.get(pk=matter.pk).state == after
    assert notices_told() == [words()] * 3
    assert LedgerEntry.unscoped.filter(subject=f"matter:{matter.code}", verb="matter.tell").exists()


@pytest.mark.parametrize("before, after, act, words, more", STEPS)
def test_each_step_is_refused_from_the_wrong_state_and_to_the_wrong_person(before, after, act, words, more):
    place = district()
    wrong = matter_at(
        place, MatterState.DELIVERING if before == MatterState.GATHERED else MatterState.GATHERED
    )
    with pytest.raises(WrongState):
        act(wrong, by=place.clerk, at=MORNING, **more)
    right = matter_at(place, before)
    for by in (place.member, place.unit, NOBODY):
        with pytest.raises(NotYours):
            act(right, by=by, at=MORNING, **more)


def test_a_matter_that_is_being_delivered_may_be_handed_on_again_without_telling_anybody_twice():
    place = district()
    matter = matter_at(place, MatterState.DELIVERING)
    told = len(notices_told())
    assert actions.begin_delivering(matter, by=place.authority_clerk, at=MORNING) == matter
    assert len(notices_told()) == told


def test_taking_a_closed_matter_up_again_begins_its_next_round():
    place = district()
    matter = matter_at(place, MatterState.CLOSED)
    assert (matter.closed_on, matter.look_back_on) == (MORNING.date(), DAY)
    actions.reopen_matter(matter, by=holder_of(reports_of(place.clerk, matter).first()), at=MORNING)
    fresh = matter_by_id(matter.pk)
    assert (fresh.round, fresh.state, fresh.closed_on) == (2, MatterState.DELIVERING, None)


def test_notices_leave_out_who_withdrew_and_who_lies_in_the_locked_queue():
    place = district()
    matter, gone = gathered_matter(place, reports=2), report_in(place)
    join(gone, matter, by=place.clerk, at=MORNING)
    actions.withdraw(gone, by=holder_of(gone), at=MORNING)
    assert actions.tell_reporters(matter, text="下周二去看现场。", by=place.clerk, at=MORNING) == 2
    assert not ThreadEntry.unscoped.filter(report=gone, text="下周二去看现场。").exists()


def test_telling_many_is_written_in_batches_of_a_hundred():
    place = district()
    matter = gathered_matter(place)
    one = Report.unscoped.get(matter=matter)
    Report.unscoped.bulk_create([copy_of(one, number) for number in range(120)])
    with CaptureQueriesContext(connection) as asked:
        assert actions.tell_reporters(matter, text="告诉大家", by=place.clerk, at=MORNING) == 121
    assert sum('INSERT INTO "reports_thread_entry"' in one["sql"] for one in asked) == 2


def copy_of(report, number):
    values = {
        field.attname: getattr(report, field.attname)
        for field in Report._meta.concrete_fields
        if field.name != "id"
    }
    return Report(
        **{
            **values,
            "code": f"C{number}",
            "form_key_digest": new_form_key(),
            "receipt_digest": new_form_key(),
        }
    )


def test_what_is_told_is_in_the_language_of_the_site_whoever_presses():
    with translation.override("en"):
        assert "商量" in notices.being_consulted()


def test_a_report_of_its_own_is_no_matter_to_anybody_yet():
    place = district()
    report = report_in(place)
    held = held_report(place)
    for viewer in (place.clerk, place.leader, place.member, place.officer):
        assert not matters_seen_by(viewer).exists()
    assert get_matter_for(place.clerk, held.matter.code) is None
    assert get_matter_for(holder_of(report), report.matter.code) == report.matter


SEES_MATTERS = {
    "clerk": 1,
    "leader": 1,
    "reviewer": 1,
    "member": 1,
    "officer": 0,
    "admin": 0,
    "keeper": 0,
    "unit": 0,
    "other_unit": 0,
    "authority_clerk": 0,
}


@pytest.mark.parametrize("who, seen", SEES_MATTERS.items())
def test_who_sees_an_established_matter(who, seen):
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    matter = gathered_matter(place)
    assert matters_seen_by(place.viewers[who]).count() == seen
    assert (get_matter_for(place.viewers[who], matter.code) == matter) is bool(seen)
    assert get_matter_for(elsewhere.viewers[who], matter.code) is None


@pytest.mark.parametrize("who", [*SEES_MATTERS, "public", "link", "other task"])
def test_only_the_office_sees_reports_and_only_officers_the_locked_ones(who):
    place = district()
    gathered_matter(place, reports=2)
    held = held_report(place)
    others = {
        "public": NOBODY,
        "link": LinkHolder("progress", "x", committee_id=place.committee.pk),
        "other task": System("x", place.committee.pk + 1),
    }
    seen = set(reports_seen_by(others[who] if who in others else place.viewers[who]))
    expected = {"clerk": 2, "leader": 2, "officer": 1}.get(who, 0)
    assert len(seen) == expected and (held in seen) is (who == "officer")


def test_no_office_sees_the_reports_of_another():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    matter = gathered_matter(place)
    held_report(place)
    for who in ("clerk", "leader", "officer", "second_officer"):
        assert not reports_seen_by(elsewhere.viewers[who]).exists()
        assert not reports_of(elsewhere.viewers[who], matter).exists()


def test_a_matter_is_free_for_topics_only_while_it_is_gathered():
    place = district()
    free = gathered_matter(place)
    matter_at(place, MatterState.CONSULTING)
    assert list(matters_free_for_topics(place.clerk)) == [free]


def test_no_query_gathers_reports_by_person_device_or_number():
    personal = {"contact", "phone", "contact_handle", "import_alias", "alias", "device", "address"}
    asked = [query for _name, query in inspect.getmembers(queries, inspect.isfunction)]
    assert len(asked) > 12
    assert not [one.__name__ for one in asked if personal & set(inspect.signature(one).parameters)]
