"""One action, one transaction: everything commits together or not at all."""

import pytest
from django.db import connection

from shangliang.foundation import outbox
from shangliang.foundation.business import action, business, note
from shangliang.foundation.ledger import Note, chain_of, verify
from shangliang.foundation.models import CodeSequence, LedgerEntry, LedgerHead, Message
from shangliang.foundation.refusals import Refusal
from shangliang.foundation.sequences import next_number, numbered_code
from shangliang.foundation.tests.factories import CLERK, COMMITTEE, MORNING


@action
def make(name, *, refuse=False):
    """Write a row, a message and a ledger entry; then perhaps refuse."""
    CodeSequence.unscoped.create(series=name)
    outbox.hand_over(effect=name, appointment=10, subject=name, body="", at=MORNING, address="a@example.org")
    note(Note(COMMITTEE, "thing.make", f"thing:{name}", CLERK, MORNING))
    if refuse:
        raise Refusal("不行")


@action
def make_two(first, second, *, refuse_second=False):
    make(first)
    make(second, refuse=refuse_second)


def left():
    return (CodeSequence.unscoped.count(), Message.unscoped.count(), LedgerEntry.unscoped.count())


@pytest.mark.django_db
def test_an_action_leaves_its_row_its_messages_and_one_entry():
    make("a")
    assert left() == (1, 2, 1)


@pytest.mark.django_db
def test_a_refused_action_leaves_no_row_no_message_and_no_entry():
    with pytest.raises(Refusal):
        make("a", refuse=True)
    assert left() == (0, 0, 0)
    assert not LedgerHead.unscoped.exists()


@pytest.mark.django_db
def test_a_refusal_deep_inside_takes_everything_back():
    with pytest.raises(Refusal):
        make_two("a", "b", refuse_second=True)
    assert left() == (0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_nested_actions_lock_the_head_and_write_the_ledger_once_just_before_commit():
    make("before")
    statements = []

    def watch(execute, sql, params, many, context):
        statements.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        make_two("a", "b")
    written = [sql for sql in statements if 'INSERT INTO "foundation_ledger_entry"' in sql]
    heads = [sql for sql in statements if 'UPDATE "foundation_ledger_head"' in sql]
    assert (len(written), len(heads)) == (1, 1)
    assert 'UPDATE "foundation_ledger_head"' in statements[-1]
    assert verify(chain_of(COMMITTEE)) == (3, "")


@pytest.mark.django_db
def test_a_caller_that_lives_on_after_a_refusal_keeps_nothing_of_what_was_refused():
    with business():
        make("kept")
        with pytest.raises(Refusal):
            make_two("lost", "refused", refuse_second=True)
    assert left() == (1, 2, 1)
    assert LedgerEntry.unscoped.get().subject == "thing:kept"
    assert verify(chain_of(COMMITTEE)) == (1, "")


@pytest.mark.django_db
def test_an_action_after_a_refused_one_begins_afresh():
    with pytest.raises(Refusal):
        make("a", refuse=True)
    make("b")
    assert LedgerEntry.unscoped.get().subject == "thing:b"


def test_a_note_outside_an_action_is_a_programming_error():
    with pytest.raises(RuntimeError, match="outside an action"):
        note(Note(COMMITTEE, "thing.make", "thing:a", CLERK, MORNING))


@pytest.mark.django_db
def test_one_effect_is_one_message_however_often_it_is_handed_over():
    for _ in range(3):
        outbox.hand_over(
            effect="e", appointment=10, subject="s", body="", at=MORNING, address="a@example.org"
        )
    assert sorted(Message.unscoped.values_list("channel", flat=True)) == ["mail", "page"]


@pytest.mark.django_db
def test_numbers_are_given_out_without_gaps_and_a_refused_action_gives_its_number_back():
    @action
    def numbered(*, refuse):
        number = next_number("s")
        if refuse:
            raise Refusal("不行")
        return number

    given = [numbered(refuse=False)]
    with pytest.raises(Refusal):
        numbered(refuse=True)
    given += [numbered(refuse=False), numbered(refuse=False)]
    assert given == [1, 2, 3]
    assert [numbered_code("YC", 2026), numbered_code("YC", 2026, "Y"), numbered_code("YC", 2026)] == [
        "YC-2026-0001", "YC-2026-Y0001", "YC-2026-0002"]  # fmt: skip
