"""The figures as queries over the records. Nobody types a total; every figure gives the codes it counted."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shangliang.consultations.models import Consultation, Suggestion
from shangliang.consultations.states import ConsultationState, SuggestionState
from shangliang.delivery.models import Assignment, Verification
from shangliang.delivery.states import AssignmentState
from shangliang.foundation.ledger import chain_of
from shangliang.foundation.models import LedgerEntry
from shangliang.people.models import Committee, RealOutcome
from shangliang.people.queries import reach_of
from shangliang.reports.models import Matter
from shangliang.reports.states import MatterState
from shangliang.statistics.definitions import Counted, Metric, Scope
from shangliang.topics.models import Source, Topic, TopicMatter

ENDED = (AssignmentState.VERIFIED, AssignmentState.EXPLAINED)


def scope_of(committee: Committee, from_on: date | None = None, to_on: date | None = None,
             as_of: date | None = None) -> Scope:
    """Return the committee with its descendants; an example below a real office is never counted."""
    reach = reach_of(committee.pk)
    if not committee.is_example:
        reach -= set(Committee.unscoped.filter(pk__in=reach, is_example=True).values_list("pk", flat=True))
    return Scope(tuple(sorted(reach)), from_on, to_on, as_of)


def recorded_by(scope: Scope, verb: str, codes: Iterable[str]) -> set[str]:
    """Return which codes the ledger knew of by the end of the as-of day; all of them when none is asked."""
    wanted = set(codes)
    if scope.as_of is None:
        return wanted
    end = timezone.make_aware(datetime.combine(scope.as_of + timedelta(days=1), time()))
    lines = LedgerEntry.unscoped.filter(chain__in=[chain_of(pk) for pk in scope.committee_ids], verb=verb,
                                        recorded_at__lt=end).values_list("subject", flat=True)
    return wanted & {subject.partition(":")[2] for subject in lines}


def topics_by_source(scope: Scope) -> Counted:
    """M-18: topics taken into the bank, by their one primary source."""
    rows = dict(Topic.unscoped.filter(committee_id__in=scope.committee_ids, **scope.days("stored_on"))
                .values_list("code", "source"))
    known = recorded_by(scope, "topic.store", rows)
    tally = Counter(rows[code] for code in known)
    return Counted(sorted(known), {one.value: tally[one.value] for one in Source}, len(known))


def three_lists_complete(scope: Scope) -> Counted:
    """M-19: of the consultations closed in the period, those whose three lists are all complete."""
    closed = dict(Consultation.unscoped.filter(
        committee_id__in=scope.committee_ids, state=ConsultationState.CLOSED, **scope.days("held_on"),
    ).values_list("code", "pk"))
    closed = {code: closed[code] for code in recorded_by(scope, "consultation.close", closed)}
    lacking = _consultations_lacking_a_list(set(closed.values()))
    complete = [code for code, pk in closed.items() if pk not in lacking]
    return Counted(complete, {"complete": len(complete), "closed": len(closed)}, len(complete) if closed else None)


def _consultations_lacking_a_list(consultations: set[int]) -> set[int]:
    """List 1: a suggestion at least, none undecided; list 2: each adopted one assigned; list 3: each of those checked."""
    states: dict[int, set[str]] = defaultdict(set)
    adopted: dict[int, int] = {}
    for pk, consultation, state in Suggestion.unscoped.filter(consultation__in=consultations).values_list(
            "pk", "consultation_id", "state"):
        states[consultation].add(state)
        if state == SuggestionState.ADOPTED:
            adopted[pk] = consultation
    live = _live_assignment_states(adopted)
    lacking = {pk for pk in consultations if not states[pk] - {SuggestionState.DROPPED}}
    lacking |= {pk for pk in consultations if SuggestionState.AGREED in states[pk]}
    lacking |= {home for pk, home in adopted.items() if not live[pk] or live[pk] - set(ENDED)}
    return lacking


def _live_assignment_states(suggestions: Iterable[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = Assignment.unscoped.filter(suggestion__in=list(suggestions)).exclude(state=AssignmentState.REASSIGNED)
    for suggestion, state in rows.values_list("suggestion_id", "state"):
        found[suggestion].add(state)
    return found


def matters_solved(scope: Scope) -> Counted:
    """M-27: matters whose every assignment the committee checked and found done; "handled" alone is no solution."""
    handled = dict(Matter.unscoped.filter(committee_id__in=scope.committee_ids,
                                          state__in=(MatterState.JUDGING, MatterState.CLOSED)).values_list("pk", "code"))
    solved_on = _days_solved(handled)
    inside = {handled[pk]: day for pk, day in solved_on.items() if _falls_in(day, scope)}
    known = recorded_by(scope, "matter.judge", inside)
    return Counted(sorted(known), {"solved": len(known), "handled": len(handled)}, len(known))


def _falls_in(day: date, scope: Scope) -> bool:
    return not (scope.from_on and day < scope.from_on) and not (scope.last_day and day > scope.last_day)


def _days_solved(matters: dict[int, str]) -> dict[int, date]:
    """Return, for each matter with all live assignments verified as done, the day of the last verification."""
    homes = dict(TopicMatter.unscoped.filter(matter__in=matters, left_at=None).values_list("matter_id", "topic_id"))
    confirmed = _confirmed_days(set(homes.values()))
    found: dict[int, date] = {}
    for matter, topic in homes.items():
        days = confirmed.get(topic)
        if days and None not in days:
            found[matter] = max(day for day in days if day)
    return found


def _confirmed_days(topics: set[int]) -> dict[int, list[date | None]]:
    """Return per topic one entry for each live assignment: its day of verification as done, or None."""
    live = dict(Assignment.unscoped.filter(suggestion__consultation__topic__in=topics)
                .exclude(state=AssignmentState.REASSIGNED)
                .values_list("pk", "suggestion__consultation__topic_id"))
    done = dict(Verification.unscoped.filter(
        result__assignment__in=live, is_confirmed=True, result__real_outcome=RealOutcome.DONE,
        result__assignment__state=AssignmentState.VERIFIED).values_list("result__assignment_id", "verified_on"))
    found: dict[int, list[date | None]] = defaultdict(list)
    for assignment, topic in live.items():
        found[topic].append(done.get(assignment))
    return found


METRICS: dict[str, Metric] = {one.key: one for one in (
    Metric("M-18", 1, _("六个来源的议题"), _("件"),
           _("储进议题库的议题，按唯一的主要来源分。来源只有一个，所以各来源加起来就是总数。"), _("储题日"), topics_by_source),
    Metric("M-19", 1, _("三项清单齐全的协商"), _("份"),
           _("已结束的协商里，建议都有了采纳意见、采纳的都有了责任、责任都核实或说明了的。分母是已结束的协商。"), _("协商日"),
           three_lists_complete),
    Metric("M-27", 1, _("真正解决的事项"), _("件"),
           _("交办的每一项都由政协核实、结果是“已解决”的事项。办结没有核实、部分解决、做不了的，都不算。"), _("最后核实日"),
           matters_solved),
)}
