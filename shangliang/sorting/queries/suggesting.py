"""What a model of past decisions suggests for some words, how sure it is and why; and what is known of the models."""

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import QuerySet

from shangliang.foundation import roles
from shangliang.foundation.files import path_of
from shangliang.foundation.viewer import Viewer
from shangliang.people.models import Committee, Organisation
from shangliang.sorting.models import Category, Lesson, TrainedModel
from shangliang.sorting.permissions import NOTHING, rows_of_own_scheme

if TYPE_CHECKING:
    from shangliang.analysis import classify

MOST = 3
MOST_LOADED = 2  # models held in one process
MOST_WORDS = 4  # that spoke for a suggestion
FEW = 10  # held-out decisions in a band, below which nothing is said of how it did there
WORTH_READING = 0.05  # what is less likely than one in twenty is not offered
UNIT_MARK, ELSEWHERE_MARK = "o:", "s:"  # before the id of an organisation, before the name of another system
LONGEST_TEXT = 4000  # characters looked at: what somebody says at greater length is decided by its beginning
_loaded: "OrderedDict[str, classify.Model]" = OrderedDict()
_loading = threading.Lock()


class Tried(NamedTuple):
    """Held-out decisions a model was about as sure of: how many, and how many it got right."""

    of: int
    right: int


@dataclass(frozen=True)
class Suggested:
    """One suggestion: the id of the kind or unit (None for another system), its name, and how far to trust it.

    ``confidence`` is 0..1; ``tried``: so many held-out decisions it was as sure of, and so many of them were right (None
    where too few were as sure to say); ``why``: the words that spoke for it.
    """

    pk: int | None
    name: str
    confidence: float
    is_sure: bool
    tried: Tried | None
    why: tuple[str, ...] = ()

    @property
    def percent(self) -> int:
        """Return the confidence in hundredths."""
        return round(100 * self.confidence)


def label_of_unit(unit_id: int) -> str:
    """Return what a model calls an organisation."""
    return f"{UNIT_MARK}{unit_id}"


def label_of_elsewhere(name: str) -> str:
    """Return what a model calls another system that took something on."""
    return f"{ELSEWHERE_MARK}{name}"


def models_in_use(viewer: Viewer) -> dict[str, TrainedModel]:
    """Return {subject: the model that suggests} of the viewer's own committee; one query, nothing for others."""
    rows = models_seen_by(viewer).filter(is_current=True, file__isnull=False).select_related("file")
    return {one.subject: one for one in rows}


def models_seen_by(viewer: Viewer) -> QuerySet[TrainedModel]:
    """Return every training of the viewer's own committee, the latest first, taken or not: for its office."""
    return TrainedModel.unscoped.filter(_own(viewer)).order_by("-trained_at", "-pk")


def lessons_of(viewer: Viewer) -> dict[str, Lesson]:
    """Return {subject: when decisions were last counted, and how many}; one query."""
    return {one.subject: one for one in Lesson.unscoped.filter(_own(viewer))}


def lessons_due(subject: str, before: datetime, before_without: datetime | None = None) -> list[int]:
    """Return the ids of committees that asked for a lesson, then of those not looked at since: for the job alone.

    ``before_without`` holds for committees no model suggests in.
    """
    rows = Lesson.unscoped.filter(subject=subject).values_list("committee_id", "asked_at", "looked_at")
    known = {pk: (asked, looked) for pk, asked, looked in rows}
    in_use = TrainedModel.unscoped.filter(subject=subject, is_current=True)
    have = set(in_use.values_list("committee_id", flat=True))
    due: list[tuple[tuple[datetime | None, datetime | None], int]] = []
    for pk in Committee.unscoped.order_by("pk").values_list("pk", flat=True):
        asked, looked = known.get(pk, (None, None))
        if asked or looked is None or looked <= (before if pk in have else before_without or before):
            due.append(((asked, looked), pk))
    return [pk for state, pk in sorted(due, key=lambda one: _urgency(*one[0]))]


def _urgency(asked: datetime | None, looked: datetime | None) -> tuple[bool, float]:
    moment = asked or looked
    return asked is None, moment.timestamp() if moment else 0.0


def model_in_use(committee_id: int, subject: str) -> TrainedModel | None:
    """Return the model that suggests in a committee with its file, or None: for the lesson, never for a page."""
    rows = TrainedModel.unscoped.filter(committee_id=committee_id, subject=subject, is_current=True)
    return rows.select_related("file").first()


