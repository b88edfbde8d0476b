"""One function per button: imports, drafts out of chats, other systems, what is handed to them and what comes back."""

from shangliang.exchange.actions.answering import (
    nudge,
    record_elsewhere,
    record_number,
    take_answer,
    take_lines,
    take_return,
)
from shangliang.exchange.actions.chats import (
    change_draft,
    drop_draft,
    join_drafts,
    keep_drafts,
    take_draft_in,
)
from shangliang.exchange.actions.importing import (
    begin_import,
    choose_columns,
    drop_file,
    hold_file,
    import_next,
)
from shangliang.exchange.actions.sweeping import sweep_drafts, sweep_files
from shangliang.exchange.actions.systems import describe_system
from shangliang.exchange.actions.transferring import (
    confirm_words,
    hand_sheet_over,
    make_sheet,
    refer_out,
    take_back,
)
from shangliang.exchange.actions.undoing import undo_import

__all__ = [
    "begin_import",
    "change_draft",
    "choose_columns",
    "confirm_words",
    "describe_system",
    "drop_draft",
    "drop_file",
    "hand_sheet_over",
    "hold_file",
    "import_next",
    "join_drafts",
    "keep_drafts",
    "make_sheet",
    "nudge",
    "record_elsewhere",
    "record_number",
    "refer_out",
    "sweep_drafts",
    "sweep_files",
    "take_answer",
    "take_back",
    "take_draft_in",
    "take_lines",
    "take_return",
    "undo_import",
]
