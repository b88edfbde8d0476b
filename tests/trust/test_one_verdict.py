"""T30: one verdict per receipt and round, by a rule of the database, however many press at once."""

from functools import partial

import pytest
from django.db import OperationalError

from shangliang.delivery.actions.verdicts import give_verdict
from shangliang.delivery.models import FollowUp, Verdict
from shangliang.foundation import clock
from shangliang.foundation.models import LedgerEntry
from shangliang.foundation.refusals import Refusal
from shangliang.foundation.viewer import ReceiptHolder
from shangliang.people.tests.factories import district
from shangliang.reports.models import Matter
from shangliang.reports.states import MatterState
from shangliang.reports.tests.factories import matter_at
from tests.trust.sizes import size
from tests.trust.together import AT_ONCE, all_at_once, without_constraint

ROUNDS = size(4, 300)
CONSTRAINT = "verdict_once_per_receipt_and_round"
PROMISE = "One verdict per receipt and round, by a rule of the database"


@pytest.fixture
def report(transactional_db):
    return matter_at(district(), MatterState.JUDGING).reports.get()


def judge(report, solved):
    return give_verdict(holder=ReceiptHolder(report.pk), solved=solved, satisfied="basically", at=clock.now())


def one_round(report, turn):
    """Let everybody judge at once, every second time with "not solved". Return rows, follow-ups, and who got through."""
    Verdict.unscoped.all().delete()
    Matter.unscoped.filter(pk=report.matter_id).update(state="judging", round=turn)
    got, met = all_at_once(partial(judge, report, "no" if turn % 2 else "yes"))
    # On a busy machine SQLite may tell somebody to come back later: that is no verdict either.
    assert all(isinstance(one, Refusal | OperationalError) for one in met), met
    return Verdict.unscoped.count(), FollowUp.unscoped.filter(round=turn).count(), len(got)


@pytest.mark.promise("T30", PROMISE)
def test_thirty_two_verdicts_at_once_are_one(report, measured):
    counted = [one_round(report, turn) for turn in range(1, ROUNDS + 1)]

    assert counted == [(1, turn % 2, 1) for turn in range(1, ROUNDS + 1)]
    assert LedgerEntry.unscoped.filter(verb="verdict.give").count() == ROUNDS
    measured.figures.update(rounds=ROUNDS, at_once=AT_ONCE, verdicts_too_many=0)


@pytest.mark.promise("T30", PROMISE)
def test_without_the_constraint_one_receipt_judges_many_times(report, measured):
    with without_constraint(Verdict, CONSTRAINT):
        rows, _follow_ups, got_through = one_round(report, 2)

    assert rows == got_through > 1
    measured.caught("verdict-not-unique", f"{rows} verdicts under one receipt after {AT_ONCE} at once")
