"""T42: no table we give somebody runs anything; T43 for every exporter: no text breaks one."""

import logging
from itertools import islice

import pytest
from django.conf import settings

from shangliang.people.models import Area, Organisation
from shangliang.ui import workbooks, xlsx
from tests.trust.exports import EXPORTS, PAYLOADS, runs, taken_along, would_run
from tests.trust.poison import poison
from tests.trust.sizes import size
from tests.trust.strings import hostile, storable
from tests.trust.world import World

PROMISE = "A table we give you cannot run anything"
UNBROKEN = "No resident's words break a form, a page or a workbook"
AT_ONCE = 200
ROUNDS = size(3, len(PAYLOADS))
MAKE_TABLES = {
    "shangliang.reports.views.desk_sheet": 2,
    "shangliang.reports.views.matters": 1,
    "shangliang.reports.views.unowned": 1,
    "shangliang.sorting.views.models_page": 1,
    "shangliang.reports.views.points": 1,
    "shangliang.sorting.views.nobody": 1,
    "shangliang.sorting.views.owners": 1,
    "shangliang.sorting.views.scheme": 1,
    "shangliang.exchange.sheet_files": 2,
    "shangliang.exchange.views.imports": 1,
    "shangliang.exchange.views.transfers": 1,
    "shangliang.topics.views.bank": 1,
    "shangliang.consultations.views.everything": 1,
    "shangliang.delivery.views.lists": 1,
    "shangliang.hotspots.views.week": 1,
    "shangliang.statistics.views.figures": 1,
}


@pytest.fixture
def world(db):
    """Give two districts with something at every stage."""
    logging.disable(logging.CRITICAL)
    yield World()
    logging.disable(logging.NOTSET)


def turned(payloads, by):
    """Yield the payloads for ever, beginning further on each round, so that every text meets every one."""
    at = by
    while True:
        yield payloads[at % len(payloads)]
        at += 1


def poison_names(strings):
    """Write hostile names of places and units too; each ends in its own number, for no two may be called the same."""
    count = 0
    for model in (Area, Organisation):
        for row in model._base_manager.order_by("pk"):
            ending = f" {row.pk}"
            most = model._meta.get_field("name").max_length - len(ending)
            words = storable(next(strings))[:most] + ending
            model._base_manager.filter(pk=row.pk).update(name=words)
            count += 1
    return count


def poisoned_and_taken(world, strings):
    """Overwrite every text, take every table along as the clerk; return faults, texts overwritten and texts read back."""
    overwritten = poison(strings) + poison_names(strings)
    faults, texts = [], 0
    for export in EXPORTS:
        found, count = would_run(taken_along(world.clients["clerk"], world.own, export))
        faults += [f"{export.door} {export.query}{export.sheet_kind}: {one}" for one in found]
        texts += count
    return faults, overwritten, texts


def test_there_are_two_hundred_payloads_and_each_is_taken_for_what_it_is():
    assert len(PAYLOADS) == len(set(PAYLOADS)) >= 200
    assert all(runs(one) for one in ("=1+1", " ＝1", "\u200b@x", "\t=1", "%0A=1")), "the look sees them"
    assert not any(runs(one) for one in ("'=1+1", "-3", "+12.5", "路灯", "")), "and sees nothing else"


def test_every_place_that_makes_a_table_is_known_here():
    making = {}
    for path in (settings.BASE / "shangliang").rglob("*.py"):
        if "tests" not in path.parts and "ui" not in path.parts:
            source = path.read_text(encoding="utf-8")
            made = source.count("workbook_response(") + source.count("csv_response(")
            if made:
                making[".".join(path.relative_to(settings.BASE).with_suffix("").parts)] = made
    assert making == MAKE_TABLES


@pytest.mark.promise("T42", PROMISE)
def test_no_table_runs_what_somebody_wrote(world, measured):
    overwritten = texts = 0
    for number in range(ROUNDS):
        faults, changed, read = poisoned_and_taken(
            world, turned(PAYLOADS, number * 7 if ROUNDS < 10 else number)
        )
        assert not faults, faults[:5]
        overwritten, texts = overwritten + changed, texts + read

    assert overwritten > 100 * ROUNDS and texts > 100 * ROUNDS
    measured.figures.update(
        payloads=len(PAYLOADS),
        exports=len(EXPORTS),
        texts_overwritten=overwritten,
        texts_read_back=texts,
        runs=0,
    )


@pytest.mark.promise("T42", PROMISE)
def test_a_table_of_text_without_the_guard_is_caught(world, measured, monkeypatch):
    monkeypatch.setattr(xlsx, "csv_safe", lambda value: value)

    faults, _changed, _read = poisoned_and_taken(world, turned(PAYLOADS, 0))
    assert faults and all("csv" in one for one in faults)
    measured.caught("guard-left-out", f"{len(faults)} cells that run")


@pytest.mark.promise("T42", PROMISE)
def test_a_guard_that_knows_only_half_width_signs_is_caught(world, measured, monkeypatch):
    monkeypatch.setattr(xlsx, "COULD_BE_A_FORMULA", tuple("=+-@"))

    faults, _changed, _read = poisoned_and_taken(world, turned(PAYLOADS, 0))
    assert any("＝" in one for one in faults)
    measured.caught("full-width-forgotten", f"{len(faults)} cells that run")


@pytest.mark.promise("T42", PROMISE)
def test_a_workbook_that_lets_openpyxl_guess_is_caught(world, measured, monkeypatch):
    monkeypatch.setattr(workbooks, "_put_text", lambda cell, text: setattr(cell, "value", text))

    faults, _changed, _read = poisoned_and_taken(world, turned(PAYLOADS, 0))
    assert any("formula" in one for one in faults)
    measured.caught("formulas-written", f"{len(faults)} formula cells and links")


@pytest.mark.promise("T43", UNBROKEN)
def test_no_string_breaks_any_exporter(world, measured):
    strings, left, texts = hostile(size(400, 20_000)), size(400, 20_000), 0
    while some := list(islice(strings, AT_ONCE)):
        faults, changed, read = poisoned_and_taken(world, turned(some, 0))
        assert not faults, faults[:5]
        assert changed >= len(some), "each of them was written somewhere"
        left, texts = left - len(some), texts + read
    assert left == 0
    measured.figures.update(strings_through_every_export=size(400, 20_000), texts_in_them=texts, exceptions=0)
