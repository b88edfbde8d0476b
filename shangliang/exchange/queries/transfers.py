"""Other systems, sheets and transfers as the office sees them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from shangliang.exchange.models import OtherSystem, Transfer, TransferNudge, TransferSheet
from shangliang.exchange.permissions import rows_of_own_office, rows_of_systems, rows_of_transfers
from shangliang.exchange.states import STANDING, WITH_THEM, TransferState
from shangliang.foundation import roles
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.reports.models import Report
from shangliang.reports.permissions import rows_of_reports
from shangliang.reports.states import ReportState


@dataclass(frozen=True)
class TransferFilter:
    """What the address bar asks for: open, overdue, answered or all; a system's code, "" means any."""

    state: str = "open"
    system: str = ""


def systems_of(viewer: Viewer) -> QuerySet[OtherSystem]:
    """Return the other systems of the own committee, for the office and whoever keeps its settings."""
    return OtherSystem.unscoped.filter(rows_of_systems(viewer)).order_by("-is_used", "pk")


def get_system_for(viewer: Viewer, code: str) -> OtherSystem | None:
    """Return one other system of the own committee, or None."""
    return systems_of(viewer).filter(code=code).select_related("committee").first()


def reports_to_list(viewer: Viewer, system: OtherSystem) -> QuerySet[Report]:
    """Return what was referred to a system and lies on no sheet yet, longest waiting first."""
    if not isinstance(viewer, Appointed) or viewer.role not in roles.OFFICE:
        return Report.unscoped.none()
    mine = Report.unscoped.filter(rows_of_reports(viewer), committee_id=viewer.committee_id)
    rows = mine.filter(state=ReportState.REFERRED, referred_to=system.name, referred_number="")
    on_sheets = Transfer.unscoped.filter(Q(sheet__isnull=False) | ~Q(system=system), state__in=STANDING)
    over = Transfer.unscoped.filter(state=TransferState.ANSWERED)
    return (
        rows.exclude(pk__in=on_sheets.values("report")).exclude(pk__in=over.values("report")).order_by("pk")
    )


def transfers_seen_by(viewer: Viewer, wanted: TransferFilter, today: date) -> QuerySet[Transfer]:
    """Return the transfers that fit: open and overdue ones oldest clock first, others latest first."""
    rows = _of(viewer)
    if wanted.system:
        rows = rows.filter(system__code=wanted.system)
    if wanted.state == "overdue":
        return _overdue(rows, today)
    if wanted.state == "answered":
        return rows.filter(state=TransferState.ANSWERED).order_by("-pk")
    if wanted.state == "open":
        return rows.filter(state__in=STANDING).order_by("due_on", "pk")
    return rows.order_by("-pk")


def transfers_overdue(viewer: Viewer, today: date) -> QuerySet[Transfer]:
    """Return what another system should have answered before today, longest overdue first: for the list of pending work."""
    return _overdue(_of(viewer), today)


def get_transfer_for(viewer: Viewer, code: str) -> Transfer | None:
    """Return one transfer the viewer may see with report, system and sheet, or None; a receipt's holder gets none here."""
    return _of(viewer).filter(code=code).first() if isinstance(viewer, Appointed) else None


def transfers_of_report(viewer: Viewer, report: Report) -> QuerySet[Transfer]:
    """Return the transfers of one report, latest first: for the desk."""
    return _of(viewer).filter(report_id=report.pk).order_by("-pk")


def transfers_by_key(viewer: Viewer, system: OtherSystem, keys: list[str]) -> dict[str, tuple[Transfer, ...]]:
    """Return {key: transfers} for our codes or their numbers, of one system; what is not known is not in it."""
    bare = {key.strip() for key in keys if key.strip()}
    upper = {key.upper() for key in bare}
    rows = _of(viewer).filter(Q(code__in=upper) | Q(number__in=bare), system=system).order_by("pk")
    found: dict[str, tuple[Transfer, ...]] = {}
    for one in rows:
        for key in bare:
            by_number = one.number == key and one.state in WITH_THEM
            if one.code == key.upper() or by_number:
                found[key] = (*found.get(key, ()), one)
    return found


def sheets_of(viewer: Viewer) -> QuerySet[TransferSheet]:
    """Return the sheets of the own committee, latest first, each with how many reports stand on it (``reports``)."""
    rows = TransferSheet.unscoped.filter(rows_of_own_office(viewer)).select_related("system")
    return rows.annotate(reports=Count("transfers")).order_by("-pk")


def get_sheet_for(viewer: Viewer, code: str) -> TransferSheet | None:
    """Return one sheet of the own committee, or None."""
    return sheets_of(viewer).filter(code=code).select_related("committee").first()


def transfers_on(viewer: Viewer, sheet: TransferSheet) -> QuerySet[Transfer]:
    """Return what stands on a sheet and was not taken back, in order."""
    rows = _of(viewer).filter(sheet=sheet).exclude(state=TransferState.TAKEN_BACK)
    return rows.order_by("pk")


def nudges_of(viewer: Viewer, transfer: Transfer) -> QuerySet[TransferNudge]:
    """Return when the other system was reminded of a transfer."""
    mine = _of(viewer).filter(pk=transfer.pk)
    return TransferNudge.unscoped.filter(transfer__in=mine).order_by("nudged_on", "pk")


def _overdue(rows: QuerySet[Transfer], today: date) -> QuerySet[Transfer]:
    return rows.filter(state__in=WITH_THEM, due_on__lt=today).order_by("due_on", "pk")


def _of(viewer: Viewer) -> QuerySet[Transfer]:
    rows = Transfer.unscoped.filter(rows_of_transfers(viewer))
    return rows.select_related("system", "sheet", "committee", "report__area__parent", "report__matter")
