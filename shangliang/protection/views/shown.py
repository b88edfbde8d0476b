"""What the page of one report's texts shows: the original with its marks, the three questions, who saw what."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from shangliang.analysis.redact import hide_private
from shangliang.foundation.viewer import Viewer
from shangliang.people.queries import names_of
from shangliang.protection import rules
from shangliang.protection.queries import (
    asks_of,
    exposure_of,
    findings_of,
    shown_to,
    standing_text,
    stands_for,
    texts_of,
    units_against,
    voices_of,
)

WAYS_OUT = ("locked", "asked", "refused")
QUESTIONS = ("exposure", "dispatch", "public")


@dataclass(frozen=True)
class TextsPage:
    """One report on its way to others: ``next`` is the question that is open now, "" when nothing is left to do."""

    report: Any
    pieces: list[tuple[str, str, int]]
    title_pieces: list[tuple[str, str, int]]
    kinds: list[tuple[str, int]]
    voices: int
    exposure: Any
    dispatch: Any
    public: Any
    may_dispatch: bool
    may_public: bool
    next: str

    @property
    def is_asked_for_nothing(self) -> bool:
        """Whether so many speak of the matter that nobody needs to say how many could have."""
        return self.exposure is None and self.voices >= rules.MANY_FROM

    @property
    def missing(self) -> int:
        """How many more voices open what is locked."""
        return max(0, rules.MANY_FROM - self.voices)

    @property
    def offers_ways(self) -> bool:
        """Whether the three ways out of a lock are offered."""
        return self.exposure is not None and self.exposure.state in WAYS_OUT and not self.may_dispatch


def texts_page(viewer: Viewer, report: Any) -> TextsPage:
    """Return the page of a report the viewer screens."""
    exposure, voices = exposure_of(viewer, report), voices_of(report.matter)
    dispatch, public = (standing_text(viewer, report, kind) for kind in (rules.DISPATCH, rules.PUBLIC))
    state = _state(exposure, voices)
    may = {
        kind: bool(state) and rules.may_be_read(kind, state, voices)
        for kind in (rules.DISPATCH, rules.PUBLIC)
    }
    pieces, titled = rules.pieces_of(report.text), rules.pieces_of(report.title)
    kinds = {kind: tone for _words, kind, tone in (*titled, *pieces) if kind}
    return TextsPage(
        report, pieces, titled, list(kinds.items()), voices, exposure, dispatch, public,
        may[rules.DISPATCH], may[rules.PUBLIC], _next(state, dispatch, public, may),
    )  # fmt: skip


def _state(exposure: Any, voices: int) -> str:
    if exposure is not None:
        return str(exposure.state)
    return "enough" if voices >= rules.MANY_FROM else ""


def _next(state: str, dispatch: Any, public: Any, may: dict[str, bool]) -> str:
    if not state:
        return "exposure"
    if may[rules.DISPATCH] and dispatch is None:
        return "dispatch"
    return "public" if may[rules.PUBLIC] and public is None else ""


def beside(viewer: Viewer, report: Any) -> dict[str, Any]:
    """Return what stands under the questions: units complained about, members asked, versions and who saw them."""
    versions = list(texts_of(viewer, report))
    names = names_of([one.confirmed_by for one in versions if one.confirmed_by])
    findings = list(findings_of(viewer, report))
    return {
        "last_finding": findings[0] if findings else None,
        "units": units_against(viewer, report),
        "findings": findings,
        "asks": list(asks_of(viewer, report)),
        "stands_for": stands_for(viewer, report),
        "versions": [(one, names.get(one.confirmed_by or 0, "")) for one in versions],
        "shown_to": shown_to(viewer, report),
    }


def proposal(page: TextsPage, kind: str) -> str:
    """Return what a text's form begins with: the text that stands, the unit's text for the public, or the hidden words."""
    own = page.dispatch if kind == rules.DISPATCH else page.public
    if own is None and kind == rules.PUBLIC:
        own = page.dispatch
    return own.text if own else hide_private(page.report.text)[0]


def words_of(findings: list[Any]) -> str:
    """Return the confirmed dispatch texts of a matter as the beginning of its description for units."""
    return "\n".join(one.text for one in findings)


def title_of(name: str) -> str:
    """Return the heading of one question."""
    return {
        "exposure": _("有多少人说得出这件事"),
        "dispatch": _("给单位看的"),
        "public": _("给公众看的"),
        "consent": _("问反映人同不同意"),
        "member": _("请一位委员代提"),
        "units": _("反映的是哪个单位"),
    }[name]
