"""The figures as queries over the records. Nobody types a total; every figure gives the codes it counted."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shangliang.consultations.models import Consultation, Suggestion
from shangliang.consultations.states import ConsultationState, SuggestionState
from shangliang.delivery.models import Assignment, Verification
from shangliang.delivery.states import AssignmentState
from shangliang.foundation.ledger import chain_of
from shangliang.foundation.models import LedgerEntry
from shangliang.people.models import Area, AreaKind, Committee, RealOutcome
from shangliang.people.queries import reach_of
from shangliang.reports.models import Matter, ReportPoint, RetiredCode
from shangliang.reports.states import MatterState, PointState
from shangliang.statistics.definitions import Counted, Metric, Scope
from shangliang.topics.models import Source, Topic, TopicMatter

ENDED = {AssignmentState.VERIFIED, AssignmentState.EXPLAINED}
Check = tuple[date, str]  # the day of a check, and what really came of it
JUDGED = {MatterState.JUDGING, MatterState.CLOSED}
LAST_DAY = date(9998, 12, 31)  # the calendar of the language ends a year later


def scope_of(
    committee: Committee, from_on: date | None = None, to_on: date | None = None, as_of: date | None = None
) -> Scope:
    """Return the committee with its descendants; an example below a real office is never counted."""
    reach = reach_of(committee.pk)
    if not committee.is_example:
        reach -= set(Committee.unscoped.filter(pk__in=reach, is_example=True).values_list("pk", flat=True))
    return Scope(tuple(sorted(reach)), from_on, to_on, as_of)


def states_then(scope: Scope, noun: str, states: dict[str, str]) -> dict[str, str]:
    """Return the state of each code at the end of the as-of day, as the ledger has it; ``states`` are those of now.

    A code the ledger did not know by then is left out. Without an as-of day the states of now are returned.
    """
    if scope.as_of is None:
        return states
    last = min(scope.as_of, LAST_DAY)
    end = timezone.make_aware(datetime.combine(last + timedelta(days=1), time()))
    lines = LedgerEntry.unscoped.filter(
        chain__in=[chain_of(pk) for pk in scope.committee_ids],
        subject__startswith=f"{noun}:",
        recorded_at__lt=end,
    ).order_by("chain", "seq")
    then: dict[str, str] = {}
    for subject, body in lines.values_list("subject", "body").iterator(chunk_size=2000):
        code = subject.partition(":")[2]
        if code in states:
            facts = json.loads(bytes(body)).get("facts", {})
            then[code] = facts.get("to") or then.get(code, "")
    return then


def topics_by_source(scope: Scope) -> Counted:
    """M-18: topics taken into the bank, by their one primary source."""
    rows = Topic.unscoped.filter(committee_id__in=scope.committee_ids, **scope.days("stored_on"))
    sources = dict(rows.values_list("code", "source"))
    known = set(states_then(scope, "topic", dict.fromkeys(sources, "")))
    tally = Counter(sources[code] for code in known)
    return Counted(sorted(known), {one.value: tally[one.value] for one in Source}, len(known))


def three_lists_complete(scope: Scope) -> Counted:
    """M-19: of the consultations that met in the period and are closed, those whose three lists are all complete."""
    held = Consultation.unscoped.filter(
        committee_id__in=scope.committee_ids, held_on__isnull=False, **scope.days("held_on")
    )
    rows = {code: (pk, state) for code, pk, state in held.values_list("code", "pk", "state")}
    states = states_then(scope, "consultation", {code: state for code, (_pk, state) in rows.items()})
    closed = {code: rows[code][0] for code, state in states.items() if state == ConsultationState.CLOSED}
    lacking = _consultations_lacking_a_list(scope, set(closed.values()))
    complete = [code for code, pk in closed.items() if pk not in lacking]
    parts = {"complete": len(complete), "closed": len(closed)}
    return Counted(complete, parts, len(complete) if closed else None)


def _consultations_lacking_a_list(scope: Scope, consultations: set[int]) -> set[int]:
    """List 1: a suggestion at least, none undecided; list 2: each adopted one assigned; list 3: each of those checked."""
    kept: dict[int, set[str]] = defaultdict(set)
    adopted: dict[int, int] = {}
    for pk, home, state in _suggestions_then(scope, consultations):
        if state != SuggestionState.DROPPED:
            kept[home].add(state)
        if state == SuggestionState.ADOPTED:
            adopted[pk] = home
    live: dict[int, set[str]] = defaultdict(set)
    rows = Assignment.unscoped.filter(suggestion__in=adopted)
    for _pk, suggestion, state in _assignments_then(scope, rows, "suggestion_id"):
        live[suggestion].add(state)
    lacking = {pk for pk in consultations if not kept[pk] or SuggestionState.AGREED in kept[pk]}
    return lacking | {home for pk, home in adopted.items() if not live[pk] or live[pk] - ENDED}


def _suggestions_then(scope: Scope, consultations: Iterable[int]) -> list[tuple[int, int, str]]:
    rows = Suggestion.unscoped.filter(consultation__in=consultations)
    found = {
        code: (pk, home, state)
        for code, pk, home, state in rows.values_list("code", "pk", "consultation_id", "state")
    }
    then = states_then(scope, "suggestion", {code: state for code, (_pk, _home, state) in found.items()})
    undecided = SuggestionState.AGREED.value
    return [(pk, home, then.get(code) or undecided) for code, (pk, home, _state) in found.items()]


def _assignments_then(scope: Scope, rows, home: str) -> list[tuple[int, int, str]]:  # type: ignore[no-untyped-def]
    """Return (id, id of its home, state) of each assignment that stood; one handed to another unit no longer does."""
    found = {code: (pk, at, state) for code, pk, at, state in rows.values_list("code", "pk", home, "state")}
    then = states_then(scope, "assignment", {code: state for code, (_pk, _at, state) in found.items()})
    stood = {code: state or AssignmentState.DISPATCHED.value for code, state in then.items()}
    return [(*found[code][:2], state) for code, state in stood.items() if state != AssignmentState.REASSIGNED]


def matters_solved(scope: Scope) -> Counted:
    """M-27: matters whose every assignment the committee checked and found done; "handled" alone is no solution."""
    rows = Matter.unscoped.filter(committee_id__in=scope.committee_ids).exclude(state=MatterState.UNSCREENED)
    found = {code: (pk, state) for code, pk, state in rows.values_list("code", "pk", "state")}
    then = states_then(scope, "matter", {code: state for code, (_pk, state) in found.items()})
    judged = {found[code][0]: code for code, state in then.items() if state in JUDGED}
    checked = _whole_checks(_checked_days(scope, judged))
    handled = {pk for pk, checks in checked.items() if scope.holds(max(day for day, _real in checks))}
    solved = [pk for pk in handled if {real for _day, real in checked[pk]} == {RealOutcome.DONE}]
    return Counted(
        [judged[pk] for pk in solved], {"solved": len(solved), "handled": len(handled)}, len(solved)
    )


def _whole_checks(found: dict[int, dict[int, Check | None]]) -> dict[int, list[Check]]:
    """Return the checks of each matter that has one for every assignment."""
    return {
        matter: [one for one in days.values() if one] for matter, days in found.items() if all(days.values())
    }


def _checked_days(scope: Scope, matters: Iterable[int]) -> dict[int, dict[int, Check | None]]:
    """Return, per matter with assignments, for each of them (day of the check, what really came of it), or None."""
    homes = dict(
        TopicMatter.unscoped.filter(matter__in=matters, left_at=None).values_list("matter_id", "topic_id")
    )
    topic = "suggestion__consultation__topic_id"
    rows = Assignment.unscoped.filter(suggestion__consultation__topic__in=set(homes.values()))
    by_topic: dict[int, dict[int, Check | None]] = defaultdict(dict)
    checks = _checks(scope, rows)
    for pk, home, state in _assignments_then(scope, rows, topic):
        by_topic[home][pk] = checks.get(pk) if state in ENDED else None
    return {matter: by_topic[home] for matter, home in homes.items() if by_topic[home]}


def _checks(scope: Scope, assignments) -> dict[int, Check]:  # type: ignore[no-untyped-def]
    """Return the last confirmed check of each assignment: its day and the real outcome."""
    rows = Verification.unscoped.filter(result__assignment__in=assignments, is_confirmed=True)
    if scope.last_day:
        rows = rows.filter(verified_on__lte=scope.last_day)
    found = rows.order_by("verified_on", "pk").values_list(
        "result__assignment_id", "verified_on", "result__real_outcome"
    )
    return {assignment: (day, real) for assignment, day, real in found}


def communities_with_a_point(scope: Scope) -> Counted:
    """M-17: communities with an open report point at the end of the last day, of all communities there are."""
    kinds = (AreaKind.COMMUNITY, AreaKind.VILLAGE)
    areas = Area.unscoped.filter(committee_id__in=scope.committee_ids, kind__in=kinds)
    named = areas.values_list("pk", "committee__prefix", "parent__name", "name")
    names = {pk: " ".join(part for part in parts if part) for pk, *parts in named}
    covered = sorted(names[area] for area in _areas_with_open_points(scope) & set(names))
    parts = {"covered": len(covered), "communities": len(names)}
    return Counted(covered, parts, len(covered) if names else None)


def _areas_with_open_points(scope: Scope) -> set[int]:
    """Return the ids of areas with a point that was open then. A point's state lies under the code it had at the time."""
    rows = ReportPoint.unscoped.filter(committee_id__in=scope.committee_ids, area__isnull=False)
    if scope.last_day:
        rows = rows.filter(opened_on__lte=scope.last_day)
    points = {
        pk: (area, code, state)
        for pk, area, code, state in rows.values_list("pk", "area_id", "code", "state")
    }
    if scope.last_day is None:
        return {area for area, _code, state in points.values() if state == PointState.OPEN}
    codes: dict[int, list[str]] = defaultdict(list)
    retired = RetiredCode.unscoped.filter(point__in=points).order_by("-retired_at", "-pk")
    for pk, code in [
        *((pk, code) for pk, (_area, code, _state) in points.items()),
        *retired.values_list("point_id", "code"),
    ]:
        codes[pk].append(code)
    then = states_then(
        replace(scope, as_of=scope.last_day),
        "reportpoint",
        {code: "" for each in codes.values() for code in each},
    )
    return {
        points[pk][0] for pk, each in codes.items() if _was_open([then[one] for one in each if one in then])
    }


