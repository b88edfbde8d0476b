"""T43: no resident's words break a page, a list or a department's workbook."""

import zipfile
from io import BytesIO
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from shangliang.ui import xlsx
from shangliang.ui.clean import for_storage
from shangliang.ui.xlsx import Sheet, workbook_bytes
from tests.trust.sizes import size
from tests.trust.strings import hostile

STRINGS = size(200, 20_000)
PROMISE = "No resident's words break a form, a page or a workbook"


def workbooks_of(strings):
    """Yield a workbook for each two hundred strings, with what was to stand in it."""
    held = list(strings)
    for start in range(0, len(held), 200):
        some = held[start : start + 200]
        rows = [(number, text, text[::-1]) for number, text in enumerate(some)]
        yield some, workbook_bytes([Sheet(some[0][:40], ("号", "词", some[-1][:40]), rows, caption=some[len(some) // 2])])


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
            if len(text) > 30_000 and "已截断" not in shown and len(for_storage(text).encode("utf-16-le")) > 2 * 32_767:
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
    monkeypatch.setattr(xlsx, "for_storage", lambda text: text)

    with pytest.raises((ValueError, UnicodeError, ElementTree.ParseError, zipfile.BadZipFile)) as broken:
        faults(hostile(200))
    measured.caught("words-uncleaned", f"{broken.type.__name__} while writing 200 strings")


@pytest.mark.promise("T43", PROMISE)
def test_a_workbook_that_lets_openpyxl_guess_holds_formulas(monkeypatch, measured):
    monkeypatch.setattr(xlsx, "_put_text", lambda cell, text: setattr(cell, "value", text))

    formulas = [fault for fault in faults(hostile(200)) if "formula" in fault]
    assert formulas
    measured.caught("type-guessed", f"{len(formulas)} formula cells among 200 strings")
