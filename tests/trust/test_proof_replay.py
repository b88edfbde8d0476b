"""T21: a proof of work counts once, for one form, for ten minutes, in whatever way it is sent again."""

import hashlib
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from shangliang.foundation import clock as our_clock
from shangliang.foundation import proof
from shangliang.foundation.models import SpentProof
from shangliang.foundation.tests.solving import number_of, payload, solution, solved, task_in
from shangliang.people.tests.factories import district
from shangliang.reports.models import Report
from shangliang.reports.tests.factories import point_in
from tests.trust.instances import ask
from tests.trust.sizes import size
from tests.trust.together import all_at_once, without_unique

PROMISE = "A proof of work counts once, for one form, for ten minutes"
PEOPLE, TRIES = 25, 4  # a hundred uses of one proof: each of so many, at one moment, tries so often
ROUNDS = size(1, 20)
LOOKUP = proof.purpose(proof.LOOKUP)


def opened(point):
    """Open a form; return its key and its page."""
    page = Client().get(f"/r/{point.code}/").content.decode()
    return re.search(r'name="form_key" value="([^"]+)"', page)[1], page


def lies_apart(point, key, said):
    """Send a form with what is said to be a proof; tell whether the report lies apart for want of one."""
    answer = Client().post(f"/r/{point.code}/", {"form_key": key, "text": f"路灯不亮。{key}", "proof": said})
    assert answer.status_code == 200, "a form is never refused for its proof"
    return Report.unscoped.get(text=f"路灯不亮。{key}").set_aside == "unproven"


def other_ways(task, number):
    """Yield everything one solution could be bent into: another time, another border, another place for the digits."""
    salt, digits = task["salt"], str(number)
    later = re.sub(r"expires=\d+", "expires=9999999999", salt)
    yield "time changed", payload(task, number, salt=later)
    yield "time added", payload(task, number, salt=salt + "expires=9999999999&")
    yield "border dropped", payload(task, number, salt=salt[:-1])
    yield "border doubled", payload(task, number, salt=salt + "&")
    for cut in range(1, len(digits)):
        spliced = salt[:-1] + digits[:cut]
        rest = digits[cut:]
        yield f"{cut} digits moved", payload(task, int(rest), salt=spliced)
        yield f"{cut} digits moved as text", payload(task, rest, salt=spliced)
        yield (
            f"{cut} digits moved into the time",
            payload(task, int(rest), salt=re.sub(r"(expires=)\d+", rf"\g<1>{digits[:cut]}", salt)),
        )
    yield "number as text", payload(task, digits)
    yield "number with a nought", payload(task, "0" + digits)
    yield "other arithmetic", payload(task, number, algorithm="SHA-512")
    yield (
        "signature taken from another",
        payload(task, number, signature=proof.new_challenge(LOOKUP, at=our_clock.now())["signature"]),
    )


@pytest.mark.django_db
@pytest.mark.promise("T21", PROMISE)
def test_a_proof_is_of_no_use_for_anything_but_its_own_form(measured, clock):
    here, there = point_in(district()), point_in(district("linhe", "LH", "临河区政协"))
    (key, page), (other_key, _other) = opened(here), opened(here)
    said, task = solved(page), task_in(page)
    lookup = solution(proof.new_challenge(LOOKUP, at=our_clock.now()))
    refused = {
        "another form": lies_apart(here, other_key, said),
        "another committee": lies_apart(there, opened(there)[0], said),
        "another action": lies_apart(here, opened(here)[0], lookup),
        "a form for a look-up": proof.solved(said, LOOKUP, at=our_clock.now()) is None,
    }
    for_what = re.search(r"for=(\w+)", task["salt"])[1]
    bent = dict(other_ways(task, number_of(task)))
    refused |= {way: proof.solved(one, for_what, at=our_clock.now()) is None for way, one in bent.items()}

    assert all(refused.values()), [way for way, was in refused.items() if not was]
    assert not lies_apart(here, key, said), "its own form takes it"
    assert not lies_apart(here, key, said) and Report.unscoped.filter(set_aside="").count() == 1
    measured.figures.update(ways_tried=len(refused), accepted=0)


