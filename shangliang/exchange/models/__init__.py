"""Imports, drafts out of copied chats, and what is handed to other systems."""

from shangliang.exchange.models.imports import (
    ImportedReport,
    ImportMapping,
    ImportRejection,
    ImportRun,
    WaitingFile,
)
from shangliang.exchange.models.transfers import (
    OtherSystem,
    ReportDraft,
    SheetKind,
    Transfer,
    TransferNudge,
    TransferSheet,
)

__all__ = [
    "ImportMapping",
    "ImportRejection",
    "ImportRun",
    "ImportedReport",
    "OtherSystem",
    "ReportDraft",
    "SheetKind",
    "Transfer",
    "TransferNudge",
    "TransferSheet",
    "WaitingFile",
]
