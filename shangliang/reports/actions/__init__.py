"""One function per button: receiving, the thread with the reporter, screening, and where a matter goes."""

from shangliang.reports.actions.entering import enter_report
from shangliang.reports.actions.importing import import_messages
from shangliang.reports.actions.joining import bulk_join, join, raise_matter, undo, undo_many
from shangliang.reports.actions.locking import lock_away
from shangliang.reports.actions.matters import (
    ask_for_verdicts,
    begin_consulting,
    begin_delivering,
    close_matter,
    end_matter,
    leave_consulting,
    reopen_matter,
    tell_reporters,
)
from shangliang.reports.actions.officers import release, turn_away
from shangliang.reports.actions.points import close_point, open_point, reopen_point
from shangliang.reports.actions.receiving import OtherBody, Received, submit_report
from shangliang.reports.actions.screening import answer, ask, bank, bulk_bank, decline, hold, refer
from shangliang.reports.actions.thread import add_words, reply, withdraw
from shangliang.reports.actions.unmasking import approve_unmask, ask_unmask

__all__ = [
    "OtherBody",
    "Received",
    "add_words",
    "answer",
    "approve_unmask",
    "ask",
    "ask_for_verdicts",
    "ask_unmask",
    "bank",
    "begin_consulting",
    "begin_delivering",
    "bulk_bank",
    "bulk_join",
    "close_matter",
    "close_point",
    "decline",
    "end_matter",
    "enter_report",
    "hold",
    "import_messages",
    "join",
    "leave_consulting",
    "lock_away",
    "open_point",
    "raise_matter",
    "refer",
    "release",
    "reopen_matter",
    "reopen_point",
    "reply",
    "submit_report",
    "tell_reporters",
    "turn_away",
    "undo",
    "undo_many",
    "withdraw",
]
