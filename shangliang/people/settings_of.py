"""What a committee may set, with the defaults. A district's difference is a row, never a branch."""

from typing import Any

from django.utils.translation import gettext_lazy as _

DEFAULTS: dict[str, Any] = {
    "answer_days": 5,  # working days to the first answer
    "answer_max_days": 15,  # calendar days the first answer never goes beyond
    "reviewers": 1,  # how many read public words before they are published (1 to 3)
    "look_back_days": 90,  # calendar days after closing until the look-back
    "link_days": 14,  # calendar days a unit's one-time link is good for
    "objection_days": 5,  # working days in which a lead unit may object
    "default_deadline_days": 20,  # working days proposed for an assignment
    "keep_contact_days": 180,  # calendar days after closing until contact data is deleted
    "ask_wait_days": 10,  # calendar days we wait for an answer to our question before we go on without it
    "keep_withdrawn_days": 30,  # calendar days until what somebody took back is erased for good
    "keep_audio_days": 30,  # calendar days until a recording is deleted even if nobody wrote it down
    "quiet_point_weeks": 8,  # weeks without a report until the office is asked whether a point still hangs
    "digest_hour": 8,  # the hour at which each seat is told what waits for it; one of people.rules' DIGEST_HOURS
    "labels": {},  # local words for canonical terms, e.g. {"consultation": "有事好商量"}
    "other_channels": [],  # names of other systems a report may be referred to, beside the closed list
    "source_labels": {},  # local words for the six sources
}

# The six sources in the words of the statute (LY-6); a committee may call them otherwise.
SOURCES: tuple[tuple[str, Any], ...] = (
    ("party_gov", _("党政点题")),
    ("community_committees", _("两委找题")),
    ("member", _("委员荐题")),
    ("residents", _("群众出题")),
    ("public_call", _("公开征题")),
    ("online_screening", _("网络筛题")),
)
EXAMPLE_PASSWORD = "shangliang-example"  # of the example's shared accounts, shown where they are offered
