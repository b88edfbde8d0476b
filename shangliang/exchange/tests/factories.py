"""Files, drafts, systems and transfers in the fictitious district, brought to a state by the real actions."""

import io
from datetime import datetime, timedelta
from typing import Any

from openpyxl import Workbook

from shangliang.exchange import actions
from shangliang.exchange.models import ImportRun, OtherSystem, ReportDraft, Transfer, TransferSheet
from shangliang.exchange.states import ImportState
from shangliang.people.tests.factories import MORNING, District
from shangliang.reports.tests.factories import report_in

HEAD = "编号,反映人,标题,时间,内容\n"
ROWS = (
    "Q-1,甲一,路灯不亮,2026-08-01T09:30:00+08:00,清河桥下夜里没灯。\n"
    "Q-2,乙二,公交太挤,2026/8/2 7:05,早上七点挤不上车。\n"
    "Q-3,甲一,井盖松了,2026年8月3日,车一压就响，电话13900001234。\n"
)
BAD_ROWS = "Q-4,丙三,空的,2026-08-04, \nQ-5,丙三,几时,昨天下午,说不清。\n"
COLUMNS = (
    ("编号", "code", ""),
    ("内容", "words", ""),
    ("期限", "answer_by", ""),
    ("来源", "fixed", "政协转办"),
)


def csv_file(rows: str = ROWS, head: str = HEAD, encoding: str = "utf-8") -> bytes:
    """Return the bytes of a table of messages."""
    return (head + rows).encode(encoding)


def xlsx_file(lines: list[list[Any]], hidden: str = "") -> bytes:
    """Return a workbook with these lines, and a hidden sheet if it has a name."""
    book = Workbook()
    sheet: Any = book.active
    for line in lines:
        sheet.append(line)
    if hidden:
        book.create_sheet(hidden).sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def held_file(place: District, data: bytes | None = None, at: datetime = MORNING, **more: Any) -> ImportRun:
    """Return a run whose file waits to be looked at by the clerk."""
    said = {"source": "12345 导出", "by": place.clerk, **more}
    return actions.hold_file(csv_file() if data is None else data, committee=place.committee, at=at, **said)


def imported(place: District, data: bytes | None = None, at: datetime = MORNING, **more: Any) -> ImportRun:
    """Return a run that was imported to its end."""
    run = held_file(place, data, at, **more)
    actions.begin_import(run, by=place.clerk, at=at)
    while run.state == ImportState.RUNNING:
        run = actions.import_next(run, by=place.clerk, at=at)
    return run


def drafts_in(place: District, *texts: str, at: datetime = MORNING) -> list[ReportDraft]:
    """Return drafts out of a paste."""
    said = [(text, None) for text in texts or ("柳岸桥下的灯不亮了",)]
    return actions.keep_drafts(said, committee=place.committee, source="群消息", by=place.clerk, at=at)


def system_in(place: District, name: str = "12345 热线", at: datetime = MORNING, **more: Any) -> OtherSystem:
    """Return another system with four columns that answers in five working days."""
    said = {"sheet_kind": "csv", "columns": COLUMNS, "number_format": "", "answer_days": 5, **more}
    return actions.describe_system(None, committee=place.committee, name=name, by=place.leader, at=at, **said)


def referred_out(
    place: District, system: OtherSystem | None = None, text: str = "井盖松了，电话13900001234。", at: datetime = MORNING, **more: Any
) -> Transfer:  # fmt: skip
    """Return a transfer whose words nobody has looked at yet."""
    system = (
        system or OtherSystem.unscoped.filter(committee=place.committee).first() or system_in(place, at=at)
    )
    report = report_in(place, text, at=at, **more)
    return actions.refer_out(report, system=system, words="我们替您转过去。", by=place.clerk, at=at)


def sheet_with(
    place: District, *transfers: Transfer, at: datetime = MORNING, looked: bool = True
) -> TransferSheet:
    """Return a sheet with these transfers (or a new one), their words looked at."""
    rows = transfers or (referred_out(place, at=at),)
    sheet = actions.make_sheet(rows[0].system, [one.report for one in rows], by=place.clerk, at=at)
    if looked:
        for one in rows:
            actions.confirm_words(one, words=one.words, place=one.place, by=place.clerk, at=at)
    return sheet


def with_them(place: District, *transfers: Transfer, at: datetime = MORNING) -> list[Transfer]:
    """Return transfers that were handed over that day."""
    sheet = sheet_with(place, *transfers, at=at)
    actions.hand_sheet_over(sheet, on=at.date(), by=place.clerk, at=at)
    return list(
        Transfer.unscoped.filter(sheet=sheet).select_related("report", "system", "committee").order_by("pk")
    )


def days_on(days: int, at: datetime = MORNING) -> datetime:
    """Return a moment some days on."""
    return at + timedelta(days=days)