def kinds_suggested(
    viewer: Viewer, row: TrainedModel | None, text: str, known: Mapping[int, str] | None = None
) -> list[Suggested]:
    """Return up to three kinds in use for some words, likeliest first; [] without a model. One query.

    What is less likely than one in twenty is left out, kinds retired since the lesson are passed over. ``known`` are the
    paths of all kinds in use by id, where the page has read them already: then there is no query.
    """
    said = _suggestions(row, text)
    wanted = [int(one.label) for one in said if one.label.isdecimal()]
    if not wanted:
        return []
    if known is None:
        mine = Category.unscoped.filter(rows_of_own_scheme(viewer), pk__in=wanted, is_current=True)
        known = dict(mine.values_list("pk", "path"))
    names: dict[str, tuple[int | None, str]] = {str(pk): (pk, path) for pk, path in known.items()}
    return _dressed(row, text, said, names)


def units_suggested(
    viewer: Viewer, row: TrainedModel | None, text: str, known: Mapping[int, str] | None = None
) -> list[Suggested]:
    """Return up to three units that took on such matters before, likeliest first; [] without a model.

    One query for the names of units that are not ``known`` to the page already (id → name, of the own committee).
    """
    said = _suggestions(row, text)
    if row is None or not said:
        return []
    ids = [int(one.label[2:]) for one in said if one.label.startswith(UNIT_MARK)]
    there = dict(known or {})
    if missing := [pk for pk in ids if pk not in there]:
        rows = Organisation.unscoped.filter(_own(viewer), pk__in=missing)
        there |= dict(rows.values_list("pk", "name"))
    names: dict[str, tuple[int | None, str]] = {label_of_unit(pk): (pk, name) for pk, name in there.items()}
    names |= {one.label: (None, one.label[2:]) for one in said if one.label.startswith(ELSEWHERE_MARK)}
    return _dressed(row, text, said, names)


def tried_when_as_sure(figures: dict[str, Any], confidence: float) -> Tried | None:
    """Return how many held-out decisions the model was about as sure of, and how many were right; None for too few.

    The band (a tenth of the scale) whose mean confidence is nearest, if it holds at least ten. The count stands beside it,
    since eighteen of eighteen is no promise of a hundred of a hundred.
    """
    bands = [(abs(mean - confidence), count, right) for mean, right, count in calibration_of(figures)]
    _distance, count, right = min(bands, default=(0.0, 0, 0.0))
    return Tried(count, round(count * right)) if count >= FEW else None


def calibration_of(figures: dict[str, Any]) -> list[tuple[float, float, int]]:
    """Return (mean confidence, share right, count) of each band something fell into."""
    if not figures:
        return []
    return [one for one in _library().Figures.from_json(figures).calibration if one[2]]


def _own(viewer: Viewer) -> Any:
    return rows_of_own_scheme(viewer) if viewer.role in (*roles.OFFICE, roles.SYSTEM) else NOTHING


def _suggestions(row: TrainedModel | None, text: str) -> "list[classify.Suggestion]":
    model = _model(row) if row and text.strip() else None
    return model.suggest(text[:LONGEST_TEXT], MOST) if model else []


def _dressed(
    row: TrainedModel | None,
    text: str,
    said: "Sequence[classify.Suggestion]",
    names: dict[str, tuple[int | None, str]],
) -> list[Suggested]:
    model = _model(row) if row else None
    if model is None or row is None:
        return []
    return [
        Suggested(
            *names[one.label],
            one.confidence,
            one.is_sure,
            tried_when_as_sure(row.figures, one.confidence) if place == 0 else None,
            tuple(model.why(text[:LONGEST_TEXT], one.label, MOST_WORDS)),
        )
        for place, one in enumerate(said)
        if one.label in names and one.confidence >= WORTH_READING
    ]


def _model(row: TrainedModel) -> "classify.Model | None":
    """Return a model, read once and held while it is among the last two used; None where its file is gone or spoilt."""
    if row.file is None:
        return None
    with _loading:
        held = _loaded.get(row.file.name)
        if held is None:
            try:
                held = _library().load(path_of(row.file.name))
            except (OSError, ValueError):
                return None
            _loaded[row.file.name] = held
        _loaded.move_to_end(row.file.name)
        while len(_loaded) > MOST_LOADED:
            _loaded.popitem(last=False)
    return held


def _library() -> Any:
    """Return the library of classifying: loaded with the first suggestion, since a process that never makes one needs no numpy."""
    from shangliang.analysis import classify  # noqa: PLC0415

    return classify
