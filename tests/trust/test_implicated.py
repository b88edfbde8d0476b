"""T04: a unit somebody complains about never reads who said what, and never handles it alone, whatever happens to it."""

import itertools
import logging

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from shangliang.delivery import actions as delivery
from shangliang.delivery.models import Assignment
from shangliang.delivery.tasks import warn_of_handling_alone
from shangliang.foundation.models import Message
from shangliang.foundation.refusals import Refusal
from shangliang.people import actions as people
from shangliang.people.models import Appointment
from shangliang.people.queries import units_acted_for
from shangliang.people.tests.factories import SETUP
from shangliang.protection import actions as protection
from shangliang.protection import rules as protection_rules
from shangliang.reports import actions as reports
from shangliang.reports.actions import joining
from shangliang.reports.models import Matter, Report
from tests.trust.implicated_world import (
    MORNING,
    MOST_PAGES,
    Ground,
    accounts_of,
    betraying,
    doors_of,
    handed_to,
    link_address,
    sitting_as,
    standing_assignments,
    traces_of,
)
from tests.trust.sizes import size

pytestmark = pytest.mark.django_db
PROMISE = "A unit complained about never receives original words, pictures, minute, point or thread, nor works alone"
STEPS = 12
TURNS = itertools.count()
HOMES = {"unit": ("/delivery/", "/inbox/"), "authority": ("/delivery/",), "member": ("/lists/", "/topics/")}
POINTS_ARE_LISTED = {"point", "point code"}  # to whoever keeps one: they hang on walls and name no report
OWN_WORDS = "有居民反映校门口放学时段车多，办公室核过。"
PAPER = {"basis": "区政府常务会议", "document_no": "云府办交〔2026〕31号", "issued_on": MORNING.date(),
         "working_days": 20, "source": "原件"}  # fmt: skip
UNITS, MATTERS, PLACES = st.integers(0, 2), st.integers(0, 1), st.integers(0, 9)
HATS = st.sampled_from(["unit", "member", "keeper", "clerk", "officer", "authority"])


