"""T03: every address somebody was shown is asked for again after the thing behind it was hidden, moved or taken back."""

import logging
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from shangliang.delivery import actions as delivery
from shangliang.delivery.models import Assignment
from shangliang.foundation import publishing
from shangliang.foundation.models import Publication
from shangliang.foundation.states import PublicationState
from shangliang.foundation.viewer import ReceiptHolder
from shangliang.people import actions as people
from shangliang.people import middleware
from shangliang.people.models import Appointment
from shangliang.people.tests.factories import MORNING, SETUP
from shangliang.portal.views import public as public_views
from shangliang.reports import actions as reports
from shangliang.reports.models import Matter, Report, ReportPhoto
from tests.trust.canaries import Cage, Canary
from tests.trust.doors_table import DOORS
from tests.trust.sizes import FULL, size
from tests.trust.spider import Spider
from tests.trust.world import STAFF, World

pytestmark = pytest.mark.django_db
PROMISE = "What is hidden, moved or taken back is gone from every address that ever showed it"
MOST, READERS = size(30, 1500), size(3, 99)
OF_ITS_OWN_RIGHT = ("/u/", "/invite/")  # addresses that are themselves what somebody was given


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Two districts, built once for this file and rolled back at its end."""
    logging.disable(logging.CRITICAL)
    with django_db_blocker.unblock(), transaction.atomic():
        yield World()
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)


@dataclass
class Recorded:
    """Every address each viewer was shown, and which of the marks stood there."""

    addresses: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    shown: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @property
    def asked(self) -> int:
        return sum(len(each) for each in self.addresses.values())


def record(world, cage, viewers):
    """Let each viewer read whatever can be reached."""
    told = Recorded()
    for viewer in viewers:
        for one in Spider(viewer, world.clients[viewer], MOST).read(DOORS, (world.own,)):
            told.addresses[viewer].add(one.address)
            if cage.in_bytes(one.data) | cage.in_bytes(one.around):
                told.shown[viewer].add(one.address)
    return told


def replay(world, cage, told, losers):
    """Ask for every recorded address again, and read anew. Return where a loser is still shown a mark."""
    still = []
    for viewer in losers:
        spider = Spider(viewer, world.clients[viewer], MOST)
        again = told.addresses[viewer] if FULL else told.shown[viewer]
        answers = [spider.open(address) for address in sorted(again)]
        for one in [*answers, *(spider.read(DOORS, (world.own,)) if FULL else ())]:
            if cage.in_bytes(one.data) | cage.in_bytes(one.around):
                still.append(f"{viewer} at {one.address}: {one.status}")
    has_link = "link" in losers
    return [one for one in still if has_link or not any(f" {start}" in one for start in OF_ITS_OWN_RIGHT)]


def caged(rows, column):
    """Put a mark into one column of some rows, and keep the pictures of reports among them."""
    cage = Cage()
    cage.mark_rows(rows, column, Canary(f"{rows.model._meta.label}.{column}", "screener", "own"))
    return cage


def page_taken_down(world):
    page = Publication.unscoped.filter(
        subject=f"matter:{world.own['judged']}", state=PublicationState.PUBLISHED
    )
    cage = caged(page, "title")
    act = lambda: publishing.withdraw(page.get(), reason="写错了", by=world.place.clerk, at=timezone.now())  # noqa: E731
    return (
        cage,
        act,
        ("anonymous", "other_receipt", "member", "unit", "keeper", "receipt", "link", "other_clerk"),
    )


def report_locked_away(world):
    rows = Report.unscoped.filter(code=world.own["waiting"])
    act = lambda: reports.hold(rows.get(), by=world.place.clerk, at=timezone.now())  # noqa: E731
    return caged(rows, "text"), act, ("clerk", "leader", "reviewer", "member", "unit")


def report_withdrawn(world):
    rows = Report.unscoped.filter(pk=world.receipt.report.pk)
    cage = caged(rows, "text")
    cage.keep_pictures_of(ReportPhoto.unscoped.filter(report__in=rows))
    act = lambda: reports.withdraw(rows.get(), by=ReceiptHolder(rows.get().pk), at=timezone.now())  # noqa: E731
    return cage, act, ("clerk", "leader", "officer", "reviewer", "member", "unit", "authority", "anonymous")


def task_given_to_another_unit(world):
    rows = Assignment.unscoped.filter(code=world.own["assignment"])
    Assignment.co_units.through.objects.filter(assignment__in=rows).delete()

    def act():
        delivery.object_to(
            rows.get(), reason="不归我们管。", by=world.place.unit, at=MORNING + timedelta(days=1)
        )
        delivery.reassign(rows.get(), lead_unit=world.place.co_unit, decision="改由交警大队办。",
                          by=world.place.authority_clerk, at=MORNING + timedelta(days=2))  # fmt: skip
        rows.update(task="旧的任务")  # the new assignment alone bears the mark now

    return caged(rows, "task"), act, ("unit", "link", "receipt", "anonymous")


def person_gone(world):
    rows = Matter.unscoped.filter(committee=world.place.committee)

    def act():
        for key in ("clerk", "member", "unit", "authority"):
            held = world.place.appointments[STAFF[key]]
            people.end_appointment(held, by=SETUP, at=timezone.now())

    return caged(rows, "title"), act, ("clerk", "member", "unit", "authority")


TRANSITIONS = (page_taken_down, report_locked_away, report_withdrawn, task_given_to_another_unit, person_gone)


def left_over(world, transition):
    """Record, let it happen, replay; undo all. Return what is still shown, how much was shown before, and how much asked."""
    with transaction.atomic():
        cage, act, losers = transition(world)
        losers = losers[:READERS]
        told = record(world, cage, losers)
        act()
        still = replay(world, cage, told, losers)
        transaction.set_rollback(True)
    return still, {viewer: len(each) for viewer, each in told.shown.items()}, told.asked


@pytest.mark.promise("T03", PROMISE)
@pytest.mark.parametrize("transition", TRANSITIONS, ids=lambda one: one.__name__)
def test_nothing_of_it_is_reached_any_more(world, measured, transition):
    still, before, asked = left_over(world, transition)

    assert not still, "\n".join(still[:40])
    assert before, "nobody was shown anything before: the test would prove nothing"
    measured.figures.update(
        {
            transition.__name__: asked,
            f"{transition.__name__}_shown_before": sum(before.values()),
            "still_shown": 0,
        }
    )


@pytest.mark.promise("T03", PROMISE)
def test_a_public_page_that_forgets_to_ask_whether_it_stands_is_caught(world, measured, monkeypatch):
    def every_page(committee_id, *kinds, words=""):
        return Publication.unscoped.filter(committee_id=committee_id).order_by("-pk")

    monkeypatch.setattr(public_views, "latest_pages", every_page)
    still, _before, _asked = left_over(world, page_taken_down)

    assert still
    measured.caught("public-list-forgets-state", still[0])


@pytest.mark.promise("T03", PROMISE)
def test_a_session_that_outlives_the_appointment_is_caught(world, measured, monkeypatch):
    def whoever_was_ever(person_id, on):
        return Appointment.unscoped.filter(person_id=person_id).select_related(
            "committee", "organisation", "person"
        )

    monkeypatch.setattr(middleware, "standing_appointments", whoever_was_ever)
    still, _before, _asked = left_over(world, person_gone)

    assert still
    measured.caught("session-outlives-appointment", still[0])
