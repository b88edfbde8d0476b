"""Taking apart what was wrongly joined: some reports of a matter become a matter of their own."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from shangliang.foundation import clock, codes, roles
from shangliang.foundation.business import action
from shangliang.foundation.moves import check_role, move, record_fact
from shangliang.foundation.refusals import Refusal
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.reports.actions.joining import check_may_come_apart, end_joining, public_code
from shangliang.reports.actions.parting import keep_apart, standing_apart
from shangliang.reports.actions.screening import MOST_AT_ONCE, check_reach, tell
from shangliang.reports.actions.sorting import keep_kind
from shangliang.reports.actions.wording import said, words_for
from shangliang.reports.models import Joining, Matter, Report, ThreadKind
from shangliang.reports.permissions import NOT_ON_THE_DESK
from shangliang.reports.queries.similar import likeness_with
from shangliang.reports.queries.weights import weights_now
from shangliang.reports.states import ESTABLISH, MatterState, ReportState
from shangliang.ui.clean import on_one_line

LONGEST_TITLE = 80


@action
def split(
    matter: Matter, reports: Iterable[Report], *, title: str, by: Viewer, at: datetime, words: str = ""
) -> Matter:
    """Make some reports of a matter a new one with a number of its own; their reporters are told. Return it.

    Each stays joined, so that it can be taken out again like any other. Refuses reports that are not in the matter,
    none and all of them, a matter whose verdicts were asked for, and an empty title.
    """
    check_role(by, roles.OFFICE)
    check_reach(by, matter)
    locked = Matter.unscoped.select_for_update(of=("self",)).get(pk=matter.pk)
    check_may_come_apart(locked)
    named = on_one_line(title)
    if not named or len(named) > LONGEST_TITLE:
        raise Refusal(_("给这件事起个名字，不超过 80 个字。"))
    leaving = _leaving(locked, {one.pk for one in reports})
    owns = [_own(one) for one in leaving]
    new = _established(owns[0], leaving[0], named, locked, by, at)
    told = said(words or words_for("matter.split"))
    for one, own in zip(leaving, owns, strict=True):
        _move_over(one, own, locked, new, by, at)
        tell(one, ThreadKind.NOTICE, told, by=by, at=at)
    facts = {"to": new.code, "reports": len(leaving)}
    record_fact(locked, "matter.split", by=by, at=at, facts=facts)
    return new


def _leaving(matter: Matter, wanted: set[int]) -> list[Report]:
    """Return the ticked reports, locked. Refuses none, more than a hundred, strangers, and leaving nobody behind."""
    if not wanted or len(wanted) > MOST_AT_ONCE:
        raise Refusal(_("在要拆出来的前面打勾，一次最多 100 条。"))
    inside = Report.unscoped.filter(matter=matter).exclude(state__in=NOT_ON_THE_DESK)
    rows = inside.select_for_update(of=("self",)).select_related("committee", "area", "matter").order_by("pk")
    leaving = [one for one in rows if one.pk in wanted]
    if len(leaving) != len(wanted) or any(one.state != ReportState.TAKEN for one in leaving):
        raise Refusal(_("有的线索刚才被别人动过，已经不在这件事项里。请重新选。"))
    if inside.count() == len(leaving):
        raise Refusal(_("全都拆走，这件事项就空了。至少留一条。"))
    return leaving


def _own(report: Report) -> Matter:
    """Return the matter a report began as, which nothing was ever made of; a new one where its own is the one it leaves."""
    held = (
        Joining.unscoped.filter(report=report, undone_at=None)
        .select_related("from_matter__committee")
        .first()
    )
    if held and held.from_matter.state == MatterState.UNSCREENED:
        return held.from_matter
    shell = Matter(committee=report.committee, area=report.area, code=codes.short_code(10))
    shell.save(force_insert=True)
    return shell


def _established(new: Matter, first: Report, title: str, old: Matter, by: Viewer, at: datetime) -> Matter:
    move(
        new,
        ESTABLISH,
        by=by,
        at=at,
        facts={"report": first.code, "split_from": old.code},
        code=public_code(new, at),
        title=title,
        area=first.area or old.area,
        established_on=clock.day_of(at),
        category=old.category,
        sorted_at=old.sorted_at,
    )
    keep_kind(new, old.code, by=by, at=at)
    return new


def _move_over(report: Report, own: Matter, old: Matter, new: Matter, by: Viewer, at: datetime) -> None:
    """End the report's joining to the old matter and begin one to the new; in the one it began as it needs none.

    That it is not what the old matter is about is kept like any such word of somebody who read both.
    """
    _set_apart(report, old, by, at)
    if own.pk != new.pk:
        Joining(
            report=report,
            from_matter=own,
            to_matter=new,
            joined_at=at,
            appointment=by.appointment_id if isinstance(by, Appointed) else None,
            score=likeness_with(report, new),
            weights=weights_now(),
        ).save(force_insert=True)
    report.matter = new
    report.save(update_fields=["matter"])
    record_fact(report, "report.split_off", by=by, at=at, facts={"from": old.code, "to": new.code})


def _set_apart(report: Report, old: Matter, by: Viewer, at: datetime) -> None:
    held = Joining.unscoped.filter(report=report, undone_at=None).select_related("to_matter").first()
    if held:
        end_joining(report, held, at)
    score = held.score if held else likeness_with(report, old)
    if score is not None and not standing_apart(report, old):
        keep_apart(report, old, score, by=by, at=at)
