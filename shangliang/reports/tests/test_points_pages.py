"""The pages of points for the office: one point, its posters, another code, coverage street by street."""

import io
import re
from datetime import timedelta

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from shangliang.people import actions as people
from shangliang.people.tests.factories import MORNING, SETUP, district
from shangliang.reports.actions.point_duties import put_in_charge
from shangliang.reports.actions.points import close_point, rotate_code
from shangliang.reports.models import ReportPoint, RetiredCode
from shangliang.reports.queries.coverage import coverage_by_street
from shangliang.reports.queries.points import points_with_counts
from shangliang.reports.tests.factories import held_report, point_in, report_in

pytestmark = pytest.mark.django_db
TODAY = MORNING.date()
READS = re.compile(r"SELECT|DECLARE \S+ NO SCROLL CURSOR FOR SELECT")


def sit(client, place, who="clerk"):
    client.force_login(place.appointments[who].person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_counts_are_plain_facts_of_thirty_days_and_of_all_and_the_list_stays_by_name(client):
    place = district()
    busy, quiet = point_in(place, name="B 点"), point_in(place, name="A 点")
    for days in (0, 29, 30, 200):
        report_in(place, f"路灯不亮 {days}", point=busy, happened_on=TODAY - timedelta(days=days))
    held_report(place, point=busy)
    rows = {one.name: (one.heard, one.heard_in_all) for one in points_with_counts(place.clerk, TODAY)}
    assert rows == {"A 点": (0, 0), "B 点": (2, 4)}
    sit(client, place)
    for sorting in ("", "?sort=heard", "?order=-heard_in_all", "?o=-5"):
        shown = page(client, f"/points/{sorting}")
        assert shown.index(quiet.name) < shown.index(busy.name)
        assert "sort=" not in shown and "order=" not in shown and "o=-" not in shown


def test_the_list_costs_the_same_queries_for_one_point_and_for_thirty(client):
    place = district()
    point_in(place)
    sit(client, place)
    page(client, "/points/")
    with CaptureQueriesContext(connection) as few:
        page(client, "/points/")
    for number in range(29):
        report_in(place, "灯坏了。", point=point_in(place, name=f"点 {number}"))
    with CaptureQueriesContext(connection) as many:
        page(client, "/points/")
    assert len(many) == len(few) <= 12


def test_one_point_shows_its_code_who_is_in_charge_and_what_to_print(client):
    place = district()
    point = point_in(place)
    old = point.code
    rotate_code(point, leads_until=TODAY, by=place.clerk, at=MORNING)
    put_in_charge(point, appointment=place.appointments["member"], by=place.clerk, at=MORNING)
    sit(client, place)
    shown = page(client, f"/points/{point.code}/")
    assert point.code in shown and old in shown and place.appointments["member"].person.name in shown
    for size in ("a4", "a3", "card"):
        assert f"/points/{point.code}/poster/?size={size}" in shown
    assert client.get(f"/points/{old}/")["Location"] == f"/points/{point.code}/"
    with CaptureQueriesContext(connection) as asked:
        page(client, f"/points/{point.code}/")
    assert len(asked) <= 12


@pytest.mark.parametrize("who", ["keeper", "member", "officer", "admin", "reviewer", "unit"])
def test_the_offices_pages_of_a_point_do_not_exist_for_others(client, who):
    place = district()
    point = point_in(place)
    for who_else in ("member", "keeper"):
        put_in_charge(point, appointment=place.appointments[who_else], by=place.clerk, at=MORNING)
    sit(client, place, who)
    for address in ("", "poster/", "forms/", "code/"):
        assert client.get(f"/points/{point.code}/{address}").status_code == 404
    assert client.get("/points/coverage/").status_code == 404
    for address in ("code/", "old-code/", "duty/", "off-duty/", "close/"):
        assert client.post(f"/points/{point.code}/{address}").status_code == 404
    assert ReportPoint.unscoped.get().code == point.code


def test_another_committees_point_is_not_there(client):
    place, elsewhere = district(), district("linhe", "LH", "临河区政协")
    point = point_in(place)
    sit(client, elsewhere)
    for address in ("", "poster/", "forms/", "code/", "check/"):
        assert client.get(f"/points/{point.code}/{address}").status_code == 404


@pytest.mark.parametrize(("size", "squares"), [("a4", 1), ("a3", 1), ("card", 8), ("nonsense", 1)])
def test_a_poster_in_three_sizes_bears_the_points_address_and_nothing_of_a_person(client, size, squares):
    place = district()
    point = point_in(place)
    report_in(place, "不该印出来的话", point=point)
    shown = page(sit(client, place), f"/points/{point.code}/poster/?size={size}")
    assert shown.count('class="qr"') == squares and point.code in shown
    assert "reports/paper.css" in shown and "style=" not in shown and "不该印出来的话" not in shown
    assert ("sheet-a3" in shown) is (size == "a3") and ("card-small" in shown) is (size == "card")


def test_each_size_of_paper_is_said_in_the_stylesheet():
    with open(finders.find("reports/paper.css"), encoding="utf-8") as file:
        said = file.read()
    assert re.search(r"@page a3\{size:A3", said) and re.search(r"@page cards\{size:A4", said)


def test_a_code_is_changed_on_its_page_and_leads_on_to_the_print(client):
    place = district()
    point = point_in(place)
    old = point.code
    sit(client, place)
    address = f"/points/{old}/code/"
    wrong = client.post(address, {"how": "grace", "leads_until": ""})
    assert wrong.status_code == 422 and "写上旧码用到哪天" in wrong.content.decode()
    assert client.post(address, {"how": "grace", "leads_until": "2020-01-01"}).status_code == 422
    answer = client.post(address, {"how": "at_once", "leads_until": ""})
    point.refresh_from_db()
    assert answer["Location"] == f"/points/{point.code}/poster/" and point.code != old
    assert RetiredCode.unscoped.get().leads_until is None
    again = client.post(address, {"how": "at_once"}, follow=True).content.decode()
    assert "刚才已经换过码" in again and RetiredCode.unscoped.count() == 1


def test_an_old_code_is_stopped_by_its_button(client, monkeypatch):
    place = district()
    point = point_in(place)
    old = point.code
    rotate_code(point, leads_until=TODAY + timedelta(days=9), by=place.clerk, at=MORNING)
    monkeypatch.setattr("shangliang.foundation.clock.today", lambda: TODAY)
    monkeypatch.setattr("shangliang.foundation.clock.now", lambda: MORNING)
    sit(client, place)
    assert "旧码马上停用" in page(client, f"/points/{point.code}/")
    assert client.post(f"/points/{point.code}/old-code/", {"old": "NEVERWAS"}).status_code == 404
    client.post(f"/points/{point.code}/old-code/", {"old": old})
    assert "旧码马上停用" not in page(client, f"/points/{point.code}/")
    assert RetiredCode.unscoped.get().leads_until is None


def test_an_unknown_verb_moves_nothing(client):
    place = district()
    point = point_in(place)
    sit(client, place)
    close_point(point, by=place.clerk, at=MORNING)
    assert client.post(f"/points/{point.code}/sideways/").status_code == 404
    assert ReportPoint.unscoped.get().state == "closed"


def test_coverage_counts_communities_not_points_and_names_those_without(django_assert_max_num_queries):
    place = district()
    point_in(place)
    point_in(place, name="第二个")
    closed = point_in(place, name="停用", area=place.other_community)
    close_point(closed, by=place.clerk, at=MORNING)
    with django_assert_max_num_queries(2):
        (street,) = coverage_by_street(place.clerk)
    assert (street.street, street.covered, len(street.communities)) == (place.street, 1, 2)
    assert street.without == [place.other_community]
    assert len(street.communities[0].points) == 2
    for viewer in (place.keeper, place.member, place.officer):
        assert coverage_by_street(viewer) == []


def test_coverage_opens_into_rows_and_a_workbook_in_the_order_of_entry(client):
    place = district()
    late = people.add_area(committee=place.committee, kind="street", name="A 街道", by=SETUP, at=MORNING)
    people.add_area(committee=place.committee, kind="village", name="东村", parent=late, by=SETUP, at=MORNING)
    point = point_in(place)
    sit(client, place)
    shown = page(client, "/points/coverage/")
    assert "1 个社区（村）有开放的直报点，全部 3 个" in shown
    assert f"/points/{point.code}/" in shown and "东村" in shown
    assert shown.index("清河街道") < shown.index("A 街道")
    book = load_workbook(io.BytesIO(client.get("/points/coverage/?format=xlsx").content))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    assert ["清河街道", "柳岸社区", point.name, 1] in rows and ["清河街道", "石桥社区", None, 0] in [
        [value or None if index == 2 else value for index, value in enumerate(row)] for row in rows
    ]


def test_pages_of_points_write_nothing_when_they_are_read(client):
    place = district()
    point = point_in(place)
    put_in_charge(point, appointment=place.appointments["keeper"], by=place.clerk, at=MORNING)
    for who, addresses in (
        ("clerk", ("", "poster/?size=card", "code/", "check/", "forms/?n=2")),
        ("keeper", ("check/", "../mine/")),
    ):
        sit(client, place, who)
        client.get("/")
        for address in addresses:
            with CaptureQueriesContext(connection) as asked:
                page(client, f"/points/{point.code}/{address}".replace(f"{point.code}/../", ""))
            assert not [one["sql"] for one in asked if not READS.match(one["sql"])]
