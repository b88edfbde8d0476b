"""④ What a unit does with its assignment: accept, object once, report progress, claim done, say it cannot be done."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from shangliang.delivery import notices, rules
from shangliang.delivery.actions.doors import day_between, through_unit_door
from shangliang.delivery.models import Assignment, Evidence, Objection, Progress, Result, Via
from shangliang.delivery.states import ACCEPT, CANNOT_DO, CLAIM, OBJECT, UNIT_SIDE, A
from shangliang.foundation.business import action
from shangliang.foundation.models import StoredFile
from shangliang.foundation.moves import check_role, move, record_fact
from shangliang.foundation.queries import day_table
from shangliang.foundation.refusals import AlreadyDone, Refusal, WrongState
from shangliang.foundation.viewer import Viewer
from shangliang.people.models import RealOutcome
from shangliang.people.queries import letters_of, setting
from shangliang.reports.actions.photos import draw_photos
from shangliang.sorting.actions.training import learn_soon_at_first


@action
def accept(assignment: Assignment, *, by: Viewer, at: datetime, happened_on: date | None = None,
           source: str = "") -> Assignment:  # fmt: skip
    """The lead unit takes the task."""
    check_role(by, ACCEPT.roles)
    via = through_unit_door(assignment, by=by, source=source, at=at)
    day = day_between(assignment.issued_on, happened_on, at)
    notices.unit_has_acted(assignment, at)
    learn_soon_at_first(assignment.committee_id, "unit", at)
    return move(assignment, ACCEPT, by=by, at=at, happened_on=day, facts={"via": str(via)}, accepted_on=day,
                accepted_via=via, accepted_source=_source(via, source))  # fmt: skip


@action
def object_to(assignment: Assignment, *, reason: str, by: Viewer, at: datetime, happened_on: date | None = None,
              source: str = "") -> Objection:  # fmt: skip
    """The lead unit objects: once, with a reason, within the days of the setting. The authority decides."""
    check_role(by, OBJECT.roles)
    via = through_unit_door(assignment, by=by, source=source, at=at)
    if not reason.strip():
        raise Refusal(_("提出异议要写理由：为什么不该由您单位办，该找谁。"))
    if Objection.unscoped.filter(assignment=assignment).exists():
        raise AlreadyDone(_("异议只能提一次，这一件已经提过了。"))
    first = _first_day(assignment)
    day = day_between(first, happened_on, at)
    days = setting(assignment.committee_id, "objection_days")
    if not rules.may_still_object(first, days, day, day_table()):
        raise Refusal(
            _("提异议的时间（%(days)s 个工作日）已经过了。有困难请记在进展里，或与交办主体商量。")
            % {"days": days}
        )
    move(assignment, OBJECT, by=by, at=at, happened_on=day, facts={"via": str(via)})
    row = Objection(assignment=assignment, reason=reason.strip()[:300], objected_on=day, via=via,
                    source=_source(via, source))  # fmt: skip
    row.save(force_insert=True)
    notices.unit_has_acted(assignment, at)
    notices.objected(assignment, at)
    return row


def _first_day(assignment: Assignment) -> date:
    """A unit that got the task by reassignment may object from that day on, though the deadline runs from dispatch."""
    if assignment.replaces_id:
        decided = Objection.unscoped.filter(assignment=assignment.replaces_id).values_list(
            "decided_on", flat=True
        )
        return decided.first() or assignment.issued_on
    return assignment.issued_on


def _source(via: Via, source: str) -> str:
    return source.strip()[:120] if via == Via.PROXY else ""


@action
def report_progress(assignment: Assignment, *, text: str, by: Viewer, at: datetime, happened_on: date | None = None,
                    source: str = "") -> Progress:  # fmt: skip
    """Add one line of progress, by the lead unit or a co-unit. Refuses when the task is not being worked on."""
    check_role(by, UNIT_SIDE)
    via = through_unit_door(assignment, by=by, source=source, at=at, is_progress=True)
    if not text.strip():
        raise Refusal(_("请写一句做到哪一步了。"))
    locked = Assignment.unscoped.select_for_update(of=("self",)).get(pk=assignment.pk)
    if locked.state != A.ACCEPTED:
        raise WrongState(_("现在是“%(state)s”，不用再记进展。") % {"state": locked.get_state_display()})
    row = Progress(assignment=assignment, happened_on=day_between(assignment.issued_on, happened_on, at), via=via,
                   text=text.strip(), source=_source(via, source), recorded_at=at)  # fmt: skip
    row.save(force_insert=True)
    record_fact(
        assignment, "assignment.progress", by=by, at=at, happened_on=row.happened_on, facts={"via": str(via)}
    )
    return row


@action
def claim_done(assignment: Assignment, *, text: str, real_outcome: str, finished_on: date, by: Viewer, at: datetime,
               letter: str = "", evidence_note: str = "", next_step: str = "", pictures: Sequence[StoredFile] = (),
               source: str = "") -> Result:  # fmt: skip
    """The lead unit says what came of it. Return the result (list 3).

    ``pictures`` are optional and drawn before (``draw_pictures``: outside the transaction, since drawing is slow).
    Refuses "still working", a letter that stands for another outcome, and a part or a plan without its next step.
    """
    check_role(by, CLAIM.roles)
    via = through_unit_door(assignment, by=by, source=source, at=at)
    _check_claim(assignment, text, real_outcome, letter, next_step)
    row = Result(assignment=assignment, text=text.strip(), real_outcome=real_outcome, letter=letter,
                 finished_on=day_between(assignment.issued_on, finished_on, at), next_step=next_step.strip(),
                 evidence_note=evidence_note.strip())  # fmt: skip
    _file(row, CLAIM, via, source, by, at)
    _keep_pictures(row, pictures)
    notices.claimed(assignment, row.number, at)
    return row


def _check_claim(assignment: Assignment, text: str, real_outcome: str, letter: str, next_step: str) -> None:
    if not text.strip():
        raise Refusal(_("请写清做了什么，反映的人会读到。"))
    if real_outcome not in RealOutcome.values or real_outcome == RealOutcome.NOT_FEASIBLE:
        raise Refusal(_("请选一个结果。做不了的，请用“报做不了”。"))
    if real_outcome in rules.NO_RESULT_YET:
        raise Refusal(_("还在办的事请记进展，办出结果再报。"))
    if real_outcome in rules.NEEDS_NEXT_STEP and not next_step.strip():
        raise Refusal(_("没有全部解决的，请写没办完的原因和下一步。"))
    letters = dict(letters_of(assignment.committee_id).values_list("letter", "real_outcome"))
    if not rules.letter_fits(letter, real_outcome, letters):
        raise Refusal(_("选的类别和结果对不上，请看看是哪一个。"))


def draw_pictures(pictures: Sequence[bytes], at: datetime) -> list[StoredFile]:
    """Redraw and write a unit's pictures; their rows are saved with the result. Refuses what is no picture."""
    return draw_photos(pictures, at)


