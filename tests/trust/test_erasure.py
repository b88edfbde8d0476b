"""T67: what somebody took back is gone: rows, free pages, write-ahead log, files; and the ledger still verifies."""

from pathlib import Path

import pytest

from shangliang.instance.bench.instances import Instance
from tests.trust.erasing import CANARY
from tests.trust.instances import ask
from tests.trust.sizes import size

SPOKE = size(6, 120)
PROMISE = "Deleted means gone: from rows, free pages, the write-ahead log, files and the ledger, which still verifies"


def lying_about(instance: Instance) -> dict[str, int]:
    """Return in which files of the instance (on PostgreSQL also: in which cells) the canary stands, and how often."""
    if not instance.is_sqlite:
        ask(instance, "every_cell", str(instance.folder / "cells.txt"))
    found = {}
    for path in _files(instance.folder):
        times = path.read_bytes().count(CANARY.encode())
        if times:
            found[path.name] = times
    return found


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and "static" not in path.parts]


def pictures_of(instance: Instance) -> int:
    return len([path for path in _files(instance.folder / "files")])


def erased(instance: Instance, mutant: str = "") -> tuple[dict[str, int], dict[str, object], int, int]:
    """Speak, withdraw, erase. Return what lies about afterwards, what the job said, and pictures before and after."""
    ask(instance, "open_ground")
    assert ask(instance, "speak_and_take_back", str(SPOKE), mutant) == SPOKE
    assert lying_about(instance), "the canary was never there: this test could not fail"
    before = pictures_of(instance)
    told = ask(instance, "erase_all", mutant)
    return lying_about(instance), told, before, pictures_of(instance)


@pytest.mark.promise("T67", PROMISE)
def test_nothing_of_what_was_taken_back_lies_anywhere_and_the_ledger_verifies(instance, measured):
    found, told, before, after = erased(instance)

    assert found == {}
    assert (told["erased"], told["kept"], told["ledger"][1]) == (SPOKE, 2 * SPOKE, "")
    assert (before, after) == (2 * SPOKE, 0)
    measured.figures.update(erased=SPOKE, found=0, pictures_left=after, ledger_entries=told["ledger"][0])


@pytest.mark.promise("T67", PROMISE)
def test_a_field_that_is_forgotten_is_found(instance, measured):
    found, _told, _before, _after = erased(instance, "one_field_forgotten")

    assert found
    measured.caught("one-field-forgotten", found)


@pytest.mark.promise("T67", PROMISE)
def test_words_that_are_deleted_but_not_written_over_are_found(instance, measured):
    if not instance.is_sqlite:
        pytest.skip("PostgreSQL frees old row versions by its own vacuum")
    found, _told, _before, _after = erased(instance, "not_written_over")

    assert found
    measured.caught("not-written-over", found)
