"""The door of every act here: a screener of the report's own committee, and the report as it stands now."""

from django.utils.translation import gettext as _

from shangliang.foundation.moves import check_role
from shangliang.foundation.refusals import WrongState
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.protection.models import Exposure
from shangliang.protection.permissions import MAY_PROTECT
from shangliang.reports.actions.screening import check_reach
from shangliang.reports.models import Report
from shangliang.reports.permissions import NOT_ON_THE_DESK


def locked_report(report: Report, by: Viewer) -> Report:
    """Lock and return a report. Refuses whoever does not screen it, and one that was withdrawn or locked away."""
    check_role(by, MAY_PROTECT)
    check_reach(by, report)
    row = Report.unscoped.select_for_update(of=("self",)).select_related("matter").get(pk=report.pk)
    if row.state in NOT_ON_THE_DESK:
        raise WrongState(_("这一条已经撤回或锁起来了，不能再动。"))
    return row


def exposure_standing(report: Report) -> Exposure | None:
    """Return what was said of a report, locked, or None when nobody has said anything."""
    return Exposure.unscoped.select_for_update().filter(report=report).first()


def appointment_of(by: Viewer) -> int | None:
    """Return the appointment somebody acts in, for the record; None for a task or a receipt."""
    return by.appointment_id if isinstance(by, Appointed) else None
