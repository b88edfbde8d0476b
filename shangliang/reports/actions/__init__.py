"""One function per button: receiving, the thread with the reporter, screening, and where a matter goes."""

from shangliang.reports.actions.matters import (
    ask_for_verdicts,
    begin_consulting,
    begin_delivering,
    close_matter,
    leave_consulting,
    reopen_matter,
    tell_reporters,
)

__all__ = [
    "ask_for_verdicts",
    "begin_consulting",
    "begin_delivering",
    "close_matter",
    "leave_consulting",
    "reopen_matter",
    "tell_reporters",
]
