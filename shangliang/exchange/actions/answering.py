"""What comes back from another system: its number, its answer, a refusal; reminders; and "already with them"."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from shangliang.analysis.doors import classification_marking
from shangliang.exchange import notices, rules
from shangliang.exchange.actions.transferring import check_place
from shangliang.exchange.models import Transfer, TransferNudge
from shangliang.exchange.states import NUMBER, TAKE_ANSWER, TAKE_RETURN, WITH_THEM
from shangliang.foundation import clock
from shangliang.foundation.business import action
from shangliang.foundation.moves import move, record_fact
from shangliang.foundation.refusals import Refusal, WrongState
from shangliang.foundation.viewer import Viewer
from shangliang.reports.actions.coming_back import come_back
from shangliang.reports.actions.screening import tell
from shangliang.reports.actions.wording import said
from shangliang.reports.models import Report, ThreadKind
from shangliang.reports.permissions import NOT_ON_THE_DESK
from shangliang.reports.states import ReportState
from shangliang.sorting.actions.training import learn_soon_at_first
from shangliang.ui.clean import on_one_line

LONGEST_ANSWER = 1800
MOST_LINES = 500


@dataclass(frozen=True)
class Line:
    """One line of a pasted table with the transfers it speaks of: either a number or an answer with its day."""

    number: int
    transfers: tuple[Transfer, ...]
    words: str
    day: date | None = None


@action
def record_number(transfer: Transfer, *, number: str, by: Viewer, at: datetime) -> Transfer:
    """Keep the number the other system gave, or correct it. Refuses none, and one that has not that system's form."""
    locked = _locked(transfer, by)
    kept = on_one_line(number)
    if not kept or len(kept) > rules.LONGEST_NUMBER:
        raise Refusal(_("写上那边的编号，不超过 60 个字。"))
    if not rules.number_fits(kept, locked.system.number_format):
        raise Refusal(
            _("编号“%(number)s”不像%(system)s的（应当是 %(format)s，# 是一位数字）。请核对。")
            % {"number": kept, "system": locked.system.name, "format": locked.system.number_format}
        )
    move(locked, NUMBER, by=by, at=at, number=kept)
    learn_soon_at_first(locked.committee_id, "unit", at)
    if locked.report.state == ReportState.REFERRED:
        locked.report.referred_number = kept
        locked.report.save(update_fields=["referred_number"])
    return locked


@action
def take_answer(transfer: Transfer, *, answer: str, on: date, by: Viewer, at: datetime) -> Transfer:
    """Keep what the other system answered and on which day; the reporter reads it in the thread. Return the transfer.

    Refuses an empty or too long answer, a classification marking, a day before the hand-over or yet to come, and a
    report that was withdrawn.
    """
    locked = _locked(transfer, by)
    words = said(answer)
    if len(words) > LONGEST_ANSWER:
        raise Refusal(_("答复太长，最多 1800 个字。您写的还在，删一删再交。"))
    marking = classification_marking(words)
    if marking:
        raise Refusal(_("这里有密级标志“%(marking)s”，没有存。") % {"marking": marking})
    if on > clock.day_of(at) or (locked.handed_on and on < locked.handed_on):
        raise Refusal(_("答复的日子要在转出以后，不晚于今天。"))
    move(locked, TAKE_ANSWER, by=by, at=at, happened_on=on, answer=words, answered_on=on)
    tell(locked.report, ThreadKind.REPLY, notices.answered(locked.system.name, on, words), by=by, at=at)
    return locked


@action
def take_return(transfer: Transfer, *, because: str, by: Viewer, at: datetime) -> Transfer:
    """The other system says that it is not theirs: the report waits on the desk again. Refuses without the reason."""
    locked = _locked(transfer, by)
    reason = on_one_line(because)
    if not reason or len(reason) > 200:
        raise Refusal(_("写上那边怎么说的，不超过 200 个字。"))
    move(locked, TAKE_RETURN, by=by, at=at, returned_because=reason)
    if locked.report.state == ReportState.REFERRED:
        come_back(locked.report, words=notices.returned(locked.system.name), by=by, at=at)
    return locked


@action
def nudge(transfer: Transfer, *, how: str, by: Viewer, at: datetime) -> TransferNudge:
    """Note that the other system was reminded today, and how. Refuses without how, and one that is not with them."""
    locked = _locked(transfer, by)
    held = check_place(by, locked.committee_id)
    kept = on_one_line(how)
    if locked.state not in WITH_THEM:
        raise WrongState(_("这件不在那边，不用催。"))
    if not kept or len(kept) > 120:
        raise Refusal(_("写上怎么催的，例如“打了承办窗口的电话”，不超过 120 个字。"))
    row = TransferNudge(
        transfer=locked, nudged_on=clock.day_of(at), how=kept, appointment=held.appointment_id
    )
    row.save(force_insert=True)
    record_fact(locked, "transfer.nudge", by=by, at=at)
    return row


@action
def take_lines(
    lines: Iterable[Line], *, are_answers: bool, by: Viewer, at: datetime
) -> list[tuple[Line, str]]:
    """Take in numbers or answers of many transfers. Return the lines that were refused, each with the sentence why.

    A refused line changes nothing; the others are kept all the same. Refuses more than 500 lines.
    """
    wanted = list(lines)
    if len(wanted) > MOST_LINES:
        raise Refusal(_("一次最多 500 行，请分几次贴。"))
    refused = []
    for line in wanted:
        try:
            _take_line(line, are_answers, by=by, at=at)
        except Refusal as because:
            refused.append((line, str(because)))
    return refused


@action
def _take_line(line: Line, are_answers: bool, *, by: Viewer, at: datetime) -> None:
    for one in line.transfers:
        if are_answers:
            take_answer(one, answer=line.words, on=line.day or clock.day_of(at), by=by, at=at)
        else:
            record_number(one, number=line.words, by=by, at=at)


@action
def record_elsewhere(report: Report, *, system: str, number: str, by: Viewer, at: datetime) -> Report:
    """Note that the reporter is already with another system, and under which number. Refuses without its name."""
    check_place(by, report.committee_id)
    name = on_one_line(system)
    if not name or len(name) > 80:
        raise Refusal(_("写上已经找过哪里，不超过 80 个字。"))
    locked = Report.unscoped.select_for_update(of=("self",)).get(pk=report.pk)
    if locked.state in NOT_ON_THE_DESK:
        raise WrongState(_("这条线索现在不在筛选台上。"))
    report.elsewhere, report.elsewhere_number = name, on_one_line(number)[: rules.LONGEST_NUMBER]
    report.save(update_fields=["elsewhere", "elsewhere_number"])
    record_fact(report, "report.elsewhere", by=by, at=at, facts={"has_number": bool(report.elsewhere_number)})
    return report


def _locked(transfer: Transfer, by: Viewer) -> Transfer:
    check_place(by, transfer.committee_id)
    rows = Transfer.unscoped.select_for_update(of=("self",)).select_related(
        "report__matter", "system", "committee"
    )
    row = rows.get(pk=transfer.pk)
    if row.report.state in NOT_ON_THE_DESK:
        raise WrongState(_("反映人撤回了这一条，或它已交给专办员，不用再记。"))
    return row
