"""T08: nobody alone opens a contact or makes a receipt anew, however they try; every success stands in the ledger."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.db import IntegrityError

from shangliang.foundation import clock
from shangliang.foundation.models import LedgerEntry
from shangliang.foundation.refusals import Refusal
from shangliang.people.tests.factories import district
from shangliang.reports.actions import (
    approve_reissue,
    approve_unmask,
    ask_reissue,
    ask_unmask,
    two_people,
)
from shangliang.reports.models import Reissue, ThreadEntry, Unmasking
from shangliang.reports.tests.factories import report_in
from tests.trust.sizes import size
from tests.trust.together import all_at_once, without_constraint

PHONE = "139-0000-1111"
ROUNDS = size(2, 10)  # of ten attempts each, for the contact and for the receipt
PEOPLE = 4
PROMISE = "A contact is opened and a receipt made anew by two people or not at all"
KINDS = ("unmask", "reissue")


@pytest.fixture
def place(transactional_db):
    return district()


def asking(place, kind, at):
    """Return an asking of the clerk for a contact or a new receipt, for a report of its own."""
    report = report_in(place, contact=PHONE, consent_version="2026-11", at=at)
    if kind == "unmask":
        return ask_unmask(report, reason="问清楚在哪里", by=place.clerk, at=at)
    return ask_reissue(report, contact=PHONE, by=place.clerk, at=at)


def agree(kind, asked, by, at):
    return approve_unmask(asked, by=by, at=at) if kind == "unmask" else approve_reissue(asked, by=by, at=at)


def tried(kind, asked, by, at):
    """Return 1 where somebody got through, 0 where they were refused."""
    try:
        agree(kind, asked, by, at)
    except Refusal:
        return 0
    return 1


def seats_of_the_asker(place):
    """The person who asked, in the own appointment, in a second session, and in a leader's appointment."""
    clerk = place.clerk
    return (
        clerk,
        replace(clerk),
        replace(clerk, held_role="leader", appointment_id=place.leader.appointment_id),
    )


def attempts(place, kind, at):
    """Make ten attempts without a second approver. Return how many were made and how many got through, by their kind."""
    made, through = Counter(), Counter()
    for seat in seats_of_the_asker(place):
        made["self"] += 1
        through["self"] += tried(kind, asking(place, kind, at), seat, at)
    stale = asking(place, kind, at)
    made["stale"] += 1
    through["stale"] += tried(kind, stale, place.leader, at + timedelta(days=7, seconds=1))
    used = asking(place, kind, at)
    agree(kind, used, place.leader, at)
    for by in (place.leader, place.clerk):
        made["replay"] += 1
        through["replay"] += tried(kind, used, by, at)
    made["race"] += PEOPLE
    through["race"] += _race(kind, asking(place, kind, at), place.leader, at) - 1
    return made, through


def _race(kind, asked, by, at):
    """Return how many of four agreeing at one moment got through: one may."""
    got, _met = all_at_once(partial(agree, kind, asked, by, at), PEOPLE)
    return len(got)


def all_attempts(place, rounds):
    made, through, at = Counter(), Counter(), clock.now()
    for kind in KINDS:
        for _round in range(rounds):
            tries, passed = attempts(place, kind, at)
            made += tries
            through += passed
    return made, through


@pytest.mark.promise("T08", PROMISE)
def test_no_attempt_without_a_second_person_gets_through_and_every_success_is_written_down(place, measured):
    made, through = all_attempts(place, ROUNDS)

    assert sum(made.values()) == 2 * 10 * ROUNDS and sum(through.values()) == 0
    opened = Unmasking.unscoped.exclude(approved_at=None).count()
    renewed = Reissue.unscoped.filter(matched=True).count()
    noted = Counter(LedgerEntry.unscoped.values_list("verb", flat=True))
    assert (noted["report.unmask"], noted["report.reissue"]) == (opened, renewed) == (2 * ROUNDS, 2 * ROUNDS)
    assert ThreadEntry.unscoped.filter(text__contains="看了您留的联系方式").count() == opened
    assert ThreadEntry.unscoped.filter(text__contains="新回执已经补发").count() == renewed
    measured.figures.update(attempts=sum(made.values()), got_through=0, in_the_ledger=opened + renewed)


@pytest.mark.promise("T08", PROMISE)
def test_one_person_as_both_is_caught(place, monkeypatch, measured):
    monkeypatch.setattr(two_people, "_refuse_the_same_person", lambda *_: None)
    with pytest.raises(IntegrityError):
        tried("unmask", asking(place, "unmask", clock.now()), place.clerk, clock.now())
    with (
        without_constraint(Unmasking, "unmasking_two_people"),
        without_constraint(Reissue, "reissue_two_people"),
    ):
        _made, through = all_attempts(place, 1)

    assert through["self"]
    measured.caught("one-person-as-both", f"{through['self']} attempts by the person who asked got through")


@pytest.mark.promise("T08", PROMISE)
def test_an_asking_that_never_gets_old_is_caught(place, monkeypatch, measured):
    monkeypatch.setattr(two_people, "is_stale", lambda *_: False)
    _made, through = all_attempts(place, 1)

    assert through["stale"]
    measured.caught("asking-never-old", f"{through['stale']} old askings were agreed to")


@pytest.mark.promise("T08", PROMISE)
def test_an_asking_that_may_be_used_again_is_caught(place, monkeypatch, measured):
    monkeypatch.setattr(two_people, "_refuse_what_was_used", lambda *_: None)
    _made, through = all_attempts(place, 1)

    assert through["replay"]
    measured.caught("used-again", f"{through['replay']} askings were used a second time")
