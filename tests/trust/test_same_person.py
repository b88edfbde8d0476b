"""T01, the fourth line never crossed: nothing anybody is handed depends on whether two reports came from one person."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from shangliang.foundation import vault
from shangliang.people.tests.factories import MORNING, district
from shangliang.reports.models import Report
from shangliang.reports.tests.factories import sent
from shangliang.reports.views import desk_report
from tests.trust.doors_table import DOORS
from tests.trust.sizes import size
from tests.trust.spider import Spider
from tests.trust.world import STAFF, signed_in

pytestmark = pytest.mark.django_db
PROMISE = "Only the listed roles can ever receive each private field, by any channel"
CHANGES_EACH_TIME = re.compile(  # keys of forms, the token of a POST, the task of a proof of work
    rb'value="[\w\-=:.]{20,}"|"X-CSRFToken": "\w+"|data-proof="[^"]*"|"(?:challenge|salt|signature)": "[^"]*"'
)
PHONE, OTHER_PHONE = "13900001234", "13700004321"
OPEN_TO_ALL = ("people:", "ui:")
OF_A_REPORT = (
    "reports:desk_report",
    "reports:report_history",
    "reports:ask_contact",
    "reports:reissue",
    "protection:texts",
    "exchange:refer_out",
    "exchange:elsewhere",
)


@pytest.fixture
def place(clock):
    return district()


def two_reports(place):
    """Two people's words that have nothing in common."""
    one = sent(place, "楼道里的灯坏了三盏。", contact=PHONE, consent_version="1").report
    other = sent(place, "河边的护栏断了一截。", contact=OTHER_PHONE, consent_version="1").report
    return one, other


def of_one_person(one, other, is_one):
    """Make both reports, in everything that is kept of who spoke, come from one person, or from two."""
    for report, phone in ((one, PHONE), (other, PHONE if is_one else OTHER_PHONE)):
        vault.destroy(report.contact_handle)
        vault.destroy(report.mail_handle)
        report.contact_handle = vault.seal(phone, at=MORNING)
        report.mail_handle = vault.seal(f"{phone}@example.org", at=MORNING)
        report.import_alias = "a" * 32 if is_one else phone.rjust(32, "b")
        report.save(update_fields=["contact_handle", "mail_handle", "import_alias"])


def everything_handed(clients, codes):
    """Return what each viewer is handed, by viewer and address, without what changes at each request."""
    extra = [reverse(name, args=[code]) for name in OF_A_REPORT for code in codes]
    extra += [f"/desk/?q={PHONE}", f"/desk/?q={PHONE[-4:]}"]
    handed = {}
    for viewer, client in clients.items():
        spider = Spider(viewer, client, most=size(60, 400))
        doors = [
            door for door in DOORS if not door.of and not door.asks and not door.name.startswith(OPEN_TO_ALL)
        ]
        for each in [
            *spider.read(doors, ({"slug": "yunchuan"},)),
            *(spider.open(address) for address in extra),
        ]:
            if each.channel in ("page", "fragment", "json", "csv"):
                handed[viewer, each.address] = CHANGES_EACH_TIME.sub(b"", each.data)
    return handed


def differences(place, one, other):
    names = size(("clerk", "officer", "member"), tuple(STAFF))
    clients = {"anonymous": Client(), **{name: signed_in(place, STAFF[name]) for name in names}}
    told = []
    for is_one in (False, True):
        of_one_person(one, other, is_one)
        told.append(everything_handed(clients, (one.code, other.code)))
    return [key for key in told[0] if told[0][key] != told[1].get(key)], len(told[0])


@pytest.mark.promise("T01", PROMISE)
def test_no_page_tells_that_two_reports_came_from_one_person(place, measured):
    different, asked = differences(place, *two_reports(place))

    assert not different
    assert asked > 40
    measured.figures.update(pages_compared=asked, different=0)


@pytest.mark.promise("T01", PROMISE)
def test_a_desk_that_shows_reports_by_the_same_person_is_caught(place, measured, monkeypatch):
    one, other = two_reports(place)
    found = desk_report.similar_to

    def with_same_person(viewer, report):
        same = Report.unscoped.filter(import_alias=Report.unscoped.get(pk=report.pk).import_alias)
        return [*found(viewer, report), *(found(viewer, each) for each in same.exclude(pk=report.pk))]

    def desk_with_count(viewer, report):
        alike = with_same_person(viewer, report)
        report.place = f"{report.place} {len(alike)}"
        return found(viewer, report)

    monkeypatch.setattr(desk_report, "similar_to", desk_with_count)
    different, _asked = differences(place, one, other)

    assert different
    measured.caught("reports-by-the-same-person", f"{len(different)} pages told it")