@pytest.mark.django_db
@pytest.mark.promise("T21", PROMISE)
def test_a_proof_made_while_the_clock_was_ahead_and_one_that_ran_out_are_of_no_use(measured, clock):
    ahead = proof.new_challenge(LOOKUP, at=our_clock.now() + timedelta(hours=1))
    said = solution(ahead)
    moments = [our_clock.now() + timedelta(minutes=one) for one in (0, 30, 59)]
    assert [proof.solved(said, LOOKUP, at=at) for at in moments] == [None] * 3
    assert proof.solved(said, LOOKUP, at=our_clock.now() + timedelta(minutes=61))
    assert proof.solved(said, LOOKUP, at=our_clock.now() + timedelta(minutes=70)) is None
    measured.figures.update(moments_tried=5, accepted_outside_its_ten_minutes=0)


def accepted_at_once(rounds):
    """Let a hundred use one proof at the same moment; return the most that one proof let through."""
    most = 0
    for _round in range(rounds):
        said = solution(proof.new_challenge(LOOKUP, at=our_clock.now()))

        def use(said=said):
            return sum(proof.spend(proof.solved(said, LOOKUP, at=our_clock.now())) for _try in range(TRIES))

        got, met = all_at_once(use, PEOPLE)
        assert got and not [one for one in met if "locked" not in str(one)], met
        most = max(most, sum(got))
    return most


@pytest.mark.django_db(transaction=True)
@pytest.mark.promise("T21", PROMISE)
def test_a_hundred_who_use_one_proof_at_once_are_one(measured):
    assert accepted_at_once(ROUNDS) == 1
    measured.figures.update(rounds=ROUNDS, uses_at_once=PEOPLE * TRIES, accepted_twice=0)


@pytest.mark.promise("T21", PROMISE)
def test_a_spent_proof_is_still_spent_after_a_restart(instance, measured):
    said = solution(ask(instance, "make_task"))
    accepted = [ask(instance, "use_proof", said) for _process in range(3)]

    assert accepted == [True, False, False]
    measured.figures.update(processes=3, accepted=1)


@pytest.mark.django_db
@pytest.mark.promise("T21", PROMISE)
def test_a_proof_for_anything_is_used_for_many_forms(measured, monkeypatch, clock):
    point = point_in(district())
    monkeypatch.setattr(proof, "purpose", lambda *_what: "0" * 32)
    said = solved(opened(point)[1])
    through = sum(not lies_apart(point, opened(point)[0], said) for _form in range(4))

    assert through > 1
    measured.caught("proof-for-anything", f"one proof let {through} forms through")


@pytest.mark.django_db
@pytest.mark.promise("T21", PROMISE)
def test_without_the_upper_bound_a_clock_ahead_makes_long_lived_proofs(measured, monkeypatch, clock):
    said = solution(proof.new_challenge(LOOKUP, at=our_clock.now() + timedelta(hours=1)))
    monkeypatch.setattr(proof, "LIFETIME", timedelta(days=1))
    lives = [
        minutes
        for minutes in (0, 30, 59)
        if proof.solved(said, LOOKUP, at=our_clock.now() + timedelta(minutes=minutes))
    ]

    assert lives
    measured.caught("expiry-unbounded", f"accepted {len(lives)} times before its ten minutes began")


@pytest.mark.django_db
@pytest.mark.promise("T21", PROMISE)
def test_spending_the_text_lets_one_solution_through_twice(measured, monkeypatch, clock):
    honest = proof.solved

    def by_text(said, for_what, *, at):
        one = honest(said, for_what, at=at)
        return one and replace(one, digest=hashlib.sha256(said.encode()).hexdigest())

    monkeypatch.setattr(proof, "solved", by_text)
    monkeypatch.setattr(proof, "_SALT", re.compile(proof._SALT.pattern + "?"))
    task = proof.new_challenge(LOOKUP, at=our_clock.now())
    number = number_of(task)
    ways = [payload(task, number), payload(task, number, salt=task["salt"][:-1])]
    through = sum(proof.spend(proof.solved(one, LOOKUP, at=our_clock.now())) for one in ways)

    assert through == 2
    measured.caught("spent-by-its-text", f"one solution was spent {through} times")


@pytest.mark.django_db(transaction=True)
@pytest.mark.promise("T21", PROMISE)
def test_without_the_unique_column_one_proof_opens_many_times(measured):
    with without_unique(SpentProof, "digest"):
        most = accepted_at_once(1)

    assert most > 1
    measured.caught("spent-not-unique", f"one proof opened {most} times")
