"""A sheet (转办单) in the other system's own columns: the cells, and the files they go out in. Nothing in them runs."""

import io
from collections.abc import Iterable
from datetime import date
from importlib import import_module
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from shangliang.exchange.actions.transferring import due_after
from shangliang.exchange.models import Transfer, TransferSheet
from shangliang.foundation import clock
from shangliang.ui.clean import for_storage
from shangliang.ui.xlsx import Sheet, csv_response, workbook_response

LONGEST_SUBJECT = 30
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def heads_of(sheet: TransferSheet) -> list[str]:
    """Return the headings of the other system's sheet."""
    return [heading for heading, _fill, _fixed in sheet.system.columns]


def cells_of(sheet: TransferSheet, transfers: Iterable[Transfer], today: date) -> list[list[str]]:
    """Return one line of texts for each transfer. No contact, no original words, no name ever stands in it."""
    on = sheet.handed_on or today
    said = {"handed_on": on.isoformat(), "answer_by": due_after(on, sheet.system.answer_days).isoformat(),
            "from": sheet.committee.name, "blank": ""}  # fmt: skip
    return [
        [fixed if fill == "fixed" else said[fill] if fill in said else _cell(one, fill)
         for _heading, fill, fixed in sheet.system.columns]
        for one in transfers
    ]  # fmt: skip


def _cell(one: Transfer, fill: str) -> str:
    report = one.report
    if fill == "title":
        return one.words.split("\n", 1)[0][:LONGEST_SUBJECT]
    if fill == "area":
        return " ".join(place.name for place in (getattr(report.area, "parent", None), report.area) if place)
    if fill == "contact":
        agreed = bool(report.contact_handle) and report.may_unit_call
        return _("反映人同意联系，请向转出单位要") if agreed else _("不联系反映人")
    day = {"happened_on": report.happened_on, "received_on": clock.day_of(report.received_at)}.get(fill)
    return day.isoformat() if day else {"code": one.code, "words": one.words, "place": one.place}[fill]


def file_response(sheet: TransferSheet, rows: list[list[str]]) -> HttpResponse:
    """Return the sheet as a download in the kind its system takes; a printed one comes as a workbook."""
    name = _("转办单%(code)s") % {"code": sheet.code}
    if sheet.system.sheet_kind == "csv":
        return csv_response(name, Sheet(_("转办单"), heads_of(sheet), rows))
    if sheet.system.sheet_kind == "docx":
        return _download(f"{name}.docx", _DOCX, _docx(sheet, rows))
    return workbook_response(name, [Sheet(_("转办单"), heads_of(sheet), rows)])


def _docx(sheet: TransferSheet, rows: list[list[str]]) -> bytes:
    paper: Any = import_module("docx").Document()  # loaded with the first document only
    paper.core_properties.author = sheet.committee.name
    title = paper.add_heading(_("转办单"), level=0)
    title.alignment = import_module("docx.enum.text").WD_ALIGN_PARAGRAPH.CENTER
    paper.add_paragraph(for_storage(f"{sheet.committee.name} → {sheet.system.name}　{sheet.code}"))
    heads = heads_of(sheet)
    for number, row in enumerate(rows, 1):
        paper.add_heading(_("第 %(number)s 件") % {"number": number}, level=2)
        table: Any = paper.add_table(rows=0, cols=2)
        table.style = "Table Grid"
        for heading, cell in zip(heads, row, strict=True):
            line = table.add_row().cells
            line[0].text, line[1].text = for_storage(heading), for_storage(cell)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _download(name: str, kind: str, data: bytes) -> HttpResponse:
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, for_storage(name))
    response["Cache-Control"] = "private, no-store"
    return response
