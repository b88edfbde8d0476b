"""One function per button: receiving, the thread with the reporter, screening, and where a matter goes."""

from shangliang.reports.actions.alongside import Alongside
from shangliang.reports.actions.contact import leave_contact, take_back_consent
from shangliang.reports.actions.doubts import put_in_queue
from shangliang.reports.actions.entering import enter_report
from shangliang.reports.actions.importing import import_messages
from shangliang.reports.actions.joining import bulk_join, join, raise_matter, undo, undo_many
from shangliang.reports.actions.locked_words import release_words
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
from shangliang.reports.actions.parting import set_apart, take_back_apart
from shangliang.reports.actions.point_checks import answer_check
from shangliang.reports.actions.point_duties import put_in_charge, take_off_duty
from shangliang.reports.actions.points import (
    close_point,
    open_point,
    reopen_point,
    revoke_code,
    rotate_code,
    stop_old_code,
)
from shangliang.reports.actions.readings import record_reading
from shangliang.reports.actions.receiving import OtherBody, Received, submit_report
from shangliang.reports.actions.recordings import forget_recording, write_down
from shangliang.reports.actions.reissue import approve_reissue, ask_reissue
from shangliang.reports.actions.screening import (
    answer,
    ask,
    bank,
    bulk_bank,
    bulk_decline,
    decline,
    hold,
    refer,
)
from shangliang.reports.actions.splitting import split
from shangliang.reports.actions.thread import add_words, reply, withdraw
from shangliang.reports.actions.unmasking import approve_unmask, ask_unmask

__all__ = [
    "Alongside",
    "OtherBody",
    "Received",
    "add_words",
    "answer",
    "answer_check",
    "approve_reissue",
    "approve_unmask",
    "ask",
    "ask_for_verdicts",
    "ask_reissue",
    "ask_unmask",
    "bank",
    "begin_consulting",
    "begin_delivering",
    "bulk_bank",
    "bulk_decline",
    "bulk_join",
    "close_matter",
    "close_point",
    "decline",
    "end_matter",
    "enter_report",
    "forget_recording",
    "hold",
    "import_messages",
    "join",
    "leave_consulting",
    "leave_contact",
    "lock_away",
    "open_point",
    "put_in_charge",
    "put_in_queue",
    "raise_matter",
    "record_reading",
    "refer",
    "release",
    "release_words",
    "reopen_matter",
    "reopen_point",
    "reply",
    "revoke_code",
    "rotate_code",
    "set_apart",
    "split",
    "stop_old_code",
    "submit_report",
    "take_back_apart",
    "take_back_consent",
    "take_off_duty",
    "tell_reporters",
    "turn_away",
    "undo",
    "undo_many",
    "withdraw",
    "write_down",
]
