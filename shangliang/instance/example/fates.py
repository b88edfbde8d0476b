"""What becomes of each theme: how many people spoke, when the first did, and how far it got."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fate:
    """``people`` reports from ``began`` days before today over ``over`` days; ``topic`` is the state its topic reaches.

    ``step`` is the state its consultation reaches; ``ending`` is "closed", "judging" or "delivering" where units act.
    """

    theme: str
    people: int
    began: int
    over: int
    source: str = ""
    domain: str = "livelihood"
    form: str = "sector"
    topic: str = ""
    step: str = ""
    ending: str = ""


FATES = (
    Fate("school_gate", 14, 112, 9, "residents", "governance", "thematic", "consulted", "closed", "closed"),
    Fate("old_building", 9, 114, 12, "member", "livelihood", "sector", "consulted", "closed", "closed"),
    Fate(
        "bridge_lamp",
        12,
        110,
        14,
        "community_committees",
        "livelihood",
        "courtyard",
        "consulted",
        "closed",
        "closed",
    ),
    Fate("canteen", 14, 100, 30, "party_gov", "livelihood", "sector", "consulted", "following", "delivering"),
    Fate("charging", 15, 98, 30, "residents", "governance", "sector", "consulted", "following", "delivering"),
    Fate("parking", 12, 90, 30, "residents", "governance", "courtyard", "consulted", "submitted"),
    Fate("drain", 12, 85, 30, "residents", "livelihood", "courtyard", "consulted", "held"),
    Fate("square_noise", 12, 80, 30, "online_screening", "governance", "sector", "consulted", "researched"),
    Fate("muck_truck", 11, 75, 30, "online_screening", "governance", "sector", "consulted", "planned"),
    Fate("lift", 11, 70, 30, "public_call", "governance", "courtyard", "consulted", "selected"),
    Fate("ramp", 11, 60, 12, "residents", "livelihood", "micro", "micro", "", "delivering"),
    Fate("bus_stop", 11, 62, 12, "member", "livelihood", "micro", "micro", "", "judging"),
    Fate("rubbish", 10, 50, 30, "residents", "livelihood", "courtyard", "stored"),
    Fate("stalls", 10, 50, 30, "community_committees", "governance", "sector", "shortlisted"),
    Fate("trees", 11, 50, 30, "residents", "livelihood", "courtyard", "submitted"),
    Fate("water", 11, 50, 30, "residents", "livelihood", "courtyard", "returned"),
    Fate("dog", 11, 50, 30, "public_call", "governance", "courtyard", "not_taken"),
    Fate("crossing", 11, 48, 30, "member", "governance", "sector", "approved"),
    Fate("river_smell", 11, 48, 30, "party_gov", "party_gov_concern", "thematic", "noticed"),
    Fate("fitness", 10, 48, 30, "residents", "livelihood", "courtyard", "scheduled"),
    Fate("wall", 10, 16, 15),
    Fate("reading_room", 8, 14, 13),
)
