"""The chain: what it finds, what it cannot find without an anchor, and that it holds under parallel writers."""

import hashlib
import threading
import unicodedata
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connections, models, transaction

from shangliang.foundation import ledger
from shangliang.foundation.business import action, note
from shangliang.foundation.ledger import (
    GENESIS,
    Note,
    canonical,
    chain_of,
    commitment,
    holds_line,
    new_salt,
    verify,
)
from shangliang.foundation.models import LedgerEntry, LedgerHead
from shangliang.foundation.queries import ledger_head, ledger_lines, ledger_of
from shangliang.foundation.tests.factories import CLERK, COMMITTEE, MORNING, appointed
from shangliang.foundation.viewer import NOBODY, LinkHolder, ReceiptHolder, System

CHAIN = chain_of(COMMITTEE)


@action
def happen(number, *, committee=COMMITTEE, at=MORNING):
    """Note one fact."""
    note(Note(committee, "thing.happen", f"thing:{number}", CLERK, at, date(2026, 9, 7), {"number": number}))


@pytest.fixture
def ten(db):
    for number in range(1, 11):
        happen(number, at=MORNING + timedelta(minutes=number))


def entries():
    return LedgerEntry.unscoped.filter(chain=CHAIN)


def write_anew(facts):
    """Forge the whole chain with correct hashes, as somebody could who may write to the database."""
    rows, previous = list(entries().order_by("seq")), GENESIS
    for row in rows:
        row.body = facts(bytes(row.body))
        row.previous, row.hash = previous, hashlib.sha256(previous + row.body).digest()
        previous = row.hash
        row.save()
    LedgerHead.unscoped.filter(chain=CHAIN).update(hash=previous, seq=len(rows))


def test_a_whole_chain_verifies(ten):
    assert verify(CHAIN) == (10, "")
    first, last = entries().order_by("seq").first(), entries().order_by("seq").last()
    assert bytes(first.previous) == GENESIS
    assert bytes(ledger_head(COMMITTEE).hash) == bytes(last.hash)


@pytest.mark.django_db
def test_an_empty_chain_verifies_as_empty():
    assert verify(CHAIN) == (0, "")


def test_a_changed_body_is_found(ten):
    row = entries().get(seq=4)
    row.body = bytes(row.body).replace(b'"number":4', b'"number":5')
    row.save()
    assert verify(CHAIN) == (4, "broken")


@pytest.mark.parametrize(
    ("column", "value"),
    [("verb", "thing.other"), ("subject", "thing:99"), ("recorded_at", datetime(2026, 1, 1, tzinfo=UTC)), ("hash", b"0" * 32),
     ("previous", b"0" * 32)],
)  # fmt: skip
def test_a_change_of_any_column_people_read_is_found(ten, column, value):
    entries().filter(seq=4).update(**{column: value})
    assert verify(CHAIN) == (4, "broken")


def test_a_change_with_a_fitting_hash_of_its_own_is_found_at_the_next_entry(ten):
    row = entries().get(seq=4)
    row.body = bytes(row.body).replace(b'"number":4', b'"number":5')
    row.hash = hashlib.sha256(bytes(row.previous) + row.body).digest()
    row.save()
    assert verify(CHAIN) == (5, "broken")


@pytest.mark.parametrize("seq", [1, 4])
def test_a_deleted_entry_is_found(ten, seq):
    entries().filter(seq=seq).delete()
    assert verify(CHAIN) == (seq, "gap")


def test_a_deleted_entry_is_found_even_when_those_behind_it_are_numbered_anew(ten):
    entries().filter(seq=4).delete()
    for row in entries().filter(seq__gt=4).order_by("seq"):
        entries().filter(pk=row.pk).update(seq=row.seq - 1)
    assert verify(CHAIN) == (4, "broken")


def test_an_inserted_entry_is_found(ten):
    for row in entries().filter(seq__gt=4).order_by("-seq"):
        entries().filter(pk=row.pk).update(seq=row.seq + 1)
    fourth = entries().get(seq=4)
    body = bytes(fourth.body).replace(b'"seq":4', b'"seq":5')
    LedgerEntry(chain=CHAIN, seq=5, verb=fourth.verb, subject=fourth.subject, body=body, previous=bytes(fourth.hash),
                hash=hashlib.sha256(bytes(fourth.hash) + body).digest(), recorded_at=fourth.recorded_at).save()  # fmt: skip
    LedgerHead.unscoped.filter(chain=CHAIN).update(seq=11)
    assert verify(CHAIN) == (6, "broken")


def test_two_entries_changed_for_one_another_are_found(ten):
    entries().filter(seq=4).update(seq=99)
    entries().filter(seq=5).update(seq=4)
    entries().filter(seq=99).update(seq=5)
    assert verify(CHAIN) == (4, "broken")


def test_a_cut_tail_is_found_while_the_head_still_tells_of_it(ten):
    entries().filter(seq__gt=7).delete()
    assert verify(CHAIN) == (10, "head")


def test_a_head_that_is_gone_or_set_back_is_found(ten):
    seventh = entries().get(seq=7)
    LedgerHead.unscoped.filter(chain=CHAIN).update(seq=7, hash=bytes(seventh.hash))
    assert verify(CHAIN)[1] == "head"
    LedgerHead.unscoped.filter(chain=CHAIN).delete()
    assert verify(CHAIN)[1] == "head"


