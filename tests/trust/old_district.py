"""The example district of an earlier version as the fixed cast of the tests, and the walk of one of its matters."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.test import Client

from shangliang.delivery import actions as delivery
from shangliang.delivery.tests import factories as steps
from shangliang.foundation import clock, ledger
from shangliang.instance.example.cast import SLUG
from shangliang.people.models import Appointment, Area, Committee, Organisation
from shangliang.people.queries import viewer_from
from shangliang.people.tests.factories import District, load_days
from shangliang.reports.models import Matter, Report
from shangliang.reports.states import MatterState, ReportState

PAGES = (
    "/",
    f"/{SLUG}/",
    f"/{SLUG}/matters/",
    f"/{SLUG}/ledger/",
    "/desk/",
    "/matters/",
    "/topics/",
    "/delivery/",
)
SEATS = {"authority": "authority_clerk"}


def counted() -> dict[str, int]:
    """Return how many rows stand in the tables of an older version; asked in SQL, since its columns may be others."""
    tables = {"reports": "reports_report", "matters": "reports_matter", "ledger": "foundation_ledgerentry"}
    with connection.cursor() as ask:
        known = set(connection.introspection.table_names(ask))
        rows = {}
        for name, table in tables.items():
            if table in known:
                ask.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")
                rows[name] = int(ask.fetchone()[0])
    return rows


def walked() -> dict[str, Any]:
    """Take one matter of the old district to its end: consulted, delivered, judged by everybody in it, closed."""
    place, at = as_district(), clock.now()
    load_days()
    matter = (
        Matter.unscoped.filter(committee=place.committee, state=MatterState.GATHERED).order_by("pk").first()
    )
    assert matter is not None, "the old district has no matter that waits"
    steps.MORNING, steps.LATER, steps.TODAY = at, at + timedelta(minutes=5), at.date()
    one = steps.assignment_at(
        steps.A.VERIFIED, place, at=steps.LATER, suggestion=steps.adopted_suggestion(place, matters=(matter,))
    )
    delivery.ask_for_verdicts(consultation=one.suggestion.consultation, by=place.clerk, at=steps.LATER)
    speaking = Report.unscoped.filter(matter=matter, state=ReportState.TAKEN).count()
    verdicts = [steps.say(holder) for holder in steps.holders_of(matter)]
    delivery.close_matter_when_done(matter=Matter.unscoped.get(pk=matter.pk), by=place.clerk, at=steps.LATER)
    return {
        "state": Matter.unscoped.get(pk=matter.pk).state,
        "reports": speaking,
        "verdicts": len(verdicts),
        "pages": pages_that_open(place),
        "ledger": ledger.verify(ledger.chain_of(place.committee.pk))[1] == "",
    }


def pages_that_open(place: District) -> int:
    """Return how many of the main pages answer 200 to a clerk of the old district."""
    clerk = Client()
    clerk.force_login(place.appointments["clerk"].person, backend="django.contrib.auth.backends.ModelBackend")
    return sum(clerk.get(page, follow=True).status_code == 200 for page in PAGES)


def as_district() -> District:
    """Return the example's rows in the shape the factories work with."""
    committee = Committee.unscoped.get(slug=SLUG)
    areas = Area.unscoped.filter(committee=committee).order_by("pk")
    units = Organisation.unscoped.filter(committee=committee).order_by("pk")
    held = {
        one.person.login.removeprefix("example-"): one
        for one in Appointment.unscoped.filter(committee=committee).select_related("person", "organisation")
    }
    lead = held["unit"].organisation
    authority = held["authority"].organisation
    other = units.exclude(pk__in=(lead.pk, authority.pk)).first()
    communities = list(areas.exclude(parent=None)[:2])
    place = District(
        committee,
        areas.filter(parent=None).first(),
        communities[0],
        communities[1],
        authority,
        lead,
        other,
        other,
    )
    for key, one in held.items():
        place.appointments[SEATS.get(key, key)] = one
        place.viewers[SEATS.get(key, key)] = viewer_from(one)
    return place
