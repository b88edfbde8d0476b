"""A workbook somebody uploads, read as the lines they could have pasted."""

import zipfile
from importlib import import_module
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from shangliang.analysis.doors import classification_marking
from shangliang.people.rules import MOST_LINES
from shangliang.ui.forms import MARKED

LARGEST_FILE = 2 * 1024 * 1024
LARGEST_INSIDE = 60 * 1024 * 1024
MOST_COLUMNS = 6


class SheetField(forms.FileField):
    """An xlsx file; its value is its first sheet as lines with tabs between cells, or "" when none was sent."""

    default_error_messages = {
        "unreadable": _("这个文件打不开。请用 Excel 或 WPS 另存为 xlsx 再传，或者直接把内容粘贴到框里。"),
        "too_big": _("文件太大了（超过 2 MB）。请只留要录的那两列再传。"),
        "too_long": _("行数太多了，一次最多 2000 行。"),
        "empty": _("这个文件是空的。"),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.ClearableFileInput(attrs={"accept": ".xlsx"}))
        super().__init__(required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> str:
        """Return the sheet's lines. Refuses what is no xlsx, more than 2 MB, a bomb, a marked one, more than 2000 rows."""
        sent = super().clean(data, initial)
        if not sent:
            return ""
        if sent.size > LARGEST_FILE:
            raise ValidationError(self.error_messages["too_big"], code="too_big")
        try:
            lines = _lines_of(sent)
        except (
            Exception
        ) as broken:  # a reader of foreign files may raise anything; the sender gets one sentence
            raise ValidationError(self.error_messages["unreadable"], code="unreadable") from broken
        marking = classification_marking("\n".join(cell for line in lines for cell in line.split("\t")))
        if marking:
            raise ValidationError(MARKED, code="marked", params={"marking": marking})
        if len(lines) > MOST_LINES:
            raise ValidationError(self.error_messages["too_long"], code="too_long")
        return "\n".join(lines)


def _lines_of(sent: UploadedFile) -> list[str]:
    with zipfile.ZipFile(sent) as packed:
        if sum(item.file_size for item in packed.infolist()) > LARGEST_INSIDE:
            raise ValueError("too large when unpacked")
    sent.seek(0)
    book = import_module("openpyxl").load_workbook(sent, read_only=True, data_only=True, keep_links=False)
    try:
        rows = book.worksheets[0].iter_rows(max_row=MOST_LINES + 1, max_col=MOST_COLUMNS, values_only=True)
        lines = [
            "\t".join("" if cell is None else " ".join(str(cell).split()) for cell in row).rstrip()
            for row in rows
        ]
    finally:
        book.close()
    return [line for line in lines if line]