def test_a_cut_tail_with_a_fitting_head_is_not_found_without_a_line_kept_elsewhere(ten):
    """The honest limit: the chain is whole again, and only yesterday's line on paper tells."""
    kept = bytes(entries().get(seq=10).hash).hex()[:8]
    seventh = entries().get(seq=7)
    entries().filter(seq__gt=7).delete()
    LedgerHead.unscoped.filter(chain=CHAIN).update(seq=7, hash=bytes(seventh.hash))
    assert verify(CHAIN) == (7, "")
    assert not holds_line(CHAIN, 10, kept)


def test_a_chain_written_anew_is_not_found_without_a_line_kept_elsewhere(ten):
    kept = bytes(entries().get(seq=10).hash).hex()[:8]
    write_anew(lambda body: body.replace(b'"number":4', b'"number":5'))
    assert verify(CHAIN) == (10, "")
    assert not holds_line(CHAIN, 10, kept)


def test_a_line_kept_on_an_earlier_day_is_still_held_as_the_chain_grows(ten):
    kept = bytes(entries().get(seq=10).hash).hex()[:8]
    happen(11)
    assert holds_line(CHAIN, 10, kept) and holds_line(CHAIN, 10, kept.upper())
    assert not holds_line(CHAIN, 9, kept) and not holds_line(chain_of(8), 10, kept)
    with pytest.raises(ValueError):
        holds_line(CHAIN, 10, kept[:4])


def test_writing_on_after_a_change_does_not_heal_the_chain(ten):
    entries().filter(seq=4).update(subject="thing:99")
    happen(11)
    assert verify(CHAIN) == (4, "broken")


@pytest.mark.django_db
def test_two_entries_of_one_number_cannot_stand():
    happen(1)
    row = entries().get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


@pytest.mark.django_db
def test_recorded_time_never_runs_backwards_in_a_chain():
    happen(1, at=MORNING)
    happen(2, at=MORNING - timedelta(hours=3))
    times = list(entries().order_by("seq").values_list("recorded_at", flat=True))
    assert times == sorted(times) and verify(CHAIN) == (2, "")


@pytest.mark.django_db
def test_chains_of_two_committees_do_not_touch():
    @action
    def both():
        note(Note(8, "thing.happen", "thing:b", CLERK, MORNING))
        note(Note(COMMITTEE, "thing.happen", "thing:a", CLERK, MORNING))

    both()
    happen(2, committee=8)
    assert (verify(chain_of(8)), verify(CHAIN)) == ((2, ""), (1, ""))


def test_the_hashed_bytes_are_the_same_however_the_facts_were_written():
    local = datetime(2026, 9, 8, 9, 0, 0, 123456, tzinfo=UTC).astimezone()
    one = canonical(
        {"b": [1, True, None], "a": local, "c": unicodedata.normalize("NFD", "é"), "d": date(2026, 9, 8)}
    )
    assert one == '{"a":"2026-09-08T09:00:00Z","b":[1,true,null],"c":"é","d":"2026-09-08"}'.encode()


def test_a_fraction_cannot_enter_the_ledger():
    for value in (0.5, [1, 0.5], {"a": {"b": 0.5}}):
        with pytest.raises(TypeError):
            canonical({"value": value})


def test_a_commitment_proves_a_text_and_hides_it():
    salt = new_salt()
    assert commitment("放学时路口太堵", salt) == commitment("放学时路口太堵", salt)
    assert commitment("放学时路口太堵", salt) != commitment("放学时路口太堵", new_salt())
    assert commitment("放学时路口太堵", salt) != commitment("放学时路口太赌", salt)
    assert len(salt) == 32 and commitment("\ud800", salt)


def test_an_entry_names_the_actor_by_role_and_never_by_person():
    assert CLERK.as_fact() == {"as": "clerk", "appointment": 10}
    assert ReceiptHolder(5).as_fact() == {"as": "reporter"}
    assert System("import", 7).as_fact() == {"as": "system", "task": "import"}
    assert "person" not in LinkHolder("delivery", "a:1", 3).as_fact()


def test_only_staff_who_reach_a_committee_read_its_chain(ten):
    assert ledger_lines(CLERK, COMMITTEE).count() == 10
    assert ledger_of(CLERK, COMMITTEE, "thing:4").get().seq == 4
    for stranger in (
        NOBODY,
        ReceiptHolder(1),
        LinkHolder("x", "y", 1, COMMITTEE),
        appointed("clerk", 5, committee=8),
    ):
        assert not ledger_lines(stranger, COMMITTEE).exists()


@pytest.mark.django_db(transaction=True)
def test_eight_writers_with_twenty_appends_each_leave_no_gap_and_lose_nothing():
    failures = []

    def write(writer):
        try:
            for number in range(20):
                happen(f"{writer}-{number}")
        except Exception as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(writer,)) for writer in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert verify(CHAIN) == (160, "")
    assert entries().aggregate(last=models.Max("seq"))["last"] == 160
    assert entries().values("subject").distinct().count() == 160


@pytest.mark.django_db
def test_the_time_spent_on_the_head_is_measured():
    before = list(ledger.head_seconds)
    happen(1)
    assert ledger.head_seconds[1] == before[1] + 1 and ledger.head_seconds[0] > before[0]
