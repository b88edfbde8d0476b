"""What a person with a receipt sees of the way to another system: one course, whoever entered it."""

from dataclasses import dataclass
from datetime import date

from shangliang.exchange.models import Transfer
from shangliang.exchange.permissions import rows_of_transfers
from shangliang.exchange.states import WITH_THEM, TransferState
from shangliang.foundation.viewer import ReceiptHolder, Viewer
from shangliang.reports.models import Report
from shangliang.reports.permissions import LOCKED
from shangliang.reports.states import ReportState


@dataclass(frozen=True)
class ReceiptTransfer:
    """One other system on the page of a receipt.

    ``kind``: own (the person went there before us), waits (to be handed over), there, answered, or returned.
    """

    system: str
    kind: str
    number: str = ""
    handed_on: date | None = None
    due_on: date | None = None
    answered_on: date | None = None
    answer: str = ""


def transfers_of_receipt(viewer: Viewer) -> list[ReceiptTransfer]:
    """Return the ways to other systems of the report whose receipt was shown, in order; empty for any other viewer.

    Nothing while the report lies in the locked queue; a transfer taken back before it went out is left out.
    """
    if not isinstance(viewer, ReceiptHolder):
        return []
    report = Report.unscoped.filter(pk=viewer.report_id).first()
    if report is None or report.state in LOCKED:
        return []
    own = [ReceiptTransfer(report.elsewhere, "own", report.elsewhere_number)] if report.elsewhere else []
    rows = list(Transfer.unscoped.filter(rows_of_transfers(viewer)).select_related("system").order_by("pk"))
    shown = [_shown(one, report) for one in rows if one.state != TransferState.TAKEN_BACK]
    if not rows and report.state == ReportState.REFERRED and report.referred_number:
        shown = [ReceiptTransfer(report.referred_to, "there", report.referred_number)]
    return [*own, *(one for one in shown if one)]


def _shown(one: Transfer, report: Report) -> ReceiptTransfer | None:
    if one.state == TransferState.DRAFTED:
        is_referred = report.state == ReportState.REFERRED
        return ReceiptTransfer(one.system.name, "waits") if is_referred else None
    kind = "there" if one.state in WITH_THEM else str(one.state)
    return ReceiptTransfer(
        one.system.name, kind, one.number, one.handed_on, one.due_on, one.answered_on, one.answer
    )
