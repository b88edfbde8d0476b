"""One function changes a state: it asks for role and state, and the button follows the same rule."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from shangliang.foundation import roles
from shangliang.foundation.lifecycle import all_machines, verb_labels
from shangliang.foundation.models import LedgerEntry, Publication
from shangliang.foundation.moves import may, move, moves_open_to, record_fact
from shangliang.foundation.refusals import NotYours, WrongState
from shangliang.foundation.states import PUBLICATION, PUBLISH, REVIEW_DONE, WITHDRAW, PublicationState
from shangliang.foundation.tests.factories import CLERK, LEADER, MORNING, REVIEWER, appointed, prepared

S = PublicationState
pytestmark = pytest.mark.django_db


def test_a_move_saves_the_state_with_its_changes_and_notes_where_it_came_from():
    row = prepared()
    move(
        row,
        REVIEW_DONE,
        by=REVIEWER,
        at=MORNING,
        happened_on=date(2026, 9, 8),
        facts={"readers": 1},
        title="新题目",
    )
    kept = Publication.unscoped.get()
    assert (kept.state, kept.title, row.state) == (S.REVIEWED, "新题目", S.REVIEWED)
    entry = LedgerEntry.unscoped.get(verb="publication.review")
    assert entry.subject == f"publication:{row.code}"
    assert b'"facts":{"from":"prepared","readers":1,"to":"reviewed"}' in bytes(entry.body)
    assert b'"happened_on":"2026-09-08"' in bytes(entry.body)


def test_a_move_from_a_state_that_has_gone_on_is_refused_and_changes_nothing():
    row, stale = prepared(), Publication.unscoped.get()
    move(row, REVIEW_DONE, by=REVIEWER, at=MORNING)
    with pytest.raises(WrongState, match="已审核"):
        move(stale, REVIEW_DONE, by=LEADER, at=MORNING, title="晚了一步")
    assert Publication.unscoped.get().title == "校门口的车"
    assert LedgerEntry.unscoped.filter(verb="publication.review").count() == 1


def test_a_role_that_may_not_is_refused_before_anything_is_told_of_the_state():
    row = prepared()
    with pytest.raises(NotYours):
        move(row, PUBLISH, by=REVIEWER, at=MORNING)
    assert Publication.unscoped.get().state == S.PREPARED


def accepted(row, step, viewer):
    Publication.unscoped.filter(pk=row.pk).update(state=row.state, withdrawn_because="x")
    fresh = Publication.unscoped.get(pk=row.pk)
    try:
        move(fresh, step, by=viewer, at=MORNING)
    except (NotYours, WrongState):
        return False
    return True


def test_for_every_role_and_state_the_button_is_shown_exactly_when_the_door_opens():
    row = prepared()
    tried = 0
    for state in S.values:
        for role in roles.EVERY_ROLE:
            viewer = appointed(role, 5)
            row.state = state
            shown = moves_open_to(viewer, row, PUBLICATION)
            for step in PUBLICATION.moves:
                row.state = state
                assert (step in shown) == may(viewer, row, step) == accepted(row, step, viewer), (
                    state,
                    role,
                    step.name,
                )
                tried += 1
    assert tried == len(S.values) * len(roles.EVERY_ROLE) * 3


def test_buttons_come_in_the_order_of_the_table():
    row = prepared()
    assert moves_open_to(LEADER, row, PUBLICATION) == [REVIEW_DONE, WITHDRAW]
    assert moves_open_to(CLERK, row, PUBLICATION) == [WITHDRAW]


def test_a_counted_fact_changes_no_state():
    row = prepared()
    record_fact(row, "publication.read", by=CLERK, at=MORNING, facts={"times": 2})
    assert Publication.unscoped.get().state == S.PREPARED
    assert LedgerEntry.unscoped.last().verb == "publication.read"


def test_every_machine_of_the_product_is_sound():
    """Each move starts and ends in states of its machine, names its noun, and every state but the first can be reached."""
    seen = list(all_machines())
    assert PUBLICATION in seen
    for machine in seen:
        states = set(machine.states.values)
        for step in machine.moves:
            assert {*step.sources, step.target} <= states and step.name.startswith(f"{machine.noun}.")
            assert set(step.roles) <= set(roles.EVERY_ROLE) and step.label
        assert {step.target for step in machine.moves} | {machine.initial} == states, machine.noun


def test_every_fact_noted_in_the_ledger_has_words():
    """What a page of the ledger shows is never a bare verb: each literal verb of the product is a move or a FACT."""
    labels = verb_labels()
    code = [path for path in Path(settings.BASE, "shangliang").rglob("*.py") if "tests" not in path.parts]
    noted = re.compile(r"(?:record_fact|Note)\([^\"]*?\"([a-z_]+\.[a-z_]+)\"")
    verbs = {verb for path in code for verb in noted.findall(path.read_text(encoding="utf-8"))}
    assert len(verbs) > 20
    assert not sorted(verb for verb in verbs if verb not in labels)
