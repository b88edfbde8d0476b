"""What somebody who read both says of a report and a matter beside it: not the same. It can be taken back."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from shangliang.foundation.business import action
from shangliang.foundation.moves import check_role, may, record_fact
from shangliang.foundation.refusals import AlreadyDone, NotYours, Refusal, WrongState
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.reports.actions.readings import record_reading
from shangliang.reports.actions.screening import check_reach
from shangliang.reports.models import Apart, Matter, Report
from shangliang.reports.queries.similar import likeness_with
from shangliang.reports.queries.weights import weights_now
from shangliang.reports.states import JOIN


@action
def set_apart(report: Report, matter: Matter, *, by: Viewer, at: datetime) -> Apart:
    """Say that a report and a matter beside it are not the same: the desk does not propose the two to each other again.

    Nothing moves and nobody is told. Refuses a report that cannot be joined now, its own matter, one of another
    committee, one nobody speaks of any more, and what was said already.
    """
    check_role(by, JOIN.roles)
    check_reach(by, report)
    locked = Report.unscoped.select_for_update(of=("self",)).get(pk=report.pk)
    if not may(by, locked, JOIN):
        raise WrongState(_("这条线索刚才有人动过，现在不用再比了。"))
    if matter.committee_id != locked.committee_id:
        raise NotYours(_("这件事项是别的政协的。"))
    if matter.pk == locked.matter_id:
        raise Refusal(_("它就是这件事项里的一条，要分开，请在事项里拆。"))
    if standing_apart(locked, matter):
        raise AlreadyDone(_("刚才已经说过不是一件事。"))
    score = likeness_with(locked, matter)
    if score is None:
        raise Refusal(_("这件里现在没有可以比的线索了。"))
    record_reading(locked, by=by, at=at)
    record_fact(locked, "report.set_apart", by=by, at=at, facts={"matter": matter.code})
    return keep_apart(locked, matter, score, by=by, at=at)


@action
def take_back_apart(apart: Apart, *, by: Viewer, at: datetime) -> Apart:
    """Take back that a report and a matter are not the same: the desk may propose them again.

    Refuses what somebody has taken back or joined meanwhile, and a report of another committee.
    """
    check_role(by, JOIN.roles)
    check_reach(by, apart.report)
    locked = Apart.unscoped.select_for_update(of=("self",)).get(pk=apart.pk)
    if locked.undone_at is not None:
        raise AlreadyDone(_("刚才已经收回了。"))
    apart.undone_at = at
    apart.save(update_fields=["undone_at"])
    record_fact(apart.report, "report.take_back_apart", by=by, at=at, facts={"matter": apart.matter.code})
    return apart


def keep_apart(report: Report, matter: Matter, score: float, *, by: Viewer, at: datetime) -> Apart:
    """Write down that the two are not the same, with how alike they were to the machine (0..1). Call it inside an action."""
    row = Apart(
        report=report,
        matter=matter,
        said_at=at,
        appointment=by.appointment_id if isinstance(by, Appointed) else None,
        score=score,
        weights=weights_now(),
    )
    row.save(force_insert=True)
    return row


def standing_apart(report: Report, matter: Matter) -> bool:
    """Tell whether the two were said to be apart and nobody has taken it back."""
    return Apart.unscoped.filter(report=report, matter=matter, undone_at=None).exists()


def end_apart(report: Report, came_from: Matter, target: Matter, at: datetime) -> None:
    """Take back what a join speaks against: of the report and its new matter, whichever of them was open then."""
    against = Q(report=report, matter=target) | Q(report__matter=target, matter=came_from)
    Apart.unscoped.filter(against, undone_at=None).update(undone_at=at)
