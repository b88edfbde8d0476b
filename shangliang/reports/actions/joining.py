"""One matter out of many reports: raise, join, and take either back. Every text, receipt and reporter is kept."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from shangliang.foundation import clock
from shangliang.foundation.business import action
from shangliang.foundation.models import Publication
from shangliang.foundation.moves import check_role, move, subject_of
from shangliang.foundation.refusals import NotYours, Refusal
from shangliang.foundation.sequences import numbered_code
from shangliang.foundation.states import PublicationState
from shangliang.foundation.viewer import Appointed, Viewer
from shangliang.people.models import Area
from shangliang.reports.actions.indexing import index_again
from shangliang.reports.actions.parting import end_apart
from shangliang.reports.actions.readings import record_reading
from shangliang.reports.actions.screening import check_reach, settle, still_open
from shangliang.reports.actions.sorting import keep_kind
from shangliang.reports.actions.wording import said, title_shared_by, words_for
from shangliang.reports.models import Joining, Matter, Report, ThreadEntry, ThreadKind
from shangliang.reports.permissions import may_come_apart
from shangliang.reports.queries.similar import likeness_with
from shangliang.reports.queries.weights import weights_now
from shangliang.reports.states import DISSOLVE, ESTABLISH, JOIN, RAISE, UNDO, MatterState, ReportState
from shangliang.ui.clean import for_storage, on_one_line

STANDING = (MatterState.GATHERED, MatterState.CONSULTING, MatterState.DELIVERING, MatterState.JUDGING)


@action
def join(report: Report, matter: Matter, *, by: Viewer, at: datetime, words: str = "") -> Report:
    """Move a report to a standing matter of the same committee; the reporter is told. Its old matter stays, empty.

    How alike the machine found them is kept with the join; what was said against it is taken back. Refuses a matter
    that is not standing or of another committee, and a report that is held or already joined.
    """
    target = _standing(matter)
    if target.committee_id != report.committee_id:
        raise NotYours(_("这件事项是别的政协的，合不过去。"))
    if target.pk == report.matter_id:
        raise Refusal(_("它本来就是这件事项里的一条。"))
    came_from, score = report.matter, likeness_with(report, target)
    joined = settle(report, JOIN, said(words or words_for("report.join")), by=by, at=at, matter=target)
    end_apart(report, came_from, target, at)
    Joining(
        report=report,
        from_matter=came_from,
        to_matter=target,
        joined_at=at,
        appointment=by.appointment_id if isinstance(by, Appointed) else None,
        score=score,
        weights=weights_now(),
    ).save(force_insert=True)
    return joined


@action
def raise_matter(
    report: Report,
    *,
    title: str,
    summary: str = "",
    by: Viewer,
    at: datetime,
    words: str = "",
    area: Area | None = None,
) -> Matter:
    """Make the report's own matter a numbered one. Return it. Refuses an empty title; ``summary`` is for units."""
    named = on_one_line(title)
    if not named or len(named) > 80:
        raise Refusal(_("给这件事起个名字，不超过 80 个字。"))
    if area is not None and area.committee_id != report.committee_id:
        raise Refusal(_("这个社区不在您的区里。"))
    settle(report, RAISE, said(words or words_for("report.raise")), by=by, at=at)
    matter = (
        Matter.unscoped.select_for_update(of=("self",)).select_related("committee").get(pk=report.matter_id)
    )
    shell = matter.code
    move(
        matter,
        ESTABLISH,
        by=by,
        at=at,
        facts={"report": report.code},
        code=public_code(matter, at),
        title=named,
        summary=for_storage(summary).strip(),
        area=area or report.area,
        established_on=clock.day_of(at),
    )
    keep_kind(matter, shell, by=by, at=at)
    return matter


@action
def bulk_join(
    reports: Iterable[Report],
    *,
    by: Viewer,
    at: datetime,
    matter: Matter | None = None,
    title: str = "",
    words: str = "",
) -> tuple[Matter, list[Report]]:
    """Make many reports one matter: ``matter``, or else a new one raised from the first. Return it and those joined.

    One that somebody else has moved on meanwhile is left alone. Refuses when fewer than two are left for a new matter.
    Without a ``title`` it is called by its place and what they share, in no single person's words. ``words`` are read
    by every one of the reporters; without them each reads the sentence of a join (the first one that of a new matter).
    """
    rows = still_open(reports, JOIN, by=by)
    if len(rows) + (matter is not None) < 2:
        raise Refusal(_("至少要两条才能合成一件，请再选一条。"))
    first: list[Report] = []
    if matter is None:
        first, rows = rows[:1], rows[1:]
        named = title or title_shared_by(first[0], rows[0])
        matter = raise_matter(first[0], title=named, by=by, at=at, words=words)
    return matter, first + [join(one, matter, by=by, at=at, words=words) for one in rows]


