"""Filters of the desk: each finds what it says, every combination is a link, and a long list is turned, not counted."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shangliang.foundation.clock import day_of
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports import actions
from shangliang.reports.models import Channel, Report
from shangliang.reports.queries.desk import DeskFilter, desk_queue, dressed, next_after
from shangliang.reports.tests.factories import (
    asked_report,
    gathered_matter,
    held_report,
    point_in,
    report_in,
    spoken_report,
)
from shangliang.reports.views.desk_address import query_of
from shangliang.reports.views.desk_pages import DeskPages

pytestmark = pytest.mark.django_db
TODAY = day_of(MORNING)


def signed_in(client, place, who="clerk"):
    client.force_login(place.appointments[who].person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def found(place, today=TODAY, **wanted):
    return set(desk_queue(place.clerk, DeskFilter(**wanted), today).values_list("pk", flat=True))


def test_each_filter_finds_what_it_says():
    place = district()
    point, matter = point_in(place), gathered_matter(place)
    by_point = report_in(place, "甲", point=point, channel=Channel.QR)
    spoken = spoken_report(place, channel=Channel.WEB)
    other = report_in(place, "乙", area=place.other_community, channel=Channel.WEB)
    claiming = report_in(place, "丙", channel=Channel.WEB)
    Report.unscoped.filter(pk=claiming.pk).update(claims_matter=matter)
    assert found(place, point=point.code) == {by_point.pk}
    assert found(place, is_spoken=True) == {spoken.pk}
    assert found(place, area=place.other_community.pk) == {other.pk}
    assert found(place, claims=True) == {claiming.pk}
    assert found(place, channel="qr") == {by_point.pk}
    assert found(place, words="乙") == {other.pk}
    assert found(place, words="乙", channel="qr") == set()


def test_a_street_finds_what_was_said_in_its_communities():
    place = district()
    inside = report_in(place, area=place.community)
    report_in(place, area=place.other_community)
    assert inside.pk in found(place, area=place.community.parent_id)


def test_days_bound_when_it_happened_and_not_when_it_came():
    place = district()
    old, new = report_in(place, "甲"), report_in(place, "乙")
    Report.unscoped.filter(pk=old.pk).update(happened_on=TODAY - timedelta(days=30))
    assert found(place, since=TODAY - timedelta(days=1)) == {new.pk}
    assert found(place, until=TODAY - timedelta(days=1)) == {old.pk}
    assert found(place, since=TODAY - timedelta(days=31), until=TODAY) == {old.pk, new.pk}


def test_late_and_soon_are_told_by_the_first_answer_and_nobody_answered_is_among_them():
    place = district()
    report = report_in(place)
    due = report.answer_due_on
    assert found(place, due, clock="soon") == {report.pk} and found(place, due, clock="late") == set()
    assert found(place, due + timedelta(days=1), clock="late") == {report.pk}
    assert found(place, due - timedelta(days=10), clock="soon") == set()
    actions.bank(report, words="先留着。", by=place.clerk, at=MORNING)
    assert found(place, due + timedelta(days=1), clock="late", state="all") == set()


def test_the_piles_are_apart_and_the_database_keeps_them_right():
    place = district()
    waiting, aside, banked, done = (report_in(place, f"第 {number} 条") for number in range(4))
    Report.unscoped.filter(pk=aside.pk).update(set_aside="unproven")
    actions.bank(banked, words="先留着。", by=place.clerk, at=MORNING)
    actions.answer(done, words="办了。", by=place.clerk, at=MORNING)
    held = held_report(place)
    piles = {"waiting": waiting, "aside": aside, "banked": banked, "done": done}
    for state, one in piles.items():
        assert found(place, state=state) == {one.pk}
    assert found(place, state="all") == {one.pk for one in piles.values()}
    assert Report.unscoped.get(pk=held.pk).lane == ""
    actions.undo(Report.unscoped.get(pk=done.pk), by=place.clerk, at=MORNING)
    assert done.pk in found(place, state="waiting")


def test_nobody_but_the_office_has_a_queue_and_it_holds_the_own_committees_alone():
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    report_in(elsewhere)
    assert found(place) == set()
    for who in ("officer", "keeper", "member", "reviewer", "unit"):
        assert not desk_queue(elsewhere.viewers[who], DeskFilter(), TODAY).exists()
    mine = desk_queue(elsewhere.clerk, DeskFilter(), TODAY)
    assert not list(dressed(place.clerk, mine[:10])), "a slice is read through the viewer's own filter again"


def test_a_filter_stands_in_the_address_as_it_was_chosen_and_the_page_of_all_keeps_it(client):
    place = district()
    point = point_in(place)
    report = report_in(place, "桥下没灯。", point=point)
    wanted = DeskFilter("waiting", place.community.pk, "qr", "桥", point.code, TODAY, TODAY, "", False, False)
    address = f"/desk/?{query_of(wanted)}"
    assert report.code in signed_in(client, place).get(address).content.decode()
    whole = client.get(f"/desk/filter/?{query_of(wanted)}").content.decode()
    assert 'value="桥"' in whole and f'value="{point.code}" selected' in whole
    assert f'value="{TODAY.isoformat()}"' in whole


def test_after_a_step_the_desk_goes_on_to_what_stands_behind(client):
    place = district()
    rows = [report_in(place, f"第 {number} 条。") for number in range(3)]
    waits = asked_report(place)
    wanted = DeskFilter()
    assert next_after(place.clerk, wanted, TODAY, rows[0]) == rows[1].code
    assert next_after(place.clerk, wanted, TODAY, rows[2]) == "", f"{waits.code} waits for its reporter"
    answer = signed_in(client, place).post(f"/desk/{rows[1].code}/bank/", {"words": "先留着。"})
    assert answer["Location"] == f"/desk/{rows[2].code}/"


def test_a_long_list_says_more_than_a_thousand_and_can_still_be_turned(monkeypatch):
    monkeypatch.setattr("shangliang.reports.views.desk_pages.MOST_COUNTED", 4)
    place = district()
    for number in range(7):
        report_in(place, f"第 {number} 条。")
    rows = desk_queue(place.clerk, DeskFilter(), TODAY)
    pages = DeskPages(rows, 2, list)
    assert (len(pages.get_page(1).object_list), pages.count, pages.is_more) == (2, 4, True)
    last = DeskPages(rows, 2, list)
    page = last.get_page(4)
    assert (len(page.object_list), page.has_next(), last.is_more) == (1, False, False)
    beyond = DeskPages(rows, 2, list).get_page(99)
    assert beyond.number == 2 and beyond.has_next()
    assert DeskPages(rows, 2, list).get_page("x").number == 1


def test_one_short_page_is_counted_by_looking_at_it(client):
    place = district()
    report_in(place)
    rows = desk_queue(place.clerk, DeskFilter(), TODAY)
    with CaptureQueriesContext(connection) as asked:
        pages = DeskPages(rows, 100, list)
        assert (len(pages.get_page(1).object_list), pages.count, pages.is_more) == (1, 1, False)
    assert len(asked) == 1


def test_the_list_is_taken_along_as_a_table_of_text_that_runs_nothing(client):
    place = district()
    report = report_in(place, "=1+1 水管漏了，打 13900001111。", place="@SUM(1)")
    answer = signed_in(client, place).get("/desk/?format=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1][0] == report.code and rows[1][8].startswith("'=1+1") and rows[1][6] == "'@SUM(1)"
    assert "13900001111" not in answer.content.decode("utf-8-sig")
    assert "attachment" in answer["Content-Disposition"] and "no-store" in answer["Cache-Control"]


def test_keys_to_walk_the_queue_are_on_the_page(client):
    place = district()
    rows = [report_in(place, f"第 {number} 条。") for number in range(3)]
    shown = signed_in(client, place).get(f"/desk/{rows[1].code}/").content.decode()
    assert f'/desk/{rows[2].code}/#report" data-key="D"' in shown
    assert f'/desk/{rows[0].code}/#report" data-key="E"' in shown
    assert (
        f'value="{rows[1].code}" data-key="V"' in shown and 'data-key="?"' in shown and "data-queue" in shown
    )
