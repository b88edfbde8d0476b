"""What a committee may set, with the defaults. A district's difference is a row, never a branch."""

from typing import Any

DEFAULTS: dict[str, Any] = {
    "answer_days": 5,  # working days to the first answer
    "answer_max_days": 15,  # calendar days the first answer never goes beyond
    "reviewers": 1,  # how many read public words before they are published (1 to 3)
    "look_back_days": 90,  # calendar days after closing until the look-back
    "link_days": 14,  # calendar days a unit's one-time link is good for
    "objection_days": 5,  # working days in which a lead unit may object
    "default_deadline_days": 20,  # working days proposed for an assignment
    "keep_contact_days": 180,  # calendar days after closing until contact data is deleted
    "labels": {},  # local words for canonical terms, e.g. {"consultation": "有事好商量"}
    "source_labels": {},  # local words for the six sources
}