@action
def undo(report: Report, *, by: Viewer, at: datetime) -> Report:
    """Take back the last act on a report: it waits again, in its own matter; what the reporter was told is marked undone.

    Refuses when others were joined to the matter it raised, and once reporters are asked for their verdict.
    """
    check_role(by, UNDO.roles)
    check_reach(by, report)
    record_reading(report, by=by, at=at)
    locked = Report.unscoped.select_for_update(of=("self",)).select_related("matter").get(pk=report.pk)
    standing = (
        Joining.unscoped.filter(report=locked, undone_at=None)
        .select_related("from_matter", "to_matter")
        .first()
    )
    changes: dict[str, Any] = {
        "referred_to": "",
        "referred_number": "",
        "first_answered_at": _take_words_back(locked, at),
    }
    if standing:
        changes["matter"] = _taken_out(locked, standing, at)
    elif locked.state == ReportState.TAKEN:
        _dissolve(locked, by=by, at=at)
    undone = move(report, UNDO, by=by, at=at, facts={"matter": locked.matter.code}, **changes)
    index_again(report)
    return undone


@action
def undo_many(reports: Iterable[Report], *, by: Viewer, at: datetime) -> list[Report]:
    """Take back a bulk act: the joined ones first, then the one their matter was raised from. Return those undone."""
    rows = still_open(reports, UNDO, by=by)
    joined = set(Joining.unscoped.filter(report__in=rows, undone_at=None).values_list("report_id", flat=True))
    return [undo(one, by=by, at=at) for one in sorted(rows, key=lambda row: row.pk not in joined)]


def _standing(matter: Matter) -> Matter:
    locked = Matter.unscoped.select_for_update(of=("self",)).get(pk=matter.pk)
    if locked.state not in STANDING:
        raise Refusal(_("这件事项现在不能再合进来了，请选别的，或立为新事项。"))
    return locked


def public_code(matter: Matter, at: datetime) -> str:
    """Return the number it had before it was dissolved, or the next one."""
    prefix = matter.committee.prefix
    return (
        matter.code if matter.code.startswith(f"{prefix}-") else numbered_code(prefix, clock.day_of(at).year)
    )


def _take_words_back(report: Report, at: datetime) -> datetime | None:
    """Mark the last answer undone. Return when the earliest answer that still stands was given."""
    told = list(
        ThreadEntry.unscoped.filter(report=report, kind=ThreadKind.REPLY, undone_at=None).order_by("at", "pk")
    )
    if told:
        ThreadEntry.unscoped.filter(pk=told[-1].pk).update(undone_at=at)
    return told[0].at if len(told) > 1 else None


def check_may_come_apart(matter: Matter) -> None:
    """Refuse to take reports out of a matter whose reporters were asked for their verdict."""
    if not may_come_apart(matter):
        raise Refusal(_("这件事项已经请反映人评价了，不能再拆开。"))


def _taken_out(report: Report, joining: Joining, at: datetime) -> Matter:
    check_may_come_apart(joining.to_matter)
    end_joining(report, joining, at)
    return joining.from_matter


def end_joining(report: Report, joining: Joining, at: datetime) -> None:
    """End a join; one whose score is missing or of other weights is given the likeness of now. Call it inside an action."""
    if joining.score is None or joining.weights != weights_now():
        joining.score, joining.weights = likeness_with(report, joining.to_matter), weights_now()
    joining.undone_at = at
    joining.save(update_fields=["undone_at", "score", "weights"])


def _dissolve(report: Report, *, by: Viewer, at: datetime) -> None:
    matter = report.matter
    others = (
        Report.unscoped.filter(matter=matter)
        .exclude(pk=report.pk)
        .exclude(state=ReportState.WITHDRAWN)
        .count()
    )
    if others:
        raise Refusal(
            _("这件事项里还有别人说的 %(count)s 条，先把它们撤下，再撤这一条。") % {"count": others}
        )
    published = Publication.unscoped.filter(subject=subject_of(matter)).exclude(
        state=PublicationState.WITHDRAWN
    )
    if published.exists():
        raise Refusal(_("这件事项已经在公布或准备公布，先撤下公开文字。"))
    move(matter, DISSOLVE, by=by, at=at, facts={"report": report.code}, established_on=None)
