"""What there is to see in the example district of hearing everyone and protecting who speaks."""

from datetime import date

import pytest
from django.db import transaction

from shangliang.exchange.models import ReportDraft, Transfer, TransferNudge
from shangliang.exchange.states import TransferState
from shangliang.foundation import vault
from shangliang.instance.example import exchanging, hearing, protecting
from shangliang.instance.example.build import build_once
from shangliang.instance.example.points import BRIDGE, MARKET
from shangliang.people.models import Appointment
from shangliang.protection.models import Against, Exposure, Finding, PhotoCover, SafeText, Showing
from shangliang.reports.models import Consent, PointCheck, Recording, Report, ReportPoint, SavedView
from shangliang.reports.states import MatterState

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module", autouse=True)
def example(django_db_setup, django_db_blocker):
    """Build the example once for this file and roll it back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        build_once(TODAY)
        yield
        transaction.set_rollback(True)


def seat(key):
    return Appointment.unscoped.select_related("person").get(person__login=f"example-{key}")


def test_the_example_is_heard_in_every_way():
    waiting = Recording.unscoped.get()
    written = Report.unscoped.get(text=hearing.SPOKEN[2])
    assert waiting.seconds == 3 and waiting.report.text == ""
    assert written.written_down_by == seat("clerk").pk and not Recording.unscoped.filter(report=written)
    assert Report.unscoped.filter(lane="aside").count() == len(hearing.ASIDE)
    assert Report.unscoped.filter(elsewhere_number=hearing.ELSEWHERE_NUMBER).count() == 1
    assert Report.unscoped.exclude(claims_matter=None).get().claims_matter.state == MatterState.CLOSED
    assert Report.unscoped.filter(state="held").count() == 1
    assert set(Report.unscoped.values_list("channel", flat=True)) == {
        "qr",
        "phone",
        "counter",
        "member",
        "imported",
    }
    left = sorted(vault.unseal(one.mail_handle) for one in Report.unscoped.exclude(mail_handle=""))
    assert left == [hearing.BY_MAIL[3]]
    assert Consent.unscoped.filter(what="phone").count() == len(hearing.CONTACTS)
    assert SavedView.unscoped.get().appointment_id == seat("clerk").pk


def test_the_points_of_the_example_have_people_a_changed_code_and_a_question_each_way():
    bridge, market = (PointCheck.unscoped.get(point__name=name) for name in (BRIDGE, MARKET))
    assert (bridge.finding, market.answered_on) == ("damaged", None)
    changed = ReportPoint.unscoped.get(name="桂园社区直报点").retired_codes.get()
    assert changed.leads_until > TODAY
    assert bridge.point.duties.get().appointment == seat("member")
    assert market.point.duties.get().appointment == seat("keeper")


def test_what_the_example_protects():
    states = sorted(Exposure.unscoped.values_list("state", flat=True))
    assert states == ["asked", "consented", "locked", "open"] and len(states) == protecting.SENT
    finding = Finding.unscoped.get(state="asked")
    assert finding.member == seat("member")
    named = Against.unscoped.get(report=finding.exposure.report)
    assert named.organisation.name == protecting.NAMED
    assert not SafeText.unscoped.filter(report=named.report), "what few could have said is handed to nobody"
    assert PhotoCover.unscoped.get().places and Showing.unscoped.exists()
    confirmed = SafeText.unscoped.filter(kind="dispatch", report__matter__title="电动车没处充电，从楼上拉线")
    assert confirmed.count() == len(protecting.FOR_UNITS["charging"])


def test_what_the_example_exchanges_stands_in_every_state_and_one_is_overdue():
    states = list(Transfer.unscoped.values_list("state", flat=True))
    assert set(states) == set(TransferState.values) and len(states) == len(exchanging.PASSED_ON)
    late = Transfer.unscoped.get(state__in=("handed_over", "numbered"), due_on__lt=TODAY, number="")
    assert TransferNudge.unscoped.get().transfer == late
    assert set(ReportDraft.unscoped.values_list("text", flat=True)) == set(exchanging.CHAT)


@pytest.mark.parametrize("page", ["/work/", "/desk/", "/imports/", "/points/", "/chats/", "/transfers/"])
def test_the_clerk_of_the_example_opens_the_pages(client, page):
    client.force_login(seat("clerk").person, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(page).status_code == 200
