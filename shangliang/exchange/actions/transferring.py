"""Handing reports to another system: referred out, the words looked at, put on a sheet, handed over, or taken back."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from shangliang.analysis.doors import classification_marking
from shangliang.analysis.redact import hide_private
from shangliang.exchange import notices, rules
from shangliang.exchange.models import OtherSystem, Transfer, TransferSheet
from shangliang.exchange.states import HAND_OVER, STANDING, TAKE_BACK, TransferState
from shangliang.foundation import clock, codes, roles
from shangliang.foundation.business import action
from shangliang.foundation.moves import check_role, move, record_fact
from shangliang.foundation.queries import deadline
from shangliang.foundation.refusals import NotYours, Refusal
from shangliang.foundation.sequences import numbered_code
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.foundation.working_days import NoDayTable
from shangliang.reports.actions.coming_back import come_back
from shangliang.reports.actions.screening import refer
from shangliang.reports.models import Report
from shangliang.reports.states import ReportState
from shangliang.ui.clean import for_storage, on_one_line

LONGEST_WORDS = 4000


@action
def refer_out(report: Report, *, system: OtherSystem, words: str, by: Viewer, at: datetime) -> Transfer:
    """Refer a waiting report to another system and begin its transfer; the reporter reads ``words``. Return the transfer.

    Refuses a system of another committee or one no longer used, a report that an earlier transfer still holds, and
    whatever ``refer`` refuses.
    """
    held = check_place(by, report.committee_id)
    if system.committee_id != report.committee_id or not system.is_used:
        raise Refusal(_("选一个转去的地方。"))
    if Transfer.unscoped.filter(report=report, state__in=STANDING).exists():
        raise Refusal(_("这条上一次的转办还没有收回。先在转办里按“不转了”，再转。"))
    refer(report, channel=system.name, number="", words=words, by=by, at=at)
    return _draft(report, system, held, by=by, at=at)


@action
def make_sheet(system: OtherSystem, reports: Iterable[Report], *, by: Viewer, at: datetime) -> TransferSheet:
    """Put reports that were referred to a system on one sheet. Return it, each report with words to be looked at.

    Refuses none or more than 100, and any that was not referred to this system or lies on a sheet already.
    """
    held = check_place(by, system.committee_id)
    ids = sorted({one.pk for one in reports})
    if not ids or len(ids) > rules.MOST_ON_A_SHEET:
        raise Refusal(_("选 1 到 100 条，再列成一张转办单。"))
    rows = list(Report.unscoped.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))
    drafted = {one.report_id: one for one in Transfer.unscoped.filter(report__in=ids, state__in=STANDING)}
    for one in rows:
        _check_listable(one, drafted.get(one.pk), system)
    code = numbered_code(system.committee.prefix, clock.day_of(at).year, "Z")
    sheet = TransferSheet(
        committee=system.committee, system=system, code=code, made_at=at, appointment=held.appointment_id
    )
    sheet.save(force_insert=True)
    for one in rows:
        transfer = drafted.get(one.pk) or _draft(one, system, held, by=by, at=at)
        transfer.sheet = sheet
        transfer.save(update_fields=["sheet"])
    return sheet


@action
def confirm_words(transfer: Transfer, *, words: str, place: str, by: Viewer, at: datetime) -> Transfer:
    """Say that somebody has looked at what goes out. Private data in it is hidden once more. Return the transfer.

    Refuses empty or too long words, a classification marking, and a transfer that has gone out already.
    """
    held = check_place(by, transfer.committee_id)
    locked = _locked(transfer)
    if locked.state != TransferState.DRAFTED:
        raise Refusal(_("已经转出去了，不能再改。"))
    kept, where = hide_private(for_storage(words).strip())[0], hide_private(on_one_line(place))[0]
    if not kept or len(kept) > LONGEST_WORDS:
        raise Refusal(_("写上要转出去的话，不超过 4000 个字。"))
    marking = classification_marking(kept)
    if marking:
        raise Refusal(_("这里有密级标志“%(marking)s”，不能转出去。") % {"marking": marking})
    locked.words, locked.place = kept, where[:120]
    locked.confirmed_by, locked.confirmed_at = held.appointment_id, at
    locked.save(update_fields=["words", "place", "confirmed_by", "confirmed_at"])
    record_fact(locked, "transfer.confirm", by=by, at=at)
    return locked


@action
def hand_sheet_over(sheet: TransferSheet, *, on: date, by: Viewer, at: datetime) -> int:
    """Record that a sheet was handed over on a day: from then on the other side's clock runs. Return how many reports.

    Refuses a day that has not come, words nobody has looked at, and reports taken back to the desk meanwhile.
    """
    check_place(by, sheet.committee_id)
    if on > clock.day_of(at):
        raise Refusal(_("这一天还没到，请看看日期。"))
    rows = Transfer.unscoped.select_for_update(of=("self",)).filter(sheet=sheet, state=TransferState.DRAFTED)
    waiting = list(rows.select_related("report", "system").order_by("pk"))
    if not waiting:
        raise Refusal(_("这张单子上没有等着转出的了。"))
    if any(one.confirmed_at is None for one in waiting):
        raise Refusal(_("还有没核对过文字的。每一条都看过，再转出去。"))
    if any(one.report.state != ReportState.REFERRED for one in waiting):
        raise Refusal(_("有一条已经撤回筛选台了。先在单子上按“不转了”，把它拿下来。"))
    due_on = due_after(on, sheet.system.answer_days)
    for one in waiting:
        move(
            one,
            HAND_OVER,
            by=by,
            at=at,
            happened_on=on,
            facts={"due_on": due_on},
            handed_on=on,
            due_on=due_on,
        )
    sheet.handed_on = on
    sheet.save(update_fields=["handed_on"])
    return len(waiting)


@action
def take_back(transfer: Transfer, *, by: Viewer, at: datetime) -> Transfer:
    """Not to be transferred after all: the report waits on the desk again, where it is still referred."""
    check_place(by, transfer.committee_id)
    locked = _locked(transfer)
    move(locked, TAKE_BACK, by=by, at=at)
    if locked.report.state == ReportState.REFERRED:
        come_back(locked.report, words=notices.not_transferred(locked.system.name), by=by, at=at)
    return locked


def due_after(day: date, working_days: int) -> date:
    """Return the last day of their term; where the day table does not reach, calendar days at five to the week."""
    try:
        return deadline(day, working_days)
    except NoDayTable:
        return day + timedelta(days=working_days + 2 * (working_days // 5))


def check_place(by: Viewer, committee_id: int) -> Appointed:
    """Refuse (NotYours) anybody but the office of that very committee."""
    check_role(by, roles.OFFICE)
    if not isinstance(by, Appointed) or by.committee_id != committee_id:
        raise NotYours(_("这不是您所在政协的。"))
    return by


def _locked(transfer: Transfer) -> Transfer:
    rows = Transfer.unscoped.select_for_update(of=("self",)).select_related(
        "report__matter", "system", "committee"
    )
    return rows.get(pk=transfer.pk)


def _draft(report: Report, system: OtherSystem, held: Appointed, *, by: Viewer, at: datetime) -> Transfer:
    whole = f"{report.title}\n{report.text}" if report.title else report.text
    row = Transfer(
        committee_id=report.committee_id,
        system=system,
        report=report,
        code=codes.short_code(8),
        words=hide_private(whole)[0][:LONGEST_WORDS],
        place=hide_private(report.place)[0][:120],
        made_at=at,
        appointment=held.appointment_id,
    )
    row.save(force_insert=True)
    record_fact(row, "transfer.draft", by=by, at=at, facts={"report": report.code})
    return row


def _check_listable(report: Report, standing: Transfer | None, system: OtherSystem) -> None:
    if report.committee_id != system.committee_id or report.state != ReportState.REFERRED:
        raise Refusal(_("有一条不在转出的里面了，请刷新再选。"))
    if report.referred_to != system.name or (
        standing and (standing.sheet_id or standing.system_id != system.pk)
    ):
        raise Refusal(_("有一条已经在别的转办单上，或转的不是这里。"))
