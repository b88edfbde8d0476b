"""The counts of people a public page says: what may be told of them, beside what was told before (T05)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from shangliang.analysis.small_counts import Release, from_json, number_in, released, total_of
from shangliang.portal.queries import Voices

SOLVED = ("solved_yes", "solved_partly", "solved_no")
SATISFIED = ("satisfied_yes", "satisfied_basically", "satisfied_no")


@dataclass(frozen=True)
class Told:
    """What a page may say: every number is None where it may not be said. ``release`` is kept with the page."""

    release: Release

    @property
    def reports(self) -> int | None:
        """Return how many reports were joined."""
        return total_of(self.release.get("voices"))

    @property
    def replied(self) -> int | None:
        """Return how many of them were answered."""
        return number_in(self.release.get("voices"), "replied")

    @property
    def silent(self) -> int | None:
        """Return how many gave no verdict."""
        return number_in(self.release.get("judged"), "silent")

    def judged(self, part: str) -> int | None:
        """Return how many verdicts the table ``part`` (solved, satisfied) is made of."""
        return total_of(self.release.get(part))

    def verdicts(self, part: str, *names: str) -> int | None:
        """Return how many verdicts said one of these."""
        return number_in(self.release.get(part), *names)


def told_of(voices: Voices, history: Iterable[dict[str, Any]] = ()) -> Told:
    """Return what may be told of those who spoke. ``history``: the contents published before, oldest first.

    How verdicts fell is told only where those who gave one and those who did not may both be told: else the few who were
    silent, or the few who answered, could be read from the two totals.
    """
    counts = voices.counts
    counted: dict[str, dict[str, int]] = {
        "voices": {"replied": voices.answered, "waiting": voices.reports - voices.answered},
        "judged": {"answered": counts["answered"], "silent": counts["silent"]},
    }
    both = released({"judged": counted["judged"]}).get("judged")
    if counts["answered"] and number_in(both, "answered") is not None:
        counted["solved"] = {name: counts[name] for name in SOLVED}
        counted["satisfied"] = {name: counts[name] for name in SATISFIED}
    return Told(released(counted, [_release_in(content) for content in history]))


def _release_in(content: dict[str, Any]) -> Release:
    """Return what a published page said; one published before counts were kept is read from its facts."""
    if "counts" in content:
        return from_json(content["counts"])
    facts = {one["key"]: one for one in content.get("facts", ()) if one.get("number") is not None}
    known = {
        "voices": ("answered", "replied", ("waiting",)),
        "solved": ("solved_yes", "solved_yes", SOLVED[1:]),
        "satisfied": ("satisfied_yes", "satisfied_yes", SATISFIED[1:]),
    }
    return {
        table: (
            ((name,), facts[key]["number"]),
            (tuple(sorted(rest)), facts[key]["of"] - facts[key]["number"]),
        )
        for table, (key, name, rest) in known.items()
        if key in facts
    }
