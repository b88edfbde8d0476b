"""Asking the person who spoke whether a unit may read it: one question, answered in one press with the receipt."""

from datetime import datetime

from django.utils.translation import gettext as _

from shangliang.foundation.business import action
from shangliang.foundation.moves import move
from shangliang.foundation.refusals import NotYours, Refusal, WrongState
from shangliang.foundation.viewer import Viewer
from shangliang.protection import notices, rules
from shangliang.protection.actions.screeners import appointment_of, exposure_standing, locked_report
from shangliang.protection.models import ConsentAsk, Exposure
from shangliang.protection.states import ASK_CONSENT, CONSENT, REFUSE, ExposureState
from shangliang.reports.actions.screening import tell
from shangliang.reports.models import Report, ThreadKind
from shangliang.reports.permissions import is_own_report
from shangliang.ui.clean import for_storage, on_one_line


@action
def ask_consent(
    report: Report, *, words: str = "", because: str = "", by: Viewer, at: datetime
) -> ConsentAsk:
    """Ask the person who spoke whether the unit may read it; no answer keeps it locked. Return the question.

    Refuses when it is not locked, and a second time after a "no" unless ``because`` gives a new reason, which is read.
    """
    row = locked_report(report, by)
    exposure = exposure_standing(row)
    if exposure is None:
        raise WrongState(_("先答一句：有多少人说得出这件事。"))
    reason = on_one_line(because)[: rules.LONGEST_HINT]
    before = ConsentAsk.unscoped.filter(exposure=exposure).order_by("-asked_at", "-pk").first()
    if exposure.state == ExposureState.REFUSED:
        _check_new_reason(reason, before)
    said = _question(words, reason)
    move(exposure, ASK_CONSENT, by=by, at=at, facts={"again": before is not None})
    tell(row, ThreadKind.NOTICE, notices.asked_on_receipt(), by=by, at=at)
    ask = ConsentAsk(exposure=exposure, words=said, because=reason, asked_by=appointment_of(by), asked_at=at)
    ask.save(force_insert=True)
    return ask


def _check_new_reason(reason: str, before: ConsentAsk | None) -> None:
    if not reason or (before and reason == before.because):
        raise Refusal(_("反映人说过不同意。没有新的理由，不能再问第二次；有，就写清楚，他会看到。"))


def _question(words: str, reason: str) -> str:
    said = for_storage(words).strip() or notices.consent_question()
    if len(said) + len(reason) > rules.LONGEST_TEXT - 20:
        raise Refusal(_("写得太长了，短一点，一眼看得完。您写的还在。"))
    return notices.asked_again(said, reason) if reason else said


@action
def give_consent(exposure: Exposure, *, by: Viewer, at: datetime) -> Exposure:
    """The person who spoke lets the unit read the dispatch text. Refuses everybody else, and when nothing was asked."""
    _check_own(exposure, by)
    move(exposure, CONSENT, by=by, at=at)
    _answered(exposure, True, at)
    notices.to_office_consent(exposure, at)
    return exposure


@action
def refuse_consent(exposure: Exposure, *, by: Viewer, at: datetime) -> Exposure:
    """The person who spoke says no, or takes a yes back: it stays locked. Refuses everybody else."""
    _check_own(exposure, by)
    move(exposure, REFUSE, by=by, at=at)
    _answered(exposure, False, at)
    notices.to_office_consent(exposure, at)
    return exposure


def _check_own(exposure: Exposure, by: Viewer) -> None:
    if not is_own_report(by, exposure.report_id):
        raise NotYours(_("要凭这件事的回执码才能这么做。"))


def _answered(exposure: Exposure, agrees: bool, at: datetime) -> None:
    row = ConsentAsk.unscoped.filter(exposure=exposure).order_by("-asked_at", "-pk").first()
    if row is None:
        raise WrongState(_("现在没有要您答的问题。"))
    row.agrees, row.answered_at = agrees, at
    row.save(update_fields=["agrees", "answered_at"])