def _keep_pictures(row: Result, pictures: Sequence[StoredFile]) -> None:
    if pictures:
        StoredFile.unscoped.bulk_create(pictures)
        Evidence.unscoped.bulk_create([Evidence(result=row, file=one) for one in pictures])


@action
def claim_cannot(assignment: Assignment, *, reason: str, by: Viewer, at: datetime, happened_on: date | None = None,
                 next_step: str = "", source: str = "") -> Result:  # fmt: skip
    """The lead unit says it cannot be done, and why: a legal end once that was told to those who raised it (LY-20)."""
    check_role(by, CANNOT_DO.roles)
    via = through_unit_door(assignment, by=by, source=source, at=at)
    if not reason.strip():
        raise Refusal(_("做不了要写明原因，我们要讲给反映的人听。"))
    row = Result(assignment=assignment, text=reason.strip(), real_outcome=RealOutcome.NOT_FEASIBLE,
                 finished_on=day_between(assignment.issued_on, happened_on, at), next_step=next_step.strip())  # fmt: skip
    _file(row, CANNOT_DO, via, source, by, at)
    notices.cannot_be_done(assignment, row.number, at)
    return row


def _file(row: Result, step, via: Via, source: str, by: Viewer, at: datetime) -> None:  # type: ignore[no-untyped-def]
    facts = {"via": str(via), "outcome": str(row.real_outcome)}
    notices.unit_has_acted(row.assignment, at)
    move(row.assignment, step, by=by, at=at, happened_on=row.finished_on, facts=facts)
    row.number = Result.unscoped.filter(assignment=row.assignment).count() + 1
    row.via, row.source, row.recorded_at = via, _source(via, source), at
    row.save(force_insert=True)
