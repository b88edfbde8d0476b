"""Pure decisions about a report: when the first answer is due, which door it belongs to, how much it may hold."""

import re
import unicodedata
from datetime import date, timedelta

from shangliang.analysis.doors import (
    Danger,
    accuses_named_person,
    classification_marking,
    danger_in,
    hide_private,
)

MOST_CHARACTERS = 10_000
MOST_PHOTOS = 4  # in one sending
MOST_PHOTOS_IN_ALL = 12  # with everything added later
LONGEST_PLACE = 120
LONGEST_TITLE = 200
LONGEST_CONTACT = 60
CHARACTERS_IN_FORM_KEY = 22  # 128 bits in url-safe base64
CONSENT_VERSION = "2026-11"  # of the sentence a resident ticks before leaving a telephone number

MARKING = "marking"
ACCUSATION = "accusation"

_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s\-_.·]+(?=\d)")
_LONG_NUMBER = re.compile(
    r"\d{6}"
)  # 12345 and 12388 are looked for as words; six digits are most of a telephone


def answer_due(received_on: date, working_deadline: date | None, most_days: int) -> date:
    """Return the day of the first answer: the working-day deadline, never beyond ``most_days`` calendar days.

    ``working_deadline`` None means that the day table does not reach that far: then the calendar limit alone holds.
    """
    latest = received_on + timedelta(days=most_days)
    return latest if working_deadline is None else min(working_deadline, latest)


def held_because(*words: str) -> str:
    """Return why a report goes to the locked queue: "marking", "accusation", or "" when it does not (design.md §1)."""
    text = "\n".join(one for one in words if one)
    if classification_marking(text):
        return MARKING
    return ACCUSATION if accuses_named_person(text) else ""


def points_at_a_person(words: str) -> bool:
    """Tell whether words to look for are a telephone, id or plate number, whole or in part: nobody is found by these."""
    bare = _BETWEEN_DIGITS.sub("", unicodedata.normalize("NFKC", words))
    return bool(_LONG_NUMBER.search(bare)) or bool(hide_private(words)[1])


def danger_of(*words: str) -> Danger | None:
    """Return the dangers a text speaks of with the numbers to show at once, or None. It never stops a report."""
    return danger_in("\n".join(one for one in words if one))
