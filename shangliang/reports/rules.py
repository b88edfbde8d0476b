"""Pure decisions about a report: when the first answer is due, which door it belongs to, how much it may hold."""

import re
import unicodedata
from datetime import date, timedelta
from enum import Enum

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
LONGEST_ELSEWHERE = 80
LONGEST_NUMBER_ELSEWHERE = 60
LONGEST_MAIL = 254
LEAST_DIGITS, DIGITS_OF_A_MOBILE = 7, 11
CHARACTERS_IN_FORM_KEY = 22  # 128 bits in url-safe base64
CONSENT_VERSION = "2026-11"  # of the sentences somebody ticks before leaving a number or an address

MARKING = "marking"
ACCUSATION = "accusation"
UNPROVEN, FLOOD = "unproven", "flood"

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


def set_aside_for(doubt: str, *words: str) -> str:
    """Return why a report is laid apart from the queue: the doubt about how it came, "" where its words outweigh it.

    Danger has to be seen at once and an accusation goes to its officers, however they came (issue 3, "Abuse").
    """
    return "" if not doubt or held_because(*words) or danger_of(*words) else doubt


def digits_of(number: str) -> str:
    """Return the digits of a telephone number however it is written, without the prefix of the country."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKC", number) if sign.isdecimal())
    for prefix in ("0086", "86"):
        if bare.startswith(prefix) and len(bare) - len(prefix) == DIGITS_OF_A_MOBILE:
            return bare[len(prefix) :]
    return bare


def contact_key(said: str) -> str:
    """Return what two ways of writing one contact have in common: of a mail address its small letters, else the digits.

    "" for what is too short to be either.
    """
    if "@" in said:
        return unicodedata.normalize("NFKC", said).strip().casefold()
    digits = digits_of(said)
    return digits if len(digits) >= LEAST_DIGITS else ""


class HowSure(Enum):
    """How surely two reports speak of one matter, in steps people can act on."""

    VERY = "very"
    SURE = "sure"
    UNSURE = "unsure"


def how_sure(score: float, bar: float) -> HowSure:
    """Return the step of a likeness (0..1): from the committee's bar on sure, from half way between it and 1 on very."""
    if score >= (1 + bar) / 2:
        return HowSure.VERY
    return HowSure.SURE if score >= bar else HowSure.UNSURE