class Course(RuleBasedStateMachine):
    """Anything the office, an authority and units may do with one matter, in any order; refusals are fine."""

    ground: Ground

    def __init__(self) -> None:
        super().__init__()
        self.inside = transaction.atomic()
        self.inside.__enter__()
        place = self.ground.place
        self.office = {"by": place.clerk, "at": MORNING}
        self.named: dict[int, set[int]] = {}
        self.names = {one.pk: name for one, name in zip(Report.unscoped.order_by("pk"), "甲乙", strict=True)}
        self.tokens: list[tuple[str, Assignment]] = []
        self.turn = next(TURNS)
        self.free = list(self.ground.suggestions)

    def teardown(self) -> None:
        """Look once more at the end, then take everything back."""
        try:
            self.look_around(pages=8)
            self.office_is_told_of_who_is_alone()
        finally:
            transaction.set_rollback(True)
            self.inside.__exit__(None, None, None)

    def tried(self, act):
        """Do something that may be refused: then nothing of it is left."""
        try:
            with transaction.atomic():
                return act()
        except Refusal:
            return None

    def report(self, number: int) -> Report:
        rows = list(Report.unscoped.select_related("matter", "point").order_by("pk"))
        return rows[number % len(rows)]

    def matter(self, number: int) -> Matter:
        return Matter.unscoped.get(pk=(self.ground.first, self.ground.other)[number].pk)

    def implicated(self, matter_id: int) -> set[int]:
        """The oracle: who is complained about in a matter, from what this very course has named."""
        here = Report.unscoped.filter(matter_id=matter_id, state="taken").values_list("pk", flat=True)
        return set().union(*(self.named.get(pk, set()) for pk in here))

    def is_alone(self, one) -> bool:
        bad = self.implicated(self.ground.first.pk)
        beside = {unit.pk for unit in one.co_units.all()} - {one.lead_unit_id}
        return one.lead_unit_id in bad and not beside - bad

    @precondition(lambda self: len(self.names) < 5)
    @rule(into=MATTERS, is_joined=st.booleans())
    def speaks(self, into, is_joined):
        name = "丙丁戊"[len(self.names) - 2]
        report = self.ground.spoken(name)
        self.names[report.pk] = name
        if is_joined:
            self.tried(lambda: reports.join(report, self.matter(into), **self.office))

    @rule(which=PLACES, into=MATTERS)
    def joins(self, which, into):
        self.tried(lambda: reports.join(self.report(which), self.matter(into), **self.office))

    @rule(which=PLACES)
    def splits(self, which):
        self.tried(lambda: reports.undo(self.report(which), **self.office))

    @rule(which=PLACES, unit=UNITS)
    def names_a_unit(self, which, unit):
        report, organisation = self.report(which), self.ground.units[unit]
        if self.tried(lambda: protection.name_unit(report, organisation, **self.office)):
            self.named.setdefault(report.pk, set()).add(organisation.pk)

    @rule(which=PLACES, unit=UNITS)
    def unnames_a_unit(self, which, unit):
        report, organisation = self.report(which), self.ground.units[unit]
        if self.tried(lambda: protection.unname_unit(report, organisation, **self.office)):
            self.named[report.pk].discard(organisation.pk)

    @rule(which=PLACES, households=st.sampled_from(["many", "few"]))
    def says_how_many(self, which, households):
        self.tried(
            lambda: protection.answer_exposure(self.report(which), households=households, **self.office)
        )

    @rule(which=PLACES, copies=st.booleans())
    def confirms_a_text(self, which, copies):
        report = self.report(which)
        text = report.text if copies else OWN_WORDS
        self.tried(lambda: protection.confirm_dispatch_text(report, text=text, **self.office))

    @precondition(lambda self: self.free)
    @rule(lead=UNITS, beside=st.sets(UNITS, max_size=2))
    def assigns(self, lead, beside):
        units = self.ground.units
        one = self.tried(
            lambda: delivery.assign(
                suggestion=self.free[0], issuing_authority=self.ground.place.authority, task="划车位。",
                lead_unit=units[lead], co_units=[units[n] for n in beside if n != lead], **PAPER, **self.office,
            )
        )  # fmt: skip
        if one:
            self.free.pop(0)
            assert not self.is_alone(one), "assigned to a unit complained about, alone"

    def one_at_work(self, number: int):
        rows = standing_assignments()
        return rows[number % len(rows)] if rows else None

    @rule(which=PLACES)
    def objects(self, which):
        one = self.one_at_work(which)
        if one:
            self.tried(lambda: delivery.object_to(one, reason="不归我们管。", source="电话", **self.office))

    @rule(which=PLACES, unit=UNITS, keeps=st.booleans())
    def decides(self, which, unit, keeps):
        one = self.one_at_work(which)
        if one is None:
            return
        said = {"decision": "就这样定。", "source": "文件", **self.office}
        act = (
            (lambda: delivery.uphold(one, **said))
            if keeps
            else (lambda: delivery.reassign(one, lead_unit=self.ground.units[unit], **said))
        )
        done = self.tried(act)
        assert done is None or not self.is_alone(done), "decided for a unit complained about, alone"

    @rule(which=PLACES, unit=UNITS)
    def adds_a_unit(self, which, unit):
        one = self.one_at_work(which)
        if one:
            organisation = self.ground.units[unit]
            self.tried(
                lambda: delivery.add_co_unit(one, organisation=organisation, source="文件", **self.office)
            )

    @rule(which=PLACES)
    def unit_works(self, which):
        one = self.one_at_work(which)
        if one:
            self.tried(lambda: delivery.accept(one, source="电话", **self.office))
            self.tried(lambda: delivery.report_progress(one, text="在办。", source="电话", **self.office))

    @rule(which=PLACES)
    def makes_a_link(self, which):
        one = self.one_at_work(which)
        token = self.tried(lambda: delivery.make_link(one, **self.office)) if one else None
        if token:
            self.tokens.append((token, one))

    @rule(unit=UNITS, hat=HATS, where=UNITS)
    def puts_on_another_hat(self, unit, hat, where):
        person = Appointment.unscoped.filter(organisation=self.ground.units[unit], role="unit").first().person
        office = self.ground.units[where] if hat == "unit" else self.ground.place.authority
        self.tried(
            lambda: people.appoint(
                committee=self.ground.place.committee, login=person.login, name=person.name, role=hat,
                organisation=office if hat in ("unit", "authority") else None, by=SETUP, at=MORNING,
            )
        )  # fmt: skip

    @rule(which=PLACES)
    def takes_a_hat_off(self, which):
        held = accounts_of([one.pk for one in self.ground.units])
        if held:
            self.tried(lambda: people.end_appointment(held[which % len(held)], by=SETUP, at=MORNING))

    @rule()
    def looks(self):
        """Everybody of a unit reads what waits for it, by every hat, and every link is opened; doors are tried in turn."""
        self.look_around(pages=6)

    def look_around(self, pages: int) -> None:
        rows = list(Report.unscoped.select_related("matter", "point").order_by("pk"))
        held = {one.pk: one for unit in self.ground.units for one in accounts_of([unit.pk])}
        for number, one in enumerate(held.values()):
            in_turn = (number + self.turn) % len(held) == 0
            doors = doors_of(rows[self.turn % len(rows)]) if in_turn else []
            starts = [*HOMES.get(one.role, ("/",)), *doors]
            handed = handed_to(
                sitting_as(one), starts, len(doors) + (MOST_PAGES if in_turn and pages > 6 else pages)
            )
            for unit in units_acted_for(one.person_id):
                self.holds(rows, handed, unit, one.role)
        self.turn += 1
        for token, one in self.tokens:
            handed = handed_to(Client(), [link_address(token)], pages, within="/u/")
            self.holds(rows, handed, Assignment.unscoped.get(pk=one.pk).lead_unit_id, "link")

    def holds(self, rows, handed: str, unit: int, who: str) -> None:
        for report in rows:
            name = self.names[report.pk]
            betrayed = {what for what, words in traces_of(report, name).items() if words in handed}
            found = betrayed - (POINTS_ARE_LISTED if who == "keeper" else set())
            assert not found, f"{who} was handed {found} of report {name}"
            if betraying(name) in handed:
                assert unit not in self.implicated(report.matter_id), f"{who} was handed the words of {name}"

    def office_is_told_of_who_is_alone(self):
        """A unit that was named once it was alone at work: the office and the authority are told."""
        alone = [one for one in standing_assignments() if self.is_alone(one)]
        warn_of_handling_alone(MORNING.date(), MORNING)
        for one in alone:
            told = Message.unscoped.filter(effect__contains=f"/{one.code}/", effect__startswith="alone-")
            kinds = {row.effect.split("/")[0] for row in told}
            assert len(kinds) == 2, f"nobody was told that {one.lead_unit.name} is alone at {one.code}"

    @invariant()
    def the_unit_is_told_nothing(self):
        theirs = [held.pk for held in accounts_of([one.pk for one in self.ground.units])]
        of_it = Message.unscoped.filter(appointment__in=theirs, subject__contains="一家办")
        assert not of_it.exclude(effect__contains="authority").exists()


