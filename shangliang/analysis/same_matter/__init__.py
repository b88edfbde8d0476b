"""Which reports may speak of the same matter: candidates by rare character pairs, a learned score on top."""

from shangliang.analysis.same_matter.bar import moved_threshold
from shangliang.analysis.same_matter.keys import index_keys, rare_grams
from shangliang.analysis.same_matter.places import shared_place
from shangliang.analysis.same_matter.profile import Profile, profile
from shangliang.analysis.same_matter.rarity import RARE_PAIR, TELLING_PAIR, UNKNOWN_PAIR, normalise
from shangliang.analysis.same_matter.scoring import (
    THRESHOLD,
    score,
    score_many,
    score_pairs,
    score_profiles,
)
from shangliang.analysis.same_matter.words import rarity_shared, shared_words

__all__ = [
    "RARE_PAIR",
    "TELLING_PAIR",
    "THRESHOLD",
    "UNKNOWN_PAIR",
    "Profile",
    "index_keys",
    "moved_threshold",
    "normalise",
    "profile",
    "rare_grams",
    "rarity_shared",
    "score",
    "score_many",
    "score_pairs",
    "score_profiles",
    "shared_place",
    "shared_words",
]
