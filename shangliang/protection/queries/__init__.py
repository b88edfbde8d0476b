"""The only door to the texts of reports, to how many could have said them, and to whom they complain about."""

from shangliang.protection.queries.against import (
    implicated_in,
    units_against,
    units_to_name,
    would_handle_alone,
)
from shangliang.protection.queries.covers import (
    covered_file_for,
    covered_pictures_for,
    covers_of,
    photo_to_cover,
    pictures_for_unit,
)
from shangliang.protection.queries.exposures import (
    asks_of,
    consent_question,
    exposure_of,
    findings_asked_of,
    findings_of,
    get_finding_for,
    members_to_ask,
    stands_for,
)
from shangliang.protection.queries.texts import (
    Overview,
    UnitWords,
    overview_of,
    public_words_of,
    shown_to,
    standing_text,
    texts_for_unit,
    texts_of,
    texts_of_matter,
    words_for_unit,
)
from shangliang.protection.queries.voices import (
    HOUSEHOLDS,
    asks_how_many,
    reports_unanswered,
    voices_in,
    voices_of,
)

__all__ = [
    "HOUSEHOLDS",
    "Overview",
    "UnitWords",
    "asks_how_many",
    "asks_of",
    "consent_question",
    "covered_file_for",
    "covered_pictures_for",
    "covers_of",
    "exposure_of",
    "findings_asked_of",
    "findings_of",
    "get_finding_for",
    "implicated_in",
    "members_to_ask",
    "overview_of",
    "photo_to_cover",
    "pictures_for_unit",
    "public_words_of",
    "reports_unanswered",
    "shown_to",
    "standing_text",
    "stands_for",
    "texts_for_unit",
    "texts_of",
    "texts_of_matter",
    "units_against",
    "units_to_name",
    "voices_in",
    "voices_of",
    "words_for_unit",
    "would_handle_alone",
]
