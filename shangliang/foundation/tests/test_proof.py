"""A proof of work holds for one purpose, for ten minutes, in one form, once."""

import base64
import json
from datetime import timedelta

import altcha
import pytest

from shangliang.foundation import proof
from shangliang.foundation.clock import now
from shangliang.foundation.models import SpentProof
from shangliang.foundation.tests.solving import number_of, payload, solution

FOR = proof.purpose(proof.REPORT, 7, "a" * 64)


@pytest.fixture
def task(clock):
    return proof.new_challenge(FOR, at=now())


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(proof, "LARGEST_NUMBER", 300)


def test_what_a_browser_finds_holds(task):
    one = proof.solved(solution(task), FOR, at=now())
    assert one and one.expires_at == now() + proof.LIFETIME and len(one.digest) == 64


def test_the_library_itself_agrees(task):
    assert altcha.verify_solution_v1(solution(task), proof._key(), check_expires=False) == (True, None)


@pytest.mark.parametrize(
    "other",
    [
        proof.purpose(proof.LOOKUP, 7, "a" * 64),
        proof.purpose(proof.REPORT, 8, "a" * 64),
        proof.purpose(proof.REPORT, 7, "b" * 64),
        proof.purpose(proof.REPORT, 77, "a" * 63),
        "",
        "0" * 32,
    ],
    ids=["action", "committee", "form", "border", "nothing", "zeros"],
)
def test_another_action_committee_or_form_has_no_use_for_it(task, other):
    assert proof.solved(solution(task), other, at=now()) is None


def test_it_runs_out_after_ten_minutes_to_the_second(task):
    sent = solution(task)
    assert proof.solved(sent, FOR, at=now() + timedelta(minutes=9, seconds=59))
    assert proof.solved(sent, FOR, at=now() + timedelta(minutes=10)) is None


def test_one_made_while_the_clock_was_ahead_does_not_live_longer(task):
    assert proof.solved(solution(task), FOR, at=now() - timedelta(seconds=1)) is None


def test_any_other_number_is_wrong(few, task):
    number = number_of(task)
    assert number <= 300 and proof.solved(payload(task, number), FOR, at=now())
    assert all(proof.solved(payload(task, one), FOR, at=now()) is None for one in range(300) if one != number)


@pytest.mark.parametrize(
    "changed",
    [
        {"signature": "0" * 64},
        {"challenge": "0" * 64},
        {"algorithm": "SHA-1"},
        {"algorithm": "SHA-512"},
        {"number": str},
        {"number": float},
        {"number": bool},
        {"number": lambda right: right - 1},
        {"number": lambda right: -right},
        {"number": lambda right: f"0{right}"},
        {"number": lambda right: [right]},
        {"number": 10**9},
        {"number": None},
        {"salt": None},
        {"salt": ""},
        {"salt": ["a"]},
        {"signature": "签" * 64},
        {"more": "1"},
    ],
)
def test_nothing_bent_holds_and_nothing_raises(task, changed):
    right = number_of(task)
    bent = {name: value(right) if callable(value) else value for name, value in changed.items()}
    assert proof.solved(payload(task, right, **bent), FOR, at=now()) is None


@pytest.mark.parametrize(
    "bend",
    [
        lambda salt: salt[:-1],
        lambda salt: salt + "&",
        lambda salt: salt.replace("?", "&"),
        lambda salt: salt.replace("&for", "&expires=9999999999&for"),
        lambda salt: salt + "expires=9999999999&",
        lambda salt: salt.upper(),
        lambda salt: salt + "\n",
        lambda salt: salt.replace("&for=", "9&for="),
    ],
)
def test_a_salt_has_one_form_alone(task, bend):
    assert proof.solved(payload(task, number_of(task), salt=bend(task["salt"])), FOR, at=now()) is None


@pytest.mark.parametrize(
    "sent",
    ["", "x", "=" * 40, "签", base64.b64encode(b"[]").decode(), base64.b64encode(b"7").decode(), "A" * 601,
     base64.b64encode(b"[" * 440).decode(), base64.b64encode(json.dumps({"salt": "x"}).encode()).decode()],
)  # fmt: skip
def test_nonsense_is_no_proof(clock, sent):
    assert proof.solved(sent, FOR, at=now()) is None


def test_another_instance_signs_otherwise(task, settings):
    sent = solution(task)
    settings.SECRET_KEY = "another instance's key, fifty characters or more of it"
    assert proof.solved(sent, proof.purpose(proof.REPORT, 7, "a" * 64), at=now()) is None


def test_making_a_task_asks_no_database(task):
    assert set(task) == {"challenge", "salt", "signature", "most"}


def test_the_token_says_nothing_of_what_it_is_for():
    assert proof.is_purpose(FOR) and "a" * 8 not in FOR
    assert not proof.is_purpose("") and not proof.is_purpose(FOR + "0") and not proof.is_purpose("Z" * 32)


@pytest.mark.django_db
def test_a_proof_is_spent_once_and_forgotten_after_it_ran_out(task):
    one = proof.solved(solution(task), FOR, at=now())
    assert proof.spend(one) and not proof.spend(one)
    assert proof.forget_spent(one.expires_at) == 0 and not proof.spend(one)
    assert proof.forget_spent(one.expires_at + timedelta(seconds=1)) == 1
    assert not SpentProof.unscoped.exists()


@pytest.mark.django_db
def test_the_daily_job_forgets_what_ran_out_and_keeps_what_could_be_used_again(clock):
    from shangliang.foundation.tasks import JOBS  # noqa: PLC0415

    old, young = (
        proof.Solved(sign * 64, now() + timedelta(minutes=some)) for sign, some in (("a", -1), ("b", 5))
    )
    assert proof.spend(old) and proof.spend(young)
    job = next(one for one in JOBS if one.name == "foundation.forget_spent_proofs")
    job.run(now().date(), now())
    assert list(SpentProof.unscoped.values_list("digest", flat=True)) == ["b" * 64]
