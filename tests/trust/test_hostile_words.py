"""T43: no resident's words break a page, a list or a department's workbook."""

import logging
import zipfile
from collections import Counter
from io import BytesIO
from itertools import cycle
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from shangliang.foundation.codes import form_key_digest
from shangliang.reports.models import Report
from shangliang.ui import workbooks
from shangliang.ui.clean import for_storage
from shangliang.ui.xlsx import Sheet, workbook_bytes
from tests.trust.doors_table import DOORS
from tests.trust.poison import poison
from tests.trust.sizes import size
from tests.trust.strings import hostile
from tests.trust.world import World

STRINGS = size(200, 20_000)
PROMISE = "No resident's words break a form, a page or a workbook"


def workbooks_of(strings):
    """Yield a workbook for each two hundred strings, with what was to stand in it."""
    held = list(strings)
    for start in range(0, len(held), 200):
        some = held[start : start + 200]
        rows = [(number, text, text[::-1]) for number, text in enumerate(some)]
        yield (
            some,
            workbook_bytes(
                [Sheet(some[0][:40], ("号", "词", some[-1][:40]), rows, caption=some[len(some) // 2])]
            ),
        )


def faults(strings) -> list[str]:
    """Write the strings into workbooks, read them back, and return every fault found."""
    found: list[str] = []
    for some, data in workbooks_of(strings):
        with zipfile.ZipFile(BytesIO(data)) as parts:
            for name in parts.namelist():
                if name.endswith((".xml", ".rels")):
                    ElementTree.fromstring(parts.read(name))
        page = load_workbook(BytesIO(data)).worksheets[0]
        cells = [cell for row in page.iter_rows() for cell in row]
        found += [f"a formula at {cell.coordinate}" for cell in cells if cell.data_type == "f"]
        for number, text in enumerate(some):
            shown = page.cell(number + 3, 2).value or ""
            if (
                len(text) > 30_000
                and "已截断" not in shown
                and len(for_storage(text).encode("utf-16-le")) > 2 * 32_767
            ):
                found.append(f"string {number} was cut without a word")
            elif len(text) < 1000 and not same(shown, for_storage(text)):
                found.append(f"string {number} changed on the way: {text!r} {shown!r}")
    return found


def same(shown: str, meant: str) -> bool:
    """Tell whether a cell shows what was meant; a workbook does not keep blanks at either end apart."""
    return " ".join(str(shown).split()) == " ".join(meant.split())


@pytest.mark.promise("T43", PROMISE)
def test_every_string_goes_into_a_workbook_and_comes_back_as_text(measured):
    assert faults(hostile(STRINGS)) == []
    measured.figures.update(strings_through_the_workbook=STRINGS, exceptions=0, formulas=0)


@pytest.mark.promise("T43", PROMISE)
def test_a_workbook_that_writes_words_as_they_come_breaks(monkeypatch, measured):
    monkeypatch.setattr(workbooks, "for_storage", lambda text: text)

    with pytest.raises((ValueError, UnicodeError, ElementTree.ParseError, zipfile.BadZipFile)) as broken:
        faults(hostile(200))
    measured.caught("words-uncleaned", f"{broken.type.__name__} while writing 200 strings")


@pytest.mark.promise("T43", PROMISE)
def test_a_workbook_that_lets_openpyxl_guess_holds_formulas(monkeypatch, measured):
    monkeypatch.setattr(workbooks, "_put_text", lambda cell, text: setattr(cell, "value", text))

    formulas = [fault for fault in faults(hostile(200)) if "formula" in fault]
    assert formulas
    measured.caught("type-guessed", f"{len(formulas)} formula cells among 200 strings")


@pytest.fixture
def world(db):
    """Give two districts with something at every stage."""
    logging.disable(logging.CRITICAL)
    yield World()
    logging.disable(logging.NOTSET)


WORKBOOKS = (
    "topics:xlsx",
    "consultations:xlsx",
    "delivery:lists_xlsx",
    "reports:desk",
    "reports:matters",
    "sorting:scheme",
    "sorting:issue",
    "sorting:nobody",
    "statistics:figure",
)


def taken_along(world):
    """Download every workbook as the clerk; return how many cells of text there were. Raises where one breaks."""
    cells = 0
    for door in (one for one in DOORS if one.name in WORKBOOKS and not one.tag):
        answer = world.clients["clerk"].get(door.address(world.own), {"format": "xlsx"})
        assert answer.status_code == 200 and "spreadsheet" in answer["Content-Type"], door
        found = [
            cell
            for page in load_workbook(BytesIO(answer.content))
            for row in page.iter_rows()
            for cell in row
        ]
        assert not [cell for cell in found if cell.data_type == "f"], door
        cells += sum(isinstance(cell.value, str) for cell in found)
    return cells


def opened(world):
    """Open every page the clerk has, and the pages of a receipt. Raises where one breaks; return how many."""
    pages = 0
    for viewer in ("clerk", "officer", "unit", "receipt"):
        client = world.clients[viewer]
        client.raise_request_exception = True
        for door in (one for one in DOORS if viewer in one.get):
            assert client.get(door.address(world.own)).status_code < 500, door
            pages += 1
    return pages


@pytest.mark.promise("T43", PROMISE)
def test_pages_and_workbooks_open_whatever_the_records_say(world, measured):
    strings, overwritten, cells, pages = cycle(hostile(STRINGS)), 0, 0, 0
    for _round in range(size(2, 100)):
        overwritten += poison(strings)
        cells += taken_along(world)
        pages += opened(world)

    assert overwritten > 100 and cells > 100
    measured.figures.update(texts_overwritten=overwritten, cells_read_back=cells, pages_opened=pages)


@pytest.mark.promise("T43", PROMISE)
def test_any_string_sent_through_the_form_is_kept_or_refused_with_a_sentence(world, measured):
    said, address = Counter(), f"/r/{world.own['point']}/"
    for number, text in enumerate(hostile(STRINGS)):
        body = urlencode({"form_key": f"{number:030}", "text": text, "place": text}, errors="surrogatepass")
        answer = world.clients["anonymous"].post(
            address, body, content_type="application/x-www-form-urlencoded"
        )
        said[answer.status_code] += 1

    assert set(said) <= {200, 422}
    kept = Report.unscoped.filter(
        form_key_digest__in=[form_key_digest(f"{number:030}") for number in range(STRINGS)]
    )
    assert kept.count() == said[200] > STRINGS // 2
    assert all(row.text == for_storage(row.text) for row in kept.iterator())
    measured.figures.update(
        strings_through_the_form=STRINGS, kept=said[200], refused_with_a_sentence=said[422]
    )
