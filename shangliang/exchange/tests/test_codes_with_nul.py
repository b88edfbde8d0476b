"""A code nobody could have been given, sent to the desk: PostgreSQL refuses to look it up; it is simply not there."""

import pytest
from django.test import Client

from shangliang.exchange.tests.factories import system_in
from shangliang.people.tests.factories import district
from shangliang.reports.models import Report
from shangliang.reports.states import ReportState
from shangliang.reports.tests.factories import report_in

pytestmark = pytest.mark.django_db
NUL = "a\0b"


def test_it_finds_nothing_and_breaks_nothing():
    place = district()
    report, system = report_in(place), system_in(place)
    client = Client(raise_request_exception=False)
    client.force_login(
        place.appointments["clerk"].person, backend="django.contrib.auth.backends.ModelBackend"
    )
    sent = (
        *(("/desk/bulk/", {"report": NUL, "act": act}) for act in ("bank", "queue", "join")),
        ("/desk/undo/", {"undo": NUL}),
        *((f"/desk/{report.code}/beside/", {name: NUL}) for name in ("matter", "report")),
        ("/chats/join/", {"draft": NUL}),
        (f"/transfers/systems/{system.code}/list/", {"report": NUL}),
    )
    answers = {(address, *said): client.post(address, said).status_code for address, said in sent}
    assert {key: status for key, status in answers.items() if status not in (200, 302, 404)} == {}
    assert Report.unscoped.get().state == ReportState.RECEIVED
