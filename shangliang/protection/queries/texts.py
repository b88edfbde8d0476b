"""The texts of reports: for the screeners every version, for a unit what it may read, for a draft the public words."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from shangliang.foundation.viewer import Viewer
from shangliang.people.models import Organisation
from shangliang.protection import rules
from shangliang.protection.models import Against, Exposure, SafeText, Showing, TextKind
from shangliang.protection.permissions import rows_of_screened
from shangliang.protection.queries.against import implicated_in
from shangliang.protection.queries.voices import standing_in, voices_in
from shangliang.protection.states import ExposureState
from shangliang.reports.models import Matter, Report, ThreadEntry, ThreadKind
from shangliang.reports.permissions import rows_of_matters


@dataclass(frozen=True)
class UnitWords:
    """One confirmed text as a unit reads it: a day, never a minute; a community, never a point; no code of a report."""

    text: str
    day: date
    place: str


def texts_of(viewer: Viewer, report: Report) -> QuerySet[SafeText]:
    """Return every version of both texts of a report the viewer screens, latest first."""
    mine = Report.unscoped.filter(rows_of_screened(viewer), pk=report.pk)
    return SafeText.unscoped.filter(report__in=mine).order_by("kind", "-version")


def standing_text(viewer: Viewer, report: Report, kind: str) -> SafeText | None:
    """Return the confirmed text of a kind that stands now, or None."""
    return texts_of(viewer, report).filter(kind=kind, replaced_at=None).first()


def shown_to(viewer: Viewer, report: Report) -> list[tuple[str, int, Showing]]:
    """Return (unit, version, when) of the texts of a report that were handed to units, in order."""
    rows = Showing.unscoped.filter(text__in=texts_of(viewer, report)).select_related("text")
    shown = list(rows.order_by("first_shown_at", "pk"))
    names = dict(Organisation.unscoped.filter(pk__in=[one.unit for one in shown]).values_list("pk", "name"))
    return [(names.get(one.unit, ""), one.text.version, one) for one in shown]


def texts_for_unit(matters: Sequence[int], units: Collection[int]) -> list[SafeText]:
    """Return the dispatch texts of some matters (ids) that one unit may read now, in a random order that stays.

    ``units`` are the ids of the unit and of every other one its reader acts for: where somebody complains about one
    of them, no text is among these that repeats the original's own words.
    """
    rows = _readable(matters, rules.DISPATCH)
    if rows and implicated_in(matters) & set(units):
        said = own_words_of([one.report for one in rows])
        rows = [
            one for one in rows if not one.quotes_original and not rules.quotes(said[one.report_id], one.text)
        ]
    return sorted(rows, key=lambda one: one.key)


def words_for_unit(matters: Sequence[int], units: Collection[int]) -> list[UnitWords]:
    """Return what one unit reads of the reports behind a task. The caller has asked for the task with a viewer."""
    rows = texts_for_unit(matters, units)
    return [
        UnitWords(one.text, one.report.happened_on, one.report.area.name if one.report.area else "")
        for one in rows
    ]


def summaries_for_unit(matters: Sequence[int], units: Collection[int]) -> dict[int, str]:
    """Return by matter (id) what a clerk wrote of it for units, as one unit may read it. ``units`` as for `texts_for_unit`.

    It is "" where it repeats the own words of somebody: of anybody where the unit is complained about, else of those
    whose texts are locked. The caller has asked for the task with a viewer.
    """
    rows = dict(Matter.unscoped.filter(pk__in=list(matters)).values_list("pk", "summary"))
    is_named = bool(implicated_in(matters) & set(units))
    return {
        pk: "" if text and repeats_locked_words(pk, text, is_named) else text for pk, text in rows.items()
    }


def repeats_locked_words(matter: int, text: str, of_anybody: bool = False) -> bool:
    """Tell whether a text repeats the own words of a report in a matter (id) that is locked, or ``of_anybody`` in it."""
    inside = standing_in([matter]).get(matter, [])
    if not of_anybody:
        states = dict(Exposure.unscoped.filter(report__in=inside).values_list("report_id", "state"))
        voices = voices_in([matter])[matter] if states else 0
        inside = [one for one in inside if _is_locked(states.get(one.pk), voices)]
    return any(rules.quotes(own, text) for own in own_words_of(inside).values())


def own_words_of(reports: Sequence[Report]) -> dict[int, str]:
    """Return by report id everything its reporter said: what came first, and what was answered and added later."""
    later = ThreadEntry.unscoped.filter(report__in=reports, kind__in=(ThreadKind.ANSWER, ThreadKind.ADDITION))
    said = {one.pk: [one.title, one.text] for one in reports}
    for pk, text in later.order_by("at", "pk").values_list("report_id", "text"):
        said[pk].append(text)
    return {pk: "\n".join(words) for pk, words in said.items()}


def texts_of_matter(viewer: Viewer, matter: Matter) -> list[SafeText]:
    """Return the dispatch texts of a matter the viewer screens that may be read now, in the order of their keys."""
    mine = Report.unscoped.filter(rows_of_screened(viewer), matter_id=matter.pk).exists()
    return sorted(_readable([matter.pk], rules.DISPATCH), key=lambda one: one.key) if mine else []


@dataclass(frozen=True)
class Overview:
    """How far one report is on its way to others: what was answered, which texts stand, how many units are named."""

    answered: str = ""
    has_dispatch: bool = False
    has_public: bool = False
    units: int = 0


def overview_of(viewer: Viewer, matter: Matter) -> dict[int, Overview]:
    """Return by report id how far each report of a matter is, for its screeners."""
    mine = list(
        Report.unscoped.filter(rows_of_screened(viewer), matter_id=matter.pk).values_list("pk", flat=True)
    )
    exposures = {one.report_id: one for one in Exposure.unscoped.filter(report__in=mine)}
    texts = set(SafeText.unscoped.filter(report__in=mine, replaced_at=None).values_list("report_id", "kind"))
    named = Counter(
        Against.unscoped.filter(report__in=mine, unnamed_at=None).values_list("report_id", flat=True)
    )
    return {
        pk: Overview(
            str(exposures[pk].get_state_display()) if pk in exposures else "",
            (pk, TextKind.DISPATCH) in texts,
            (pk, TextKind.PUBLIC) in texts,
            named[pk],
        )
        for pk in mine
    }


def public_words_of(viewer: Viewer, matter: Matter) -> str:
    """Return the words a draft of the matter's page may begin with: its earliest public text, or "".

    They are an offer to whoever drafts; they become public through the publication alone.
    """
    if not Matter.unscoped.filter(rows_of_matters(viewer), pk=matter.pk).exists():
        return ""
    rows = _readable([matter.pk], rules.PUBLIC)
    return min(rows, key=lambda one: (one.report.happened_on, one.key)).text if rows else ""


def _readable(matters: Sequence[int], kind: str) -> list[SafeText]:
    standing = [one.pk for rows in standing_in(matters).values() for one in rows]
    rows = SafeText.unscoped.filter(report_id__in=standing, kind=kind, replaced_at=None)
    confirmed = list(rows.select_related("report__area"))
    if not confirmed:
        return []
    states = dict(Exposure.unscoped.filter(report_id__in=standing).values_list("report_id", "state"))
    voices = voices_in(list({one.report.matter_id for one in confirmed}))
    return [
        one
        for one in confirmed
        if rules.may_be_read(kind, _state(states.get(one.report_id)), voices[one.report.matter_id])
    ]


def _is_locked(state: str | None, voices: int) -> bool:
    """Tell whether somebody said that few could have said a report, and nothing has opened it since."""
    is_said = state is not None and state != ExposureState.UNANSWERED
    return is_said and not rules.may_be_read(rules.DISPATCH, str(state), voices)


def _state(known: str | None) -> str:
    """Where nobody was asked because there are five voices or more, the report is one among many as long as they stay."""
    return known if known and known != ExposureState.UNANSWERED else ExposureState.ENOUGH
