"""How many people could have said this: asked before anything of a report reaches a unit."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from shangliang.foundation.business import action
from shangliang.foundation.codes import short_code
from shangliang.foundation.moves import move
from shangliang.foundation.refusals import Refusal
from shangliang.foundation.viewer import System, Viewer
from shangliang.protection import notices, rules
from shangliang.protection.actions.screeners import appointment_of, exposure_standing, locked_report
from shangliang.protection.models import Exposure, Households
from shangliang.protection.queries.exposures import growing_exposures
from shangliang.protection.queries.voices import reports_unanswered, standing_in, voices_in, voices_of
from shangliang.protection.states import LOCK_AGAIN, SAY_FEW, SAY_MANY, UNLOCK, ExposureState
from shangliang.reports.models import Matter, Report


@action
def answer_exposure(report: Report, *, households: str, by: Viewer, at: datetime) -> Exposure:
    """Say how many households could have said what a report says: "many" opens its texts, anything less locks them.

    Refuses another answer than the three, and to change one once the reporter was asked or a member speaks instead.
    """
    if households not in Households.values:
        raise Refusal(_("选一个：一两户、几户，还是很多户。"))
    row = _row_of(locked_report(report, by))
    step = SAY_MANY if households == Households.MANY else SAY_FEW
    return move(
        row, step, by=by, at=at, facts={"households": str(households)}, households=households,
        answered_by=appointment_of(by), answered_at=at,
    )  # fmt: skip


@action
def answer_exposure_of_matter(matter: Matter, *, households: str, by: Viewer, at: datetime) -> int:
    """Give one answer for every report of a matter of which nobody has said it yet. Return for how many."""
    waiting = reports_unanswered([matter.pk])
    for report in waiting:
        answer_exposure(report, households=households, by=by, at=at)
    return len(waiting)


def refuse_unanswered(matters: Iterable[Matter]) -> None:
    """Refuse to go on while nobody has said of a report in these matters how many could have said it.

    Matters of five distinct voices or more need no answer. Call it before anything reaches a unit.
    """
    rows = {one.pk: one for one in matters}
    waiting = reports_unanswered(list(rows))
    if waiting:
        matter = rows[waiting[0].matter_id]
        raise Refusal(
            _(
                "还不能交到单位手里：“%(title)s”（%(code)s）里有 %(count)s 条还没问“有多少人说得出这件事”。"
                "请打开“事项”，在这件事项那一行点“写给单位和公众看的”，答完再来。"
            )
            % {"title": matter.title, "code": matter.code, "count": len(waiting)}
        )


@action
def follow_voices(exposure: Exposure, *, by: System, at: datetime) -> Exposure:
    """Open or lock a text as the number of voices in its matter has become, and tell the clerks when it opens."""
    enough = voices_of(exposure.report.matter) >= rules.MANY_FROM
    if enough and exposure.state in UNLOCK.sources:
        move(exposure, UNLOCK, by=by, at=at)
        notices.to_office_enough(exposure, at)
    elif not enough and exposure.state in LOCK_AGAIN.sources:
        move(exposure, LOCK_AGAIN, by=by, at=at)
    return exposure


def follow_all_voices(at: datetime) -> int:
    """Look at every text whose lock depends on others speaking up. Return how many were opened or locked again."""
    rows = list(growing_exposures())
    matters = list({one.report.matter_id for one in rows})
    voices, standing = voices_in(matters), standing_in(matters)
    present = {one.pk for reports in standing.values() for one in reports}
    changing = [
        one
        for one in rows
        if one.report_id in present
        and (voices[one.report.matter_id] >= rules.MANY_FROM) != (one.state == ExposureState.ENOUGH)
    ]
    for one in changing:
        follow_voices(one, by=System("protection.voices", one.committee_id), at=at)
    return len(changing)


def _row_of(report: Report) -> Exposure:
    row = exposure_standing(report)
    if row is None:
        row = Exposure(committee_id=report.committee_id, report=report, code=short_code(10))
        row.save(force_insert=True)
    return row


def state_now(report: Report) -> str:
    """Return the state that decides over a report's texts: what was answered, or "enough" in a matter of many voices.

    Refuses while nobody has answered and the voices are few.
    """
    row = exposure_standing(report)
    if row is not None and row.state != ExposureState.UNANSWERED:
        return row.state
    if voices_in([report.matter_id])[report.matter_id] >= rules.MANY_FROM:
        return ExposureState.ENOUGH
    raise Refusal(_("先答一句：有多少人说得出这件事。答了才能确认给别人看的文字。"))
