"""A model of past decisions: asked for, learned in a child process, kept where it is better than the one in use."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from shangliang.foundation import roles, schedule
from shangliang.foundation.business import action, note
from shangliang.foundation.files import delete_file, path_of, write_weights
from shangliang.foundation.ledger import Note
from shangliang.foundation.models import StoredFile
from shangliang.foundation.moves import check_role
from shangliang.foundation.refusals import AlreadyDone, NotYours
from shangliang.foundation.viewer import System, Viewer
from shangliang.people.models import Committee
from shangliang.sorting.models import Lesson, Subject, TrainedModel
from shangliang.sorting.permissions import is_of
from shangliang.sorting.queries.suggesting import lessons_due, model_in_use
from shangliang.sorting.training import Example, Learned, NothingLearned, is_enough, learn, usable

JOB_OF = {str(Subject.KIND): "sorting.learn_kinds", str(Subject.UNIT): "sorting.learn_units"}
EVERY = timedelta(days=7)
EVERY_WITHOUT = timedelta(hours=20)  # where there was too little to learn from: each night
FIRST_AGAIN = timedelta(minutes=15)  # before the first model, while people decide
MOST_SECONDS = (
    240  # after that no further committee is begun: a job's lease is ten minutes, a lesson takes one
)

Gather = Callable[[int], Sequence[Example]]
Lost = Callable[[int, datetime], bool]


@action
def ask_training(*, committee: Committee, by: Viewer, at: datetime) -> None:
    """Have both subjects learned again in the next round of the worker. Refuses while that is already asked for."""
    check_role(by, roles.OFFICE)
    if not is_of(by, committee.pk):
        raise NotYours(_("这不是您所在的政协。"))
    rows = [_locked(committee.pk, subject) for subject in Subject.values]
    if all(one.asked_at for one in rows):
        raise AlreadyDone(_("已经排上了。学好以后，这一页会写上结果。"))
    for one in rows:
        one.asked_at = at
        one.save(update_fields=["asked_at"])
        schedule.run_soon(JOB_OF[one.subject], at)
    note(Note(committee.pk, "model.ask", f"committee:{committee.slug}", by, at))


def learn_soon_at_first(committee_id: int, subject: str, at: datetime) -> None:
    """Have the worker see soon whether there is enough for a committee's first model: behind a decision one learns from.

    Nothing is done where a model suggests already, a lesson waits, or decisions were counted a quarter of an hour ago.
    Call it inside an action.
    """
    if model_in_use(committee_id, subject):
        return
    row = _locked(committee_id, subject)
    if row.asked_at or (row.looked_at and row.looked_at > at - FIRST_AGAIN):
        return
    row.asked_at = at
    row.save(update_fields=["asked_at"])
    schedule.run_soon(JOB_OF[subject], at)


def teach_all(subject: str, *, gather: Gather, has_lost: Lost, at: datetime) -> int:
    """Learn one subject for every committee that asked or whose last lesson is a week old. Return how many were looked at.

    Those that have no model yet are looked at each night.
    ``gather`` returns a committee's decisions, ``has_lost`` whether words were taken back or locked since a moment. What
    is not reached in four minutes is begun first the next night.
    """
    began, looked = time.monotonic(), 0
    for committee_id in lessons_due(subject, at - EVERY, at - EVERY_WITHOUT):
        if time.monotonic() - began > MOST_SECONDS:
            break
        by = System(JOB_OF[subject], committee_id)
        teach(subject, gather(committee_id), has_lost=has_lost, by=by, at=at)
        looked += 1
    return looked


def teach(
    subject: str, examples: Sequence[Example], *, has_lost: Lost, by: System, at: datetime
) -> TrainedModel | None:
    """Learn from a committee's decisions; keep the new model where it is better. Return its row.

    None, and a note on the page, where there are too few or nothing could be learned. The heavy part runs outside any
    transaction. A model that is only as good as the one in use is taken where words were taken back since: it has
    never seen them.
    """
    assert by.committee_id
    decided = usable(examples)
    labels = len({one.label for one in decided})
    counted = (len(decided), labels)
    if not is_enough(*counted):
        _too_few(subject, counted, has_lost, by=by, at=at)
        return None
    older = model_in_use(by.committee_id, subject)
    try:
        learned = learn(decided, path_of(older.file.name) if older and older.file else None)
    except NothingLearned:
        _looked(by.committee_id, subject, counted, at=at, went_wrong=True)
        return None
    lost = bool(older and has_lost(by.committee_id, older.trained_at))
    is_taken = learned.is_better or (lost and not learned.is_worse)
    file = write_weights(learned.weights, at=at) if is_taken else None
    return _kept(subject, learned, file, older, counted, by=by, at=at)


@action
def _too_few(subject: str, counted: tuple[int, int], has_lost: Lost, *, by: System, at: datetime) -> None:
    """Note that there is too little to learn from. A model that has read words taken back since does not go on."""
    assert by.committee_id
    _looked(by.committee_id, subject, counted, at=at)
    older = model_in_use(by.committee_id, subject)
    if older and has_lost(by.committee_id, older.trained_at):
        _step_down(older)
        note(Note(by.committee_id, "model.stop", f"model:{older.pk}", by, at, None, {"subject": subject}))


@action
def _kept(
    subject: str,
    learned: Learned,
    file: StoredFile | None,
    older: TrainedModel | None,
    counted: tuple[int, int],
    *,
    by: System,
    at: datetime,
) -> TrainedModel | None:
    """Store what was learned. Where another worker was quicker its model stays; the file of this one is swept."""
    assert by.committee_id
    _looked(by.committee_id, subject, counted, at=at)
    standing = model_in_use(by.committee_id, subject)
    if (standing and standing.pk) != (older and older.pk):
        return None
    row = TrainedModel(
        committee_id=by.committee_id, subject=subject, trained_at=at, examples=learned.examples,
        labels=learned.labels, held_out=learned.held_out, figures=learned.figures, is_current=file is not None,
        not_taken_because="" if file else _why_not(learned),
    )  # fmt: skip
    if file:
        file.save(force_insert=True)
        row.file = file
        _step_down(standing)
    row.save(force_insert=True)
    note(Note(by.committee_id, "model.train", f"model:{row.pk}", by, at, None, _facts(row)))
    return row


def _step_down(older: TrainedModel | None) -> None:
    """End a model: its figures stay for the history, its file goes."""
    if older is None:
        return
    file, older.file, older.is_current = older.file, None, False
    older.save(update_fields=["file", "is_current"])
    if file:
        delete_file(file)


def _why_not(learned: Learned) -> str:
    before = learned.older
    if before is None:
        return _("留出来的 %(held)s 件，一件也没有猜对，先不用它。") % {"held": learned.held_out}
    new, old = (round(float(one.get("top1", 0)) * learned.held_out) for one in (learned.figures, before))
    return _("同样的 %(held)s 件，新的猜对 %(new)s 件，在用的猜对 %(old)s 件，没有更好，接着用原来的。") % {
        "held": learned.held_out,
        "new": new,
        "old": old,
    }


def _facts(row: TrainedModel) -> dict[str, object]:
    """What the ledger keeps: counts, and the share that was right in thousandths."""
    top = round(1000 * float(row.figures.get("top1", 0)))
    counts = {"examples": row.examples, "labels": row.labels, "held_out": row.held_out, "right_of_1000": top}
    return {"subject": str(row.subject), "taken": row.is_current, **counts}


@action
def _looked(
    committee_id: int, subject: str, counted: tuple[int, int], *, at: datetime, went_wrong: bool = False
) -> None:
    row = _locked(committee_id, subject)
    row.asked_at, row.looked_at, row.went_wrong = None, at, went_wrong
    row.examples, row.labels = counted
    row.save(update_fields=["asked_at", "looked_at", "went_wrong", "examples", "labels"])


def _locked(committee_id: int, subject: str) -> Lesson:
    Lesson.unscoped.get_or_create(committee_id=committee_id, subject=subject)
    return Lesson.unscoped.select_for_update(of=("self",)).get(committee_id=committee_id, subject=subject)
