"""The only door to imports, drafts, other systems and transfers; every function takes the viewer."""

from shangliang.exchange.queries.imports import (
    drafts_of,
    get_draft_for,
    get_import_for,
    has_file,
    imports_of,
    mapping_names,
    rejected_rows,
    reports_left_in,
)
from shangliang.exchange.queries.owners import owner_of_report
from shangliang.exchange.queries.receipts import ReceiptTransfer, transfers_of_receipt
from shangliang.exchange.queries.transfers import (
    TransferFilter,
    get_sheet_for,
    get_system_for,
    get_transfer_for,
    nudges_of,
    reports_to_list,
    sheets_of,
    systems_of,
    transfers_by_key,
    transfers_of_report,
    transfers_on,
    transfers_overdue,
    transfers_seen_by,
)

__all__ = [
    "ReceiptTransfer",
    "TransferFilter",
    "drafts_of",
    "get_draft_for",
    "get_import_for",
    "get_sheet_for",
    "get_system_for",
    "get_transfer_for",
    "has_file",
    "imports_of",
    "mapping_names",
    "nudges_of",
    "owner_of_report",
    "rejected_rows",
    "reports_left_in",
    "reports_to_list",
    "sheets_of",
    "systems_of",
    "transfers_by_key",
    "transfers_of_receipt",
    "transfers_of_report",
    "transfers_on",
    "transfers_overdue",
    "transfers_seen_by",
]
