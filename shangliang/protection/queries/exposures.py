"""How many could have said it, per report; what is asked of the person who spoke, and of a member."""

from datetime import date

from django.db.models import QuerySet

from shangliang.foundation import roles
from shangliang.foundation.viewer import Viewer
from shangliang.people.models import Appointment
from shangliang.people.queries import holders
from shangliang.protection.models import ConsentAsk, Exposure, Finding
from shangliang.protection.permissions import rows_asked_of, rows_of_findings, rows_of_screened
from shangliang.protection.queries.against import implicated_in
from shangliang.protection.states import ExposureState, FindingState
from shangliang.reports.models import Report
from shangliang.reports.permissions import NOT_ON_THE_DESK

GROWING = (ExposureState.LOCKED, ExposureState.ASKED, ExposureState.ENOUGH)
STANDING_FINDING = (FindingState.ASKED, FindingState.WRITTEN, FindingState.JOINED)


def exposure_of(viewer: Viewer, report: Report) -> Exposure | None:
    """Return what was said of how many could have said a report, for its screeners; None before anybody answered."""
    mine = Report.unscoped.filter(rows_of_screened(viewer), pk=report.pk)
    return Exposure.unscoped.filter(report__in=mine).first()


def asks_of(viewer: Viewer, report: Report) -> QuerySet[ConsentAsk]:
    """Return the questions of consent a screener's report was asked, latest first."""
    mine = Report.unscoped.filter(rows_of_screened(viewer), pk=report.pk)
    return ConsentAsk.unscoped.filter(exposure__report__in=mine).order_by("-asked_at", "-pk")


def consent_question(viewer: Viewer) -> ConsentAsk | None:
    """Return the question that waits for the holder of a receipt, or the "yes" that may be taken back; else None.

    Nothing of a report that was withdrawn or locked away: no unit reads it in any case.
    """
    own = Exposure.unscoped.filter(rows_asked_of(viewer)).exclude(report__state__in=NOT_ON_THE_DESK)
    rows = ConsentAsk.unscoped.filter(exposure__in=own)
    last = rows.select_related("exposure__report").order_by("-asked_at", "-pk").first()
    open_to_answer = (ExposureState.ASKED, ExposureState.CONSENTED)
    return last if last and last.exposure.state in open_to_answer else None


def findings_of(viewer: Viewer, report: Report) -> QuerySet[Finding]:
    """Return the members asked to raise what a report says, latest first; only for its screeners."""
    mine = Report.unscoped.filter(rows_of_screened(viewer), pk=report.pk)
    rows = Finding.unscoped.filter(exposure__report__in=mine).select_related("member__person", "report")
    return rows.order_by("-asked_at", "-pk")


def stands_for(viewer: Viewer, report: Report) -> Report | None:
    """Return the report a member's finding stands for, to its screeners; None for any other report or viewer."""
    mine = Report.unscoped.filter(rows_of_screened(viewer))
    row = Finding.unscoped.filter(report__in=mine.filter(pk=report.pk), exposure__report__in=mine)
    found = row.select_related("exposure__report").first()
    return found.exposure.report if found else None


def findings_asked_of(viewer: Viewer) -> QuerySet[Finding]:
    """Return what the viewer, a member, was asked to look at, latest first."""
    if viewer.role != roles.MEMBER:
        return Finding.unscoped.none()
    return Finding.unscoped.filter(rows_of_findings(viewer)).order_by("-asked_at", "-pk")


def get_finding_for(viewer: Viewer, code: str) -> Finding | None:
    """Return one finding the viewer may see, or None."""
    rows = Finding.unscoped.filter(rows_of_findings(viewer), code=code)
    return rows.select_related("exposure__report__matter", "member__person", "report", "committee").first()


def members_to_ask(report: Report, today: date) -> QuerySet[Appointment]:
    """Return the members of a report's committee who may raise it: nobody who also acts for a unit complained about."""
    named = implicated_in([report.matter_id])
    theirs = Appointment.unscoped.filter(organisation_id__in=named).exclude(until_on__lt=today)
    rows = holders(report.committee_id, roles.MEMBER)
    return rows.exclude(person_id__in=theirs.values("person_id"))


def growing_exposures() -> QuerySet[Exposure]:
    """Return exposures whose lock depends on how many speak of the matter: for the daily look."""
    return Exposure.unscoped.filter(state__in=GROWING).select_related("report__matter").order_by("pk")
