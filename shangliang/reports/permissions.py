"""Who sees which reports and matters. Rows outside these filters do not exist for the viewer."""

from typing import Any

from django.db.models import Q

from shangliang.foundation import roles
from shangliang.foundation.viewer import Appointed, ReceiptHolder, Viewer
from shangliang.reports.states import MatterState, ReportState

LOCKED = (ReportState.HELD, ReportState.TURNED_AWAY)
NOT_ON_THE_DESK = (*LOCKED, ReportState.WITHDRAWN)
SEE_MATTERS = (*roles.OFFICE, roles.MEMBER, roles.REVIEWER)
SEE_THE_BAR = (*roles.OFFICE, roles.ADMIN)
MAY_SEND = (roles.PUBLIC, roles.SYSTEM, *roles.OFFICE, roles.KEEPER, roles.MEMBER)
MAY_BE_IN_CHARGE = (
    roles.MEMBER,
    roles.KEEPER,
)  # of a report point: its state and public texts, never a report
MAY_TELL = (*roles.OFFICE, roles.AUTHORITY, roles.SYSTEM, roles.REPORTER)
NOTHING = Q(pk__in=())
BEFORE_VERDICT = (MatterState.GATHERED, MatterState.CONSULTING, MatterState.DELIVERING)


def rows_of_reports(viewer: Viewer) -> Q:
    """Return the filter of reports: the office sees its committees' but for locked and withdrawn ones.

    An officer sees the locked queue of the own committee alone, whoever holds a receipt sees one report, a task those
    of its committee. Members, keepers, units, issuing authorities and the public see none.
    """
    if isinstance(viewer, ReceiptHolder):
        return Q(pk=viewer.report_id)
    if viewer.role == roles.SYSTEM:
        return _of_task(viewer)
    if isinstance(viewer, Appointed) and viewer.role in roles.OFFICE:
        return Q(committee_id__in=viewer.reach) & ~Q(state__in=NOT_ON_THE_DESK)
    if isinstance(viewer, Appointed) and viewer.role == roles.OFFICER:
        return Q(committee_id=viewer.committee_id, state__in=LOCKED)
    return NOTHING


def rows_of_matters(viewer: Viewer) -> Q:
    """Return the filter of matters: office, members and reviewers see those established in their committees.

    A matter nobody has established yet is no more than one report's shell: it is reached through that report only,
    so that a list of matters never betrays a locked report.
    """
    if isinstance(viewer, ReceiptHolder):
        return Q(reports__pk=viewer.report_id)
    if viewer.role == roles.SYSTEM:
        return _of_task(viewer)
    if isinstance(viewer, Appointed) and viewer.role in SEE_MATTERS:
        return Q(committee_id__in=viewer.reach) & ~Q(state=MatterState.UNSCREENED)
    return NOTHING


def lines_of_threads(viewer: Viewer) -> Q:
    """Return the filter of thread lines within reports that are open to a viewer: locked ones are for officers alone.

    Whoever wrote them reads them too.
    """
    if isinstance(viewer, ReceiptHolder) or viewer.role in (roles.OFFICER, roles.SYSTEM):
        return Q()
    return Q(is_locked=False)


def may_come_apart(matter: Any) -> bool:
    """Tell whether reports may still be taken out of a matter: not once verdicts were asked for under their receipts.

    A later round means that verdicts were given already.
    """
    return matter.state in BEFORE_VERDICT and matter.round == 1


def is_own_report(viewer: Viewer, report_id: int) -> bool:
    """Tell whether the viewer showed the receipt of this very report."""
    return isinstance(viewer, ReceiptHolder) and viewer.report_id == report_id


def _of_task(viewer: Viewer) -> Q:
    own = getattr(viewer, "committee_id", None)
    return Q(committee_id=own) if own else Q()