def _was_open(newest_first: list[str]) -> bool:
    """A point is born open: it was open unless its latest move says otherwise; unknown to the ledger, it was not there."""
    moved = [state for state in newest_first if state]
    return bool(newest_first) and (not moved or moved[0] == PointState.OPEN)


METRICS: dict[str, Metric] = {
    one.key: one
    for one in (
        Metric(
            "M-17",
            1,
            _("有直报点的社区"),
            _("个"),
            _(
                "有开放的直报点的社区（村）。分母是现在录着的全部社区（村）。停用的点不算；一个社区有几个点，也只算一个社区。"
            ),
            _("开放的日子"),
            communities_with_a_point,
            {"covered": _("有开放的直报点"), "communities": _("全部社区（村）")},
            of="communities",
        ),
        Metric(
            "M-18",
            1,
            _("六个来源的议题"),
            _("件"),
            _("储进议题库的议题，按唯一的主要来源分。来源只有一个，所以各来源加起来就是总数。"),
            _("储题日"),
            topics_by_source,
            {one.value: one.label for one in Source},
            page="topics:one",
        ),
        Metric(
            "M-19",
            1,
            _("三项清单齐全的协商"),
            _("份"),
            _(
                "开过会、已结束的协商里，建议都有了采纳意见、采纳的都有了责任、责任都核实或说明了的。分母是开过会、已结束的协商。"
            ),
            _("协商日"),
            three_lists_complete,
            {"complete": _("三项清单齐全"), "closed": _("开过会、已结束的协商")},
            of="closed",
            page="consultations:one",
        ),
        Metric(
            "M-27",
            1,
            _("真正解决的事项"),
            _("件"),
            _(
                "交办的每一项都由政协核实、结果是“已解决”的事项。没有核实、部分解决、做不了的，都不算。分母是每一项都核实过的事项。"
            ),
            _("最后核实日"),
            matters_solved,
            {"solved": _("核实后真正解决"), "handled": _("每一项都核实过")},
            of="handled",
            page="portal:matter_course",
        ),
    )
}
