"""Where a committee's desk begins to call two reports the same: moved each day by what its staff joined and took apart."""

from datetime import datetime

from django.utils.translation import gettext as _

from shangliang.analysis import same_matter
from shangliang.foundation.business import action, note
from shangliang.foundation.ledger import Note
from shangliang.foundation.moves import check_role
from shangliang.foundation.refusals import AlreadyDone
from shangliang.foundation.viewer import Appointed, System, Viewer
from shangliang.people.queries import committee_by_id
from shangliang.reports.models import Threshold
from shangliang.reports.permissions import SEE_THE_BAR
from shangliang.reports.queries.thresholds import STANDARD, Evidence, committees_that_moved, evidence_of

KEPT_DIGITS = 3
THOUSANDTHS = 1000  # the ledger holds no fractions


def move_thresholds(at: datetime) -> int:
    """Move the bar of each committee to where its joins and partings put it. Return how many bars were written."""
    return sum(move_threshold_of(committee_id, at) for committee_id in committees_that_moved())


def move_threshold_of(committee_id: int, at: datetime) -> bool:
    """Move the bar of one committee (``same_matter.moved_threshold``, from the standard on). Return whether it was written.

    The same evidence gives the same bar however often it is run.
    """
    evidence = evidence_of(committee_id)
    moved = same_matter.moved_threshold(STANDARD, evidence.joined, evidence.parted)
    return _keep(committee_id, round(moved, KEPT_DIGITS), evidence, at)


@action
def _keep(committee_id: int, value: float, evidence: Evidence, at: datetime) -> bool:
    row = Threshold.unscoped.select_for_update(of=("self",)).filter(committee_id=committee_id).first()
    figures = value, len(evidence.joined), len(evidence.parted)
    held = (row.value, row.joined, row.parted) if row else (STANDARD, 0, 0)
    if figures == held:
        return False
    row = row or Threshold(committee_id=committee_id)
    row.value, row.joined, row.parted = figures
    row.moved_at = at
    row.save()
    if value != held[0]:
        _note(committee_id, "threshold.move", held[0], row, System("move_thresholds", committee_id), at)
    return True


@action
def put_back(*, by: Viewer, at: datetime) -> Threshold:
    """Put the bar of the viewer's committee back to the standard; what was joined and parted before counts no more.

    Refuses where it stands there already and nothing has moved it.
    """
    check_role(by, SEE_THE_BAR)
    own = by.committee_id if isinstance(by, Appointed) else 0
    row = Threshold.unscoped.select_for_update(of=("self",)).filter(committee_id=own).first()
    if row is None or (row.value, row.joined, row.parted) == (STANDARD, 0, 0):
        raise AlreadyDone(_("本来就是标准值，没有动。"))
    before, row.value = row.value, STANDARD
    row.joined = row.parted = 0
    row.moved_at = row.counted_from = at
    row.save(update_fields=["value", "joined", "parted", "moved_at", "counted_from"])
    _note(own, "threshold.put_back", before, row, by, at)
    return row


def _note(committee_id: int, verb: str, before: float, row: Threshold, by: Viewer, at: datetime) -> None:
    """Note in thousandths from where to where a bar went, and how many joins and partings moved it."""
    facts = {
        "from": round(before * THOUSANDTHS),
        "to": round(row.value * THOUSANDTHS),
        "joined": row.joined,
        "parted": row.parted,
    }
    subject = f"committee:{committee_by_id(committee_id).slug}"
    note(Note(committee_id, verb, subject, by, at, facts=facts))
