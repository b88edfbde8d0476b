"""One function per button: receiving, the thread with the reporter, screening, and where a matter goes."""

from shangliang.reports.actions.locking import lock_away
from shangliang.reports.actions.matters import (
    ask_for_verdicts,
    begin_consulting,
    begin_delivering,
    close_matter,
    leave_consulting,
    reopen_matter,
    tell_reporters,
)
from shangliang.reports.actions.receiving import OtherBody, Received, submit_report
from shangliang.reports.actions.thread import add_words, reply, withdraw

__all__ = [
    "OtherBody",
    "Received",
    "add_words",
    "ask_for_verdicts",
    "begin_consulting",
    "begin_delivering",
    "close_matter",
    "leave_consulting",
    "lock_away",
    "reopen_matter",
    "reply",
    "submit_report",
    "tell_reporters",
    "withdraw",
]