@pytest.fixture
def course(db, clock):
    clock.set("2026-09-08 10:00")
    logging.disable(logging.CRITICAL)
    Course.ground = Ground()
    yield Course
    del Course.ground
    logging.disable(logging.NOTSET)


def played(course, examples: int, **more) -> None:
    run_state_machine_as_test(
        course,
        settings=settings(
            max_examples=examples, stateful_step_count=STEPS, deadline=None, database=None,
            suppress_health_check=list(HealthCheck), phases=(Phase.generate,), **more,
        ),
    )  # fmt: skip


def breaks(course, *steps: tuple[str, dict]) -> str:
    """Walk one course step by step; return what broke. Chance would find it too, only not every day in time."""
    state = course()
    with pytest.raises(AssertionError) as broken:
        try:
            for name, said in steps:
                getattr(state, name)(**said)
            state.look_around(pages=MOST_PAGES)
        finally:
            transaction.set_rollback(True)
            state.inside.__exit__(None, None, None)
    return str(broken.value).splitlines()[0]


NAMED = ("names_a_unit", {"which": 0, "unit": 0})
COPIED = (NAMED, ("assigns", {"lead": 0, "beside": {1}}), ("speaks", {"into": 0, "is_joined": True}))
BOTH_NAMED = (NAMED, ("names_a_unit", {"which": 0, "unit": 1}), ("assigns", {"lead": 0, "beside": {1}}))


@pytest.mark.promise("T04", PROMISE)
def test_whatever_happens_to_a_matter_the_unit_complained_about_reads_and_rules_nothing(course, measured):
    examples = size(3, 5000)
    played(course, examples)
    measured.figures.update(sequences=examples, steps_each=STEPS, violations=0)


@pytest.mark.promise("T04", PROMISE)
def test_a_join_that_copies_the_original_is_caught(course, measured, monkeypatch):
    real = joining.join

    def copying(report, matter, **more):
        joined = real(report, matter, **more)
        # into its name: of the summary, words that are somebody's own are left out for a unit complained about
        Matter.unscoped.filter(pk=matter.pk).update(title=joined.text[:80])
        return joined

    monkeypatch.setattr(reports, "join", copying)
    measured.caught("merge-copies-the-original", breaks(course, *COPIED))


@pytest.mark.promise("T04", PROMISE)
def test_a_rule_that_forgets_who_stands_beside_is_caught(course, measured, monkeypatch):
    monkeypatch.setattr(
        protection_rules, "is_alone", lambda lead, beside, named: lead in named and not list(beside)
    )
    measured.caught("rule-forgets-co-units", breaks(course, *BOTH_NAMED))
