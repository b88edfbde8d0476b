"""One function per button of protection, by story."""

from shangliang.protection.actions.against import name_unit, unname_unit
from shangliang.protection.actions.consent import ask_consent, give_consent, refuse_consent
from shangliang.protection.actions.covering import MOST_PLACES, cover_photo, forget_covers
from shangliang.protection.actions.exposures import (
    answer_exposure,
    answer_exposure_of_matter,
    follow_voices,
    refuse_unanswered,
)
from shangliang.protection.actions.findings import (
    Raised,
    ask_member,
    call_back_finding,
    decline_finding,
    raise_own,
    take_in_finding,
)
from shangliang.protection.actions.texts import (
    confirm_dispatch_text,
    confirm_public_text,
    note_shown,
    write_summary,
)

__all__ = [
    "MOST_PLACES",
    "Raised",
    "answer_exposure",
    "answer_exposure_of_matter",
    "ask_consent",
    "ask_member",
    "call_back_finding",
    "confirm_dispatch_text",
    "confirm_public_text",
    "cover_photo",
    "decline_finding",
    "follow_voices",
    "forget_covers",
    "give_consent",
    "name_unit",
    "note_shown",
    "raise_own",
    "refuse_consent",
    "refuse_unanswered",
    "take_in_finding",
    "unname_unit",
    "write_summary",
]
