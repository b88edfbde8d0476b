"""Sentences of the public pages and of a receipt: plain, with who acts next and by when; no official terms."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils import dateformat
from django.utils.translation import gettext as _

from shangliang.consultations.models import HeadCount, Suggestion
from shangliang.delivery.models import Assignment, Result
from shangliang.delivery.states import AssignmentState
from shangliang.foundation.queries import day_table
from shangliang.portal import rules

OVER = (AssignmentState.VERIFIED, AssignmentState.EXPLAINED)


def day_words(day: date) -> str:
    """Return a day with its year: these words stay on a page for years."""
    return dateformat.format(day, _("Y年n月j日"))


def gathered_words(reports: int | None) -> str:
    """Return how many reports were joined; None is a count that could point at a person."""
    if not reports:
        return _("不到 5 条线索")
    return _("%(number)s 条线索合成一件") % {"number": reports}


def unit_words(one: Assignment) -> str:
    """Return who does it: the lead unit, and who helps."""
    helpers = "、".join(unit.name for unit in one.co_units.all())
    if not helpers:
        return one.lead_unit.name
    return _("%(lead)s牵头，%(helpers)s配合") % {"lead": one.lead_unit.name, "helpers": helpers}


def heads_words(heads: Iterable[HeadCount]) -> str:
    """Return how many of which side were in the room, and who counted."""
    present = [one for one in heads if one.present]
    counted = "、".join(dict.fromkeys(one.counted_by for one in present if one.counted_by))
    words = "，".join(f"{one.get_side_display()} {one.present} 人" for one in present)
    return (
        _("%(heads)s；%(who)s清点。") % {"heads": words, "who": counted}
        if counted
        else f"{words}。"
        if words
        else ""
    )


def consensus_words(suggestions: Sequence[Suggestion]) -> str:
    """Return how many points were agreed on, and how many of them somebody had reservations about."""
    if not suggestions:
        return ""
    held = sum(any(one.reserve for one in item.supports.all()) for item in suggestions)
    if held:
        return _("形成 %(number)s 条共识，其中 %(held)s 条有人保留意见。") % {
            "number": len(suggestions),
            "held": held,
        }
    return _("形成 %(number)s 条共识。") % {"number": len(suggestions)}


def reservation_words(item: Suggestion) -> str:
    """Return who had reservations about a suggestion and why, by side, never by name."""
    held = [one for one in item.supports.all() if one.reserve]
    parts = [_("%(side)s %(number)s 人保留") % {"side": one.get_side_display(), "number": one.reserve}
             + (f"：{one.reservation}" if one.reservation else "") for one in held]  # fmt: skip
    return "；".join(parts)


def told_result(one: Assignment) -> Result | None:
    """Return the result that counts: the last one the committee found true, or else the last that was claimed."""
    told: list[Result] = one.told  # type: ignore[attr-defined]
    checked = [each for each in told if hasattr(each, "verification") and each.verification.is_confirmed]
    return next(iter((checked or told)[::-1]), None)


def days_late(one: Assignment) -> int:
    """Return by how many working days the counted result came late; 0 when in time, or when there is none yet."""
    result = told_result(one)
    if result is None:
        return 0
    try:
        return rules.late_by(one.deadline_on, result.finished_on, day_table().working_days_between)
    except LookupError:  # a year nobody has entered: late all the same, the days cannot be counted
        return int(result.finished_on > one.deadline_on)


def is_over(one: Assignment) -> bool:
    """Tell whether the committee has looked at what came of it, one way or the other."""
    return one.state in OVER


def in_time_chip(one: Assignment) -> str:
    """Return in a word how it stands: in time, late by so many days, cannot be done, still at work."""
    late = days_late(one)
    if one.state == AssignmentState.EXPLAINED:
        return _("做不了，已说明")
    if one.state != AssignmentState.VERIFIED:
        return _("正在办")
    return _("晚 %(days)s 个工作日") % {"days": late} if late else _("按期")
