"""The list of the desk as a workbook or a table of text: private data in the words hidden, no contact data."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from shangliang.analysis.redact import hide_private
from shangliang.reports.views.spoken import no_words_yet
from shangliang.ui.xlsx import Sheet, csv_response, workbook_response


def desk_file(rows: Any, kind: str) -> HttpResponse:
    """Return the reports as a download, ``xlsx`` or ``csv``."""
    sheet = sheet_of(rows)
    return csv_response(_("线索"), sheet) if kind == "csv" else workbook_response(_("线索"), [sheet])


def sheet_of(rows: Any) -> Sheet:
    """Return the reports as a sheet, one line each."""
    filing = (_("线索"), _("收到"), _("哪天的事"), _("最晚答复"), _("怎么来的"), _("社区"))
    columns = (*filing, _("地点"), _("标题"), _("内容"), _("现在"), _("事项"))
    return Sheet(_("线索"), columns, (_line(row) for row in rows.iterator(chunk_size=500)))


def _line(row: Any) -> tuple[Any, ...]:
    area = row.area.name if row.area else ""
    filing = (row.code, row.received_at, row.happened_on, row.answer_due_on, row.get_channel_display(), area)
    words = tuple(hide_private(part)[0] for part in (row.place, row.title, row.text or no_words_yet(row)))
    return *filing, *words, row.get_state_display(), row.matter.code if row.matter.title else ""
