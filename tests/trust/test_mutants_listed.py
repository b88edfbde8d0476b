"""Every promise has a mutant, and every mutant a test that names it."""

import re
from pathlib import Path

import pytest

from tests.mutants import MUTANTS

HERE = Path(__file__).parent
SOURCES = {path.name: path.read_text(encoding="utf-8") for path in HERE.glob("test_*.py")}
PROMISED = sorted(
    {name for source in SOURCES.values() for name in re.findall(r'mark\.promise\("([^"]+)"', source)}
)


@pytest.mark.parametrize("promise", PROMISED)
def test_every_promise_has_a_mutant(promise):
    assert [one for one in MUTANTS if one.promise == promise]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.name)
def test_every_mutant_is_seen_by_a_test_that_exists(mutant):
    file, _colons, test = mutant.seen_by.partition("::")
    body = re.search(rf"\ndef {test}\(.*?(?=\n(?:@pytest|def )|\Z)", SOURCES[file], re.S)
    assert body, f"{mutant.seen_by} is gone"
    says = re.search(rf'caught\(\s*"{re.escape(mutant.name)}"', body[0])
    assert says, f"{mutant.seen_by} does not say that it caught {mutant.name}"
    assert mutant.promise in PROMISED


def test_no_two_mutants_have_one_name():
    assert len({one.name for one in MUTANTS}) == len(MUTANTS)
